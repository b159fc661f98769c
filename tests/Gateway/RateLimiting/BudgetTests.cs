using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>What a budget is, as stories with all that comes of them.</summary>
public sealed class BudgetTests
{
    [Fact]
    public void Units_are_reserved_and_come_back_evenly() => Check(
        "10/1000",
        """
        a = 4 -> admitted; 6 left in window 0, full in 400 ms
        b = 6 -> admitted; 0 left in window 0, full in 1000 ms
        c = 1 -> exhausted, retry in 100 ms; 0 left in window 0, full in 1000 ms
        +99
        c = 1 -> exhausted, retry in 1 ms; 0 left in window 0, full in 901 ms
        +1
        c = 1 -> admitted; 0 left in window 0, full in 1000 ms
        +350
        d = 4 -> exhausted, retry in 50 ms; 3 left in window 0, full in 650 ms
        +10000
        d = 10 -> admitted; 0 left in window 0, full in 1000 ms
        """);

    [Fact]
    public void What_was_not_used_comes_back_and_never_more_than_fits() => Check(
        "10/1000",
        """
        a = 8 -> admitted; 2 left in window 0, full in 800 ms
        a: 3
        b = 7 -> admitted; 0 left in window 0, full in 1000 ms
        b: 0
        c = 7 -> admitted; 0 left in window 0, full in 1000 ms
        +500
        c: 0
        d = 10 -> admitted; 0 left in window 0, full in 1000 ms
        """);

    [Fact]
    public void What_was_spent_beyond_the_estimate_is_charged_and_nothing_passes_in_a_debt() => Check(
        "10/1000",
        """
        a = 2 -> admitted; 8 left in window 0, full in 200 ms
        a: 25
        b = 0 -> exhausted, retry in 1500 ms; 0 left in window 0, full in 2500 ms
        b = 1 -> exhausted, retry in 1600 ms; 0 left in window 0, full in 2500 ms
        +1500
        b = 0 -> admitted; 0 left in window 0, full in 1000 ms
        c = 1 -> exhausted, retry in 100 ms; 0 left in window 0, full in 1000 ms
        """);

    [Fact]
    public void All_windows_must_have_it_and_one_that_has_not_takes_nothing_from_the_others() => Check(
        "10/1000 15/60000",
        """
        a = 10 -> admitted; 0 left in window 0, full in 1000 ms
        +1000
        b = 6 -> exhausted, retry in 3000 ms; 5 left in window 1, full in 39000 ms
        b = 5 -> admitted; 0 left in window 1, full in 59000 ms
        c = 6 -> exhausted, retry in 23000 ms; 0 left in window 1, full in 59000 ms
        b: 0
        +3000
        c = 6 -> admitted; 0 left in window 1, full in 60000 ms
        """);

    [Fact]
    public void What_never_fits_is_not_waited_for() => Check(
        "10/1000 100/60000",
        """
        a = 11 -> NeverFits
        a = 9223372036854775807 -> NeverFits
        a = 10 -> admitted; 0 left in window 0, full in 1000 ms
        """);

    [Fact]
    public void Parts_of_units_are_not_lost_however_often_one_looks() => Check(
        // A unit in 333.3 ms.
        "3/1000",
        """
        a = 3 -> admitted; 0 left in window 0, full in 1000 ms
        +1
        b = 1 -> exhausted, retry in 333 ms; 0 left in window 0, full in 999 ms
        +1
        b = 1 -> exhausted, retry in 332 ms; 0 left in window 0, full in 998 ms
        +332
        b = 1 -> admitted; 0 left in window 0, full in 1000 ms
        +666
        c = 2 -> admitted; 0 left in window 0, full in 1000 ms
        +999
        d = 3 -> exhausted, retry in 1 ms; 2 left in window 0, full in 1 ms
        +1
        d = 3 -> admitted; 0 left in window 0, full in 1000 ms
        """);

    [Fact]
    public void The_largest_numbers_overflow_nothing() => Check(
        "1125899906842624/86400000",
        """
        a = 1125899906842624 -> admitted; 0 left in window 0, full in 86400000 ms
        +86399999
        b = 1125899906842624 -> exhausted, retry in 1 ms; 1125899893811375 left in window 0, full in 1 ms
        a: 9223372036854775807
        b = 1 -> exhausted, retry in 88387200002 ms; 0 left in window 0, full in 88473600001 ms
        +88387200002
        b = 1 -> admitted; 13031247 left in window 0, full in 86400000 ms
        """);

    [Fact]
    public async Task A_budget_takes_only_numbers_that_it_can_count_with()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BudgetWindow.Of(0, TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => BudgetWindow.Of(BudgetWindow.MaxUnits + 1, TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => BudgetWindow.Of(1, TimeSpan.FromTicks(9999)));
        Assert.Throws<ArgumentOutOfRangeException>(() => BudgetWindow.Of(1, TimeSpan.FromDays(1) + TimeSpan.FromMilliseconds(1)));
        Assert.Throws<ArgumentException>(() => new Budget("none"));
        var budgets = BudgetScript.Budgets(new FakeTimeProvider());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await budgets.ReserveAsync(new BudgetRequest(BudgetScript.Budget("1/1"), "me", -1), default));
        Assert.Throws<ArgumentOutOfRangeException>(() => Budgets.Settle(default, -1));
    }

    [Fact]
    public async Task A_reservation_is_settled_once()
    {
        var budgets = BudgetScript.Budgets(new FakeTimeProvider());
        var decision = await budgets.ReserveAsync(new BudgetRequest(BudgetScript.Budget("10/1000"), "me", 1), default);
        Budgets.Settle(decision.Reservation, 1);
        Assert.Throws<InvalidOperationException>(() => Budgets.Settle(decision.Reservation, 1));
    }

    [Fact]
    public async Task Each_consumer_has_a_bucket_whatever_its_name()
    {
        var budgets = BudgetScript.Budgets(new FakeTimeProvider());
        var budget = BudgetScript.Budget("1/1000");
        string[] names =
        [
            "me", "Me", "", " ", "\0", "me\n", "\uD800", "\uD801", new string('x', 200), new string('x', 201), "=me", "*",
            "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("\0\0"u8)),
        ];
        foreach (var name in names)
        {
            Assert.True((await budgets.ReserveAsync(new BudgetRequest(budget, name, 1), default)).IsAdmitted, $"'{name}' pays for another one.");
        }

        foreach (var name in names)
        {
            Assert.False((await budgets.ReserveAsync(new BudgetRequest(budget, name, 1), default)).IsAdmitted);
        }
    }

    private static void Check(string windows, string story)
    {
        var script = string.Join('\n', story.ReplaceLineEndings("\n").Split('\n').Select(line => line.Split(" -> ")[0]));
        Assert.Equal(story.ReplaceLineEndings("\n"), BudgetScript.Play(windows, script));
    }
}
