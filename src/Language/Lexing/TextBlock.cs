using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GraphGateway.Language;

/// <summary>
/// PERF: what the bytes of a block are, all at once and as sets of bits, because a branch for each byte costs more than all else that the
/// lexer does. Its twin that goes byte by byte is the tests'.
/// </summary>
internal static class TextBlock
{
    /// <summary>Bytes of a block.</summary>
    public const int Size = 64;

    /// <summary>
    /// The first 64 bytes of a text: which are of names (NameContinue, Spec §2.1.9), and which are white space, line ends or commas. The bytes
    /// after the end of a shorter text count as white space.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ulong Names, ulong Ignored) Classify(ReadOnlySpan<byte> text) =>
        text.Length >= Size ? Classify(ref MemoryMarshal.GetReference(text)) : ClassifyEnd(text);

    private static (ulong Names, ulong Ignored) ClassifyEnd(ReadOnlySpan<byte> text)
    {
        Span<byte> block = stackalloc byte[Size];
        block.Fill((byte)' ');
        text.CopyTo(block);
        return Classify(ref MemoryMarshal.GetReference(block));
    }

    private static (ulong Names, ulong Ignored) Classify(ref byte first)
    {
        var bytes = Vector512.LoadUnsafe(ref first);
        var letters = Vector512.LessThanOrEqual((bytes | Vector512.Create((byte)0x20)) - Vector512.Create((byte)'a'), Vector512.Create((byte)25));
        var digits = Vector512.LessThanOrEqual(bytes - Vector512.Create((byte)'0'), Vector512.Create((byte)9));
        var underscores = Vector512.Equals(bytes, Vector512.Create((byte)'_'));
        // Tab and line feed are neighbours.
        var ignored = Vector512.Equals(bytes, Vector512.Create((byte)' '))
            | Vector512.LessThanOrEqual(bytes - Vector512.Create((byte)'\t'), Vector512.Create((byte)1))
            | Vector512.Equals(bytes, Vector512.Create((byte)'\r'))
            | Vector512.Equals(bytes, Vector512.Create((byte)','));
        return ((letters | digits | underscores).ExtractMostSignificantBits(), ignored.ExtractMostSignificantBits());
    }
}
