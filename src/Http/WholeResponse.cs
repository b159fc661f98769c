using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;

namespace GraphGateway.Http;

/// <summary>
/// A response whose bytes are there, so that it can be told by an entity tag and given several times. Its compressed forms are made when somebody first
/// wants one. Safe for several threads; disposing it changes nothing.
/// </summary>
/// <param name="bytes">The response: a JSON object in UTF-8.</param>
public sealed class WholeResponse(byte[] bytes) : IGraphQLResponseBody
{
    private const int TagBytes = 16;
    private byte[]? brotli;
    private byte[]? gzip;
    private string? tag;

    /// <summary>Bytes of it, uncompressed.</summary>
    public int Length => bytes.Length;

    // Of the bytes alone: who has the same ones has the same answer.
    internal string Tag => tag ??= Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, TagBytes));

    /// <inheritdoc/>
    public void WriteTo(IBufferWriter<byte> output, ResultPosition position)
    {
        if (position == ResultPosition.None)
        {
            output.Write(bytes);
            return;
        }

        output.Write("{"u8);
        position.WriteMembers(output);
        output.Write(bytes.AsSpan(1));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Others may be writing it.
    }

    /// <summary>
    /// It in a coding; null where that has not half as many bytes: what is kept counts twice its bytes, both forms included.
    /// </summary>
    /// <param name="coding"><c>br</c> or <c>gzip</c>.</param>
    internal byte[]? In(string coding)
    {
        var coded = coding == "br" ? brotli ??= Compress(stream => new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            : gzip ??= Compress(stream => new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true));
        return coded.Length == 0 ? null : coded;
    }

    private byte[] Compress(Func<Stream, Stream> coder)
    {
        using var output = new MemoryStream();
        using (var stream = coder(output))
        {
            stream.Write(bytes);
        }

        return output.Length <= bytes.Length / 2 ? output.ToArray() : [];
    }
}
