using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using GraphGateway.Language;

namespace GraphGateway.Http;

/// <summary>What holds for a request however it was encoded.</summary>
internal static class RequestRules
{
    // A hash has 71 characters; what is far longer is no name.
    private const int MaxIdLength = 512;

    // Of the draft: what stands after it is the SHA-256 of the text, 64 hexadecimal digits.
    private const string HashPrefix = "sha256:";

    /// <summary>
    /// The parameters that name a document: the draft's
    /// (<see href="https://github.com/graphql/graphql-over-http/blob/main/spec/Appendix%20A%20--%20Persisted%20Documents.md">GraphQL over HTTP, Persisted
    /// Documents</see>), HotChocolate's and Relay's.
    /// </summary>
    public static ImmutableArray<string> DocumentIds { get; } = ["documentId", "id", "doc_id"];

    /// <summary>The same in UTF-8.</summary>
    public static ImmutableArray<byte[]> DocumentIdBytes { get; } = [.. DocumentIds.Select(Encoding.UTF8.GetBytes)];

    public static RequestRefusal RefuseDocumentId(string parameter) =>
        RefusePersisted($"Send the text as \"query\", without \"{parameter}\".");

    public static RequestRefusal RefusePersisted(string advice) =>
        new(400, $"Persisted operations are not supported here. {advice}", ErrorCode.PersistedQueryNotSupported);

    /// <summary>The request names its document. It may say so twice, but not two names.</summary>
    public static RequestRefusal? Name(GraphQLRequest request, string id)
    {
        if (RefuseLength(id) is { } refusal)
        {
            return refusal;
        }

        if (request.DocumentId is { } other && WithoutPrefix(other) != WithoutPrefix(id))
        {
            return RequestRefusal.BadRequest("The request names two different documents: send one identifier.");
        }

        // Of a hash with and without its prefix the one that says what it is.
        request.DocumentId = request.DocumentId is { } earlier && earlier.Length > id.Length ? earlier : id;
        return null;
    }

    private static string WithoutPrefix(string id) => id.Length == HashPrefix.Length + 64 && id.StartsWith(HashPrefix, StringComparison.Ordinal) ? id[HashPrefix.Length..] : id;

    /// <summary>A request that is read to its end: does it say what to run?</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">What is accepted.</param>
    /// <param name="path">What the path says of the document; null at the endpoint's own path.</param>
    public static RequestRefusal? Check(GraphQLRequest request, GraphQLHttpOptions options, DocumentPath? path)
    {
        if (options.AllowDocumentIds && PersistedQueryExtension.Read(request) is { } refusal)
        {
            return refusal;
        }

        if (path is not null)
        {
            return CheckPath(request, path);
        }

        // With the text there, "persistedQuery" only asks to remember it: a server that does not, runs the text.
        if (!request.Document.IsEmpty || request.DocumentId is not null)
        {
            return null;
        }

        // Clients of persisted queries look for this very message (Apollo's protocol) and then send the text.
        return !options.AllowDocumentIds && AsksForPersistedQuery(request)
            ? new RequestRefusal(200, "PersistedQueryNotSupported", ErrorCode.PersistedQueryNotSupported)
            : RequestRefusal.BadRequest("The request has no \"query\": it must be a non-empty string.");
    }

    private static RequestRefusal? CheckPath(GraphQLRequest request, DocumentPath path)
    {
        if (!request.Document.IsEmpty)
        {
            return RequestRefusal.BadRequest("The path names the document: leave \"query\" out, or send it to the path of the GraphQL endpoint.");
        }

        if (path.Operation is not null && request.OperationName is { } name && name != path.Operation)
        {
            return RequestRefusal.BadRequest("The path and \"operationName\" name two different operations.");
        }

        request.OperationName ??= path.Operation;
        return RefuseLength(path.Id);
    }

    private static RequestRefusal? RefuseLength(string id) =>
        id.Length > MaxIdLength ? RequestRefusal.BadRequest($"The identifier of the document is longer than {MaxIdLength} characters.") : null;

    private static bool AsksForPersistedQuery(GraphQLRequest request) =>
        !request.ExtensionsJson.IsEmpty
        && request.Extensions.TryGetProperty(PersistedQueryExtension.Name, out var persisted)
        && persisted.ValueKind == JsonValueKind.Object;
}
