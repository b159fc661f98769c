using GraphGateway.Execution;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>What sources say of keeping their answers, as text (RFC 9111, RFC 5861).</summary>
public sealed class SourcePolicyTests
{
    [Theory]
    [InlineData(null, null, null, false, "Unsaid")]
    [InlineData("", null, null, false, "Unsaid")]
    [InlineData("public", null, null, false, "Unsaid")]
    [InlineData("max-age=60", null, null, false, "60 +0")]
    [InlineData("Max-Age=\"60\"", null, null, false, "60 +0")]
    [InlineData("max-age=60, max-age=30", null, null, false, "30 +0")]
    [InlineData("max-age=-1", null, null, false, "Stale")]
    [InlineData("max-age=x", null, null, false, "Stale")]
    [InlineData("max-age=0", null, null, false, "Stale")]
    [InlineData("max-age=99999999999999999999", null, null, false, "86400 +0")]
    [InlineData("max-age=60, s-maxage=10", null, null, false, "10 +0")]
    [InlineData("private, max-age=60, s-maxage=10", null, null, false, "60 +0 private")]
    [InlineData("private=\"x, no-store\", max-age=60", null, null, false, "60 +0 private")]
    [InlineData("max-age=60, no-store", null, null, false, "NoStore")]
    [InlineData("max-age=60, \"no-store", null, null, false, "NoStore")]
    [InlineData("max-age=60, private=\"x", null, null, false, "NoStore")]
    [InlineData("max-age=60, no store", null, null, false, "NoStore")]
    [InlineData("max-age=60; no-store", null, null, false, "NoStore")]
    [InlineData("max-age=\"60\"x", null, null, false, "NoStore")]
    [InlineData("max-age=, max-age=60", null, null, false, "NoStore")]
    [InlineData(", max-age=60, ,", null, null, false, "60 +0")]
    [InlineData("max-age = 60, x=\"a \\\" b, no-store\", y", null, null, false, "60 +0")]
    [InlineData("max-age=60, no-cache=\"set-cookie\"", null, null, false, "NoCache")]
    [InlineData("max-age=60, stale-while-revalidate=30", null, null, false, "60 +30")]
    [InlineData("max-age=60, stale-while-revalidate=30, must-revalidate", null, null, false, "60 +0")]
    [InlineData("max-age=60", "20", null, false, "40 +0")]
    [InlineData("max-age=60", "60", null, false, "Stale")]
    [InlineData("max-age=60", "20, 50", null, false, "40 +0")]
    [InlineData("max-age=60", "soon", null, false, "Stale")]
    [InlineData("max-age=60", null, "Accept, Accept-Language", false, "60 +0")]
    [InlineData("max-age=60", null, "Accept, *", false, "Varies")]
    [InlineData("max-age=60", null, "TraceParent", false, "Varies")]
    [InlineData("max-age=60", null, "x-request-timeout-ms", false, "Varies")]
    [InlineData("max-age=60", null, null, true, "60 +0 private")]
    [InlineData("max-age=60, public", null, null, true, "60 +0")]
    [InlineData("s-maxage=60", null, null, true, "60 +0")]
    [InlineData("max-age=60, public, private", null, null, true, "60 +0 private")]
    public void What_a_source_says_is_read(string? cacheControl, string? age, string? vary, bool isPersonal, string expected)
    {
        var clock = new FakeTimeProvider();
        var policies = new SourcePolicy(new SubgraphOptions(), HeaderRules.None, TimeSpan.FromDays(1), readsTags: false, clock);
        var policy = policies.Of(cacheControl, age, vary, isPersonal, begun: 7);
        var actual = policy.Obstacle != CacheObstacle.None ? $"{policy.Obstacle}"
            : $"{(policy.FreshUntil - 7) / clock.TimestampFrequency} +{(policy.StaleUntil - policy.FreshUntil) / clock.TimestampFrequency}{(policy.IsPrivate ? " private" : "")}";
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_whole_has_the_shortest_time_and_the_strictest_scope()
    {
        var first = new CachePolicy(CacheObstacle.None, 100, 300, IsPrivate: false);
        var second = new CachePolicy(CacheObstacle.None, 200, 200, IsPrivate: true);
        Assert.Equal(new CachePolicy(CacheObstacle.None, 100, 200, IsPrivate: true), first.And(second));
        Assert.Equal(CachePolicy.Not(CacheObstacle.NoStore), first.And(CachePolicy.Not(CacheObstacle.NoStore)));
        Assert.Equal(CachePolicy.Not(CacheObstacle.Unsaid), default(CachePolicy).And(first));
    }
}
