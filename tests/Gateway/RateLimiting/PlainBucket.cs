using System.Numerics;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>
/// A budget's bucket as one would explain it: each window's level is an exact fraction that grows with each millisecond. No care for overflow or speed.
/// </summary>
internal sealed class PlainBucket(Budget budget)
{
    // Units times the window's milliseconds, so that they are whole.
    private readonly BigInteger[] levels = [.. budget.Windows.Select(window => (BigInteger)window.Units * window.Milliseconds)];

    /// <summary>The whole units that each window has.</summary>
    public BigInteger Available => budget.Windows.Select((window, i) => Floor(levels[i], window.Milliseconds)).Min();

    public bool IsFull => budget.Windows.Select((window, i) => levels[i] == (BigInteger)window.Units * window.Milliseconds).All(isFull => isFull);

    public void Pass(long milliseconds) => Change(window => milliseconds * (BigInteger)window.Units);

    public bool TryTake(long units)
    {
        if (Available < units)
        {
            return false;
        }

        Give(-units);
        return true;
    }

    /// <summary>Less than zero takes.</summary>
    public void Give(BigInteger units) => Change(window => units * window.Milliseconds);

    /// <summary>The first millisecond in which as many units are there, found by trying.</summary>
    public long WaitFor(long units)
    {
        long low = -1, high = 1;
        while (!Has(high))
        {
            high *= 2;
        }

        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Has(middle) ? (low, middle) : (middle, high);
        }

        return high;

        bool Has(long milliseconds) => budget.Windows
            .Select((window, i) => levels[i] + (milliseconds * (BigInteger)window.Units) >= (BigInteger)units * window.Milliseconds).All(has => has);
    }

    private void Change(Func<BudgetWindow, BigInteger> change)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            var window = budget.Windows[i];
            levels[i] = BigInteger.Min(levels[i] + change(window), (BigInteger)window.Units * window.Milliseconds);
        }
    }

    private static BigInteger Floor(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var rest);
        return rest < 0 ? quotient - 1 : quotient;
    }
}
