using System.Diagnostics.Metrics;
using GraphGateway.Http;
using GraphGateway.Language;

namespace GraphGateway.Gateway;

/// <summary>The document that a request means, or why there is none.</summary>
/// <param name="Document">Its bytes: the request's own, or remembered ones.</param>
/// <param name="Refusal">Why there is none; null where there is one.</param>
/// <param name="ToKeep">Its hash, where it is to be remembered once it is known to be valid.</param>
internal readonly record struct NamedDocument(ReadOnlyMemory<byte> Document, GraphQLHttpResult? Refusal = null, DocumentHash? ToKeep = null);

/// <summary>
/// Finds the document that a request names instead of sending it, by
/// <see href="https://www.apollographql.com/docs/apollo-server/performance/apq">Apollo's protocol</see> (<c>extensions.persistedQuery</c>) or by
/// <see href="https://github.com/graphql/graphql-over-http/blob/main/spec/Appendix%20A%20--%20Persisted%20Documents.md">GraphQL over HTTP's</see>
/// (<c>documentId</c>): 1. the hash alone: found, or the client is told to send the text; 2. text and hash: the text runs and is remembered; 3. the hash alone again.
/// </summary>
internal sealed class PersistedDocuments
{
    private static readonly KeyValuePair<string, object?> Hit = new("result", "hit");
    private static readonly KeyValuePair<string, object?> Miss = new("result", "miss");
    private static readonly KeyValuePair<string, object?> Kept = new("result", "kept");
    private static readonly KeyValuePair<string, object?> Mismatch = new("result", "mismatch");

    private readonly AutomaticDocuments automatic;
    private readonly Counter<long> requests;

    public PersistedDocuments(PersistedOperationsOptions options, GatewayTelemetry telemetry)
    {
        automatic = new AutomaticDocuments(options.AutomaticBytes);
        requests = telemetry.Meter.CreateCounter<long>(
            "graphgateway.persisted_operations.requests", "{request}", "Requests that name their document, by result: hit, miss, kept (its text came, too) or mismatch.");
        telemetry.Meter.CreateObservableUpDownCounter("graphgateway.persisted_operations.automatic", () => automatic.Count, "{document}", "Documents that clients have sent with their hash.");
    }

    /// <summary>The document of a request that names one.</summary>
    public NamedDocument Find(GraphQLRequest request)
    {
        var isHash = DocumentHash.TryParse(request.DocumentId!, out var hash);
        if (!request.Document.IsEmpty)
        {
            return WithText(request, isHash ? hash : null);
        }

        if (isHash && automatic.Find(hash) is { } document)
        {
            requests.Add(1, Hit);
            return new NamedDocument(document);
        }

        requests.Add(1, Miss);
        return Refuse(StatusCodes.Status200OK, ErrorCode.PersistedQueryNotFound, request.IsPersistedQuery
            // Clients of Apollo's protocol look for this very message, and then send the text.
            ? "PersistedQueryNotFound"
            : isHash ? "The gateway does not know this document, or no longer: send its text as \"query\" beside its identifier."
            : "The gateway knows no document by this identifier: send the text as \"query\", without it.");
    }

    /// <summary>Remembers the document of <see cref="Find"/>, which is valid.</summary>
    public void Keep(DocumentHash hash, ReadOnlyMemory<byte> document)
    {
        requests.Add(1, Kept);
        automatic.Keep(hash, document.Span);
    }

    private NamedDocument WithText(GraphQLRequest request, DocumentHash? hash)
    {
        if (hash is null && !request.IsPersistedQuery)
        {
            const string message = "The request has an identifier and a text, and the identifier is not the text's hash, so nobody can tell whether they belong together: send one of the two.";
            return Refuse(StatusCodes.Status400BadRequest, ErrorCode.CannotSendPqIdAndBody, message);
        }

        if (hash != DocumentHash.Of(request.Document.Span))
        {
            requests.Add(1, Mismatch);
            const string message = "The identifier is not the SHA-256 of the text in \"query\": provided sha does not match query.";
            return Refuse(StatusCodes.Status400BadRequest, ErrorCode.PersistedQueryHashMismatch, message);
        }

        return new NamedDocument(request.Document, ToKeep: hash);
    }

    private static NamedDocument Refuse(int status, ErrorCode code, string message) =>
        new(default, GraphQLHttpResult.Refused(status, new GraphQLError { Message = message, Code = code }));
}
