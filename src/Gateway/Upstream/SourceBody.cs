using System.Net;
using System.Text.Json;
using GraphGateway.Execution;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>Reads a source's body into one pooled array, without its content coding.</summary>
/// <param name="memory">Gives the arrays.</param>
/// <param name="maxBytes">Bytes of one body, as it is sent and when it is decompressed.</param>
internal sealed class SourceBody(AnswerMemory memory, int maxBytes)
{
    private const int InitialBytes = 16 * 1024;

    /// <summary>
    /// The response; <see cref="SubgraphOutcome.TooLarge"/> as soon as it is known to pass the limit, which holds for what is sent and for what
    /// comes of it when it is decompressed; <see cref="SubgraphOutcome.Unreadable"/> when the content coding is unknown or the body does not have it;
    /// <see cref="SubgraphOutcome.NoMemory"/> when there is no room for it.
    /// </summary>
    /// <param name="response">Its owner disposes it, and the stream with it.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any longer.</param>
    /// <exception cref="HttpRequestException">Where its body ends cannot be known.</exception>
    public ValueTask<SubgraphResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var told = response.Content.Headers.ContentLength;
        if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            // RFC 9110, 15.2.2: what comes after it is of another protocol, and the source waits for it.
            return ValueTask.FromResult(
                memory.TryRent(1) is { } empty
                    ? SubgraphResponse.Received((int)response.StatusCode, contentType: null, empty, length: 0, memory)
                    : SubgraphResponse.Failed(SubgraphOutcome.NoMemory, (int)response.StatusCode));
        }

        // RFC 9112, 6.3: with a length that is none nobody knows where the message ends. The framework's client would read until the source closes.
        if (told is null && response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var length))
        {
            throw new HttpRequestException(HttpRequestError.InvalidResponse, $"its Content-Length is no length: {Shortened(length.ToString())}");
        }

        if (told > maxBytes)
        {
            return ValueTask.FromResult(SubgraphResponse.Failed(SubgraphOutcome.TooLarge, (int)response.StatusCode));
        }

        // Nothing is waited for: the stream is there, its bytes are not.
        var stream = response.Content.ReadAsStream(cancellationToken);
        return response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var coding)
            ? DecodeAsync(response, stream, coding.ToString(), cancellationToken)
            : ReadAsync(response, stream, (int?)told, cancellationToken);
    }

    private static string Shortened(string value) => JsonSerializer.Serialize(value.Length > 40 ? value[..40] + "..." : value);

    private async ValueTask<SubgraphResponse> DecodeAsync(HttpResponseMessage response, Stream stream, string coding, CancellationToken cancellationToken)
    {
        await using var decoded = ContentCoding.Decode(coding, stream, maxBytes);
        try
        {
            return decoded is null
                ? SubgraphResponse.Failed(SubgraphOutcome.Unreadable, (int)response.StatusCode)
                : await ReadAsync(response, decoded, told: null, cancellationToken);
        }
        catch (Exception exception) when (ContentCoding.IsBroken(exception))
        {
            return SubgraphResponse.Failed(SubgraphOutcome.Unreadable, (int)response.StatusCode);
        }
    }

    private async ValueTask<SubgraphResponse> ReadAsync(HttpResponseMessage response, Stream body, int? told, CancellationToken cancellationToken)
    {
        var buffer = memory.TryRent(Math.Max(told ?? InitialBytes, 1));
        var length = 0;
        try
        {
            while (buffer is not null)
            {
                var read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken);
                length += read;
                if (length > maxBytes || (read > 0 && length == maxBytes && length != told && await HasMoreAsync(body, cancellationToken)))
                {
                    return SubgraphResponse.Failed(SubgraphOutcome.TooLarge, (int)response.StatusCode);
                }

                if (read == 0 || length == told || length == maxBytes)
                {
                    var whole = SubgraphResponse.Received((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, buffer, length, memory);
                    buffer = null;
                    return whole;
                }

                if (length == buffer.Length)
                {
                    buffer = Grow(buffer);
                }
            }

            return SubgraphResponse.Failed(SubgraphOutcome.NoMemory, (int)response.StatusCode);
        }
        finally
        {
            if (buffer is not null)
            {
                memory.Return(buffer);
            }
        }
    }

    // Whether an answer that is as large as allowed goes on: a buffer twice as large for that would be the largest of all.
    private static async ValueTask<bool> HasMoreAsync(Stream stream, CancellationToken cancellationToken) =>
        await stream.ReadAsync(new byte[1], cancellationToken) > 0;

    // The limit is far enough below the largest array that twice as much is one. Both are held while the bytes are copied. Null where there is no room.
    private byte[]? Grow(byte[] full)
    {
        var larger = memory.TryRent(checked(full.Length * 2));
        if (larger is not null)
        {
            full.CopyTo(larger, 0);
        }

        memory.Return(full);
        return larger;
    }
}
