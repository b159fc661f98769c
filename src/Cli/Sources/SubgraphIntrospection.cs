using System.Net.Http.Json;
using System.Text.Json;

namespace GraphGateway.Cli;

/// <summary>Asks a running service for its schema, by Apollo Federation's <c>{ _service { sdl } }</c>.</summary>
internal static class SubgraphIntrospection
{
    private static readonly HttpClient Client = new()
    {
        Timeout = TimeSpan.FromSeconds(30),
        MaxResponseContentBufferSize = 64 * 1024 * 1024,
    };

    /// <summary>The schema, or why there is none.</summary>
    internal static async Task<(string? Sdl, string? Reason)> Ask(
        Uri url, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = JsonContent.Create(new { query = "query SubgraphIntrospectQuery { _service { sdl } }" });
        request.Headers.TryAddWithoutValidation("Accept", "application/graphql-response+json, application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await Client.SendAsync(request, cancellation);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
            return Sdl(body.RootElement) is { } sdl
                ? (sdl, null)
                : (null, $"it answered {(int)response.StatusCode}: {Message(body.RootElement) ?? "without the field _service { sdl }"}");
        }
        catch (HttpRequestException exception)
        {
            return (null, exception.Message);
        }
        catch (JsonException)
        {
            return (null, "its answer is not JSON");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"no answer came within {Client.Timeout.TotalSeconds:0} seconds");
        }
    }

    private static string? Sdl(JsonElement body) => Property(Property(Property(body, "data"), "_service"), "sdl") is { ValueKind: JsonValueKind.String } sdl
        ? sdl.GetString()
        : null;

    private static string? Message(JsonElement body) =>
        Property(body, "errors") is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0
        && Property(errors[0], "message") is { ValueKind: JsonValueKind.String } message
            ? message.GetString()
            : null;

    private static JsonElement? Property(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value) ? value : null;
}
