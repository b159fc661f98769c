using System.Runtime.InteropServices;
using GraphGateway.TypeSystem;

namespace GraphGateway.Operations;

/// <summary>
/// Occurrences that are one field of the answer, for types that all have the same occurrences of the response key. The next group is
/// another one of the same response key, for other types.
/// </summary>
internal sealed class FieldGroup(TypeSet types, int firstIndex, FieldOccurrence first)
{
    // PERF: most fields are written once: a list for the others only.
    private List<FieldOccurrence>? more;
    private List<(TypeSet Types, CompositeType Type)>? earlier;

    public TypeSet Types { get; private set; } = types;

    /// <summary>Where the first occurrence stands among those of the position.</summary>
    public int FirstIndex { get; } = firstIndex;

    public FieldOccurrence First { get; private set; } = first;

    public ReadOnlySpan<FieldOccurrence> More => CollectionsMarshal.AsSpan(more);

    /// <summary>The types that were there before those of <see cref="First"/>, with the type that the field is selected on first of their objects.</summary>
    public ReadOnlySpan<(TypeSet Types, CompositeType Type)> Earlier => CollectionsMarshal.AsSpan(earlier);

    public FieldGroup? Next { get; set; }

    public void Add(FieldOccurrence occurrence) => (more ??= []).Add(occurrence);

    /// <summary>Adds types, of which the field is selected in such a way that it is the same of the others.</summary>
    public void Widen(TypeSet added, FieldOccurrence occurrence)
    {
        if (occurrence.ParentType != First.ParentType)
        {
            (earlier ??= []).Add((Types, First.ParentType));
        }

        (First, Types) = (occurrence, Types.Union(added));
    }

    /// <summary>Takes types away, and gives the group for them: with the same occurrences up to now.</summary>
    public FieldGroup Split(TypeSet away)
    {
        Types = Types.Except(away);
        return new FieldGroup(away, FirstIndex, First) { more = more is null ? null : [.. more] };
    }
}

/// <summary>
/// Groups the fields of a position: for each type, the groups that contain it are the grouped field set of the spec, in its order
/// (<see href="https://spec.graphql.org/September2025/#sec-Field-Collection">Spec §6.3.2</see>).
/// </summary>
internal static class FieldGrouping
{
    // PERF: so many names are compared faster than hashed.
    private const int MaxCompared = 8;

    /// <summary>The groups, in the order of their first occurrences.</summary>
    /// <param name="occurrences">All fields of the position, in document order.</param>
    /// <param name="hasTypes">False at a position whose type no object type implements: all of a key then belong together, for whatever the objects are.</param>
    internal static List<FieldGroup> Group(List<FieldOccurrence> occurrences, bool hasTypes)
    {
        var groups = new List<FieldGroup>(occurrences.Count);
        var heads = occurrences.Count > MaxCompared ? new Dictionary<string, FieldGroup>(occurrences.Count, StringComparer.Ordinal) : null;
        var isSorted = true;
        for (var index = 0; index < occurrences.Count; index++)
        {
            var occurrence = occurrences[index];
            if (hasTypes && occurrence.Types.IsEmpty)
            {
                continue;
            }

            var key = occurrence.Node.ResponseKey;
            var head = heads is null ? Find(groups, key) : heads.GetValueOrDefault(key);
            if (head is null)
            {
                head = new FieldGroup(hasTypes ? occurrence.Types : default, index, occurrence);
                groups.Add(head);
                heads?.Add(key, head);
            }
            else if (!hasTypes)
            {
                head.Add(occurrence);
            }
            else
            {
                isSorted &= !Add(head, occurrence, index, groups);
            }
        }

        // For one type the order is that of its first occurrences: all types of a group have the same one. What was split stays in order.
        return isSorted ? groups : [.. groups.OrderBy(static group => group.FirstIndex)];
    }

    private static FieldGroup? Find(List<FieldGroup> groups, string key)
    {
        foreach (var group in groups)
        {
            if (group.First.Node.ResponseKey == key)
            {
                return group;
            }
        }

        return null;
    }

    // Adds an occurrence to the groups of its key; true when one of them was split.
    private static bool Add(FieldGroup head, FieldOccurrence occurrence, int index, List<FieldGroup> groups)
    {
        var left = occurrence.Types;
        var (isSplit, last, end) = (false, head, Last(head));
        for (var group = head; !left.IsEmpty; group = group.Next!)
        {
            last = group;
            var both = group.Types.Intersect(left);
            if (!both.IsEmpty)
            {
                left = left.Except(both);
                // A leaf selects nothing below that could differ between the types.
                if (occurrence.Node.SelectionSet is not null)
                {
                    isSplit |= Put(group, both, occurrence, groups);
                }
            }

            // What was split off is among the groups behind, and has its occurrences.
            if (group == end)
            {
                break;
            }
        }

        if (!left.IsEmpty && occurrence.Node.SelectionSet is null && Wider(head, occurrence, left, groups) is { } same)
        {
            same.Widen(left, occurrence);
            left = default;
        }

        if (!left.IsEmpty)
        {
            var added = new FieldGroup(left, index, occurrence);
            Last(last).Next = added;
            groups.Add(added);
        }

        return isSplit;
    }

    // A leaf that was selected of some types is now selected of these and others: one field for all of them, where these others have none of what stands between.
    private static FieldGroup? Wider(FieldGroup head, FieldOccurrence occurrence, TypeSet left, List<FieldGroup> groups)
    {
        for (var group = head; group is not null; group = group.Next)
        {
            if (group.Types.IsSubsetOf(occurrence.Types) && !groups.Exists(other => other.FirstIndex > group.FirstIndex && other.Types.Overlaps(left)))
            {
                return group;
            }
        }

        return null;
    }

    // Adds an occurrence for the types that it shares with a group; true when the group also has others, which keep what they have.
    private static bool Put(FieldGroup group, TypeSet both, FieldOccurrence occurrence, List<FieldGroup> groups)
    {
        var isSplit = both != group.Types;
        if (isSplit)
        {
            var others = group.Split(group.Types.Except(both));
            Last(group).Next = others;
            groups.Add(others);
        }

        group.Add(occurrence);
        return isSplit;
    }

    private static FieldGroup Last(FieldGroup group)
    {
        while (group.Next is { } next)
        {
            group = next;
        }

        return group;
    }
}
