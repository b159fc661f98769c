using System.Buffers;
using System.IO.Compression;

namespace GraphGateway.Http;

/// <summary>
/// br (<see href="https://www.rfc-editor.org/rfc/rfc7932">RFC 7932</see>). The format has no checksum and no length: what was changed on the way and can
/// still be decompressed is not seen here.
/// </summary>
internal sealed class BrotliBodyDecoder(CodedInput input) : IBodyDecoder
{
    private BrotliDecoder decoder;
    private bool hasEnded;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!hasEnded)
        {
            var status = decoder.Decompress(input.Next.Span, buffer.Span, out var taken, out var written);
            input.Take(taken);
            if (status == OperationStatus.InvalidData)
            {
                throw new InvalidDataException("The body is not br.");
            }

            hasEnded = status == OperationStatus.Done;
            if (written > 0)
            {
                return written;
            }

            // What was there is taken: without more of it the decoder cannot go on.
            if (!hasEnded && !await input.HasAsync(input.Next.Length + 1, cancellationToken))
            {
                throw new InvalidDataException("The body ends before br does.");
            }
        }

        return await input.HasAsync(1, cancellationToken) ? throw new InvalidDataException("There is more behind the end of br.") : 0;
    }

    public void Dispose()
    {
        decoder.Dispose();
        input.Dispose();
    }
}
