using System.Text.Json;
using System.Text.Unicode;
using GraphGateway.Language;

namespace GraphGateway.Http;

/// <summary>
/// The JSON encoding of a request
/// (<see href="https://graphql.github.io/graphql-over-http/draft/#sec-POST">GraphQL over HTTP, POST</see>): one pass over the bytes that
/// keeps slices; only the document's string is decoded.
/// </summary>
internal static class JsonRequestParser
{
    /// <summary>
    /// Parses a body into one request, or into several when it is an array. On a refusal <paramref name="requests"/> may hold what was read
    /// before; the caller disposes them in any case.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="options">What is accepted.</param>
    /// <param name="path">What the path says of the document; null at the endpoint's own path.</param>
    /// <param name="requests">Takes the requests.</param>
    /// <param name="isBatch">True when the body is an array.</param>
    public static RequestRefusal? Parse(ReadOnlyMemory<byte> body, GraphQLHttpOptions options, DocumentPath? path, List<GraphQLRequest> requests, out bool isBatch)
    {
        isBatch = false;
        // RFC 8259, section 8.1: a reader may pass over a byte order mark.
        body = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (!Utf8.IsValid(body.Span))
        {
            // Slices of the body go on as they are: text that nobody can decode would only be found out far from here.
            return RequestRefusal.BadRequest("The request body is not valid UTF-8.");
        }

        if (body.IsEmpty && path is not null)
        {
            return RequestRules.Check(Add(requests, path), options, path);
        }

        if (body.IsEmpty)
        {
            return RequestRefusal.BadRequest("The request body is empty; a JSON object with \"query\" is expected.");
        }

        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = options.MaxJsonDepth });
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                isBatch = true;
                return ParseBatch(ref reader, body, options, path, requests);
            }

            var refusal = ParseRequest(ref reader, body, options, path, requests);
            if (refusal is null)
            {
                // Read on: what follows the object must be nothing but white space.
                reader.Read();
            }

            return refusal;
        }
        catch (JsonException exception)
        {
            return RequestRefusal.BadRequest(JsonProblem.Describe(exception, body.Span, options.MaxJsonDepth));
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader says so of a string with half a surrogate pair.
            return RequestRefusal.BadRequest("The request body has a string that is not valid Unicode.");
        }
    }

    private static RequestRefusal? ParseBatch(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, GraphQLHttpOptions options, DocumentPath? path, List<GraphQLRequest> requests)
    {
        if (path is not null)
        {
            return RequestRefusal.BadRequest("The path names one document: a list of requests goes to the path of the GraphQL endpoint.");
        }

        if (!options.AllowRequestBatching)
        {
            return new RequestRefusal(400, "Batching of requests is not enabled: send one request at a time.", ErrorCode.BatchingNotEnabled);
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (requests.Count == options.MaxBatchSize)
            {
                return new RequestRefusal(400, $"The batch has more than {options.MaxBatchSize} entries.", ErrorCode.BatchLimitExceeded);
            }

            if (ParseRequest(ref reader, body, options, path, requests) is { } refusal)
            {
                return refusal;
            }
        }

        reader.Read();
        return requests.Count == 0 ? RequestRefusal.BadRequest("The batch is empty.") : null;
    }

    private static RequestRefusal? ParseRequest(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, GraphQLHttpOptions options, DocumentPath? path, List<GraphQLRequest> requests)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return RequestRefusal.BadRequest("The request body must be a JSON object with \"query\".");
        }

        var request = Add(requests, path);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (ParseMember(ref reader, body, options, request) is { } refusal)
            {
                return refusal;
            }
        }

        return RequestRules.Check(request, options, path);
    }

    private static GraphQLRequest Add(List<GraphQLRequest> requests, DocumentPath? path)
    {
        var request = new GraphQLRequest { DocumentId = path?.Id };
        requests.Add(request);
        return request;
    }

    private static RequestRefusal? ParseMember(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, GraphQLHttpOptions options, GraphQLRequest request)
    {
        if (reader.ValueTextEquals("query"u8))
        {
            reader.Read();
            return ReadDocument(ref reader, body, request);
        }

        if (reader.ValueTextEquals("operationName"u8))
        {
            reader.Read();
            return ReadOperationName(ref reader, request);
        }

        if (reader.ValueTextEquals("variables"u8))
        {
            reader.Read();
            return ReadVariables(ref reader, body, options, request);
        }

        if (reader.ValueTextEquals("extensions"u8))
        {
            reader.Read();
            var json = ReadObject(ref reader, body, out var isObjectOrNull);
            request.ExtensionsJson = json;
            return isObjectOrNull ? null : RequestRefusal.BadRequest("\"extensions\" must be a JSON object or null.");
        }

        for (var i = 0; i < RequestRules.DocumentIds.Length; i++)
        {
            if (reader.ValueTextEquals(RequestRules.DocumentIdBytes[i]))
            {
                reader.Read();
                return ReadDocumentId(ref reader, options, request, RequestRules.DocumentIds[i]);
            }
        }

        // Other unknown members are ignored, as the draft asks.
        reader.Read();
        reader.Skip();
        return null;
    }

    private static RequestRefusal? ReadDocumentId(ref Utf8JsonReader reader, GraphQLHttpOptions options, GraphQLRequest request, string name)
    {
        if (reader.TokenType == JsonTokenType.Null || (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(""u8)))
        {
            return null;
        }

        return !options.AllowDocumentIds ? RequestRules.RefuseDocumentId(name)
            : reader.TokenType != JsonTokenType.String ? RequestRefusal.BadRequest($"\"{name}\" must be a string.")
            : RequestRules.Name(request, reader.GetString()!);
    }

    private static RequestRefusal? ReadDocument(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, GraphQLRequest request)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            request.Document = default;
            return null;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            return RequestRefusal.BadRequest("\"query\" must be a string.");
        }

        if (!reader.ValueIsEscaped)
        {
            // TokenStartIndex is the quote; the bytes after it are the document as sent.
            request.Document = body.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
            return null;
        }

        var decoded = request.Rent(reader.ValueSpan.Length);
        request.Document = decoded.AsMemory(0, reader.CopyString(decoded));
        return null;
    }

    private static RequestRefusal? ReadOperationName(ref Utf8JsonReader reader, GraphQLRequest request)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
        {
            return RequestRefusal.BadRequest("\"operationName\" must be a string or null.");
        }

        var name = reader.GetString();
        request.OperationName = string.IsNullOrEmpty(name) ? null : name;
        return null;
    }

    private static RequestRefusal? ReadVariables(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, GraphQLHttpOptions options, GraphQLRequest request)
    {
        request.IsVariableBatch = reader.TokenType == JsonTokenType.StartArray;
        if (!request.IsVariableBatch)
        {
            request.VariablesJson = ReadObject(ref reader, body, out var isObjectOrNull);
            return isObjectOrNull ? null : RequestRefusal.BadRequest("\"variables\" must be a JSON object or null.");
        }

        if (!options.AllowVariableBatching)
        {
            return new RequestRefusal(400, "Batching of variables is not enabled: \"variables\" must be a JSON object or null.", ErrorCode.BatchingNotEnabled);
        }

        var start = (int)reader.TokenStartIndex;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return RequestRefusal.BadRequest("Each entry of the list in \"variables\" must be a JSON object.");
            }

            if (++count > options.MaxBatchSize)
            {
                return new RequestRefusal(400, $"The batch has more than {options.MaxBatchSize} entries.", ErrorCode.BatchLimitExceeded);
            }

            reader.Skip();
        }

        request.VariablesJson = body[start..(int)reader.BytesConsumed];
        return count == 0 ? RequestRefusal.BadRequest("The list in \"variables\" is empty.") : null;
    }

    private static ReadOnlyMemory<byte> ReadObject(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, out bool isObjectOrNull)
    {
        isObjectOrNull = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.Null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }
}
