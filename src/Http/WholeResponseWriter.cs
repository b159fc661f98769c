using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GraphGateway.Http;

/// <summary>
/// Writes a <see cref="WholeResponse"/>: with a strong entity tag where it may be kept and came by GET or HEAD, and as status 304 to a client that has it
/// (<see href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, 13.1.2</see>).
/// </summary>
internal static class WholeResponseWriter
{
    /// <summary>Writes it. The response's head is set already, but for its tag, coding and length.</summary>
    /// <param name="context">The request.</param>
    /// <param name="output">Takes the body.</param>
    /// <param name="format">Of the response: other media types have other tags.</param>
    /// <param name="whole">The response.</param>
    /// <param name="compressFromBytes">Bytes from which on it is compressed; null compresses none.</param>
    public static async Task WriteAsync(HttpContext context, PipeWriter output, ResponseFormat format, WholeResponse whole, int? compressFromBytes)
    {
        var (request, response) = (context.Request, context.Response);
        var coding = whole.Length >= compressFromBytes ? ResponseCompression.Negotiate(request.Headers.AcceptEncoding) : null;
        var coded = coding is null ? null : whole.In(coding);
        if (!HttpMethods.IsPost(request.Method) && !response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal))
        {
            var tag = TagOf(whole, format, coded is null ? null : coding);
            response.Headers.ETag = tag;
            if (Has(request.Headers.IfNoneMatch, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentType = null;
                await response.StartAsync(context.RequestAborted);
                return;
            }
        }

        if (coded is not null)
        {
            response.Headers.ContentEncoding = coding;
        }

        response.ContentLength = coded?.Length ?? whole.Length;
        await response.StartAsync(context.RequestAborted);
        if (coded is null)
        {
            whole.WriteTo(output, ResultPosition.None);
            await output.FlushAsync(context.RequestAborted);
        }
        else
        {
            await output.WriteAsync(coded, context.RequestAborted);
        }
    }

    // Each representation has a tag of its own (RFC 9110, 8.8.3).
    private static string TagOf(WholeResponse whole, ResponseFormat format, string? coding) =>
        $"\"{whole.Tag}{(format == ResponseFormat.GraphQLResponse ? "" : "-json")}{(coding is null ? "" : "-")}{coding}\"";

    private static bool Has(StringValues ifNoneMatch, string tag) =>
        ifNoneMatch.Count > 0 && EntityTagHeaderValue.TryParseList(ifNoneMatch, out var tags)
        && tags.Any(mine => mine.Equals(EntityTagHeaderValue.Any) || mine.Tag.Equals(tag, StringComparison.Ordinal));
}
