namespace GraphGateway.Http;

/// <summary>
/// Hands a coded body to one of the runtime's streams, which asks for more only where its format has not ended: asked at the end of the body it throws.
/// </summary>
/// <param name="input">The body; it stays its owner's.</param>
/// <param name="keepsLast">
/// True where the last byte of the body is handed out alone. A format that ends before it then leaves it here, where else the runtime's stream would have
/// taken and dropped it.
/// </param>
internal sealed class DecoderInput(CodedInput input, bool keepsLast) : Stream
{
    // How far a decoder can have read beyond the end of its format.
    private const int MostAtOnce = 4 * 1024;

    /// <summary>How many bytes the last piece had: the format ends in it, or right before or behind it.</summary>
    public int LastPiece { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var isLast = keepsLast && !await input.HasAsync(2, cancellationToken);
        if (!await input.HasAsync(1, cancellationToken))
        {
            throw new InvalidDataException("The body ends before its coding does.");
        }

        var piece = input.Next[..Math.Min(Math.Min(input.Next.Length - (keepsLast && !isLast ? 1 : 0), MostAtOnce), buffer.Length)];
        piece.CopyTo(buffer);
        input.Take(piece.Length);
        LastPiece = piece.Length;
        return piece.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
