using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// The values that a FieldSelectionMap can give for one type
/// (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-SelectedValue">Appendix A, SelectedValue</see>): each alternative
/// of <c>|</c> is one, wherever it stands in an object. Of <c>{ bookId: &lt;Book&gt;.id } | { movieId: &lt;Movie&gt;.id }</c> a book has
/// <c>{ bookId: id }</c> alone.
/// </summary>
internal static class MapAlternatives
{
    /// <summary>Every value without a choice, and without the conditions that hold for <paramref name="type"/>; those that do not hold are left out.</summary>
    /// <param name="map">The map, read from <paramref name="type"/>.</param>
    /// <param name="schema">The schema of the source that states it.</param>
    /// <param name="type">What is looked up.</param>
    internal static IEnumerable<SelectedValueEntryNode> Of(SelectedValueNode map, Schema schema, NamedType type)
    {
        foreach (var entry in map.Entries.Where(entry => Applies(entry, schema, type)))
        {
            // What follows a path is read from where the path leads, not from the type.
            if (entry.Path is not null || entry.Object is null)
            {
                yield return Unconditional(entry);
                continue;
            }

            foreach (var fields in Combinations(entry.Object, schema, type))
            {
                var node = new SelectedObjectNode(entry.Object.Start, entry.Object.End, fields);
                yield return new SelectedValueEntryNode(entry.Start, entry.End, null, node, null);
            }
        }
    }

    /// <summary>How many values <see cref="Of"/> has at most, whatever the type; <paramref name="limit"/> where it is as many or more.</summary>
    internal static int Count(SelectedValueNode map, int limit)
    {
        var count = 0;
        foreach (var entry in map.Entries)
        {
            count = Math.Min(limit, count + (entry.Path is null && entry.Object is { } node ? Count(node, limit) : 1));
        }

        return count;
    }

    /// <summary>The conditions that are read from the type that the map begins at.</summary>
    internal static IEnumerable<string> Conditions(SelectedValueNode map) => map.Entries.SelectMany(entry =>
        entry.Path is { } path
            ? path.TypeName is { } condition ? [condition.Value] : Enumerable.Empty<string>()
            : (entry.Object?.Fields ?? []).SelectMany(field => field.Value is { } value ? Conditions(value) : []));

    private static int Count(SelectedObjectNode node, int limit)
    {
        var count = 1L;
        foreach (var field in node.Fields)
        {
            count = Math.Min(limit, count * (field.Value is { } value ? Count(value, limit) : 1));
        }

        return (int)count;
    }

    private static ImmutableArray<ImmutableArray<SelectedObjectFieldNode>> Combinations(SelectedObjectNode node, Schema schema, NamedType type)
    {
        ImmutableArray<ImmutableArray<SelectedObjectFieldNode>> combinations = [[]];
        foreach (var field in node.Fields)
        {
            ImmutableArray<SelectedObjectFieldNode> choices = field.Value is { } value
                ?
                [
                    .. Of(value, schema, type).Select(entry => new SelectedObjectFieldNode(
                        field.Start, field.End, field.Name, field.Arguments, new SelectedValueNode(entry.Start, entry.End, [entry]))),
                ]
                : [field];
            combinations = [.. from combination in combinations from choice in choices select combination.Add(choice)];
        }

        return combinations;
    }

    private static bool Applies(SelectedValueEntryNode entry, Schema schema, NamedType type) =>
        entry.Path?.TypeName is not { } condition
        || condition.Value == type.Name
        || type is CompositeType composite
            && schema.FindType(condition.Value) is CompositeType other
            && composite.PossibleTypes.IsSubsetOf(other.PossibleTypes);

    // Where the condition always holds it says nothing.
    private static SelectedValueEntryNode Unconditional(SelectedValueEntryNode entry) =>
        entry.Path is { TypeName: not null } path
            ? new SelectedValueEntryNode(
                entry.Start, entry.End, new SelectedPathNode(path.Start, path.End, null, path.Segments), entry.Object, entry.List)
            : entry;
}
