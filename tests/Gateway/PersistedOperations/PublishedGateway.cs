using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GraphGateway.ControlPlane;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Gateway.Tests.Upstream;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace GraphGateway.Gateway.Tests.PersistedOperations;

/// <summary>The whole gateway before one source that answers alike, with a store of published operations and a clock that stands still.</summary>
internal sealed class PublishedGateway : IAsyncDisposable
{
    public const string Hello = """200 {"data":{"hello":"you"}}""";

    private readonly TemporaryFolder folder = new();
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> counts = new();
    private FakeSource? source;
    private RunningGateway? gateway;

    public FakeTimeProvider Clock { get; } = new();

    public WholeLog Log { get; } = new();

    public string Place => Path.Combine(folder.Path, "operations.db");

    public RunningGateway Gateway => gateway!;

    public int Fetches => source!.Requests.Count;

    /// <summary>Requests by what became of their document, since the last time that somebody asked.</summary>
    public string Counts
    {
        get
        {
            var text = string.Join(' ', counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key}:{count.Value}"));
            counts.Clear();
            return text;
        }
    }

    public async Task<PublishedGateway> StartAsync(params string[] arguments)
    {
        source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        gateway = await RunningGateway.StartAsync(source, [$"--Gateway:PersistedOperations:Store={Place}", "--Gateway:WarmUp:Operations=0", .. arguments], Clock, Log);
        var ours = gateway.Services.GetRequiredService<IMeterFactory>().Create(GatewayTelemetry.Name);
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter == ours && instrument.Name == "graphgateway.persisted_operations.requests")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counts.AddOrUpdate((string)tags[0].Value!, value, (_, before) => before + value));
        listener.Start();
        return this;
    }

    public async Task<OperationStore> OpenAsync()
    {
        var store = OperationStore.At(Place);
        await store.PrepareAsync(default);
        return store;
    }

    public async Task PublishAsync(string? client, string tag, params (string Id, string Text)[] operations)
    {
        await using var store = await OpenAsync();
        var result = await store.PublishAsync(client, tag, [.. operations.Select(operation => new PublishedOperation(operation.Id, operation.Text))], Clock.GetUtcNow(), default);
        Xunit.Assert.Null(result.Problem);
    }

    public static string HashOf(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    public Task<string> AskTextAsync(string query, string? client = null) => PostAsync(JsonSerializer.Serialize(new { query }), client);

    public Task<string> AskIdAsync(string documentId, string? client = null) => PostAsync(JsonSerializer.Serialize(new { documentId }), client);

    public Task<string> AskHashAsync(string sha256Hash, string? query = null) => PostAsync(query is null
        ? JsonSerializer.Serialize(new { extensions = new { persistedQuery = new { version = 1, sha256Hash } } })
        : JsonSerializer.Serialize(new { query, extensions = new { persistedQuery = new { version = 1, sha256Hash } } }));

    /// <summary>The status, and the answer or the code and the message.</summary>
    public async Task<string> PostAsync(string body, string? client = null, string header = "graphql-client-name")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (client is not null)
        {
            request.Headers.Add(header, client);
        }

        using var response = await gateway!.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        using var json = JsonDocument.Parse(text);
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        return json.RootElement.TryGetProperty("errors", out var errors)
            ? $"{status} {errors[0].GetProperty("extensions").GetProperty("code").GetString()}: {errors[0].GetProperty("message").GetString()}"
            : $"{status} {text}";
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        if (gateway is not null)
        {
            await gateway.DisposeAsync();
        }

        if (source is not null)
        {
            await source.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        folder.Dispose();
        Log.Dispose();
    }
}
