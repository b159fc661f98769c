namespace GraphGateway.Gateway;

/// <summary>
/// One consumer's bucket, shared with other replicas. Requests are paid from a lease, and a new one is asked for before the old one is used up, so that
/// usually nobody waits; who finds too little waits, in the order of coming, for the one exchange that is under way.
/// </summary>
/// <param name="budget">Whose windows it has.</param>
/// <param name="key">Its key in the store.</param>
/// <param name="exchange">Asks the store.</param>
/// <param name="clock">Measures leases.</param>
internal sealed class LeasedBucket(Budget budget, string key, LeaseExchange exchange, MillisecondClock clock) : IBucket
{
    /// <summary>Requests that wait for the store at most; further ones are treated as if it did not answer.</summary>
    public const int MaxWaiting = 1000;

    // Others may have given something back: a refusal is believed for so long, and no exchange is spent on asking again.
    private const long RefusalMilliseconds = 100;

    private readonly Lock gate = new();
    private readonly LeaseLedger ledger = new(exchange.NewLease);
    private readonly Queue<Waiter> waiting = new();
    private readonly LeaseSize size = new(budget, exchange.Options);
    private BucketLevels view = new(budget, clock.Now);
    private long low;
    private long refusedNeed = long.MaxValue;
    private long refusedUntil;
    private bool isAsking;
    private bool wasUsed;
    private bool isRetired;

    /// <inheritdoc/>
    public ValueTask<BudgetDecision> ReserveAsync(BudgetRequest request, CancellationToken cancellationToken)
    {
        if (request.Units > budget.Capacity)
        {
            return ValueTask.FromResult(BudgetDecision.Of(BudgetOutcome.NeverFits));
        }

        return DecideOrWait(request, out var decision) is { } waiter ? WaitAsync(waiter, cancellationToken) : ValueTask.FromResult(decision);
    }

    /// <inheritdoc/>
    public void Settle(long reserved, long actual)
    {
        lock (gate)
        {
            ledger.Settle(reserved, actual);
        }
    }

    /// <inheritdoc/>
    public bool TryRetire()
    {
        lock (gate)
        {
            return isRetired = isRetired
                || (!isAsking && waiting.Count == 0 && !ledger.HasReservations && !ledger.HasNews && ledger.Balance >= 0 && !ledger.IsValid(clock.Now));
        }
    }

    /// <summary>Keeps the store up to date: tells what was spent before the lease ends, and ends one that nobody uses.</summary>
    /// <param name="isLast">Whether the replica is stopping.</param>
    /// <returns>Done when the store has been told; also when it could not be.</returns>
    public Task TellAsync(bool isLast)
    {
        LeaseRequest request;
        lock (gate)
        {
            var isIdle = !wasUsed && !ledger.HasReservations;
            wasUsed = false;
            var isOver = ledger.IsOpen && (isLast || (isIdle && ledger.IsValid(clock.Now)));
            var isDue = ledger.HasNews || (ledger.HasReservations && ledger.ValidFor(clock.Now) < exchange.Options.Lease.TotalMilliseconds / 2);
            if (isAsking || !(isOver || isDue) || !exchange.MayAsk)
            {
                return Task.CompletedTask;
            }

            isAsking = true;
            request = ledger.Tell(0, 0, isOver);
        }

        return AskAsync(request);
    }

