using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using GraphGateway.Gateway.Tests.Health;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>The limits on the shape of an operation, over HTTP.</summary>
public sealed class OperationLimitTests
{
    private const string Answer = """{"data":{"hello":"you","a":"you"}}""";

    [Theory]
    [InlineData("Depth", 3, "levels of fields", "MAX_DEPTH_EXCEEDED")]
    [InlineData("Aliases", 2, "aliases", "MAX_ALIASES_EXCEEDED")]
    [InlineData("RootFields", 4, "root fields", "MAX_ROOT_FIELDS_EXCEEDED")]
    [InlineData("Directives", 3, "directives", "MAX_DIRECTIVES_EXCEEDED")]
    [InlineData("Breadth", 4, "fields in one selection set", "MAX_BREADTH_EXCEEDED")]
    public async Task An_operation_beyond_a_limit_is_refused_with_its_number_the_limit_and_the_setting(string limit, int count, string what, string code)
    {
        const string query = """
            query Q { hello ...F b: hello @skip(if: true) }
            fragment F on Query { a: hello @include(if: true) @skip(if: false) __schema { queryType { name } } }
            """;
        await using var source = await FakeSource.AnswersAsync(Answer);
        await using (var wide = await RunningGateway.StartAsync(source, [$"--Gateway:Limits:{limit}={count}"]))
        {
            Assert.Equal("""{"data":{"hello":"you","a":"you","__schema":{"queryType":{"name":"Query"}}}}""", await wide.QueryAsync(query));
        }

        await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:Limits:{limit}={count - 1}"]);
        using var response = await gateway.SendAsync(query);
        Assert.Equal(
            (HttpStatusCode.OK,
            $$$"""{"errors":[{"message":"Operation \"Q\" has {{{count}}} {{{what}}}; at most {{{count - 1}}} are allowed (setting Gateway:Limits:{{{limit}}}).","locations":[{"line":1,"column":1}],"extensions":{"code":"{{{code}}}"}}]}"""),
            (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Single(source.Requests);
    }

    [Theory]
    [InlineData("Depth", 3)]
    [InlineData("Tokens", 10)]
    public async Task A_limit_that_measures_lets_the_operation_run_and_tells_of_it(string limit, int count)
    {
        const string query = "{ hello __schema { queryType { name } } }";
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        using var log = new LogWatch();
        await using var gateway = await RunningGateway.StartAsync(
            source, [$"--Gateway:Limits:{limit}:Max={count - 1}", $"--Gateway:Limits:{limit}:Mode=Measure"], log: log);
        using var meter = new Measurements(gateway);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("""{"data":{"hello":"you","__schema":{"queryType":{"name":"Query"}}}}""", await gateway.QueryAsync(query));
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query)));
        await log.SeenAsync(
            $"Operation sha256:{hash} is beyond Gateway:Limits:{limit}: {count} where at most {count - 1} are allowed; it may run, as the limit's Mode is Measure");
        Assert.Equal(
            $"""
            graphgateway.limits.exceeded limit={limit} mode=Measure: 1 + 1
            graphgateway.operation.size measure=Aliases: 0
            graphgateway.operation.size measure=Breadth: 2
            graphgateway.operation.size measure=Depth: 3
            graphgateway.operation.size measure=Directives: 0
            graphgateway.operation.size measure=RootFields: 2
            graphgateway.operation.size measure=Tokens: 10
            """,
            meter.ToString());
    }

    [Fact]
    public async Task Whatever_clients_send_the_log_has_few_lines_of_it()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        using var log = new Lines();
        var clock = new FakeTimeProvider();
        await using var gateway = await RunningGateway.StartAsync(
            source, ["--Gateway:Limits:Aliases:Max=1", "--Gateway:Limits:Aliases:Mode=Measure"], clock, log);
        async Task SendAsync(int first, int count)
        {
            for (var i = first; i < first + count; i++)
            {
                await gateway.QueryAsync($"{{ a{i}: __typename b: __typename }}");
            }
        }

        await SendAsync(0, LimitMonitor.MaxLinesPerWindow + 5);
        Assert.Equal(LimitMonitor.MaxLinesPerWindow, log.Of("Operation sha256:").Count);

        clock.Advance(LimitMonitor.Window);
        await SendAsync(100, 1);
        Assert.Equal(LimitMonitor.MaxLinesPerWindow + 1, log.Of("Operation sha256:").Count);
        Assert.Equal(["5 lines were left out about operations beyond a limit"], log.Of("5 lines"));
    }

    [Fact]
    public async Task The_limits_let_the_introspection_query_of_tools_pass()
    {
        await using var source = await FakeSource.AnswersAsync(Answer);
        await using var gateway = await RunningGateway.StartAsync(source);

        // As deep as that of graphql-js 16: a type in nine wrappings, in an argument of a field.
        var ofType = string.Concat(Enumerable.Repeat("ofType { kind name ", 9)) + string.Concat(Enumerable.Repeat("} ", 9));
        var answer = await gateway.QueryAsync(
            "query IntrospectionQuery { __schema { types { ...Full } directives { args { ...Input } } } } "
            + "fragment Full on __Type { fields(includeDeprecated: true) { args { ...Input } type { ...Ref } } inputFields { ...Input } } "
            + "fragment Input on __InputValue { name type { ...Ref } defaultValue } "
            + $"fragment Ref on __Type {{ kind name {ofType} }}");

        Assert.StartsWith("""{"data":{"__schema":{"types":[""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fragments_that_double_one_another_are_refused_at_once()
    {
        await using var source = await FakeSource.AnswersAsync(Answer);
        await using var gateway = await RunningGateway.StartAsync(source);
        var fragments = string.Concat(Enumerable.Range(0, 100).Select(i => $" fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}"));

        Assert.Equal(
            """{"errors":[{"message":"The operation has 2147483647 or more root fields; at most 200 are allowed (setting Gateway:Limits:RootFields).","locations":[{"line":1,"column":1}],"extensions":{"code":"MAX_ROOT_FIELDS_EXCEEDED"}},"""
            + """{"message":"The operation has 2147483647 or more fields in one selection set; at most 2000 are allowed (setting Gateway:Limits:Breadth).","locations":[{"line":1,"column":1}],"extensions":{"code":"MAX_BREADTH_EXCEEDED"}}]}""",
            await gateway.QueryAsync($"{{ ...F0 }}{fragments} fragment F100 on Query {{ hello }}"));
        Assert.Empty(source.Requests);
    }

    private sealed class Measurements : IDisposable
    {
        private readonly ConcurrentQueue<(string Series, long Value)> seen = [];
        private readonly MeterListener listener = new();

        public Measurements(RunningGateway gateway)
        {
            var ours = gateway.Services.GetRequiredService<IMeterFactory>().Create(GatewayTelemetry.Name);
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter == ours && (instrument.Name is "graphgateway.limits.exceeded" or "graphgateway.operation.size"))
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Enqueue(
                (instrument.Name + string.Concat(tags.ToArray().Select(tag => $" {tag.Key}={tag.Value}")), value)));
            listener.Start();
        }

        public override string ToString() => string.Join('\n', seen
            .GroupBy(one => one.Series, one => one.Value)
            .OrderBy(series => series.Key, StringComparer.Ordinal)
            .Select(series => $"{series.Key}: {string.Join(" + ", series)}"));

        public void Dispose() => listener.Dispose();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> all = [];

        public List<string> Of(string start) => [.. all.Where(line => line.StartsWith(start, StringComparison.Ordinal))];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
