using System.Net;
using System.Text;
using GraphGateway.Subgraphs.Orders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Services;

/// <summary>A client's mistake is an answer with a code. It is nothing that the service's operator has to read of.</summary>
public sealed class ClientErrorTests
{
    [Theory]
    [InlineData("1e20", "An amount is at most 1000000000000.")]
    [InlineData("1000000000000.01", "An amount is at most 1000000000000.")]
    [InlineData("9.994", "An amount has at most two decimal places.")]
    public async Task An_amount_that_cannot_be_is_refused_and_not_logged(string amount, string message)
    {
        var log = new MemoryLog();
        await using var app = await OrdersService.Definition.CreateAsync(
            [.. await TestDatabase.SqliteAsync(OrdersService.Definition), "--urls=http://127.0.0.1:0"],
            services => services.AddSingleton<ILoggerProvider>(log));
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var content = Json(Encoding.UTF8.GetBytes($$"""{"query":"{ orders(where: { total: { gt: {{amount}} } }) { totalCount } }"}"""));
        using var response = await client.PostAsync("/graphql", content);
        JsonText.Check(
            $$"""
            {
              "errors": [
                {
                  "message": "{{message}}",
                  "locations": [{ "line": 1, "column": 3 }],
                  "path": ["orders"],
                  "extensions": { "code": "BAD_USER_INPUT" }
                }
              ],
              "data": { "orders": null }
            }
            """,
            JsonText.Of(System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())));
        Assert.Equal("Warning: orders answers everybody, not the gateway alone: GatewayIdentity:Required is Off", string.Join('\n', log.Problems));
    }

    [Fact]
    public async Task Variables_that_are_no_text_are_a_bad_request()
    {
        await using var service = await RunningService.StartAsync(OrdersService.Definition);
        byte[][] bodies =
        [
            // In Latin-1 these are the bytes FF FE, which no UTF-8 has.
            Encoding.Latin1.GetBytes("""{"query":"query($e: ID!) { orderById(id: $e) { id } }","variables":{"e":"ÿþ"}}"""),
            [.. """{"query":"query($e: ID!) { orderById(id: $e) { id } }","variables":{"e":"\ud800"}}"""u8],
            [.. """{"query":"query($e: ID!) { orderById(id: $e) { id } }","variables":{"\udc00":"1"}}"""u8],
        ];
        service.Client.DefaultRequestHeaders.Add("Accept", "application/graphql-response+json");
        foreach (var body in bodies)
        {
            using var content = Json(body);
            using var response = await service.Client.PostAsync("/graphql", content);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains("\"code\":\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static ByteArrayContent Json(byte[] body) => new(body) { Headers = { { "Content-Type", "application/json" } } };

    private sealed class MemoryLog : ILoggerProvider, ILogger
    {
        private readonly List<string> _problems = [];

        public IReadOnlyList<string> Problems
        {
            get
            {
                lock (_problems)
                {
                    return [.. _problems];
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_problems)
            {
                if (IsEnabled(logLevel))
                {
                    _problems.Add($"{logLevel}: {formatter(state, exception)}");
                }
            }
        }

        public void Dispose()
        {
            // holds nothing
        }
    }
}
