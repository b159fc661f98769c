namespace GraphGateway.Gateway;

/// <summary>What a request asks of a budget.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Consumer">
/// Who pays: the id of a key, a subject, an address. It is written to a shared store, so never a secret; what is long is replaced by its hash.
/// </param>
/// <param name="Units">What the request will cost at most, as estimated; 0 or more.</param>
internal readonly record struct BudgetRequest(Budget Budget, string Consumer, long Units);

/// <summary>What becomes of a request.</summary>
internal enum BudgetOutcome
{
    /// <summary>The units are reserved: they are to be settled.</summary>
    Admitted,

    /// <summary>The shared store cannot be asked, and the setting says that requests pass: nothing is reserved or charged.</summary>
    AdmittedUncounted,

    /// <summary>A window has not as much; it will have after <see cref="BudgetDecision.RetryAfter"/>.</summary>
    Exhausted,

    /// <summary>A window never holds as much: waiting does not help.</summary>
    NeverFits,

    /// <summary>The shared store cannot be asked, and the setting says that requests do not pass.</summary>
    StoreUnavailable,

    /// <summary>The bucket was just given up: the table has, or makes, another one. No caller of <see cref="Budgets"/> sees it.</summary>
    Retired,
}

/// <summary>How the window stands that is nearest to its end. With a shared store it is what the replica knows: the store's last word, and its own spending since.</summary>
/// <param name="Window">Its place in <see cref="Budget.Windows"/>.</param>
/// <param name="Remaining">Whole units that are left; 0 in a debt.</param>
/// <param name="FullAfter">The time until it is full if nothing more is spent.</param>
internal readonly record struct BudgetStanding(int Window, long Remaining, TimeSpan FullAfter);

/// <summary>Units that are reserved. It is settled exactly once, whatever becomes of the request: what nobody settles is spent.</summary>
/// <param name="Bucket">Where; null where nothing is reserved, and then settling does nothing.</param>
/// <param name="Request">What was asked for.</param>
internal readonly record struct BudgetReservation(IBucket? Bucket, BudgetRequest Request);

/// <summary>A budget's answer to a request.</summary>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Reservation">What is reserved; nothing where it is not <see cref="BudgetOutcome.Admitted"/>.</param>
/// <param name="Standing">How the tightest window stands afterwards: the one with the fewest units; where it is exhausted, the one to wait for longest.</param>
/// <param name="RetryAfter">The exact time until the same request would be admitted if nobody else asked; zero where it does not help to wait.</param>
internal readonly record struct BudgetDecision(BudgetOutcome Outcome, BudgetReservation Reservation, BudgetStanding Standing, TimeSpan RetryAfter)
{
    /// <summary>Whether the request may be executed.</summary>
    public bool IsAdmitted => Outcome is BudgetOutcome.Admitted or BudgetOutcome.AdmittedUncounted;

    internal static BudgetDecision Of(BudgetOutcome outcome) => new(outcome, default, default, TimeSpan.Zero);
}
