using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using GraphGateway.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>
/// Plays a budget's story on a clock that stands still, and writes what came of each line: <c>+500</c> lets so many milliseconds pass,
/// <c>a = 4</c> reserves 4 units under the name a, <c>a: 7</c> settles that with 7.
/// </summary>
internal static class BudgetScript
{
    /// <summary>A budget of windows such as <c>10/1000 500/60000</c>: units, and milliseconds.</summary>
    public static Budget Budget(string windows, string name = "test") => new(
        name,
        [.. windows.Split(' ').Select(window => window.Split('/')).Select(window => BudgetWindow.Of(
            long.Parse(window[0], CultureInfo.InvariantCulture), TimeSpan.FromMilliseconds(long.Parse(window[1], CultureInfo.InvariantCulture))))]);

    /// <summary>Budgets in memory on this clock.</summary>
    public static Budgets Budgets(TimeProvider clock, int max = 1000, LeaseExchange? exchange = null) =>
        new(max, new MillisecondClock(clock), Telemetry(clock), exchange);

    public static BudgetTelemetry Telemetry(TimeProvider clock, Meter? meter = null) => new(meter ?? new Meter("test"), clock, NullLogger.Instance);

    public static string Play(string windows, string script)
    {
        var clock = new FakeTimeProvider();
        var budget = Budget(windows);
        var budgets = Budgets(clock);
        var open = new Dictionary<string, BudgetReservation>();
        var told = new StringBuilder();
        foreach (var line in script.ReplaceLineEndings("\n").Split('\n'))
        {
            told.Append(line);
            if (line.StartsWith('+'))
            {
                clock.Advance(TimeSpan.FromMilliseconds(long.Parse(line, CultureInfo.InvariantCulture)));
            }
            else if (line.Split(": ") is [var settled, var actual])
            {
                Gateway.Budgets.Settle(open[settled], long.Parse(actual, CultureInfo.InvariantCulture));
            }
            else
            {
                var parts = line.Split(" = ");
                var decision = Now(budgets.ReserveAsync(new BudgetRequest(budget, "me", long.Parse(parts[1], CultureInfo.InvariantCulture)), default));
                open[parts[0]] = decision.Reservation;
                told.Append(" -> ").Append(Describe(decision));
            }

            told.Append('\n');
        }

        return told.ToString().TrimEnd('\n');
    }

    /// <summary>A decision for which nobody has to wait.</summary>
    public static BudgetDecision Now(ValueTask<BudgetDecision> deciding) =>
        deciding.IsCompletedSuccessfully ? deciding.Result : throw new InvalidOperationException("The decision was not there at once.");

    public static string Describe(BudgetDecision decision)
    {
        var standing = decision.Standing;
        var window = string.Create(
            CultureInfo.InvariantCulture, $"{standing.Remaining} left in window {standing.Window}, full in {standing.FullAfter.TotalMilliseconds} ms");
        return decision.Outcome switch
        {
            BudgetOutcome.Admitted => $"admitted; {window}",
            BudgetOutcome.Exhausted => string.Create(CultureInfo.InvariantCulture, $"exhausted, retry in {decision.RetryAfter.TotalMilliseconds} ms; {window}"),
            var other => other.ToString(),
        };
    }
}
