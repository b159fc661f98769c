using System.Buffers;
using System.IO.Compression;

namespace GraphGateway.Gateway;

/// <summary>
/// How the JSON of an answer, or an entity, is made smaller for the shared store (br, RFC 7932): where it has <see cref="LeastBytes"/>, and loses a quarter of them at least. It is done when it is
/// written, for which nobody waits. Reading one of 2 KB takes a few microseconds, once for each replica: in memory it is kept as it is.
/// </summary>
internal static class SharedBody
{
    /// <summary>What is smaller is stored as it is.</summary>
    public const int LeastBytes = 1_024;

    /// <summary>What would become more than so many times as much is stored as it is, and read by nobody: what one reply of the store takes in memory is bounded by that.</summary>
    public const int MostTimes = 32;

    // The fastest that finds what JSON repeats; a window as large as the largest body.
    private const int Quality = 1;
    private const int Window = 19;

    /// <summary>Its compressed form; null where it is stored as it is.</summary>
    /// <param name="body">The JSON.</param>
    public static byte[]? Compress(ReadOnlySpan<byte> body)
    {
        if (body.Length < LeastBytes)
        {
            return null;
        }

        // No room for what is not worth it.
        var compressed = new byte[body.Length - (body.Length / 4)];
        return BrotliEncoder.TryCompress(body, compressed, out var written, Quality, Window) && body.Length <= (long)written * MostTimes ? compressed[..written] : null;
    }

    /// <summary>The JSON of a compressed form; null where it is none, has another length, or is more than anybody has written.</summary>
    /// <param name="compressed">The compressed form.</param>
    /// <param name="length">The bytes of the JSON.</param>
    public static byte[]? Decompress(ReadOnlySpan<byte> compressed, int length)
    {
        if (length < LeastBytes || length > ResponseCacheOptions.MostAnswerBytes || length > (long)compressed.Length * MostTimes)
        {
            return null;
        }

        // It is never given more room than that, and nothing stands behind it.
        var body = new byte[length];
        using var decoder = default(BrotliDecoder);
        var status = decoder.Decompress(compressed, body, out var consumed, out var written);
        return status == OperationStatus.Done && consumed == compressed.Length && written == length ? body : null;
    }
}
