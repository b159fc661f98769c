using System.Collections.Immutable;
using System.Globalization;

namespace GraphGateway.Gateway;

/// <summary>One window of a budget: as many units come back, evenly, in each period, and as many may be there at once.</summary>
/// <param name="Units">Units, from 1 to <see cref="MaxUnits"/>: what a period gives, and what the bucket holds when it is full.</param>
/// <param name="Milliseconds">The period, from 1 ms to a day.</param>
internal readonly record struct BudgetWindow(long Units, long Milliseconds)
{
    /// <summary>About 10^15. With at most <see cref="MaxMilliseconds"/>, each product of the buckets' arithmetic fits into 63 bits.</summary>
    public const long MaxUnits = 1L << 50;

    /// <summary>A day.</summary>
    public const long MaxMilliseconds = 24L * 60 * 60 * 1000;

    /// <summary>The window of a period in whole milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Units or period are not in their range.</exception>
    public static BudgetWindow Of(long units, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(units, MaxUnits);
        var milliseconds = period.Ticks / TimeSpan.TicksPerMillisecond;
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, 1, nameof(period));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, MaxMilliseconds, nameof(period));
        return new BudgetWindow(units, milliseconds);
    }
}

/// <summary>
/// What each consumer may spend: several windows at once, all of which must have what a request asks for. Its consumers have a bucket each.
/// Two budgets are equal when they are the same object.
/// </summary>
internal sealed class Budget
{
    /// <summary>A budget.</summary>
    /// <param name="name">For example a plan's name. Budgets with the same name and windows share their buckets in a shared store.</param>
    /// <param name="windows">At least one.</param>
    /// <exception cref="ArgumentException">There is no window.</exception>
    public Budget(string name, params ImmutableArray<BudgetWindow> windows)
    {
        if (windows.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A budget has at least one window.", nameof(windows));
        }

        Name = name;
        Windows = windows;
        Capacity = windows.Min(window => window.Units);
        Signature = string.Join('+', windows.Select(window => string.Create(CultureInfo.InvariantCulture, $"{window.Units}/{window.Milliseconds}")));
    }

    /// <summary>The budget's name.</summary>
    public string Name { get; }

    /// <summary>Its windows, as they were given.</summary>
    public ImmutableArray<BudgetWindow> Windows { get; }

    /// <summary>The most that one request can be given: the units of the smallest window.</summary>
    public long Capacity { get; }

    /// <summary>The windows as text, such as <c>10/1000+500/60000</c>. Levels are counted in parts of these, so other windows have other buckets.</summary>
    public string Signature { get; }

    /// <summary>The windows' names as clients are told of them (<see cref="RateLimitHeaders"/>). PERF: most answers have one of them.</summary>
    public string[] WindowNames => field ??= [.. Enumerable.Range(0, Windows.Length).Select(window => RateLimitHeaders.NameOf(this, window))];

    /// <summary>The windows as clients are told of them (<see cref="RateLimitHeaders.Policy"/>).</summary>
    public string Policy => field ??= RateLimitHeaders.PolicyOf(this);
}
