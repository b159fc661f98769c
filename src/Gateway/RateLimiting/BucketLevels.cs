using System.Collections.Immutable;

namespace GraphGateway.Gateway;

/// <summary>The levels of all windows of one bucket at one moment. Not safe for several threads: its owner has a lock, or a copy.</summary>
internal sealed class BucketLevels
{
    private readonly ImmutableArray<BudgetWindow> windows;
    private readonly WindowLevel[] levels;

    /// <summary>Full windows.</summary>
    public BucketLevels(Budget budget, long now)
        : this(budget, [.. budget.Windows.Select(WindowLevel.Full)], now)
    {
    }

    /// <summary>Windows at these levels, which belong to the new object.</summary>
    public BucketLevels(Budget budget, WindowLevel[] levels, long now)
    {
        windows = budget.Windows;
        this.levels = levels;
        At = now;
    }

    /// <summary>The moment, in milliseconds of the owner's clock.</summary>
    public long At { get; private set; }

    /// <summary>The levels, as the budget has its windows.</summary>
    public ReadOnlySpan<WindowLevel> Levels => levels;

    /// <summary>Whether each window is full.</summary>
    public bool IsFull
    {
        get
        {
            for (var i = 0; i < levels.Length; i++)
            {
                if (levels[i].Units < windows[i].Units)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>What each window has.</summary>
    public long Available
    {
        get
        {
            var least = levels[0].Units;
            for (var i = 1; i < levels.Length; i++)
            {
                least = Math.Min(least, levels[i].Units);
            }

            return least;
        }
    }

    /// <summary>Goes on to a later moment; an earlier one changes nothing.</summary>
    public void Advance(long now)
    {
        var elapsed = now - At;
        if (elapsed > 0)
        {
            At = now;
            for (var i = 0; i < levels.Length; i++)
            {
                levels[i] = levels[i].After(windows[i], elapsed);
            }
        }
    }

    /// <summary>Takes units from each window, there or not.</summary>
    public void Take(long units)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = levels[i].Less(units);
        }
    }

    /// <summary>Gives units back to each window, which holds no more than when it is full.</summary>
    public void Return(long units)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = levels[i].Plus(windows[i], units);
        }
    }

    /// <summary>The time until each window has as many units, in milliseconds; at most the budget's capacity is ever there.</summary>
    /// <param name="units">Units.</param>
    /// <param name="window">The window that is waited for longest.</param>
    public long WaitFor(long units, out int window)
    {
        window = 0;
        var longest = -1L;
        for (var i = 0; i < levels.Length; i++)
        {
            var wait = levels[i].WaitFor(windows[i], units);
            if (wait > longest)
            {
                longest = wait;
                window = i;
            }
        }

        return longest;
    }

    /// <summary>The time until all windows are full, in milliseconds.</summary>
    public long WaitUntilFull()
    {
        var longest = 0L;
        for (var i = 0; i < levels.Length; i++)
        {
            longest = Math.Max(longest, levels[i].WaitFor(windows[i], windows[i].Units));
        }

        return longest;
    }

    /// <summary>How the window with the fewest units stands.</summary>
    public BudgetStanding Tightest()
    {
        var tightest = 0;
        for (var i = 1; i < levels.Length; i++)
        {
            tightest = levels[i].Units < levels[tightest].Units ? i : tightest;
        }

        return StandingOf(tightest);
    }

    /// <summary>How a window stands.</summary>
    public BudgetStanding StandingOf(int window) => new(
        window, Math.Max(levels[window].Units, 0), Span(levels[window].WaitFor(windows[window], windows[window].Units)));

    /// <summary>The refusal of a request that asks for more than is there.</summary>
    public BudgetDecision Refuse(long units)
    {
        var wait = WaitFor(units, out var window);
        return new BudgetDecision(BudgetOutcome.Exhausted, default, StandingOf(window), Span(wait));
    }

    /// <summary>Milliseconds as a span; what is too long for one is the longest.</summary>
    public static TimeSpan Span(long milliseconds) =>
        milliseconds >= TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond ? TimeSpan.MaxValue : new TimeSpan(milliseconds * TimeSpan.TicksPerMillisecond);
}
