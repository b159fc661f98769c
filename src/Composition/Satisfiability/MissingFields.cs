using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>What in a selection cannot be had from where a query stands: the innermost fields that no source serves there.</summary>
internal sealed class MissingFields(Supergraph supergraph, Reachability reachability)
{
    private readonly ProvidedViews views = new(supergraph);

    /// <summary>Each missing field once; one of the type itself by its name, one below by its coordinate.</summary>
    internal List<MissingField> In(SelectionSetNode selection, Position at, int? excluded = null)
    {
        var missing = new List<MissingField>();
        Collect(selection, at, excluded, isNested: false, missing);
        return [.. missing.DistinctBy(it => it.Name)];
    }

    private void Collect(SelectionSetNode selection, Position at, int? excluded, bool isNested, List<MissingField> missing)
    {
        foreach (var node in selection.Selections)
        {
            if (node is InlineFragmentNode fragment && views.Applies(fragment, at.Type.Name))
            {
                Collect(fragment.SelectionSet, at, excluded, isNested, missing);
            }
            else if (node is FieldNode field
                && !reachability.CanSelect(at.Type, at.Closed, Syntax.SelectionSet([field]), at.Facts, excluded))
            {
                CollectField(field, at, excluded, isNested, missing);
            }
        }
    }

    private void CollectField(FieldNode node, Position at, int? excluded, bool isNested, List<MissingField> missing)
    {
        var field = at.Type.Field(node.Name.Value);
        var options = reachability.Serve(at.Type, at.Closed, field, at.Facts, excluded);
        if (options.IsEmpty || node.SelectionSet is null || field.Returned is not { } returned)
        {
            missing.Add(new MissingField(isNested ? $"{at.Type.Name}.{field.Name}" : field.Name, field, at, excluded));
            return;
        }

        foreach (var point in reachability.Below(returned, options, at.Facts))
        {
            Collect(node.SelectionSet, new Position(point.Type, reachability.Close(point), at.Facts), null, isNested: true, missing);
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
