using System.Buffers;

namespace GraphGateway.Execution;

/// <summary>Bytes in one pooled array that grows. It can be cut back, which a representation that turns out to be a duplicate needs.</summary>
/// <param name="capacity">Bytes that there is room for at first.</param>
public sealed class PooledBuffer(int capacity = 1024) : IBufferWriter<byte>, IDisposable
{
    private const int MostKept = 16 * 1024;

    private byte[] array = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes that were written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => array.AsSpan(0, Length);

    /// <inheritdoc cref="Written"/>
    public ReadOnlyMemory<byte> WrittenMemory => array.AsMemory(0, Length);

    /// <summary>The array itself, for slots that refer to it; valid until the next write.</summary>
    internal byte[] Array => array;

    /// <summary>A part of what was written.</summary>
    public ReadOnlySpan<byte> Slice(int start, int length) => array.AsSpan(start, length);

    /// <summary>Forgets what was written after the first <paramref name="length"/> bytes.</summary>
    public void CutTo(int length) => Length = length;

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Appends a byte.</summary>
    public void Write(byte value)
    {
        GetSpan(1)[0] = value;
        Length++;
    }

    /// <summary>Appends a number in decimal digits.</summary>
    public void Write(int value)
    {
        value.TryFormat(GetSpan(11), out var written);
        Length += written;
    }

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return array.AsSpan(Length);
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return array.AsMemory(Length);
    }

    /// <summary>Forgets what was written. A small array is kept for what comes next.</summary>
    internal void Clear()
    {
        if (array.Length > MostKept)
        {
            Dispose();
        }

        Length = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
            array = [];
            Length = 0;
        }
    }

    private void Ensure(int free)
    {
        if (array.Length - Length >= free)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(array.Length * 2, Length + free));
        array.AsSpan(0, Length).CopyTo(larger);
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }

        array = larger;
    }
}
