using System.Text;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests;

public sealed class FreedGraphTests
{
    [Fact]
    public async Task When_nobody_needs_any_earlier_graph_their_memory_is_collected_once()
    {
        var clock = new FakeTimeProvider();
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.Supergraph, [("users", $"{source.Url}/graphql")], ["--Gateway:FollowSupergraph=On", "--Gateway:RequestTimeout=60s"], clock);
        var freed = 0;
        gateway.Services.GetRequiredService<CurrentGraph>().Freed += () => freed++;
        await TakeAsync(gateway);
        clock.Advance(TimeSpan.FromSeconds(30));
        await TakeAsync(gateway);
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, freed);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, freed);
        clock.Advance(TimeSpan.FromSeconds(65));
        Assert.Equal(1, freed);
    }

    private static async Task TakeAsync(RunningGateway gateway) =>
        Assert.Null(await gateway.Services.GetRequiredService<GraphChange>().TakeAsync(Encoding.UTF8.GetBytes(RunningGateway.Supergraph), "another graph", default));
}
