using System.Text;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.WarmUp;

/// <summary>Graphs may come faster than the requests for an operation: it is planned ahead all the same, once it was asked for under two of them.</summary>
public sealed class LatelyAskedTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new();
    private FakeSource source = null!;

    public async Task InitializeAsync() => source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");

    public async Task DisposeAsync() => await source.DisposeAsync();

    [Fact]
    public async Task What_is_asked_for_once_under_each_graph_is_planned_for_the_next_one()
    {
        await using var gateway = await StartAsync();
        await gateway.QueryAsync("{ hello }");
        await TakeAsync(gateway);
        Assert.Equal("", Planned(gateway));

        await gateway.QueryAsync("{ hello }");
        await TakeAsync(gateway);
        Assert.Equal("{ hello }", Planned(gateway));

        await gateway.QueryAsync("{ hello }");
        await gateway.QueryAsync("query Once { hello }");
        await TakeAsync(gateway);
        Assert.Equal("{ hello }", Planned(gateway));
    }

    [Fact]
    public async Task What_nobody_asks_for_under_a_graph_stays_planned_for_five_minutes()
    {
        await using var gateway = await StartAsync();
        await gateway.QueryAsync("{ hello }");
        await gateway.QueryAsync("{ hello }");
        await TakeAsync(gateway);
        await TakeAsync(gateway);
        clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        await TakeAsync(gateway);
        Assert.Equal("{ hello }", Planned(gateway));
        clock.Advance(TimeSpan.FromTicks(1));
        await TakeAsync(gateway);
        Assert.Equal("", Planned(gateway));
    }

    [Fact]
    public async Task No_more_are_known_than_are_planned_and_those_asked_for_last_are()
    {
        await using var gateway = await StartAsync("--Gateway:WarmUp:Operations=1");
        await gateway.QueryAsync("query A { hello }");
        await TakeAsync(gateway);
        await gateway.QueryAsync("query B { hello }");
        await TakeAsync(gateway);
        await gateway.QueryAsync("query A { hello }");
        await gateway.QueryAsync("query B { hello }");
        await TakeAsync(gateway);
        Assert.Equal("query B { hello }", Planned(gateway));
    }

    private static string Planned(RunningGateway gateway) =>
        string.Join('\n', gateway.Services.GetRequiredService<CurrentGraph>().Graph.Cache.Operations.Select(operation => Encoding.UTF8.GetString(operation.Key.Document)));

    private Task<RunningGateway> StartAsync(params string[] arguments) =>
        RunningGateway.StartAsync(RunningGateway.Supergraph, [("users", $"{source.Url}/graphql")], ["--Gateway:FollowSupergraph=On", .. arguments], clock);

    private static async Task TakeAsync(RunningGateway gateway) =>
        Assert.Null(await gateway.Services.GetRequiredService<GraphChange>().TakeAsync(Encoding.UTF8.GetBytes(RunningGateway.Supergraph), "another graph", default));
}
