using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace GraphGateway.Http;

/// <summary>
/// The URL encoding of a request (<see href="https://graphql.github.io/graphql-over-http/draft/#sec-GET">GraphQL over HTTP, GET</see>):
/// <c>variables</c> and <c>extensions</c> are JSON; an empty string means absent.
/// </summary>
internal static class GetRequestParser
{
    /// <summary>Parses the URL's parameters into one request, which the caller disposes in any case.</summary>
    /// <param name="http">The HTTP request.</param>
    /// <param name="options">What is accepted.</param>
    /// <param name="path">What the path says of the document; null at the endpoint's own path.</param>
    /// <param name="requests">Takes the request.</param>
    public static RequestRefusal? Parse(HttpRequest http, GraphQLHttpOptions options, DocumentPath? path, List<GraphQLRequest> requests)
    {
        if (!IsUtf8(http.QueryString))
        {
            return RequestRefusal.BadRequest("The URL's parameters are not valid UTF-8.");
        }

        var query = http.Query;
        var request = new GraphQLRequest { IsGet = true, DocumentId = path?.Id };
        requests.Add(request);
        return ReadDocumentId(query, options, request)
            ?? ReadText(query, "query", out var document)
            ?? ReadText(query, "operationName", out var operationName)
            ?? ReadJsonObject(query, "variables", options, out var variables)
            ?? ReadJsonObject(query, "extensions", options, out var extensions)
            ?? Fill(request, document, operationName, variables, extensions)
            ?? RequestRules.Check(request, options, path);
    }

    private static RequestRefusal? ReadDocumentId(IQueryCollection query, GraphQLHttpOptions options, GraphQLRequest request)
    {
        foreach (var name in RequestRules.DocumentIds)
        {
            var refusal = ReadText(query, name, out var id);
            if (id is not null && !options.AllowDocumentIds)
            {
                return RequestRules.RefuseDocumentId(name);
            }

            if ((refusal ?? (id is null ? null : RequestRules.Name(request, id))) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }

    // The query collection leaves escapes as they are where they are not UTF-8: the text would silently be another one.
    private static bool IsUtf8(QueryString query)
    {
        if (query.Value is not { } text || !text.Contains('%', StringComparison.Ordinal))
        {
            return true;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return Utf8.IsValid(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length));
    }

    private static RequestRefusal? Fill(
        GraphQLRequest request,
        string? document,
        string? operationName,
        ReadOnlyMemory<byte> variables,
        ReadOnlyMemory<byte> extensions)
    {
        request.Document = document is null ? default : Encoding.UTF8.GetBytes(document);
        request.OperationName = operationName;
        request.VariablesJson = variables;
        request.ExtensionsJson = extensions;
        return null;
    }

    private static RequestRefusal? ReadText(IQueryCollection query, string name, out string? text)
    {
        StringValues values = query[name];
        text = values.Count == 0 || string.IsNullOrEmpty(values[0]) ? null : values[0];
        return values.Count > 1 ? RequestRefusal.BadRequest($"The URL has more than one \"{name}\".") : null;
    }

    private static RequestRefusal? ReadJsonObject(IQueryCollection query, string name, GraphQLHttpOptions options, out ReadOnlyMemory<byte> json)
    {
        json = default;
        if (ReadText(query, name, out var text) is { } refusal)
        {
            return refusal;
        }

        if (text is null)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = options.MaxJsonDepth });
            reader.Read();
            var kind = reader.TokenType;
            reader.Skip();
            reader.Read();
            json = kind == JsonTokenType.StartObject ? bytes : default;
            return kind is JsonTokenType.StartObject or JsonTokenType.Null
                ? null
                : RequestRefusal.BadRequest($"\"{name}\" must be a JSON object.");
        }
        catch (JsonException exception)
        {
            return RequestRefusal.BadRequest(JsonProblem.IsTooDeep(exception)
                ? $"\"{name}\" is nested deeper than {options.MaxJsonDepth} levels of JSON, which is the limit."
                : $"\"{name}\" is not valid JSON.");
        }
    }
}
