namespace GraphGateway.Execution;

/// <summary>
/// How many calls of one execution are on the way to each source at the same time. Further ones wait for one of those to end, in order: an
/// operation with thousands of lookups leaves others their turn, and does not fill the queue of connections by itself.
/// </summary>
/// <param name="max">For a source, how many are on the way at most.</param>
/// <param name="sources">How many sources there are.</param>
internal sealed class SourceWindows(Func<TypeSystem.Supergraphs.SourceSchema, int> max, int sources)
{
    private readonly int[] onTheWay = new int[sources];

    // Mostly there are none.
    private Queue<(FetchCall Call, CompiledBatch? Batch)>?[]? waiting;

    /// <summary>True when the call goes now; else <see cref="Leave"/> gives it when it is its turn.</summary>
    public bool TryEnter(FetchCall call, CompiledBatch? batch)
    {
        var source = call.Step.Source;
        if (onTheWay[source.Ordinal] < max(source))
        {
            onTheWay[source.Ordinal]++;
            return true;
        }

        waiting ??= new Queue<(FetchCall, CompiledBatch?)>?[sources];
        (waiting[source.Ordinal] ??= []).Enqueue((call, batch));
        return false;
    }

    /// <summary>A call that was on the way has ended; the one that goes in its place, or null.</summary>
    public (FetchCall Call, CompiledBatch? Batch)? Leave(FetchCall call)
    {
        var source = call.Step.Source.Ordinal;
        if (waiting?[source] is { Count: > 0 } queue)
        {
            return queue.Dequeue();
        }

        onTheWay[source]--;
        return null;
    }
}
