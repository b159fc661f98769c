using System.Buffers;
using Microsoft.AspNetCore.Http;
using GraphGateway.Language;

namespace GraphGateway.Http;

/// <summary>The whole body of a request in one pooled buffer, without its content coding; or why it was not read.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int InitialBytes = 16 * 1024;

    private byte[] buffer;

    private RequestBody(byte[] buffer, int length)
    {
        this.buffer = buffer;
        Length = length;
    }

    private RequestBody(RequestRefusal refusal)
        : this([], 0)
    {
        Refusal = refusal;
    }

    /// <summary>Why the body was not read to its end; null when it was.</summary>
    public RequestRefusal? Refusal { get; }

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, Length);

    private int Length { get; }

    /// <summary>Reads to the end, but no more than <paramref name="maxBytes"/>: of what is sent, and of what comes of it when it is decompressed.</summary>
    public static ValueTask<RequestBody> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken) =>
        request.ContentLength > maxBytes ? new ValueTask<RequestBody>(TooLarge(maxBytes))
        : request.Headers.ContentEncoding.Count == 0 ? ReadPlainAsync(request, maxBytes, cancellationToken)
        : ReadDecodedAsync(request, maxBytes, cancellationToken);

    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
    }

    private static async ValueTask<RequestBody> ReadPlainAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        try
        {
            while (true)
            {
                // AdvanceTo(start, end) makes the reader keep what came and wait for more: most bodies are there at the first read.
                var result = await reader.ReadAsync(cancellationToken);
                if (result.Buffer.Length > maxBytes)
                {
                    reader.AdvanceTo(result.Buffer.End);
                    return TooLarge(maxBytes);
                }

                if (result.IsCompleted)
                {
                    var length = (int)result.Buffer.Length;
                    var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
                    result.Buffer.CopyTo(buffer);
                    reader.AdvanceTo(result.Buffer.End);
                    return new RequestBody(buffer, length);
                }

                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (BadHttpRequestException exception)
        {
            return Unread(request, exception);
        }
    }

    private static async ValueTask<RequestBody> ReadDecodedAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        var coding = request.Headers.ContentEncoding.ToString();
        await using var stream = ContentCoding.Decode(coding, request.Body, maxBytes);
        if (stream is null)
        {
            // RFC 9110, 12.5.3: what would have been understood.
            request.HttpContext.Response.Headers.AcceptEncoding = ContentCoding.Readable;
            return new RequestBody(new RequestRefusal(
                StatusCodes.Status415UnsupportedMediaType,
                $"The request's Content-Encoding cannot be read. Send {ContentCoding.Readable}, or none.",
                ErrorCode.InvalidGraphqlRequest));
        }

        var buffer = ArrayPool<byte>.Shared.Rent(InitialBytes);
        var length = 0;
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                length += read;
                if (read == 0 || length > maxBytes)
                {
                    var body = new RequestBody(buffer, length);
                    if (read == 0)
                    {
                        return body;
                    }

                    body.Dispose();
                    return TooLarge(maxBytes);
                }

                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan().CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }
        }
        catch (BadHttpRequestException exception)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return Unread(request, exception);
        }
        catch (Exception exception) when (ContentCoding.IsBroken(exception))
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return new RequestBody(RequestRefusal.BadRequest("The request body does not have the coding that its Content-Encoding names, or it is longer than allowed."));
        }
    }

    // What the server says of a body that it gives up. Its connection cannot be used again: nobody knows where the next request begins.
    private static RequestBody Unread(HttpRequest request, BadHttpRequestException exception)
    {
        var message = exception.StatusCode == StatusCodes.Status408RequestTimeout
            ? "The request body came too slowly."
            : "The request body could not be read to its end.";
        if (HttpProtocol.IsHttp11(request.Protocol))
        {
            request.HttpContext.Response.Headers.Connection = "close";
        }

        return new RequestBody(new RequestRefusal(exception.StatusCode, message, ErrorCode.InvalidGraphqlRequest));
    }

    private static RequestBody TooLarge(int maxBytes) => new(new RequestRefusal(
        StatusCodes.Status413PayloadTooLarge, $"The request body is larger than {maxBytes} bytes.", ErrorCode.InvalidGraphqlRequest));
}
