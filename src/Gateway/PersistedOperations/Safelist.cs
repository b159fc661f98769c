using GraphGateway.Http;
using GraphGateway.Language;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>
/// Says of documents that came as texts whether they are published (<see cref="SafelistLevel.LogUnknown"/>, <see cref="SafelistLevel.Known"/>). What
/// a document says is found out once, when its operation is prepared; a request asks whether that is published now.
/// </summary>
internal sealed class Safelist
{
    // Of unknown documents one line each in a pause, mostly: they share so many places.
    private const int Lines = 32;

    private readonly Refreshed<PublishedDocuments> published;
    private readonly PersistedTelemetry telemetry;
    private readonly ILogger<Safelist> logger;
    private readonly LogPauses pauses;
    private readonly ParserOptions parserOptions;
    private readonly bool isEnforced;
    private readonly bool allowsIntrospection;

    public Safelist(
        GatewayOptions options, Refreshed<PublishedDocuments> published, PersistedTelemetry telemetry, TimeProvider clock, ILogger<Safelist> logger)
    {
        this.published = published;
        this.telemetry = telemetry;
        this.logger = logger;
        pauses = new LogPauses(Lines, clock);
        isEnforced = options.PersistedOperations is { Safelist: SafelistLevel.Known, Mode: LimitMode.Enforce };
        allowsIntrospection = options.Introspection;
        parserOptions = options.Limits.ParserOptions with { MaxTokens = options.Limits.Tokens.Mode == LimitMode.Enforce ? options.Limits.Tokens.Max : 0 };
    }

    /// <summary>
    /// Prepares an operation, unless nobody has published its document: then it is neither validated nor kept, and the client hears nothing of the
    /// graph.
    /// </summary>
    /// <param name="planner">Prepares it.</param>
    public Func<DocumentKey, OperationResolution> Resolver(OperationPlanner planner) =>
        key => isEnforced && !MayBeKnown(key.Document) ? new OperationResolution(null, [NotInSafelist()]) : planner.Resolve(key);

    /// <summary>Refuses an operation that came as text; null where it may run.</summary>
    public GraphQLHttpResult? Refuse(PreparedOperation operation, HttpContext context)
    {
        if (published.Current is not { } documents)
        {
            // Where it is enforced nobody comes here.
            telemetry.Count(PersistedTelemetry.Unavailable);
            return null;
        }

        if (documents.Knows(ClientName.Of(context), operation.Form.Hash))
        {
            telemetry.Count(PersistedTelemetry.Known);
            return null;
        }

        if (allowsIntrospection && operation.Form.IsIntrospection)
        {
            telemetry.Count(PersistedTelemetry.Introspection);
            return null;
        }

        Tell(operation.Identity.Hash, operation.Identity.Name ?? "anonymous", context);
        return isEnforced ? RefusedBy(context) : null;
    }

    /// <summary>Refuses what <see cref="Resolver"/> did not prepare because it is not published; null where that is not the reason.</summary>
    public GraphQLHttpResult? Refuse(OperationResolution resolution, ReadOnlySpan<byte> document, HttpContext context)
    {
        if (resolution.Errors is not [{ Code: ErrorCode.QueryNotInSafelist }])
        {
            return null;
        }

        Tell(OperationIdentity.HashOf(document), "not looked at", context);
        return RefusedBy(context);
    }

    private static GraphQLError NotInSafelist() => new()
    {
        Message = "This gateway runs published operations only, and this one is not published for this client.",
        Code = ErrorCode.QueryNotInSafelist,
    };

    private static GraphQLHttpResult RefusedBy(HttpContext context)
    {
        // It may be published in the next minute.
        context.Response.Headers.CacheControl = "no-store";
        return GraphQLHttpResult.Refused(StatusCodes.Status403Forbidden, NotInSafelist());
    }

    private bool MayBeKnown(byte[] document) =>
        DocumentForm.Of(document, parserOptions) is { } form
        && ((allowsIntrospection && form.IsIntrospection) || published.Current?.Knows(form.Hash) == true);

    private void Tell(string hash, string name, HttpContext context)
    {
        telemetry.Count(PersistedTelemetry.Unknown);
        if (logger.IsEnabled(LogLevel.Warning) && pauses.MayLog(hash[0] % Lines, out var leftOut))
        {
#pragma warning disable CA1873 // Whether the level is on was asked above.
            logger.LogWarning(
                "An operation that is not published {Outcome}: {OperationName} sha256:{OperationHash} of client {Client} ({LeftOut} more like it since the last line)",
                isEnforced ? "was refused" : "ran",
                name,
                hash,
                ClientName.Of(context) ?? "without a name",
                leftOut);
#pragma warning restore CA1873
        }
    }
}
