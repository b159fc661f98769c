namespace GraphGateway.Gateway;

/// <summary>
/// What one window of a bucket holds: a token bucket
/// (<see href="https://www.rfc-editor.org/rfc/rfc2697">RFC 2697</see> has one for bytes) in exact whole numbers. A millisecond gives
/// <c>Units / Milliseconds</c> of a unit; the part of a unit that is not whole yet is kept as a count of such <c>1 / Milliseconds</c>, so that
/// nothing is rounded, however often one looks. Nothing overflows: a debt ends at <see cref="MaxDebt"/>, and
/// <see cref="BudgetWindow.MaxUnits"/> bounds the rest.
/// </summary>
/// <param name="Units">Whole units; negative where more was spent than was there. At most the window's units.</param>
/// <param name="Fraction">What is there beyond them, in <c>1 / Milliseconds</c> of a unit; below <c>Milliseconds</c>, and 0 in a full window.</param>
internal readonly record struct WindowLevel(long Units, long Fraction)
{
    /// <summary>A debt grows no further than this: some thousand times the largest window.</summary>
    public const long MaxDebt = 1L << 60;

    /// <summary>A full window.</summary>
    public static WindowLevel Full(BudgetWindow window) => new(window.Units, 0);

    /// <summary>The level after some time.</summary>
    /// <param name="window">The window.</param>
    /// <param name="elapsed">Milliseconds; a clock that went back gives nothing.</param>
    public WindowLevel After(BudgetWindow window, long elapsed)
    {
        var missing = window.Units - Units;
        if (elapsed <= 0 || missing <= 0)
        {
            return this;
        }

        var (periods, rest) = Math.DivRem(elapsed, window.Milliseconds);
        if (periods > missing / window.Units)
        {
            return Full(window);
        }

        // rest * Units / Milliseconds, in two parts so that no product passes Milliseconds^2 or MaxUnits.
        var (each, part) = Math.DivRem(window.Units, window.Milliseconds);
        var (carried, fraction) = Math.DivRem((rest * part) + Fraction, window.Milliseconds);
        var units = Units + (periods * window.Units) + (rest * each) + carried;
        return units < window.Units ? new WindowLevel(units, fraction) : Full(window);
    }

    /// <summary>The level when units are spent, there or not.</summary>
    /// <param name="units">0 or more.</param>
    public WindowLevel Less(long units) => this with { Units = Math.Max(Units - Math.Min(units, MaxDebt), -MaxDebt) };

    /// <summary>The level when units come back.</summary>
    /// <param name="window">The window.</param>
    /// <param name="units">0 or more.</param>
    public WindowLevel Plus(BudgetWindow window, long units) =>
        units >= window.Units - Units ? Full(window) : this with { Units = Units + units };

    /// <summary>The exact time until as many units are there, in whole milliseconds; 0 when they are.</summary>
    /// <param name="window">The window.</param>
    /// <param name="units">At most the window's units: more is never there.</param>
    public long WaitFor(BudgetWindow window, long units)
    {
        if (units <= Units)
        {
            return 0;
        }

        // The first whole millisecond e with Fraction + e * window.Units >= missing * Milliseconds.
        var missing = (((Int128)units - Units) * window.Milliseconds) - Fraction;
        return (long)Int128.Min((missing + window.Units - 1) / window.Units, long.MaxValue);
    }
}
