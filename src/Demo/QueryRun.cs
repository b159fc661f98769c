using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphGateway.Demo;

/// <summary>Sends one query and prints the answer, indented, on standard output.</summary>
internal static class QueryRun
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the exit code: 0 for an answer without errors.</summary>
    public static async Task<int> RunAsync(HttpClient client, Uri endpoint, FileInfo query, CancellationToken stop)
    {
        var document = await File.ReadAllTextAsync(query.FullName, stop);
        using var response = await client.PostAsJsonAsync(endpoint, new { query = document }, stop);
        var text = await response.Content.ReadAsStringAsync(stop);
        try
        {
            using var answer = JsonDocument.Parse(text);
            Console.WriteLine(JsonSerializer.Serialize(answer.RootElement, Readable));
            return response.IsSuccessStatusCode && !answer.RootElement.TryGetProperty("errors", out _) ? 0 : 1;
        }
        catch (JsonException)
        {
            await Console.Error.WriteLineAsync($"The gateway answered {(int)response.StatusCode} {response.ReasonPhrase}, and not with JSON:\n{text}");
            return 1;
        }
    }
}
