using GraphGateway.Http;
using GraphGateway.Language;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>The document that a request means, or why there is none.</summary>
/// <param name="Document">Its bytes: the request's own, or remembered ones.</param>
/// <param name="Known">Where they are remembered: what stays.</param>
/// <param name="Refusal">Why there is none; null where there is one.</param>
/// <param name="ToKeep">Its hash, where it is to be remembered once it is known to be valid.</param>
/// <param name="IsText">True when it is the client's text, now or earlier, and not a published document that it names.</param>
internal readonly record struct NamedDocument(
    ReadOnlyMemory<byte> Document, KnownDocument? Known = null, GraphQLHttpResult? Refusal = null, DocumentHash? ToKeep = null, bool IsText = false);

/// <summary>
/// Finds the document that a request names instead of sending it: a published one by its identifier or hash, or one that came as text before, by
/// <see href="https://www.apollographql.com/docs/apollo-server/performance/apq">Apollo's protocol</see> (<c>extensions.persistedQuery</c>) or by
/// <see href="https://github.com/graphql/graphql-over-http/blob/main/spec/Appendix%20A%20--%20Persisted%20Documents.md">GraphQL over HTTP's</see>
/// (<c>documentId</c>): 1. the hash alone: found, or the client is told to send the text; 2. text and hash: the text runs and is remembered; 3. the hash alone again.
/// </summary>
internal sealed class PersistedDocuments
{
    private readonly AutomaticDocuments automatic;
    private readonly PersistedTelemetry counts;
    private readonly Refreshed<PublishedDocuments>? published;
    private readonly SafelistLevel level;
    private readonly bool isEnforced;
    private readonly bool isAutomatic;

    /// <param name="options">The settings.</param>
    /// <param name="telemetry">Where metrics are told.</param>
    /// <param name="counts">Counts requests.</param>
    /// <param name="published">What is published; null where there is no store.</param>
    public PersistedDocuments(PersistedOperationsOptions options, GatewayTelemetry telemetry, PersistedTelemetry counts, Refreshed<PublishedDocuments>? published = null)
    {
        automatic = new AutomaticDocuments(options.AutomaticBytes);
        this.counts = counts;
        this.published = published;
        level = options.Safelist;
        isEnforced = options.Mode == LimitMode.Enforce;
        isAutomatic = options.Automatic && !RequiresId;
        telemetry.Meter.CreateObservableUpDownCounter("graphgateway.persisted_operations.automatic", () => automatic.Count, "{document}", "Documents that clients have sent with their hash.");
    }

    /// <summary>True where requests that name no document are looked at, too.</summary>
    public bool LooksAtTexts => level != SafelistLevel.Off;

    /// <summary>True while nothing that a client could send would run, since the store of published operations was never read.</summary>
    public bool IsWaiting => published is { Current: null } && (RequiresStore || RequiresId);

    private bool RequiresStore => level == SafelistLevel.Known && isEnforced;

    private bool RequiresId => level == SafelistLevel.RequireId && isEnforced;

    /// <summary>The published document that a request names; null where there is none that is known by now, and for all else. PERF: most requests by identifier go no other way.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The client.</param>
    /// <param name="now">When it came, by the clock.</param>
    public KnownDocument? FindPublished(GraphQLRequest request, HttpContext context, long now)
    {
        if (request.DocumentId is not { } id || !request.Document.IsEmpty || published?.FindFresh(now) is not { } documents || documents.Find(NameOf(context, documents), id) is not { } known)
        {
            return null;
        }

        counts.Count(PersistedTelemetry.Published);
        return known.Document;
    }

    /// <summary>The document of a request. PERF: waits only while nothing published is known, or when nobody has asked for long.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The client.</param>
    /// <param name="patience">Ends the waiting for the store.</param>
    public async ValueTask<NamedDocument> FindAsync(GraphQLRequest request, HttpContext context, CancellationToken patience)
    {
        var documents = published is null ? null : await published.GetAsync(patience);
        if (!request.Document.IsEmpty)
        {
            return OfText(request, documents, context);
        }

        var id = request.DocumentId!;
        if (documents?.Find(NameOf(context, documents), id) is { } known)
        {
            counts.Count(PersistedTelemetry.Published);
            return Named(known.Document);
        }

        var isHash = DocumentHash.TryParse(id, out var hash);
        if (isAutomatic && isHash && automatic.Find(hash) is { } sent)
        {
            counts.Count(PersistedTelemetry.Hit);
            return OfKnownText(Named(sent) with { IsText = true }, documents, context);
        }

        // What is not known may be new.
        if (published is not null && await published.RefreshAsync(patience) is { } newer && newer != documents)
        {
            documents = newer;
            if (documents.Find(NameOf(context, documents), id) is { } fresh)
            {
                counts.Count(PersistedTelemetry.Published);
                return Named(fresh.Document);
            }
        }

        counts.Count(PersistedTelemetry.Miss);
        return Missing(request, isHash, documents, context);
    }

