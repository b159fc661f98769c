using System.Buffers;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>Reads a source's body into one pooled array.</summary>
internal static class SourceBody
{
    private const int InitialBytes = 16 * 1024;

    /// <summary>The response, or <see cref="SubgraphOutcome.TooLarge"/> as soon as it is known to pass the limit.</summary>
    public static async ValueTask<SubgraphResponse> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        var told = response.Content.Headers.ContentLength;
        if (told > maxBytes)
        {
            return SubgraphResponse.Failed(SubgraphOutcome.TooLarge, (int)response.StatusCode);
        }

        // One byte more than told: the read that finds the end needs room.
        var buffer = ArrayPool<byte>.Shared.Rent((int)(told + 1 ?? InitialBytes));
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                if (read == 0)
                {
                    break;
                }

                length += read;
                if (length == told)
                {
                    break;
                }

                if (length > maxBytes)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return SubgraphResponse.Failed(SubgraphOutcome.TooLarge, (int)response.StatusCode);
                }

                if (length == buffer.Length)
                {
                    buffer = Grow(buffer, length);
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }

        return SubgraphResponse.Received((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, buffer, length);
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(checked(buffer.Length * 2));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
