using GraphGateway.Subgraphs.Server;
using GraphGateway.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Subgraphs.Tests;

public sealed class LimitTests
{
    private const string Document = "{ node { node { id } } }";

    [Theory]
    [InlineData(
        3, LimitMode.Measure, """{"data":{"node":null}}""", "")]
    [InlineData(
        2, LimitMode.Measure, """{"data":{"node":null}}""",
        "An operation is beyond Limits.Depth: 3 where at most 2 are allowed; it may run, as the limit's mode is Measure. This is number 1")]
    [InlineData(
        2, LimitMode.Enforce,
        """{"errors":[{"message":"The operation has 3 levels of fields; at most 2 are allowed (setting Limits.Depth).","locations":[{"line":1,"column":1}],"extensions":{"code":"MAX_DEPTH_EXCEEDED"}}]}""",
        "")]
    public async Task An_operation_beyond_a_limit_is_refused_or_logged(int max, LimitMode mode, string answer, string logged)
    {
        var log = new Lines();
        await using var services = new ServiceCollection().BuildServiceProvider();
        var builder = new GraphQLServerBuilder()
            .AddSchema("type Query { node: Node } type Node { id: ID node: Node }")
            .Resolve("Query", "node", _ => new ValueTask<object?>((object?)null))
            .ResolveOthers(_ => new ValueTask<object?>((object?)null));
        var limits = new OperationLimits { Depth = new OperationLimit(max, mode), SettingPrefix = "Limits." };
        var server = new GraphQLServer(
            BoundSchema.Bind(builder, services.GetService<IServiceProviderIsService>()).Schema!, log, limits: limits);

        Assert.Equal(answer, await server.ExecuteAsync(Document, services));
        Assert.Equal(logged, string.Join('\n', log.All));
    }

    [Fact]
    public void A_service_has_limits_unless_it_says_otherwise() => Assert.Equal(
        ("GraphQLServerBuilder.Limits.", new OperationLimit(100), new OperationLimit(1_000)),
        (new GraphQLServerBuilder().Limits.SettingPrefix, new GraphQLServerBuilder().Limits.Depth, new GraphQLServerBuilder().Limits.RootFields));

    private sealed class Lines : ILogger
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add(formatter(state, exception));
    }
}
