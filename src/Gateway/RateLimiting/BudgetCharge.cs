using GraphGateway.Operations;

namespace GraphGateway.Gateway;

/// <summary>
/// What a request has reserved. Disposed with the request, whatever became of it, and then each reservation is settled: with nothing where nothing was
/// executed, or where that was our own fault; with what sources gave for the answer; and with the estimate where the client left in the midst of it, or the answer was
/// too large to be held: nobody knows then what was used, and neither must be a way to pay nothing.
/// </summary>
/// <param name="units">What the request can cost.</param>
internal sealed class BudgetCharge(long units) : IDisposable
{
    private BudgetReservation cost;
    private BudgetReservation rate;
    private long used;
    private bool hasRun;

    /// <summary>What the request can cost.</summary>
    public long Units => units;

    /// <summary>Whole units of a cost, rounded up, at least one; a cost that could not be counted to its end fits into no budget.</summary>
    public static long UnitsOf(in CostFigures figures)
    {
        var thousandths = CostAmount.Add(figures.FieldThousandths, figures.TypeThousandths);
        return thousandths >= CostAmount.Max ? long.MaxValue : Math.Max((thousandths + CostAmount.One - 1) / CostAmount.One, 1);
    }

    /// <summary>Holds units of the consumer's plan.</summary>
    public void Hold(BudgetReservation reservation) => cost = reservation;

    /// <summary>Holds one of the operation's requests.</summary>
    public void HoldRate(BudgetReservation reservation) => rate = reservation;

    /// <summary>Pays for an answer, shared with others or not.</summary>
    /// <param name="answering">The execution, which has begun.</param>
    public async ValueTask<ResponseBody> PayAsync(ValueTask<ResponseBody> answering)
    {
        hasRun = true;
        used = units;
        try
        {
            var body = await answering;
            used = body.Spent is { } figures ? UnitsOf(figures) : units;
            return body;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            used = 0;
            throw;
        }
    }

    /// <summary>Pays for an answer that was kept as for one that is executed: what it costs does not hang on whether somebody has asked for it before.</summary>
    /// <param name="figures">What it came to; null where nobody has counted it.</param>
    public void Pay(CostFigures? figures)
    {
        hasRun = true;
        used = figures is { } counted ? UnitsOf(counted) : units;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Budgets.Settle(cost, used);
        Budgets.Settle(rate, hasRun ? 1 : 0);
    }
}
