namespace GraphGateway.Http;

/// <summary>Takes one coding off a body.</summary>
internal interface IBodyDecoder : IDisposable
{
    /// <summary>
    /// The next bytes; 0 when the body ended where its coding does, and not before. Throws <see cref="InvalidDataException"/> where it has not the coding.
    /// </summary>
    /// <param name="buffer">Not empty.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);
}

/// <summary>What comes out of a decoder, as a stream that can be read asynchronously and nothing else.</summary>
internal sealed class DecodedBody(IBodyDecoder decoder) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        buffer.IsEmpty ? ValueTask.FromResult(0) : decoder.ReadAsync(buffer, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decoder.Dispose();
        }

        base.Dispose(disposing);
    }
}
