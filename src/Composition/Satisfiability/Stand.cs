using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// A source in which a query can stand at a type, and what that source provides there beyond its own fields (<c>@provides</c>). There is
/// one object for each (<see cref="StandTable"/>), so that equal stands are the same.
/// </summary>
internal sealed class Stand
{
    internal Stand(int id, int source, string typeName, SelectionSetNode? view)
    {
        Id = id;
        Source = source;
        TypeName = typeName;
        View = view;
        Alone = new StandSet([this]);
    }

    /// <summary>Its number among all.</summary>
    internal int Id { get; }

    /// <summary>The source's ordinal.</summary>
    internal int Source { get; }

    /// <summary>The type by which the source returned the value; it may be narrower than the composed one.</summary>
    internal string TypeName { get; }

    /// <summary>External fields that it gives here; null when none.</summary>
    internal SelectionSetNode? View { get; }

    /// <summary>The set of nothing else.</summary>
    internal StandSet Alone { get; }
}

/// <summary>One object for each stand and each set of stands of a walk.</summary>
/// <param name="size">Notes what is made.</param>
internal sealed class StandTable(WalkSize size)
{
    private readonly Dictionary<(int Source, string TypeName, string View), Stand> stands = [];
    private readonly HashSet<StandSet> sets = [];

    internal Stand Stand(int source, string typeName, SelectionSetNode? view)
    {
        var key = (source, typeName, view is null ? "" : Syntax.Fields(view));
        if (!stands.TryGetValue(key, out var stand))
        {
            stands.Add(key, stand = new Stand(stands.Count, source, typeName, view));
            size.AddStand(key.Item3);
        }

        return stand;
    }

    /// <summary>The set of the stands, in any order and with repetitions.</summary>
    internal StandSet Set(List<Stand> items)
    {
        switch (items.Count)
        {
            case 0:
                return StandSet.Empty;
            case 1:
                return items[0].Alone;
        }

        var distinct = StandSet.Of(items);
        if (distinct.Items.Length == 1)
        {
            return distinct.Items[0].Alone;
        }

        if (sets.TryGetValue(distinct, out var known))
        {
            return known;
        }

        sets.Add(distinct);
        size.AddSet(distinct);
        return distinct;
    }
}
