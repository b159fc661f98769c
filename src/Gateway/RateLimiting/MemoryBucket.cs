namespace GraphGateway.Gateway;

/// <summary>One consumer's bucket. There is one for a single gateway, and one for a replica that shares it with others.</summary>
internal interface IBucket
{
    /// <summary>Reserves units, from all windows or from none.</summary>
    /// <param name="request">What is asked for; its units are 0 or more.</param>
    /// <param name="cancellationToken">Cancelled when the client has left; then nothing stays reserved.</param>
    ValueTask<BudgetDecision> ReserveAsync(BudgetRequest request, CancellationToken cancellationToken);

    /// <summary>Ends a reservation: the difference comes back, an excess is charged.</summary>
    /// <param name="reserved">What was reserved.</param>
    /// <param name="actual">What was spent; 0 or more.</param>
    void Settle(long reserved, long actual);

    /// <summary>
    /// Gives the bucket up if it differs in nothing from a new one, and nothing is reserved: from then on it answers
    /// <see cref="BudgetOutcome.Retired"/>. False if it is still needed.
    /// </summary>
    bool TryRetire();
}

/// <summary>
/// A bucket of this process alone. Time gives units when somebody looks, so a bucket needs no timer. The lock is held for some arithmetic only.
/// </summary>
/// <param name="budget">Whose windows it has.</param>
/// <param name="clock">Gives the units.</param>
internal sealed class MemoryBucket(Budget budget, MillisecondClock clock) : IBucket
{
    private readonly Lock gate = new();
    private readonly BucketLevels levels = new(budget, clock.Now);
    private int open;
    private bool isRetired;

    /// <inheritdoc/>
    public ValueTask<BudgetDecision> ReserveAsync(BudgetRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(Reserve(request));

    /// <inheritdoc/>
    public void Settle(long reserved, long actual)
    {
        var now = clock.Now;
        lock (gate)
        {
            if (open == 0)
            {
                throw new InvalidOperationException("A reservation was settled twice.");
            }

            open--;
            levels.Advance(now);
            if (actual <= reserved)
            {
                levels.Return(reserved - actual);
            }
            else
            {
                levels.Take(actual - reserved);
            }
        }
    }

    /// <inheritdoc/>
    public bool TryRetire()
    {
        var now = clock.Now;
        lock (gate)
        {
            levels.Advance(now);
            return isRetired = isRetired || (open == 0 && levels.IsFull);
        }
    }

    private BudgetDecision Reserve(BudgetRequest request)
    {
        if (request.Units > budget.Capacity)
        {
            return BudgetDecision.Of(BudgetOutcome.NeverFits);
        }

        // Read before the lock: a thread that comes late with an earlier time changes nothing by it.
        var now = clock.Now;
        lock (gate)
        {
            if (isRetired)
            {
                return BudgetDecision.Of(BudgetOutcome.Retired);
            }

            levels.Advance(now);
            if (levels.Available < request.Units)
            {
                return levels.Refuse(request.Units);
            }

            levels.Take(request.Units);
            open++;
            return new BudgetDecision(BudgetOutcome.Admitted, new BudgetReservation(this, request), levels.Tightest(), TimeSpan.Zero);
        }
    }
}
