using System.IO.Compression;

namespace GraphGateway.Http;

/// <summary>
/// deflate, which is the zlib format (<see href="https://www.rfc-editor.org/rfc/rfc1950">RFC 1950</see>): the runtime's stream checks its checksum, and
/// that the body ends where it does is seen by whether the stream has asked for its last byte.
/// </summary>
internal sealed class ZLibBodyDecoder : IBodyDecoder
{
    private readonly CodedInput input;
    private readonly ZLibStream stream;

    public ZLibBodyDecoder(CodedInput input)
    {
        this.input = input;
        stream = new ZLibStream(new DecoderInput(input, keepsLast: true), CompressionMode.Decompress);
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await stream.ReadAsync(buffer, cancellationToken);
        return read == 0 && await input.HasAsync(1, cancellationToken)
            ? throw new InvalidDataException("There is more behind the end of deflate.")
            : read;
    }

    public void Dispose()
    {
        stream.Dispose();
        input.Dispose();
    }
}
