using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>The fields that tell clients of their budgets.</summary>
public sealed class RateLimitHeadersTests
{
    private readonly Budget gold = BudgetScript.Budget("100/1000 5000/60000 1000000/86400000", "gold");

    [Fact]
    public void The_windows_are_a_list_of_policies() => Assert.Equal(
        """
        "gold-second";q=100;w=1, "gold-minute";q=5000;w=60, "gold-day";q=1000000;w=86400, "a\"\\?-1500ms";q=7, "b-hour";q=999999999999999;w=3600
        """,
        RateLimitHeaders.PolicyOf(gold, BudgetScript.Budget("7/1500", "a\"\\\u00e4"), BudgetScript.Budget("1125899906842624/3600000", "b")));

    [Theory]
    [InlineData("Admitted", 1, 60_000, 0, "\"gold-minute\";r=42;t=60", null)]
    [InlineData("Admitted", 0, 1, 0, "\"gold-second\";r=42;t=1", null)]
    [InlineData("Exhausted", 2, 86_400_000, 3001, "\"gold-day\";r=42;t=4", "4")]
    [InlineData("Exhausted", 0, 1000, 1, "\"gold-second\";r=42;t=1", "1")]
    [InlineData("NeverFits", 0, 0, 0, null, null)]
    [InlineData("StoreUnavailable", 0, 0, 0, null, null)]
    [InlineData("AdmittedUncounted", 0, 0, 0, null, null)]
    public void A_decision_tells_the_tightest_window_and_when_to_come_again(
        string outcome, int window, long fullAfter, long retryAfter, string? limit, string? retry)
    {
        var decision = new BudgetDecision(
            Enum.Parse<BudgetOutcome>(outcome), default, new BudgetStanding(window, 42, TimeSpan.FromMilliseconds(fullAfter)), TimeSpan.FromMilliseconds(retryAfter));
        Assert.Equal(limit, RateLimitHeaders.LimitOf(gold, decision));
        Assert.Equal(retry, RateLimitHeaders.RetryAfterOf(decision));
    }

    [Fact]
    public void The_longest_time_is_no_overflow() => Assert.Equal(
        "922337203686",
        RateLimitHeaders.RetryAfterOf(new BudgetDecision(BudgetOutcome.Exhausted, default, default, TimeSpan.MaxValue)));
}
