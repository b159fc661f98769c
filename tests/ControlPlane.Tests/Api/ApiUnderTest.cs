using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using GraphGateway.TestKit;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>A registry's server on a free port, with its log, and what it shows at the console. The clock stands still at 2030-01-01.</summary>
internal sealed class ApiUnderTest : IAsyncDisposable
{
    public static readonly byte[] Pepper = Encoding.ASCII.GetBytes("a pepper of a test, 32 bytes long");

    private readonly HttpClient client = new();
    private readonly string place;
    private readonly StringWriter console;
    private readonly Lines log;

    private ApiUnderTest(string place, RegistryServer server, StringWriter console, Lines log, FakeTimeProvider clock)
    {
        (this.place, Server, this.console, this.log, Clock) = (place, server, console, log, clock);
        client.BaseAddress = server.Address;
    }

    public RegistryServer Server { get; }

    public FakeTimeProvider Clock { get; }

    public string Console => console.ToString();

    public IReadOnlyCollection<string> Log => log.All;

    /// <summary>The key that the console has shown; null where it has shown none.</summary>
    public string? FirstKey => Console.Split("shown this once: ") is [_, var key] ? key.Trim() : null;

    public static async Task<ApiUnderTest> StartAsync(string place, Func<RegistryServerOptions, RegistryServerOptions>? change = null, DateTimeOffset? now = null)
    {
        var (console, log, clock) = (new StringWriter(), new Lines(), new FakeTimeProvider(now));
        var (server, problem) = await RegistryServer.StartAsync(
            (change ?? (static options => options))(new RegistryServerOptions(place, new Uri("http://127.0.0.1:0"), Pepper)), console, logging => logging.AddProvider(log), clock, default);
        Assert.Null(problem);
        return new ApiUnderTest(place, server!, console, log, clock);
    }

    /// <summary>Sends a request; the answer's status, and its body.</summary>
    public async Task<(int Status, string Body)> SendAsync(string method, string path, string? key, string? body = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        // A body that is not wanted is not sent.
        request.Headers.ExpectContinue = body is { Length: > 1_000_000 };
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A key that may do this.</summary>
    public async Task<string> KeyAsync(params string[] scopes)
    {
        await using var keys = ApiKeyStore.OfRegistry(place);
        return (await keys.CreateAsync(new ApiKeyGrant($"owner of {string.Join(' ', scopes)}", null, [.. scopes], null), Pepper, Clock.GetUtcNow(), default)).Text;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Server.DisposeAsync();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> All => [.. lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel}: {formatter(state, exception)}{exception}");

        public void Dispose()
        {
        }
    }
}
