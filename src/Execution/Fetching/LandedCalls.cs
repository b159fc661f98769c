namespace GraphGateway.Execution;

/// <summary>
/// Calls whose answers have come, in the order in which they came. Any thread adds; one owner at a time takes. PERF: linked through the calls
/// themselves, so that a request with one call has no queue of its own.
/// </summary>
internal sealed class LandedCalls
{
    // The last one that was added, linked to those before it.
    private FetchCall? added;

    // The owner's: the first one to be taken, linked to those after it.
    private FetchCall? next;

    /// <summary>Adds a call that is in no list.</summary>
    public void Add(FetchCall call)
    {
        FetchCall? before;
        do
        {
            before = Volatile.Read(ref added);
            call.Link = before;
        }
        while (Interlocked.CompareExchange(ref added, call, before) != before);
    }

    /// <summary>The one that came first, or null.</summary>
    public FetchCall? Take()
    {
        next ??= Turn(Interlocked.Exchange(ref added, null));
        var call = next;
        if (call is not null)
        {
            next = call.Link;
            call.Link = null;
        }

        return call;
    }

    private static FetchCall? Turn(FetchCall? last)
    {
        FetchCall? turned = null;
        while (last is not null)
        {
            (last.Link, turned, last) = (turned, last, last.Link);
        }

        return turned;
    }
}
