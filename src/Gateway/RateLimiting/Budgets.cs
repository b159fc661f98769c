using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GraphGateway.Gateway;

/// <summary>
/// Who may spend how much: reserves what a request is estimated to cost before it is executed, and settles it afterwards.
/// <para>
/// 1. <see cref="ReserveAsync"/> takes the estimate out of all windows, or says why not and when it may be tried again.
/// 2. The request is executed, or is not. 3. <see cref="Settle"/> gives the difference back, or charges what was spent beyond; a window may go
/// below zero by that, and then nothing is admitted, not even what costs nothing, until time has filled it up.
/// </para>
/// </summary>
internal sealed class Budgets : IAsyncDisposable
{
    /// <summary>
    /// Characters of a consumer's name. A longer one, and one that not every store keeps as it is, is replaced by its SHA-256: a client cannot fill the
    /// memory with a few of them, and two names stay two.
    /// </summary>
    public const int MaxNameLength = 128;

    private const string HashPrefix = "sha256:";

    private const int TellsAtATime = 32;

    private readonly BudgetTelemetry telemetry;
    private readonly BucketTable table;
    private readonly LeaseExchange? exchange;

    /// <summary>Budgets of this process alone, or shared.</summary>
    /// <param name="max">Buckets in memory.</param>
    /// <param name="clock">Gives the units, or measures the leases.</param>
    /// <param name="telemetry">Hears of all.</param>
    /// <param name="exchange">Asks the shared store; null where nothing is shared.</param>
    public Budgets(int max, MillisecondClock clock, BudgetTelemetry telemetry, LeaseExchange? exchange = null)
    {
        this.telemetry = telemetry;
        this.exchange = exchange;
        table = new BucketTable(
            max,
            exchange is null
                ? (budget, _) => new MemoryBucket(budget, clock)
                : (budget, name) => new LeasedBucket(budget, LeaseExchange.KeyOf(budget, name), exchange, clock),
            telemetry);
        telemetry.Watch(table);
    }

    /// <summary>Reserves units. The answer is there at once, but for a shared budget where the replica's lease is used up.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Cancelled when the client has left; then nothing stays reserved.</param>
    /// <exception cref="ArgumentOutOfRangeException">The units are negative.</exception>
    public ValueTask<BudgetDecision> ReserveAsync(BudgetRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(request.Units);
        var consumer = NameOf(request.Consumer);
        while (true)
        {
            // PERF: mostly nothing has to be waited for, and then nothing is allocated.
            var deciding = table.Get(request.Budget, consumer).ReserveAsync(request, cancellationToken);
            if (!deciding.IsCompletedSuccessfully)
            {
                return CountedAsync(request.Budget, consumer, deciding);
            }

            var decision = deciding.Result;
            if (decision.Outcome != BudgetOutcome.Retired)
            {
                return ValueTask.FromResult(Counted(request.Budget, consumer, decision));
            }
        }
    }

    /// <summary>Ends a reservation; exactly once, whatever became of the request.</summary>
    /// <param name="reservation">What was reserved; nothing is a reservation, too.</param>
    /// <param name="actual">What was spent: 0 where nothing was done, more than was reserved where the estimate was too low.</param>
    /// <exception cref="ArgumentOutOfRangeException">The units are negative.</exception>
    public static void Settle(BudgetReservation reservation, long actual)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(actual);
        reservation.Bucket?.Settle(reservation.Request.Units, actual);
    }

    /// <summary>Connects to the shared store, before the first request does.</summary>
    /// <param name="patience">The longest time.</param>
    public Task ConnectAsync(TimeSpan patience) => exchange?.ConnectAsync(patience) ?? Task.CompletedTask;

    /// <summary>Tells the shared store what was spent, and ends leases that nobody uses; several times within a lease's time.</summary>
    /// <param name="isLast">Whether the replica is stopping: all leases end.</param>
    /// <param name="cancellationToken">Ends telling.</param>
    public Task TellAsync(bool isLast, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        table.All.OfType<LeasedBucket>(),
        new ParallelOptions { MaxDegreeOfParallelism = TellsAtATime, CancellationToken = cancellationToken },
        (bucket, _) => new ValueTask(bucket.TellAsync(isLast)));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => exchange?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Who has to wait does so in a bucket that is not given up.
    private async ValueTask<BudgetDecision> CountedAsync(Budget budget, string consumer, ValueTask<BudgetDecision> deciding) =>
        Counted(budget, consumer, await deciding);

    private BudgetDecision Counted(Budget budget, string consumer, BudgetDecision decision)
    {
        try
        {
            telemetry.Decided(budget, consumer, decision.Outcome);
            return decision;
        }
        catch
        {
            // Who listens to metrics has failed: the caller never sees the reservation.
            Settle(decision.Reservation, 0);
            throw;
        }
    }

    private static string NameOf(string consumer)
    {
        var isPlain = consumer.Length <= MaxNameLength && !consumer.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && !consumer.StartsWith(HashPrefix, StringComparison.Ordinal);
        return isPlain ? consumer : HashPrefix + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(consumer.AsSpan())));
    }
}
