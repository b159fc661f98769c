using System.Collections.Concurrent;

namespace GraphGateway.Gateway;

/// <summary>
/// Operations that are ready to run, by document bytes and operation name. Bounded by bytes: entries live in a young and an old
/// generation; when the young one has its half of the room it becomes the old one, and what nobody asked for since then goes.
/// A miss is worked on by one request, and the others wait for it without a thread.
/// </summary>
/// <param name="maxBytes">The room for operations (<see cref="CostOf"/>) and their plans.</param>
/// <param name="plansOf">About how many bytes the plans take that an operation has by now.</param>
internal sealed class OperationCache(long maxBytes, Func<PreparedOperation, long> plansOf)
{
    // A parsed and validated operation takes some times its text; its plans count for themselves.
    private const int CostPerDocumentByte = 16;
    private const int CostPerEntry = 4096;

    private readonly Lock gate = new();
    private volatile ConcurrentDictionary<DocumentKey, Task<OperationResolution>> young = Generation();
    private volatile ConcurrentDictionary<DocumentKey, Task<OperationResolution>> old = Generation();
    private long youngBytes;
    private long misses;
    private long evictions;

    /// <summary>How often an operation was not there.</summary>
    public long Misses => Interlocked.Read(ref misses);

    /// <summary>How many operations went to make room.</summary>
    public long Evictions => Interlocked.Read(ref evictions);

    /// <summary>Operations that are kept.</summary>
    public int Count
    {
        get
        {
            var (first, second) = (young, old);
            return first.Count + second.Keys.Count(key => !first.ContainsKey(key));
        }
    }

    /// <summary>The operations that are kept, each once, in no order.</summary>
    public IEnumerable<PreparedOperation> Operations =>
        young.Values.Concat(old.Values).Where(task => task.IsCompletedSuccessfully).Select(task => task.Result.Operation).OfType<PreparedOperation>().Distinct();

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
        isHit = true;
        var lookup = new DocumentLookup(document, operationName);
        if (young.GetAlternateLookup<DocumentLookup>().TryGetValue(lookup, out var found))
        {
            return found;
        }

        if (old.GetAlternateLookup<DocumentLookup>().TryGetValue(lookup, out found) && found.IsCompletedSuccessfully)
        {
            var key = DocumentKeyComparer.Instance.Create(lookup);
            if (young.TryAdd(key, found))
            {
                MakeRoom(CostOf(key) + (found.Result.Operation is { } operation ? plansOf(operation) : 0));
            }

            return found;
        }

        return Resolve(DocumentKeyComparer.Instance.Create(lookup), resolve, out isHit);
    }

    /// <summary>An operation has one more plan.</summary>
    /// <param name="bytes">About how many bytes it takes.</param>
    public void Grew(long bytes) => MakeRoom(bytes);

    /// <summary>What an entry counts for without its plans, in bytes; an estimate.</summary>
    public static long CostOf(DocumentKey key) => CostPerEntry + ((long)key.Document.Length * CostPerDocumentByte);

    private Task<OperationResolution> Resolve(DocumentKey key, Func<DocumentKey, OperationResolution> resolve, out bool isHit)
    {
        var flight = new TaskCompletionSource<OperationResolution>(TaskCreationOptions.RunContinuationsAsynchronously);
        var winner = young.GetOrAdd(key, flight.Task);
        isHit = winner != flight.Task;
        if (isHit)
        {
            return winner;
        }

        Interlocked.Increment(ref misses);
        try
        {
            var resolution = resolve(key);
            if (resolution.Operation is null)
            {
                Forget(key);
            }
            else
            {
                MakeRoom(CostOf(key));
            }

            flight.SetResult(resolution);
        }
        catch (Exception exception)
        {
            Forget(key);
            flight.SetException(exception);
        }

        return flight.Task;
    }

    // Counted when it is known to be kept: documents with errors push nothing out.
    private void MakeRoom(long bytes)
    {
        lock (gate)
        {
            youngBytes += bytes;
            if (youngBytes > maxBytes / 2)
            {
                Interlocked.Add(ref evictions, old.Keys.Count(known => !young.ContainsKey(known)));
                old = young;
                young = Generation();
                youngBytes = 0;
            }
        }
    }

    // The generations can have changed since it was added.
    private void Forget(DocumentKey key)
    {
        young.TryRemove(key, out _);
        old.TryRemove(key, out _);
    }

    private static ConcurrentDictionary<DocumentKey, Task<OperationResolution>> Generation() => new(DocumentKeyComparer.Instance);
}
