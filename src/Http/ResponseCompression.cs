using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GraphGateway.Http;

/// <summary>
/// Compresses what clients get. A body that may be small is put together first, so that a small one goes as it is: compressing it would cost more than it saves.
/// <para>
/// What is secret and what an attacker chooses, compressed together, tells by its length how alike they are (BREACH). That takes requests of a
/// foreign site with the visitor's cookies; <see cref="CsrfRule"/> refuses those.
/// </para>
/// </summary>
internal static class ResponseCompression
{
    /// <summary>
    /// The coding that the client likes best, br before gzip among equals; null when it takes none
    /// (<see href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3">RFC 9110, 12.5.3</see>).
    /// </summary>
    /// <param name="accept">The header <c>Accept-Encoding</c>.</param>
    public static string? Negotiate(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept) || !StringWithQualityHeaderValue.TryParseList(accept, out var codings))
        {
            return null;
        }

        var (best, quality) = ((string?)null, 0d);
        foreach (var coding in (ReadOnlySpan<string>)["br", "gzip"])
        {
            var named = codings.FirstOrDefault(item => item.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
                ?? codings.FirstOrDefault(item => item.Value.Equals("*", StringComparison.Ordinal));
            if (named is not null && (named.Quality ?? 1) > quality)
            {
                (best, quality) = (coding, named.Quality ?? 1);
            }
        }

        return best;
    }

    /// <summary>Writes a body, in the coding where it is large enough.</summary>
    /// <param name="response">Gets the header.</param>
    /// <param name="output">Takes it.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="coding">What <see cref="Negotiate"/> gave.</param>
    /// <param name="fromBytes">What is smaller goes as it is; null: it is large, and goes while it is written.</param>
    /// <param name="cancellationToken">Cancelled when the client leaves.</param>
    public static async Task WriteAsync(
        HttpResponse response, PipeWriter output, Func<PipeWriter, Task> write, string coding, int? fromBytes, CancellationToken cancellationToken)
    {
        if (fromBytes is not { } least)
        {
            await CompressAsync(response, output, write, coding, cancellationToken);
            return;
        }

        using var body = new MemoryStream();
        var buffer = PipeWriter.Create(body, new StreamPipeWriterOptions(leaveOpen: true));
        await write(buffer);
        await buffer.CompleteAsync();
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (bytes.Length < least)
        {
            await output.WriteAsync(bytes, cancellationToken);
            return;
        }

        await CompressAsync(response, output, async body => await body.WriteAsync(bytes, cancellationToken), coding, cancellationToken);
    }

    private static async Task CompressAsync(HttpResponse response, PipeWriter output, Func<PipeWriter, Task> write, string coding, CancellationToken cancellationToken)
    {
        response.Headers.ContentEncoding = coding;
        var compressed = output.AsStream(leaveOpen: true);
        await using (Stream stream = coding == "br" ? new BrotliStream(compressed, CompressionLevel.Fastest) : new GZipStream(compressed, CompressionLevel.Fastest))
        {
            var pipe = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
            await write(pipe);
            await pipe.CompleteAsync();
        }

        await output.FlushAsync(cancellationToken);
    }
}
