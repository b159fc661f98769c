using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GraphGateway.Http;

/// <summary>
/// Compresses what clients get. The body is there as a whole, so that a small one goes as it is: compressing it would cost more than it saves.
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
    public static async Task WriteAsync(
        HttpResponse response, PipeWriter output, ReadOnlyMemory<byte> body, string coding, int fromBytes, CancellationToken cancellationToken)
    {
        if (body.Length < fromBytes)
        {
            await output.WriteAsync(body, cancellationToken);
            return;
        }

        response.Headers.ContentEncoding = coding;
        var compressed = output.AsStream(leaveOpen: true);
        await using (Stream stream = coding == "br" ? new BrotliStream(compressed, CompressionLevel.Fastest) : new GZipStream(compressed, CompressionLevel.Fastest))
        {
            await stream.WriteAsync(body, cancellationToken);
        }

        await output.FlushAsync(cancellationToken);
    }
}
