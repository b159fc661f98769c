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

    // Labels that a selection names one below the other come in as many ways as there are sets of them.
    private const int MostBelow = 100_000;

    private readonly ProvidedViews views = new(supergraph);

    /// <summary>Each missing field once, the first thousand; one of the type itself by its name, one below by its coordinate.</summary>
    internal List<MissingField> In(SelectionSetNode selection, Position at, int? excluded = null)
    {
        var search = new Search([], []);
        Collect(selection, at, excluded, isNested: false, search);
        return [.. search.Missing.DistinctBy(it => it.Name)];
    }

    private void Collect(SelectionSetNode selection, Position at, int? excluded, bool isNested, Search search)
    {
        foreach (var node in selection.Selections)
        {
            cancellation.ThrowIfCancellationRequested();
            if (search.Missing.Count >= Most || search.Below.Count >= MostBelow)
            {
                return;
            }

            if (node is InlineFragmentNode fragment && views.Applies(fragment, at.Type.Name))
            {
                Collect(fragment.SelectionSet, at, excluded, isNested, search);
            }
            else if (node is FieldNode field)
            {
                CollectField(field, at, excluded, isNested, search);
            }
        }
    }

    private void CollectField(FieldNode node, Position at, int? excluded, bool isNested, Search search)
    {
        var field = at.Type.Field(node.Name.Value);
        if (Reachability.Choice(field, at.Facts) is { } label)
        {
            cancellation.ThrowIfCancellationRequested();
            if (search.Missing.Count >= Most || ++search.Choices > MostBelow)
            {
                return;
            }

            CollectField(node, at with { Facts = at.Facts.With(label, true) }, excluded, isNested, search);
            CollectField(node, at with { Facts = at.Facts.With(label, false) }, excluded, isNested, search);
            return;
        }

        var (options, below) = (reachability.Serve(at.Type, at.Closed, field, at.Facts, excluded), node.SelectionSet);
        if ((below is not null && field.Returned is { } known && !options.IsEmpty && !search.Below.Add((below, known, options, at.Facts)))
            || reachability.CanSelect(at.Type, at.Closed, Syntax.SelectionSet([node]), at.Facts, excluded))
        {
            return;
        }

        if (options.IsEmpty || below is null || field.Returned is not { } returned)
        {
            search.Missing.Add(new MissingField(isNested ? $"{at.Type.Name}.{field.Name}" : field.Name, field, at, excluded));
            return;
        }

        foreach (var point in reachability.Below(returned, options, reachability.Needs.ForSelection(returned, below, at.Facts)))
        {
            Collect(below, new Position(point.Type, reachability.Close(point), point.Facts), null, isNested: true, search);
        }
    }

    // What is missing by now, and what was looked at below a field: each object has the same below it, which would multiply with each field of the way.
    private sealed record Search(List<MissingField> Missing, HashSet<(SelectionSetNode, NamedType, StandSet, PathFacts)> Below)
    {
        // How often a label was decided.
        internal int Choices { get; set; }
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