    /// <summary>Remembers the document of <see cref="FindAsync"/>, which is valid and may run, where it came with its hash.</summary>
    public void Keep(NamedDocument named)
    {
        if (named.ToKeep is { } hash)
        {
            counts.Count(PersistedTelemetry.Kept);
            automatic.Keep(hash, named.Document.Span);
        }
    }

    private NamedDocument OfText(GraphQLRequest request, PublishedDocuments? documents, HttpContext context)
    {
        var named = request.DocumentId is null ? new NamedDocument(request.Document, IsText: true) : WithText(request);
        return named.Refusal is null ? OfKnownText(named, documents, context) : named;
    }

    // A text may run where the level lets any run that is published, or all; whether this one is, the safelist says.
    private NamedDocument OfKnownText(NamedDocument named, PublishedDocuments? documents, HttpContext context)
    {
        if (level == SafelistLevel.RequireId)
        {
            counts.Count(PersistedTelemetry.Text);
            return isEnforced
                ? Refuse(StatusCodes.Status400BadRequest, ErrorCode.PersistedQueryIdRequired, "This gateway runs published operations by their identifier only: send that, without a text.")
                : named;
        }

        if (RequiresStore && documents is null)
        {
            counts.Count(PersistedTelemetry.Unavailable);
            return Unavailable(context);
        }

        return named;
    }

    private NamedDocument WithText(GraphQLRequest request)
    {
        if (RequiresId)
        {
            return Refuse(
                StatusCodes.Status400BadRequest, ErrorCode.CannotSendPqIdAndBody, "The request has an identifier and a text. This gateway runs published operations by their identifier only: leave the text out.");
        }

        var isHash = DocumentHash.TryParse(request.DocumentId!, out var hash);
        if (!isHash && !request.IsPersistedQuery)
        {
            const string message = "The request has an identifier and a text, and the identifier is not the text's hash, so nobody can tell whether they belong together: send one of the two.";
            return Refuse(StatusCodes.Status400BadRequest, ErrorCode.CannotSendPqIdAndBody, message);
        }

        if (!isHash || hash != DocumentHash.Of(request.Document.Span))
        {
            counts.Count(PersistedTelemetry.Mismatch);
            const string message = "The identifier is not the SHA-256 of the text in \"query\": provided sha does not match query.";
            return Refuse(StatusCodes.Status400BadRequest, ErrorCode.PersistedQueryHashMismatch, message);
        }

        return new NamedDocument(request.Document, ToKeep: isAutomatic ? hash : null, IsText: true);
    }

    private NamedDocument Missing(GraphQLRequest request, bool isHash, PublishedDocuments? documents, HttpContext context)
    {
        // It may be published. Clients of Apollo's protocol have the text and send it when they are told to: where that runs, the store keeps nobody out.
        if (published is not null && documents is null && !(request.IsPersistedQuery && isAutomatic && !RequiresStore))
        {
            return Unavailable(context);
        }

        // Who may send the text and have it remembered is told so, whatever is published.
        if (published is null || (isHash && isAutomatic))
        {
            return Refuse(StatusCodes.Status200OK, ErrorCode.PersistedQueryNotFound, request.IsPersistedQuery
                // Clients of Apollo's protocol look for this very message, and then send the text.
                ? "PersistedQueryNotFound"
                : isHash ? "The gateway does not know this document, or no longer: send its text as \"query\" beside its identifier."
                : "The gateway knows no document by this identifier: send the text as \"query\", without it.");
        }

        context.Response.Headers.CacheControl = "no-store";
        return Refuse(StatusCodes.Status404NotFound, ErrorCode.PersistedQueryNotInList, "No operation is published for this client by this identifier.");
    }

    private static string? NameOf(HttpContext context, PublishedDocuments documents) => documents.HasClients ? ClientName.Of(context) : null;

    private static NamedDocument Named(KnownDocument document) => new(document.Text, document);

    private static NamedDocument Unavailable(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Refuse(
            StatusCodes.Status503ServiceUnavailable, ErrorCode.PersistedQueriesUnavailable, "The published operations cannot be read now. Try again.");
    }

    private static NamedDocument Refuse(int status, ErrorCode code, string message) =>
        new(default, Refusal: GraphQLHttpResult.Refused(status, new GraphQLError { Message = message, Code = code }));
}
