using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GraphGateway.Benchmarks;

/// <summary>A gateway that has been started and answers as the sources know.</summary>
internal sealed class RunningGateway : IDisposable
{
    /// <summary>The core that gateways have to themselves.</summary>
    public const int Core = 1;

    /// <summary>Where the sources are.</summary>
    public static readonly Uri Sources = new("http://127.0.0.1:14490");

    /// <summary>The whole shop in one server.</summary>
    public static readonly Uri Whole = new(Sources, "whole");

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private readonly HttpClient client;
    private readonly GatewayRow row;
    private readonly Uri url;
    private readonly byte[] body;
    private JsonNode? expected;

    private RunningGateway(HttpClient client, GatewayRow row, Uri url, byte[] body, PinnedProcess process) =>
        (this.client, this.row, this.url, this.body, Process) = (client, row, url, body, process);

    /// <summary>Its processes.</summary>
    public PinnedProcess Process { get; }

    /// <summary>The answer's bytes.</summary>
    public int Bytes { get; private set; }

    /// <summary>Starts a gateway and checks what it answers.</summary>
    /// <param name="client">Asks.</param>
    /// <param name="row">Which.</param>
    /// <param name="port">Where it listens, as its command says.</param>
    /// <param name="environment">Variables beside the row's.</param>
    public static async Task<RunningGateway> Start(HttpClient client, GatewayRow row, int port, IEnumerable<(string, string)> environment)
    {
        var url = new Uri($"http://127.0.0.1:{port}/graphql");
        await CheckFree(client, url);
        var body = Body(row.Query ?? await File.ReadAllTextAsync(TestKit.Repository.PathOf("benchmarks/Gateways/shopfront.graphql")));
        var process = PinnedProcess.Start(Core, GatewayRow.Folder, Log(row.Name), [.. row.Environment, .. environment], row.Command);
        var gateway = new RunningGateway(client, row, url, body, process);
        try
        {
            await WaitFor(client, process, url, body, row.Name, row.Token);
            gateway.expected = JsonNode.Parse((await Ask(client, Whole, body, token: null)).Text);
            gateway.Bytes = await gateway.Check();
            return gateway;
        }
        catch
        {
            gateway.Dispose();
            throw;
        }
    }

    /// <summary>The body of a request for a document.</summary>
    public static byte[] Body(string query) => JsonSerializer.SerializeToUtf8Bytes(new { query });

    /// <summary>The file with what a program prints.</summary>
    public static string Log(string name) => Path.Combine(GatewayRow.Folder, name + ".log");

    // What an earlier run has left behind would answer in its place, and be measured.
    private static async Task CheckFree(HttpClient client, Uri url)
    {
        try
        {
            await client.GetAsync(url);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return;
        }

        throw new InvalidOperationException($"Something else listens on {url} already.");
    }

    /// <summary>Waits until it answers, a minute at most.</summary>
    public static async Task WaitFor(HttpClient client, PinnedProcess process, Uri url, byte[] body, string name, string? token)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < StartTime)
        {
            try
            {
                if ((await Ask(client, url, body, token)).Status == 200)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            if (process.HasEnded)
            {
                throw new InvalidOperationException($"It ended before it answered; {Log(name)} has what it said.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        throw new InvalidOperationException($"It did not answer within {StartTime.TotalSeconds} s; {Log(name)} has what it said.");
    }

    /// <summary>The answer must be, as JSON, what the whole shop in one server answers.</summary>
    /// <returns>The answer's bytes.</returns>
    public async Task<int> Check()
    {
        var (status, text) = await Ask(client, url, body, row.Token);
        JsonNode? answer;
        try
        {
            answer = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"An answer is no JSON (status {status}).");
        }

        return status == 200 && answer?["errors"] is null && JsonNode.DeepEquals(answer?["data"], expected?["data"])
            ? Encoding.UTF8.GetByteCount(text)
            : throw new InvalidOperationException($"Another answer than the right one (status {status}): {text[..Math.Min(text.Length, 300)]}");
    }

    /// <summary>Sends requests for some seconds.</summary>
    public Task<Load.Result> Load(int connections, int seconds) =>
        Benchmarks.Load.Run(url.Port, url.AbsolutePath, body, row.Token, connections, TimeSpan.FromSeconds(seconds));

    /// <summary>Opens connections for several loads.</summary>
    public Task<Load> Open(int connections) => Benchmarks.Load.Open(url.Port, url.AbsolutePath, body, row.Token, connections);

    /// <summary>It must be there still, and must have answered everything.</summary>
    public void CheckAlive(Load.Result load)
    {
        if (Process.HasEnded)
        {
            throw new InvalidOperationException($"It has ended; {Log(row.Name)} has what it said.");
        }

        if (load.Failures > 0)
        {
            throw new InvalidOperationException($"{load.Failures} of {load.Requests} answers under load had another status than 200.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Process.Dispose();

    private static async Task<(int Status, string Text)> Ask(HttpClient client, Uri url, byte[] body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = Servers.Json(body), Headers = { Accept = { new("application/json") } } };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
