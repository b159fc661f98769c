using System.Text.Json;

namespace GraphGateway.Http;

/// <summary>
/// <c>extensions.persistedQuery</c> of a request
/// (<see href="https://www.apollographql.com/docs/apollo-server/performance/apq">Apollo's automatic persisted queries</see>):
/// <c>{"version": 1, "sha256Hash": "..."}</c>. Clients with a manifest put any identifier there.
/// </summary>
internal static class PersistedQueryExtension
{
    public const string Name = "persistedQuery";

    private const int Version = 1;

    /// <summary>Reads it into the request; a refusal where it is there and cannot be read.</summary>
    public static RequestRefusal? Read(GraphQLRequest request)
    {
        if (request.ExtensionsJson.IsEmpty)
        {
            return null;
        }

        try
        {
            return Read(request, request.ExtensionsJson.Span);
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader says so of a string with half a surrogate pair.
            return RequestRefusal.BadRequest("\"extensions\" has a string that is not valid Unicode.");
        }
    }

    private static RequestRefusal? Read(GraphQLRequest request, ReadOnlySpan<byte> extensions)
    {
        // It was read before and is known to be JSON, not too deep.
        var reader = new Utf8JsonReader(extensions, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        RequestRefusal? refusal = null;
        while (refusal is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPersistedQuery = reader.ValueTextEquals(Name);
            reader.Read();
            if (isPersistedQuery && reader.TokenType != JsonTokenType.Null)
            {
                refusal = ReadObject(ref reader, request);
            }
            else
            {
                reader.Skip();
            }
        }

        return refusal;
    }

    private static RequestRefusal? ReadObject(ref Utf8JsonReader reader, GraphQLRequest request)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return RequestRefusal.BadRequest("\"extensions.persistedQuery\" must be a JSON object.");
        }

        string? hash = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("version");
            var isHash = reader.ValueTextEquals("sha256Hash");
            reader.Read();
            if (isVersion && !(reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) && version == Version))
            {
                return RequestRefusal.BadRequest($"Unsupported persisted query version: \"extensions.persistedQuery.version\" must be {Version}.");
            }

            if (isHash && reader.TokenType == JsonTokenType.String)
            {
                hash = reader.GetString();
            }

            reader.Skip();
        }

        if (string.IsNullOrEmpty(hash))
        {
            return RequestRefusal.BadRequest("\"extensions.persistedQuery.sha256Hash\" must be a non-empty string.");
        }

        request.IsPersistedQuery = true;
        return RequestRules.Name(request, hash);
    }
}
