using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>What in a selection cannot be had from where a query stands: the innermost fields that no source serves there.</summary>
/// <param name="supergraph">The composed graph.</param>
/// <param name="reachability">What can be had where.</param>
/// <param name="cancellation">Ends looking: a selection may have any number of fields, and each of them any number of objects.</param>
internal sealed class MissingFields(Supergraph supergraph, Reachability reachability, CancellationToken cancellation)
{
    // Nobody reads of more: below an interface each object lacks each field.
    private const int Most = 1_000;

    private readonly ProvidedViews views = new(supergraph);

    /// <summary>Each missing field once, the first thousand; one of the type itself by its name, one below by its coordinate.</summary>
    internal List<MissingField> In(SelectionSetNode selection, Position at, int? excluded = null)
    {
        var missing = new List<MissingField>();
        Collect(selection, at, excluded, below: null, missing);
        return [.. missing.DistinctBy(it => it.Name)];
    }

    private void Collect(SelectionSetNode selection, Position at, int? excluded, HashSet<(SelectionSetNode, NamedType, StandSet)>? below, List<MissingField> missing)
    {
        foreach (var node in selection.Selections)
        {
            cancellation.ThrowIfCancellationRequested();
            if (missing.Count >= Most)
            {
                return;
            }

            if (node is InlineFragmentNode fragment && views.Applies(fragment, at.Type.Name))
            {
                Collect(fragment.SelectionSet, at, excluded, below, missing);
            }
            else if (node is FieldNode field
                && !reachability.CanSelect(at.Type, at.Closed, Syntax.SelectionSet([field]), at.Facts, excluded))
            {
                CollectField(field, at, excluded, below, missing);
            }
        }
    }

    // Below is what was looked at already, for each object has the same ones below it, which would multiply with each field of the way; null where nothing is above.
    private void CollectField(FieldNode node, Position at, int? excluded, HashSet<(SelectionSetNode, NamedType, StandSet)>? below, List<MissingField> missing)
    {
        var field = at.Type.Field(node.Name.Value);
        var options = reachability.Serve(at.Type, at.Closed, field, at.Facts, excluded);
        if (options.IsEmpty || node.SelectionSet is null || field.Returned is not { } returned)
        {
            missing.Add(new MissingField(below is not null ? $"{at.Type.Name}.{field.Name}" : field.Name, field, at, excluded));
            return;
        }

        below ??= [];
        foreach (var point in below.Add((node.SelectionSet, returned, options)) ? reachability.Below(returned, options, at.Facts) : [])
        {
            Collect(node.SelectionSet, new Position(point.Type, reachability.Close(point), at.Facts), null, below, missing);
        }
    }
}

/// <summary>A type, the sources in which a query stands there or that it can enter, and what the way to it has decided.</summary>
internal sealed record Position(TypeIndex Type, StandSet Closed, PathFacts Facts);

/// <summary>A field that cannot be had.</summary>
/// <param name="Name">As messages call it.</param>
/// <param name="Field">The field.</param>
/// <param name="At">Where it is missing.</param>
/// <param name="Excluded">The ordinal of the source that does not count; null when all do.</param>
internal sealed record MissingField(string Name, FieldIndex Field, Position At, int? Excluded);
