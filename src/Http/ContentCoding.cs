using System.IO.Compression;

namespace GraphGateway.Http;

/// <summary>
/// Content codings (<see href="https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1">RFC 9110, 8.4.1</see>): gzip, br and deflate. One body has
/// one of them; several over one another are read by nobody here. zstd is not in .NET 10.
/// </summary>
public static class ContentCoding
{
    /// <summary>All that can be read, as <c>Accept-Encoding</c> lists it.</summary>
    public const string Readable = "gzip, br, deflate";

    /// <summary>
    /// The body without its coding; null when the coding is not known. Reading throws what <see cref="IsBroken"/> knows when the bytes do not
    /// have the coding, or when they are more than the limit; how many come of them is the reader's to count.
    /// </summary>
    /// <param name="coding">The value of <c>Content-Encoding</c>.</param>
    /// <param name="body">The body as it was sent; disposed with the result.</param>
    /// <param name="maxBytes">Bytes of it that are read. Nothing may come of any number of bytes.</param>
    public static Stream? Decode(string coding, Stream body, int maxBytes) => coding.Trim().ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => new GZipStream(new BoundedStream(body, maxBytes), CompressionMode.Decompress),
        "br" => new BrotliStream(new BoundedStream(body, maxBytes), CompressionMode.Decompress),
        "deflate" => new ZLibStream(new BoundedStream(body, maxBytes), CompressionMode.Decompress),
        "identity" or "" => body,
        _ => null,
    };

    /// <summary>True for what a decoder throws on bytes that do not have the coding.</summary>
    public static bool IsBroken(Exception exception) => exception is InvalidDataException or InvalidOperationException;

    /// <summary>Reads up to so many bytes of another stream.</summary>
    private sealed class BoundedStream(Stream inner, long left) : Stream
    {
        private long left = left;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Count(int read)
        {
            left -= read;
            return left >= 0 ? read : throw new InvalidDataException("There are more compressed bytes than allowed.");
        }
    }
}
