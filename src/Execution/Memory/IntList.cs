using System.Buffers;

namespace GraphGateway.Execution;

/// <summary>Ints in one pooled array that grows.</summary>
internal sealed class IntList : IDisposable
{
    private int[] items = ArrayPool<int>.Shared.Rent(64);

    public int Count { get; private set; }

    public ref int this[int index] => ref items[index];

    public ReadOnlySpan<int> Span => items.AsSpan(0, Count);

    public ReadOnlyMemory<int> Slice(int start, int length) => items.AsMemory(start, length);

    public void Add(int value)
    {
        if (Count == items.Length)
        {
            var larger = ArrayPool<int>.Shared.Rent(items.Length * 2);
            items.AsSpan(0, Count).CopyTo(larger);
            ArrayPool<int>.Shared.Return(items);
            items = larger;
        }

        items[Count++] = value;
    }

    public void CutTo(int count) => Count = count;

    public void Dispose()
    {
        if (items.Length > 0)
        {
            ArrayPool<int>.Shared.Return(items);
            items = [];
            Count = 0;
        }
    }
}