    private static async ValueTask<BudgetDecision> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        await using var leaving = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!).TrySetCanceled(token), waiter);
        return await waiter.Task;
    }

    // The hot path: an answer at once, or the caller's place in the queue.
    private Waiter? DecideOrWait(BudgetRequest request, out BudgetDecision decision)
    {
        Waiter? waiter = null;
        LeaseRequest? ask;
        var now = clock.Now;
        lock (gate)
        {
            if (isRetired)
            {
                decision = BudgetDecision.Of(BudgetOutcome.Retired);
                return null;
            }

            wasUsed = true;
            if (waiting.Count == 0 && TryTake(request, now, out decision))
            {
                ask = ledger.Balance < low && !isAsking && now >= refusedUntil && exchange.MayAsk ? Tell(minimum: 1, now) : null;
            }
            else if (waiting.Count == 0 && now < refusedUntil && NeedOf(request.Units, now) >= refusedNeed)
            {
                decision = Refuse(request.Units, now);
                return null;
            }
            else if (waiting.Count >= MaxWaiting || (!isAsking && !exchange.MayAsk))
            {
                decision = Unavailable();
                return null;
            }
            else
            {
                decision = default;
                waiter = new Waiter(request);
                waiting.Enqueue(waiter);
                ask = isAsking ? null : TellForFirst(now);
            }

            isAsking |= ask is not null;
        }

        if (ask is { } words)
        {
            _ = AskAsync(words);
        }

        return waiter;
    }

    private async Task AskAsync(LeaseRequest request)
    {
        for (LeaseRequest? next = request; next is { } words;)
        {
            var asked = clock.Now;
            LeaseAnswer? answer = null;
            try
            {
                answer = await exchange.AskAsync(budget, key, words);
            }
            finally
            {
                // Also when who listens to metrics throws: nobody waits for ever.
                next = Land(words, answer, asked);
            }
        }
    }

    private LeaseRequest? Land(LeaseRequest words, LeaseAnswer? answer, long asked)
    {
        lock (gate)
        {
            var now = clock.Now;
            if (answer is { } heard)
            {
                Hear(words, heard, asked, now);
            }

            Serve(answer, now);
            isAsking = waiting.Count > 0;
            return isAsking ? TellForFirst(now) : null;
        }
    }

    private void Hear(LeaseRequest words, LeaseAnswer heard, long asked, long now)
    {
        var need = words.Minimum;
        ledger.Hear(words, heard.Granted, asked + (long)exchange.Options.Lease.TotalMilliseconds);
        view = new BucketLevels(budget, heard.Levels.Levels.ToArray(), now);

        // When half of what is there now is used up it is time for more.
        low = Math.Max(ledger.Balance / 2, 1);
        (refusedNeed, refusedUntil) = heard.IsRefused
            ? (need, now + Math.Min(RefusalMilliseconds, view.WaitFor(need, out _)))
            : (long.MaxValue, now);
    }

    // In the order of coming. Who is not served yet is asked for next.
    private void Serve(LeaseAnswer? answer, long now)
    {
        while (waiting.TryPeek(out var first))
        {
            if (answer is null)
            {
                first.TrySetResult(Unavailable());
            }
            else if (TryTake(first.Request, now, out var decision))
            {
                if (!first.TrySetResult(decision))
                {
                    // The client has left: nothing was spent.
                    ledger.Settle(first.Request.Units, 0);
                }
            }
            else if (NeedOf(first.Request.Units, now) >= refusedNeed)
            {
                first.TrySetResult(Refuse(first.Request.Units, now));
            }
            else if (!first.Task.IsCompleted)
            {
                return;
            }

            waiting.Dequeue();
        }
    }

    private bool TryTake(BudgetRequest request, long now, out BudgetDecision decision)
    {
        if (!ledger.IsValid(now) || ledger.Balance < request.Units)
        {
            decision = default;
            return false;
        }

        ledger.Reserve(request.Units);
        view.Advance(now);
        var standing = view.Tightest();
        standing = standing with { Remaining = Math.Min(standing.Remaining + ledger.Balance, budget.Windows[standing.Window].Units) };
        decision = new BudgetDecision(BudgetOutcome.Admitted, new BudgetReservation(this, request), standing, TimeSpan.Zero);
        return true;
    }

    // What must be granted so that the units are there. A lease that is over covers nothing; the store says whether it still does.
    private long NeedOf(long units, long now) => Math.Max(ledger.IsValid(now) ? units - ledger.Balance : units, 1);

    private LeaseRequest TellForFirst(long now) => Tell(NeedOf(waiting.Peek().Request.Units, now), now);

    private LeaseRequest Tell(long minimum, long now) => ledger.Tell(minimum, size.Next(minimum, now), isLast: false);

    private BudgetDecision Refuse(long units, long now)
    {
        view.Advance(now);
        return view.Refuse(NeedOf(units, now));
    }

    private BudgetDecision Unavailable() => BudgetDecision.Of(
        exchange.Options.OnFailure == StoreFailure.Open ? BudgetOutcome.AdmittedUncounted : BudgetOutcome.StoreUnavailable);

    private sealed class Waiter(BudgetRequest request) : TaskCompletionSource<BudgetDecision>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public BudgetRequest Request { get; } = request;
    }
}
