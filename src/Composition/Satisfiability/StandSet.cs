using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphGateway.Composition;

/// <summary>Every source in which a query can stand after the same path, by source.</summary>
internal sealed class StandSet(ImmutableArray<Stand> items) : IEquatable<StandSet>
{
    private readonly int hash = HashOf(items);

    internal static StandSet Empty { get; } = new([]);

    /// <summary>The stands, by source and then by number.</summary>
    internal ImmutableArray<Stand> Items { get; } = items;

    internal bool IsEmpty => Items.IsEmpty;

    /// <summary>A set that belongs to no table.</summary>
    internal static StandSet Of(List<Stand> items)
    {
        items.Sort(static (a, b) => a.Source != b.Source ? a.Source.CompareTo(b.Source) : a.Id.CompareTo(b.Id));
        var builder = ImmutableArray.CreateBuilder<Stand>(items.Count);
        foreach (var stand in CollectionsMarshal.AsSpan(items))
        {
            if (builder.Count == 0 || builder[^1] != stand)
            {
                builder.Add(stand);
            }
        }

        return new StandSet(builder.DrainToImmutable());
    }

    /// <summary>The stands in a source; mostly one or none.</summary>
    internal ReadOnlySpan<Stand> In(int source)
    {
        var (low, high) = (0, Items.Length);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (Items[middle].Source < source)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        while (high < Items.Length && Items[high].Source == source)
        {
            high++;
        }

        return Items.AsSpan()[low..high];
    }

    internal bool IsIn(int source) => !In(source).IsEmpty;

    public bool Equals(StandSet? other) =>
        ReferenceEquals(this, other) || other is not null && hash == other.hash && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as StandSet);

    public override int GetHashCode() => hash;

    private static int HashOf(ImmutableArray<Stand> items)
    {
        var code = new HashCode();
        foreach (var stand in items)
        {
            code.Add(stand.Id);
        }

        return code.ToHashCode();
    }
}
