using System.Runtime.InteropServices;

namespace GraphGateway.Planning;

/// <summary>Finds slots by the names of their fields. PERF: with hundreds of fragments a position has as many slots, and keys and requirements are looked for among them again and again.</summary>
internal sealed class SlotIndex
{
    // So many are gone through as fast as they are told apart.
    private const int Few = 16;

    private readonly Dictionary<ResultShape, ByName> shapes = [];

    /// <summary>The slots of a shape among which all are that have a field of that name, in their order; where there are few slots it is all of them.</summary>
    public ReadOnlySpan<ResultField> Called(ResultShape shape, string name)
    {
        if (shape.Fields.Count <= Few)
        {
            return shape.All;
        }

        if (!shapes.TryGetValue(shape, out var index))
        {
            shapes.Add(shape, index = new ByName());
        }

        return index.Of(shape, name);
    }

    private sealed class ByName
    {
        private readonly Dictionary<string, List<ResultField>> slots = new(StringComparer.Ordinal);
        private int count;

        public ReadOnlySpan<ResultField> Of(ResultShape shape, string name)
        {
            // Slots are added at the end, and none goes away.
            for (; count < shape.Fields.Count; count++)
            {
                ref var same = ref CollectionsMarshal.GetValueRefOrAddDefault(slots, shape.Fields[count].Definition.Name, out _);
                (same ??= []).Add(shape.Fields[count]);
            }

            return slots.TryGetValue(name, out var found) ? CollectionsMarshal.AsSpan(found) : [];
        }
    }
}
