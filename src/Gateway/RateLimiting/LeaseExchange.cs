using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace GraphGateway.Gateway;

/// <summary>What becomes of requests for which the shared store cannot be asked.</summary>
public enum StoreFailure
{
    /// <summary>They pass uncounted.</summary>
    Open,

    /// <summary>They are refused.</summary>
    Closed,
}

/// <summary>How replicas share buckets.</summary>
internal sealed record SharingOptions
{
    /// <summary>The longest time that a request waits for the store.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a lease holds without a word of its replica.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The part of a budget's smallest window that one replica leases at most at a time, unless one request needs more.</summary>
    public double LeaseShare { get; init; } = 0.1;

    /// <summary>What becomes of requests while the store cannot be asked.</summary>
    public StoreFailure OnFailure { get; init; } = StoreFailure.Closed;
}

/// <summary>
/// Speaks with the shared store for all buckets of this replica: reads a bucket, computes, writes it back, and begins again where another
/// replica was faster. Never waits longer than the time-out, and never throws for what the store does.
/// </summary>
internal sealed class LeaseExchange : IAsyncDisposable
{
    // Names the format, so that another one can be written beside it.
    private const string Prefix = "graphgateway:budget:1:";

    private readonly ISharedStore store;
    private readonly MillisecondClock clock;
    private readonly BudgetTelemetry telemetry;
    private readonly StoreCircuit circuit;
    private readonly long leaseMilliseconds;
    private readonly string replica = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private long leases;

    public LeaseExchange(ISharedStore store, SharingOptions options, MillisecondClock clock, BudgetTelemetry telemetry, Random random)
    {
        this.store = store;
        this.clock = clock;
        this.telemetry = telemetry;
        Options = options;
        circuit = new StoreCircuit(clock, random);
        leaseMilliseconds = (long)options.Lease.TotalMilliseconds;
        telemetry.Watch(circuit);
    }

    /// <summary>The settings.</summary>
    public SharingOptions Options { get; }

    /// <summary>Whether it is of use to ask now.</summary>
    public bool MayAsk => circuit.WouldEnter;

    /// <summary>The key of a consumer's bucket. Its windows are a part of it: a budget that is changed begins anew, beside replicas that do not know yet.</summary>
    public static string KeyOf(Budget budget, string consumer) =>
        $"{Prefix}{budget.Name.Replace("%", "%25", StringComparison.Ordinal).Replace(":", "%3A", StringComparison.Ordinal)}:{budget.Signature}:{consumer}";

    /// <summary>A name for a lease that no replica has used before.</summary>
    public string NewLease() => string.Create(CultureInfo.InvariantCulture, $"{replica}.{Interlocked.Increment(ref leases)}");

    /// <summary>The answer to a replica's words; null when the store cannot be asked, or does not answer in time.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="key">The bucket's key.</param>
    /// <param name="request">The words.</param>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong in the store is told to the log and the metrics, and is no answer.")]
    public async Task<LeaseAnswer?> AskAsync(Budget budget, string key, LeaseRequest request)
    {
        if (!circuit.TryEnter(out var isProbe))
        {
            return null;
        }

        using var patience = new CancellationTokenSource(Options.Timeout, clock.Time);
        try
        {
            // Whether the store's client minds the token or not: nobody waits longer.
            var answer = await AskTwiceAsync(budget, key, request, patience.Token).WaitAsync(patience.Token);
            if (circuit.Succeeded())
            {
                telemetry.StoreIsBack(store.Name);
            }

            return answer;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            circuit.Failed(isProbe);
            telemetry.StoreFailed(store.Name, $"no answer within {Options.Timeout.TotalMilliseconds} ms");
        }
        catch (Exception exception)
        {
            circuit.Failed(isProbe);
            telemetry.StoreFailed(store.Name, exception.Message);
        }

        return null;
    }

    /// <summary>
    /// Reads something, so that the first request finds a store that is connected: the first connection takes longer than a request waits. What goes wrong is
    /// told as for requests.
    /// </summary>
    /// <param name="patience">The longest time.</param>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong in the store is told to the log and the metrics; requests find it out, too.")]
    public async Task ConnectAsync(TimeSpan patience)
    {
        using var over = new CancellationTokenSource(patience, clock.Time);
        try
        {
            await store.ReadAsync(Prefix, over.Token).AsTask().WaitAsync(over.Token);
        }
        catch (Exception exception)
        {
            circuit.Failed(isProbe: false);
            telemetry.StoreFailed(store.Name, exception is OperationCanceledException ? $"no answer within {patience.TotalSeconds} s" : exception.Message);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => store.DisposeAsync();

    // A connection that the server has closed while nobody used it is found out by using it: the next one is as good. What was said twice counts once.
    private async Task<LeaseAnswer> AskTwiceAsync(Budget budget, string key, LeaseRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await SwapAsync(budget, key, request, cancellationToken);
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            return await SwapAsync(budget, key, request, cancellationToken);
        }
    }

    private async Task<LeaseAnswer> SwapAsync(Budget budget, string key, LeaseRequest request, CancellationToken cancellationToken)
    {
        var stored = await store.ReadAsync(key, cancellationToken);
        while (true)
        {
            var bucket = Read(stored, budget, key);
            var answer = bucket.Exchange(request, stored.Now, leaseMilliseconds);
            var swapped = await store.SwapAsync(key, stored.Text, bucket.Write(), bucket.LifeAfter(stored.Now), cancellationToken);
            if (swapped.IsSwapped)
            {
                return answer;
            }

            cancellationToken.ThrowIfCancellationRequested();
            stored = swapped;
        }
    }

    private SharedBucket Read(StoredText stored, Budget budget, string key)
    {
        if (stored.Text is null)
        {
            return new SharedBucket(budget, stored.Now);
        }

        if (SharedBucket.TryRead(stored.Text, budget, out var bucket))
        {
            return bucket;
        }

        telemetry.Unreadable(store.Name, key);
        return new SharedBucket(budget, stored.Now);
    }
}
