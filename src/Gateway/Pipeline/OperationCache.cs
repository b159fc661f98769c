using System.Collections.Concurrent;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// Operations that are ready to run, by document bytes and operation name. Bounded by bytes. What is new is on probation, in a quarter of the room; what is
/// asked for once more is proven, and has the rest. So texts that come once push out nothing but each other, however many there are; of what is proven, that goes
/// which nobody has asked for lately. A miss is worked on by one request, and the others wait for it without a thread.
/// </summary>
/// <param name="maxBytes">The room for operations (<see cref="CostOf"/>) and their plans.</param>
/// <param name="plansOf">About how many bytes the plans take that an operation has by now.</param>
internal sealed class OperationCache(long maxBytes, Func<PreparedOperation, long> plansOf)
{
    // A parsed and validated operation takes some times its text; its plans count for themselves.
    private const int CostPerDocumentByte = 16;
    private const int CostPerEntry = 4096;

    private readonly ConcurrentDictionary<DocumentKey, Flight> flights = new(DocumentKeyComparer.Instance);
    private readonly Generations<DocumentKey, Task<OperationResolution>> probation = Part(maxBytes / 4, plansOf);
    private readonly Generations<DocumentKey, Task<OperationResolution>> proven = Part(maxBytes - (maxBytes / 4), plansOf);
    private long misses;

    /// <summary>How often an operation was not there.</summary>
    public long Misses => Interlocked.Read(ref misses);

    /// <summary>How many operations went to make room.</summary>
    public long Evictions => probation.Evictions + proven.Evictions;

    /// <summary>Operations that are kept.</summary>
    public int Count => probation.Count + proven.Count;

    /// <summary>The operations that are kept, each once, in no order.</summary>
    public IEnumerable<PreparedOperation> Operations => Proven.Concat(probation.Entries.Select(entry => entry.Value.Result.Operation!)).Distinct();

    /// <summary>Those that were asked for more than once.</summary>
    public IEnumerable<PreparedOperation> Proven => proven.Entries.Select(entry => entry.Value.Result.Operation!);

    /// <summary>
    /// The operation, which <paramref name="resolve"/> makes when it is not there. A document that has errors is not kept.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="operationName">The operation that is meant; null where there is one.</param>
    /// <param name="resolve">Makes it.</param>
    /// <param name="isHit">True when it was there, or somebody is making it.</param>
    public Task<OperationResolution> GetAsync(
        ReadOnlySpan<byte> document, string? operationName, Func<DocumentKey, OperationResolution> resolve, out bool isHit)
    {
        // PERF: what is hot is found by one look, and nothing is allocated.
        isHit = true;
        var lookup = new DocumentLookup(document, operationName);
        if (proven.FindBy(lookup, out var isOld) is { } found)
        {
            if (isOld)
            {
                proven.Renew(DocumentKeyComparer.Instance.Create(lookup));
            }

            return found;
        }

        var key = DocumentKeyComparer.Instance.Create(lookup);
        return FindNew(key) ?? Resolve(key, resolve, out isHit);
    }

    /// <summary>The same for a document that stays with its key: nobody looks at its bytes again.</summary>
    /// <param name="key">The document.</param>
    /// <param name="resolve">Makes it.</param>
    /// <param name="isHit">True when it was there, or somebody is making it.</param>
    public Task<OperationResolution> GetAsync(DocumentKey key, Func<DocumentKey, OperationResolution> resolve, out bool isHit)
    {
        isHit = true;
        if (proven.Find(key, out var isOld) is { } found)
        {
            if (isOld)
            {
                proven.Renew(key);
            }

            return found;
        }

        return FindNew(key) ?? Resolve(key, resolve, out isHit);
    }

    /// <summary>Keeps an operation that nobody has asked for yet as one that is asked for: it was, elsewhere or before.</summary>
    /// <param name="key">Its document.</param>
    /// <param name="resolve">Makes it where it is not there.</param>
    public OperationResolution Warm(DocumentKey key, Func<DocumentKey, OperationResolution> resolve)
    {
        if ((proven.Renew(key) ?? FindNew(key)) is { } found)
        {
            return found.Result;
        }

        var resolution = resolve(key);
        if (resolution.Operation is not null)
        {
            proven.Put(key, Task.FromResult(resolution));
        }

        return resolution;
    }

    /// <summary>An operation has one more plan.</summary>
    /// <param name="key">Its document.</param>
    /// <param name="bytes">About how many bytes it takes.</param>
    public void Grew(DocumentKey key, long bytes) => (proven.Find(key) is null ? probation : proven).Grow(key, bytes);

    /// <summary>What an entry counts for without its plans, in bytes; an estimate.</summary>
    public static long CostOf(DocumentKey key) => CostPerEntry + ((long)key.Document.Length * CostPerDocumentByte);

    // Asked for the second time: it is no text that comes once. One that is too large for the others stays where it is.
    private Task<OperationResolution>? FindNew(DocumentKey key)
    {
        var found = probation.Renew(key);
        if (found is not null && proven.Put(key, found))
        {
            probation.Remove(key);
        }

        return found;
    }

    private Task<OperationResolution> Resolve(DocumentKey key, Func<DocumentKey, OperationResolution> resolve, out bool isHit)
    {
        var own = new Flight(resolve);
        var flight = flights.GetOrAdd(key, own);
        isHit = flight != own;
        if (isHit)
        {
            return flight.Resolve == resolve ? flight.Landing.Task : OtherwiseAsync(flight, key, resolve);
        }

        try
        {
            // Another flight may have landed since it was looked for.
            if ((probation.Find(key) ?? proven.Find(key)) is { } landed)
            {
                isHit = true;
                own.Landing.SetResult(landed.Result);
                return landed;
            }

            Interlocked.Increment(ref misses);
            Land(own, key);
        }
        finally
        {
            flights.TryRemove(key, out _);
        }

        return own.Landing.Task;
    }

    private void Land(Flight flight, DocumentKey key)
    {
        OperationResolution resolution;
        try
        {
            resolution = flight.Resolve(key);
        }
        catch (Exception exception)
        {
            flight.Landing.SetException(exception);
            return;
        }

        flight.Landing.SetResult(resolution);

        // Documents with errors are not kept, and push nothing out.
        if (resolution.Operation is not null)
        {
            probation.Put(key, flight.Landing.Task);
        }
    }

    // What one request is refused may run for another one that asks for it otherwise: a published document by its identifier.
    private async Task<OperationResolution> OtherwiseAsync(Flight flight, DocumentKey key, Func<DocumentKey, OperationResolution> resolve)
    {
        var resolution = await flight.Landing.Task;
        return resolution.Operation is not null ? resolution : await (FindNew(key) ?? Resolve(key, resolve, out _));
    }

    private static Generations<DocumentKey, Task<OperationResolution>> Part(long bytes, Func<PreparedOperation, long> plansOf) =>
        new(bytes, (key, kept) => CostOf(key) + plansOf(kept.Result.Operation!), DocumentKeyComparer.Instance);

    private sealed class Flight(Func<DocumentKey, OperationResolution> resolve)
    {
        public Func<DocumentKey, OperationResolution> Resolve { get; } = resolve;

        public TaskCompletionSource<OperationResolution> Landing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
