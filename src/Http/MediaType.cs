using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GraphGateway.Http;

/// <summary>The formats that a response can have.</summary>
internal enum ResponseFormat
{
    /// <summary><c>application/json</c>: for clients that name it, that say <c>*/*</c>, or nothing.</summary>
    Json,

    /// <summary><c>application/graphql-response+json</c>: for clients that name it.</summary>
    GraphQLResponse,

    /// <summary><c>application/jsonl</c>: one response a line; for batches.</summary>
    JsonLines,

    /// <summary><c>text/event-stream</c>: server-sent events; the one format of subscriptions.</summary>
    EventStream,
}

/// <summary>What the client accepts, as far as this server can give it.</summary>
/// <param name="Single">The format for one response; null when none fits (406).</param>
/// <param name="Batch">The format for the responses of a batch; null when none fits (406).</param>
/// <param name="EventStream">True when the client takes server-sent events, if only as its last choice.</param>
internal readonly record struct AcceptedFormats(ResponseFormat? Single, ResponseFormat? Batch, bool EventStream = false);

/// <summary>
/// Content negotiation
/// (<see href="https://graphql.github.io/graphql-over-http/draft/#sec-Accept">GraphQL over HTTP, Accept</see>).
/// </summary>
internal static class MediaType
{
    public const string Json = "application/json; charset=utf-8";
    public const string GraphQLResponse = "application/graphql-response+json; charset=utf-8";
    public const string EventStream = "text/event-stream; charset=utf-8";
    public const string JsonLines = "application/jsonl; charset=utf-8";

    public static string ContentType(ResponseFormat format) => format switch
    {
        ResponseFormat.GraphQLResponse => GraphQLResponse,
        ResponseFormat.JsonLines => JsonLines,
        ResponseFormat.EventStream => EventStream,
        _ => Json,
    };

    /// <summary>The best formats by quality; among equals the one named first. <c>*/*</c> and <c>application/*</c> stand for JSON.</summary>
    /// <param name="accept">The header.</param>
    /// <param name="allowEventStream">False when <c>text/event-stream</c> is unknown here.</param>
    public static AcceptedFormats Negotiate(StringValues accept, bool allowEventStream)
    {
        if (StringValues.IsNullOrEmpty(accept) || (accept.Count == 1 && accept[0] is "*/*" or "application/json"))
        {
            return new AcceptedFormats(ResponseFormat.Json, ResponseFormat.Json);
        }

        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
        {
            return default;
        }

        ResponseFormat? single = null;
        ResponseFormat? batch = null;
        double singleQuality = 0, batchQuality = 0;
        var eventStream = false;
        foreach (var range in ranges)
        {
            var quality = range.Quality ?? 1;
            if (FormatOf(range) is not { } format || (format == ResponseFormat.EventStream && !allowEventStream))
            {
                continue;
            }

            eventStream |= format == ResponseFormat.EventStream && quality > 0;

            if (format != ResponseFormat.JsonLines && quality > singleQuality)
            {
                (single, singleQuality) = (format, quality);
            }

            if (quality > batchQuality)
            {
                (batch, batchQuality) = (format, quality);
            }
        }

        // A client that takes nothing but lines gets a single response as one line.
        return new AcceptedFormats(single ?? batch, batch, eventStream);
    }

    /// <summary>True for <c>application/json</c> in UTF-8, the one format that requests are read in.</summary>
    public static bool IsJsonRequest(string? contentType)
    {
        if (contentType is "application/json")
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    private static ResponseFormat? FormatOf(MediaTypeHeaderValue range)
    {
        if (range.Charset.HasValue && !range.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return range.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/graphql-response+json" => ResponseFormat.GraphQLResponse,
            "application/json" or "application/*" or "*/*" => ResponseFormat.Json,
            "application/jsonl" => ResponseFormat.JsonLines,
            "text/event-stream" => ResponseFormat.EventStream,
            _ => null,
        };
    }
}
