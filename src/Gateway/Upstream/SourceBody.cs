using System.Buffers;
using GraphGateway.Execution;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>Reads a source's body into one pooled array, without its content coding.</summary>
internal static class SourceBody
{
    private const int InitialBytes = 16 * 1024;

    /// <summary>
    /// The response; <see cref="SubgraphOutcome.TooLarge"/> as soon as it is known to pass the limit, which holds for what is sent and for what
    /// comes of it when it is decompressed; <see cref="SubgraphOutcome.Unreadable"/> when the content coding is unknown or the body does not have it.
    /// </summary>
    public static async ValueTask<SubgraphResponse> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        var told = response.Content.Headers.ContentLength;
        if (told > maxBytes)
        {
            return SubgraphResponse.Failed(SubgraphOutcome.TooLarge, (int)response.StatusCode);
        }

        // Nothing is waited for: the stream is there, its bytes are not.
        await using var stream = response.Content.ReadAsStream(cancellationToken);
        var body = stream;
        if (response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var coding))
        {
            if (ContentCoding.Decode(coding.ToString(), stream, maxBytes) is not { } decoded)
            {
                return SubgraphResponse.Failed(SubgraphOutcome.Unreadable, (int)response.StatusCode);
            }

            (body, told) = (decoded, null);
        }

        // One byte more than told: the read that finds the end needs room.
        var buffer = ArrayPool<byte>.Shared.Rent((int)(told + 1 ?? InitialBytes));
        var length = 0;
        try
        {
            while (true)
            {
                var read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken);
                length += read;
                if (read == 0 || length == told)
                {
                    break;
                }

                if (length > maxBytes || (length == maxBytes && await HasMoreAsync(body, cancellationToken)))
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return SubgraphResponse.Failed(SubgraphOutcome.TooLarge, (int)response.StatusCode);
                }

                if (length == maxBytes)
                {
                    break;
                }

                if (length == buffer.Length)
                {
                    buffer = Grow(buffer, length);
                }
            }
        }
        catch (Exception exception)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (body != stream && ContentCoding.IsBroken(exception))
            {
                return SubgraphResponse.Failed(SubgraphOutcome.Unreadable, (int)response.StatusCode);
            }

            throw;
        }
        finally
        {
            if (body != stream)
            {
                await body.DisposeAsync();
            }
        }

        return SubgraphResponse.Received((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, buffer, length);
    }

    // Whether an answer that is as large as allowed goes on: a buffer twice as large for that would be the largest of all.
    private static async ValueTask<bool> HasMoreAsync(Stream stream, CancellationToken cancellationToken) =>
        await stream.ReadAsync(new byte[1], cancellationToken) > 0;

    // The limit is far enough below the largest array that twice as much is one.
    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(checked(buffer.Length * 2));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
