using System.Buffers;
using System.Runtime.CompilerServices;

namespace GraphGateway.Execution;

/// <summary>Appends bytes to a writer, taking its memory a piece at a time.</summary>
internal ref struct JsonOutput(IBufferWriter<byte> writer)
{
    private Span<byte> free = writer.GetSpan();
    private int used;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.TryCopyTo(free[used..]))
        {
            used += bytes.Length;
        }
        else
        {
            WritePieces(bytes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(byte value)
    {
        if (used < free.Length)
        {
            free[used++] = value;
        }
        else
        {
            WritePieces([value]);
        }
    }

    /// <summary>Hands what was written to the writer; must be the last call.</summary>
    public void Flush()
    {
        writer.Advance(used);
        free = default;
        used = 0;
    }

    private void WritePieces(scoped ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var length = Math.Min(bytes.Length, free.Length - used);
            bytes[..length].CopyTo(free[used..]);
            used += length;
            bytes = bytes[length..];
            if (bytes.IsEmpty)
            {
                return;
            }

            writer.Advance(used);
            free = writer.GetSpan();
            used = 0;
        }
    }
}
