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
    public static RequestRefusal? Parse(HttpRequest http, GraphQLHttpOptions options, List<GraphQLRequest> requests)
    {
        if (!IsUtf8(http.QueryString))
        {
            return RequestRefusal.BadRequest("The URL's parameters are not valid UTF-8.");
        }

        var query = http.Query;
        foreach (var name in RequestRules.DocumentIds)
        {
            if (!string.IsNullOrEmpty(query[name]))
            {
                return RequestRules.RefuseDocumentId(name);
            }
        }

        var request = new GraphQLRequest { IsGet = true };
        requests.Add(request);
        return ReadText(query, "query", out var document)
            ?? ReadText(query, "operationName", out var operationName)
            ?? ReadJsonObject(query, "variables", options, out var variables)
            ?? ReadJsonObject(query, "extensions", options, out var extensions)
            ?? Fill(request, document, operationName, variables, extensions);
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
        return RequestRules.Check(request);
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
