using GraphGateway.Execution;
using GraphGateway.Http;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>An answer that is old: who makes it anew.</summary>
public sealed class KeptAnswerTests
{
    [Fact]
    public void One_makes_it_anew_and_when_that_was_in_vain_the_next_one()
    {
        var clock = new FakeTimeProvider();
        var answer = new KeptAnswer(new WholeResponse("{}"u8.ToArray()), new CachePolicy(CacheObstacle.None, 1, 100, IsPrivate: false), 0, null, null, clock);
        bool[] tries = [answer.TryRefresh(), answer.TryRefresh(), answer.TryRefresh()];
        answer.RefreshEnded();
        Assert.Equal([true, false, false, true, false], [.. tries, answer.TryRefresh(), answer.TryRefresh()]);
    }
}
