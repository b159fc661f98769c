using Microsoft.AspNetCore.Http;

namespace GraphGateway.Http;

/// <summary>What an endpoint accepts.</summary>
public sealed record GraphQLHttpOptions
{
    /// <summary>Largest body in bytes; a larger one is answered with 413.</summary>
    public int MaxRequestBytes { get; init; } = 2_000_000;

    /// <summary>Deepest nesting of JSON: of a body, all of it, or of a parameter of a URL. What is deeper is refused with this number.</summary>
    public int MaxJsonDepth { get; init; } = 64;

    /// <summary>True when a JSON array of requests is run; otherwise it is refused with <c>BATCHING_NOT_ENABLED</c>.</summary>
    public bool AllowRequestBatching { get; init; }

    /// <summary>True when <c>variables</c> may be a list of objects; otherwise it is refused with <c>BATCHING_NOT_ENABLED</c>.</summary>
    public bool AllowVariableBatching { get; init; }

    /// <summary>Entries of one batch, requests times variable objects; more are refused with <c>BATCH_LIMIT_EXCEEDED</c>.</summary>
    public int MaxBatchSize { get; init; } = 10_000;

    /// <summary>
    /// True when a request may name its document (<see cref="GraphQLRequest.DocumentId"/>) instead of sending it; the executor then knows it, or refuses. Off,
    /// such requests are refused with <c>PERSISTED_QUERY_NOT_SUPPORTED</c>.
    /// </summary>
    public bool AllowDocumentIds { get; init; }

    /// <summary>Bytes from which on a body is compressed for clients that take br or gzip; null compresses none.</summary>
    public int? CompressFromBytes { get; init; }

    /// <summary>How long clients may take for answers other than event streams; null: as long as the server lets them.</summary>
    public DeliveryLimit? Delivery { get; init; }

    /// <summary>True when requests of foreign sites that need no preflight are refused.</summary>
    public bool PreventCsrf { get; init; } = true;

    /// <summary>
    /// Decides who may ask: null lets the request go on, a result is its answer; the headers that belong to it are set on the response. Asked before
    /// the body is read, and for the SDL unless <see cref="IsSdlOpen"/>. Where it is null itself, everybody may.
    /// </summary>
    public Func<HttpContext, ValueTask<GraphQLHttpResult?>>? Admit { get; init; }

    /// <summary>True when answers are given as server-sent events to clients that take <c>text/event-stream</c>: subscriptions, and all else.</summary>
    public bool AllowEventStreams { get; init; }

    /// <summary>Silence on an event stream after which a comment keeps the connection alive.</summary>
    public TimeSpan EventStreamKeepAlive { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>The clock of <see cref="EventStreamKeepAlive"/> and <see cref="Delivery"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>True when the SDL is for everybody, whatever <see cref="Admit"/> says.</summary>
    public bool IsSdlOpen { get; init; }

    /// <summary>The SDL as UTF-8, served at <c>?sdl</c> and <c>/schema.graphql</c> below the path; null when it is not served. Asked at each request.</summary>
    public Func<ReadOnlyMemory<byte>>? Sdl { get; init; }
}
