namespace GraphGateway.Execution;

/// <summary>An entry of a step in a call; several steps can wait for the same one.</summary>
/// <param name="Run">The step.</param>
/// <param name="Entry">The step's entry.</param>
/// <param name="Next">The next item that the same value is for, or -1.</param>
internal readonly record struct CallItem(StepRun Run, int Entry, int Next);

/// <summary>
/// One HTTP request. It asks for the values at its positions, 0 to <see cref="Count"/>: mostly some entries of one step; where several steps
/// travel together, the entries of all, and equal ones once.
/// </summary>
internal sealed class FetchCall
{
    // PERF: the shared pool of arrays keeps 32 of a size; with more bodies than that on the way they were made anew each time.
    private static readonly Pool<PooledBuffer> Bodies = new(bound: 512);

    private readonly List<CallItem>? items;
    private readonly int firstEntry;
    private PooledBuffer? body;

    /// <summary>Some entries of one step.</summary>
    public FetchCall(StepRun run, FetchMode mode, int firstEntry, int count)
    {
        Runs = [run];
        Mode = mode;
        this.firstEntry = firstEntry;
        Count = count;
    }

    /// <summary>Entries of several steps, or of one whose entries do not stand in the order of the request.</summary>
    /// <param name="runs">The steps.</param>
    /// <param name="mode">How they are laid out.</param>
    /// <param name="items">The entries: first the first one of each position, after them those that share a position.</param>
    /// <param name="listEnds">For several lists of entities: the position at which each ends.</param>
    public FetchCall(StepRun[] runs, FetchMode mode, List<CallItem> items, int[] listEnds)
    {
        Runs = runs;
        Mode = mode;
        this.items = items;
        ListEnds = listEnds;
        Count = listEnds[^1];
    }

    /// <summary>The steps that the call answers.</summary>
    public StepRun[] Runs { get; }

    /// <summary>The first of the steps; all go to its source.</summary>
    public CompiledStep Step => Runs[0].Step;

    public FetchMode Mode { get; }

    /// <summary>How long the answer may be kept, as the source's schema says of all steps together.</summary>
    public CacheHints Hints => Runs.Length == 1 ? Step.Hints : Step.Request!.HintsOf(Runs);

    /// <summary>Its number among the calls of the execution, in the order in which they were made.</summary>
    public int Number { get; set; }

    public int Count { get; }

    /// <summary>True when each position has a response of its own.</summary>
    public bool HasResponseForEach => Mode is FetchMode.VariableBatch or FetchMode.RequestBatch;

    /// <summary>For <see cref="FetchMode.EntityLists"/>: the position at which each list ends.</summary>
    public int[] ListEnds { get; } = [];

    /// <summary>What is sent; made when it is written.</summary>
    public PooledBuffer Body => body ??= Bodies.Take() ?? new PooledBuffer();

    /// <summary>By position, where its value begins and ends in the response, -1 where it is not an object; null where nobody wants to know.</summary>
    public int[]? Values { get; private set; }

    /// <summary>Not null for a call that sends nothing: it was looked up what is known of what these steps ask for.</summary>
    public EntityQuestion? Question { get; init; }

    /// <summary>True when it was handed to the transport.</summary>
    public bool IsSent { get; set; }

    public SubgraphResponse? Response { get; set; }

    /// <summary>What the transport threw instead of giving a response.</summary>
    public Exception? Fault { get; set; }

    /// <summary>The neighbour in <see cref="LandedCalls"/>, which alone uses it.</summary>
    public FetchCall? Link { get; set; }

    /// <summary>All items: those of the positions, and those that share one.</summary>
    public int ItemCount => items?.Count ?? Count;

    /// <summary>The n-th item; the first <see cref="Count"/> are those of the positions.</summary>
    public CallItem this[int index] => items is null ? new CallItem(Runs[0], firstEntry + index, -1) : items[index];

    /// <summary>The step that the position is asked for; where several wait for it, all have its document.</summary>
    public CompiledStep StepAt(int position) => this[position].Run.Step;

    /// <summary>The value of an input at a position, as JSON.</summary>
    public ReadOnlySpan<byte> Value(int position, int input)
    {
        var item = this[position];
        return item.Run.Value(item.Entry, input);
    }

    /// <summary>How the value of the position came.</summary>
    public EntryState StateOf(int position)
    {
        var item = this[position];
        return item.Run.StateOf(item.Entry);
    }

    /// <summary>Notes how the value of the position came, for all that wait for it.</summary>
    public void SetState(int position, EntryState state)
    {
        for (var item = this[position]; ; item = this[item.Next])
        {
            item.Run.States[item.Entry] = (int)state;
            if (item.Next < 0)
            {
                return;
            }
        }
    }

    /// <summary>Where the values are is noted when they are read, if any of the steps wants to keep them.</summary>
    public void NoteValues()
    {
        if (Array.Exists(Runs, static run => run.Lookup is not null))
        {
            Values = new int[Count * 2];
            Values.AsSpan().Fill(-1);
        }
    }

    /// <summary>The positions of a list of entities.</summary>
    public (int First, int Count) ListAt(int index)
    {
        var first = index == 0 ? 0 : ListEnds[index - 1];
        return (first, ListEnds[index] - first);
    }

    /// <summary>Gives the body's buffer back for other calls, unless it <paramref name="keepsBody"/>: then the collector takes it.</summary>
    public void Dispose(bool keepsBody)
    {
        if (!keepsBody && body is { } buffer)
        {
            body = null;
            buffer.Clear();
            if (!Bodies.Give(buffer))
            {
                buffer.Dispose();
            }
        }
    }
}

/// <summary>Steps that wait until it is looked up what is known of what they ask for.</summary>
/// <param name="Request">The request in which they travel together; null for one that goes alone.</param>
/// <param name="Runs">The steps.</param>
/// <param name="Lookups">What they ask for, each.</param>
internal sealed record EntityQuestion(CompiledRequest? Request, StepRun[] Runs, EntityLookup[] Lookups);
