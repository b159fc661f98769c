using System.Collections.Immutable;
using System.Text.Json;
using GraphGateway.Language;

namespace GraphGateway.Http;

/// <summary>What holds for a request however it was encoded.</summary>
internal static class RequestRules
{
    /// <summary>The parameters that stand for a document that the server would have to know.</summary>
    public static ImmutableArray<string> DocumentIds { get; } = ["documentId", "id", "doc_id"];

    public static RequestRefusal RefuseDocumentId(string parameter) =>
        RefusePersisted($"Send the text as \"query\", without \"{parameter}\".");

    public static RequestRefusal RefusePersisted(string advice) =>
        new(400, $"Persisted operations are not supported yet. {advice}", ErrorCode.PersistedQueryNotSupported);

    public static RequestRefusal? Check(GraphQLRequest request)
    {
        // With the text there, "persistedQuery" only asks to remember it: a server that does not, runs the text.
        if (!request.Document.IsEmpty)
        {
            return null;
        }

        // Clients of persisted queries look for this very message (Apollo's protocol) and then send the text.
        return AsksForPersistedQuery(request)
            ? new RequestRefusal(200, "PersistedQueryNotSupported", ErrorCode.PersistedQueryNotSupported)
            : RequestRefusal.BadRequest("The request has no \"query\": it must be a non-empty string.");
    }

    private static bool AsksForPersistedQuery(GraphQLRequest request) =>
        !request.ExtensionsJson.IsEmpty
        && request.Extensions.TryGetProperty("persistedQuery", out var persisted)
        && persisted.ValueKind == JsonValueKind.Object;
}
