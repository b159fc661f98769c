using System.Buffers;

namespace GraphGateway.Execution;

/// <summary>Ints in one pooled array that grows.</summary>
internal sealed class IntList
{
    private const int Least = 64;
    private const int MostKept = 1024;

    // Rented with the first item: most steps leave some of their lists empty.
    private int[] items = [];

    public int Count { get; private set; }

    public ref int this[int index] => ref items[index];

    public ReadOnlySpan<int> Span => items.AsSpan(0, Count);

    public ReadOnlyMemory<int> Slice(int start, int length) => items.AsMemory(start, length);

    public void Add(int value)
    {
        if (Count == items.Length)
        {
            Grow();
        }

        items[Count++] = value;
    }

    private void Grow()
    {
        var larger = ArrayPool<int>.Shared.Rent(Math.Max(items.Length * 2, Least));
        items.AsSpan(0, Count).CopyTo(larger);
        if (items.Length > 0)
        {
            ArrayPool<int>.Shared.Return(items);
        }

        items = larger;
    }

    public void CutTo(int count) => Count = count;

    /// <summary>Empties the list. A small array is kept for what comes next.</summary>
    public void Clear()
    {
        Count = 0;
        if (items.Length > MostKept)
        {
            ArrayPool<int>.Shared.Return(items);
            items = [];
        }
    }
}
