using System.Runtime.InteropServices;
using GraphGateway.TypeSystem;

namespace GraphGateway.Operations;

/// <summary>Occurrences that are one field of the answer, for types that all have the same occurrences of the response key.</summary>
internal sealed record FieldGroup(TypeSet Types, int FirstIndex, List<FieldOccurrence> Occurrences);

/// <summary>
/// Groups the fields of a position: for each type, the groups that contain it are the grouped field set of the spec, in its order
/// (<see href="https://spec.graphql.org/September2025/#sec-Field-Collection">Spec §6.3.2</see>).
/// </summary>
internal static class FieldGrouping
{
    internal static IEnumerable<FieldGroup> Group(List<FieldOccurrence> occurrences)
    {
        var groupsByKey = new Dictionary<string, List<FieldGroup>>(StringComparer.Ordinal);
        for (var index = 0; index < occurrences.Count; index++)
        {
            ref var groups = ref CollectionsMarshal.GetValueRefOrAddDefault(groupsByKey, occurrences[index].Node.ResponseKey, out _);
            Add(groups ??= [], occurrences[index], index);
        }

        // For one type the order is that of its first occurrences: all types of a group have the same one. The sort is stable.
        return groupsByKey.Values.SelectMany(static groups => groups).OrderBy(static group => group.FirstIndex);
    }

    /// <summary>
    /// The groups at a position whose type no object type implements: all of a key belong together, for whatever the objects are.
    /// </summary>
    internal static IEnumerable<FieldGroup> GroupByKey(List<FieldOccurrence> occurrences) =>
        occurrences.Select(static (occurrence, index) => (Occurrence: occurrence, Index: index))
            .GroupBy(static item => item.Occurrence.Node.ResponseKey)
            .Select(static group => new FieldGroup(default, group.First().Index, [.. group.Select(static item => item.Occurrence)]));

    private static void Add(List<FieldGroup> groups, FieldOccurrence occurrence, int index)
    {
        var left = occurrence.Types;
        var count = groups.Count;
        for (var i = 0; i < count && !left.IsEmpty; i++)
        {
            var group = groups[i];
            var both = group.Types.Intersect(left);
            if (both.IsEmpty)
            {
                continue;
            }

            left = left.Except(both);
            if (occurrence.Node.SelectionSet is null)
            {
                // A leaf selects nothing below that could differ between the types.
                continue;
            }

            if (both != group.Types)
            {
                groups[i] = group with { Types = both, Occurrences = [.. group.Occurrences, occurrence] };
                groups.Add(group with { Types = group.Types.Except(both) });
            }
            else
            {
                group.Occurrences.Add(occurrence);
            }
        }

        if (!left.IsEmpty)
        {
            groups.Add(new FieldGroup(left, index, [occurrence]));
        }
    }
}
