using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// Whether something is asked of objects of all types, though it is read into a slot that is for some of them: a field of which more is asked of some types is several
/// slots, one for these and one for others, and what all of them ask does not depend on the type.
/// </summary>
internal static class AskedOfAll
{
    /// <summary>True when the slots of a field are for all of some types together, and something is true of each of the others.</summary>
    /// <param name="slot">One of them.</param>
    /// <param name="types">The types.</param>
    /// <param name="isAsked">What has to be true.</param>
    public static bool Is(ResultField slot, TypeSet types, Predicate<ResultField> isAsked)
    {
        var others = Same(slot.Parent, slot).Where(other => other != slot && !other.IsHidden && other.Key == slot.Key).ToList();
        return types.IsSubsetOf(others.Aggregate(slot.AppliesTo, (all, other) => all.Union(other.AppliesTo))) && others.TrueForAll(isAsked);
    }

    /// <summary>True when below a slot all is asked that a selection fills for clients there, and for nothing else: what steps send of all objects is read for that.</summary>
    public static bool AsksBelow(ResultField slot, FetchSelectionSet? selection, SentSlots sent) => selection is null
        ? slot.Shape is null
        : slot.Shape is { } shape && selection.Fields.All(read => sent.AreSent(read) || Asks(shape, read.Target, read.AppliesTo, same => AsksBelow(same, read.Selection, sent)));

    /// <summary>The same of a selection at the end of a path that begins there.</summary>
    public static bool AsksBelow(ResultField slot, ReadOnlySpan<ResultField> path, FetchSelectionSet selection, SentSlots sent)
    {
        if (path.IsEmpty)
        {
            return AsksBelow(slot, selection, sent);
        }

        var (next, rest) = (path[0], path[1..].ToArray());
        return slot.Shape is { } shape && Asks(shape, next, next.AppliesTo, same => AsksBelow(same, rest, selection, sent));
    }

    // What clients do not see is for what they do.
    private static bool Asks(ResultShape shape, ResultField field, TypeSet types, Predicate<ResultField> isAsked)
    {
        if (field.IsHidden)
        {
            return true;
        }

        return Same(shape, field).Any(other => other.AppliesTo.Overlaps(types) && isAsked(other));
    }

    private static IEnumerable<ResultField> Same(ResultShape shape, ResultField field) =>
        shape.Fields.Where(other => other.Definition.Name == field.Definition.Name && other.Shape is null == field.Shape is null && Fills.CallOf(other) == Fills.CallOf(field));
}
