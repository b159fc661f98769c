namespace GraphGateway.Execution;

/// <summary>
/// A step while it runs. Its targets are the objects that it fills; targets that ask for the same (equal input values, equal runtime type)
/// form one entry, so that nothing is asked twice.
/// </summary>
internal sealed class StepRun(CompiledStep step) : IDisposable
{
    public CompiledStep Step { get; } = step;

    /// <summary>The objects that are filled, in the order of the answer.</summary>
    public IntList Targets { get; } = new();

    /// <summary>By target: the next target of the same entry, or -1.</summary>
    public IntList NextTarget { get; } = new();

    /// <summary>By entry: its first target (an index in <see cref="Targets"/>).</summary>
    public IntList FirstTarget { get; } = new();

    /// <summary>By entry: its last target.</summary>
    public IntList LastTarget { get; } = new();

    /// <summary>By entry: how its value came, an <see cref="EntryState"/>.</summary>
    public IntList States { get; } = new();

    /// <summary>By entry and input: where the input's value ends in <see cref="Values"/>; it begins where the one before ends, after a comma.</summary>
    public IntList ValueEnds { get; } = new();

    /// <summary>The input values of all entries, each followed by a comma.</summary>
    public PooledBuffer Values { get; } = new();

    /// <summary>Requests that have not been answered yet.</summary>
    public int Outstanding { get; set; }

    public int EntryCount => FirstTarget.Count;

    /// <summary>The value of an input, as JSON.</summary>
    public ReadOnlySpan<byte> Value(int entry, int input)
    {
        var index = (entry * Step.Inputs.Length) + input;
        var start = index == 0 ? 0 : ValueEnds[index - 1] + 1;
        return Values.Slice(start, ValueEnds[index] - start);
    }

    /// <summary>An entry for one target.</summary>
    public void AddEntry(int target)
    {
        FirstTarget.Add(target);
        LastTarget.Add(target);
        States.Add((int)EntryState.Missing);
    }

    /// <summary>One more target for an entry.</summary>
    public void AddTo(int entry, int target)
    {
        NextTarget[LastTarget[entry]] = target;
        LastTarget[entry] = target;
    }

    public void Dispose()
    {
        Targets.Dispose();
        NextTarget.Dispose();
        FirstTarget.Dispose();
        LastTarget.Dispose();
        States.Dispose();
        ValueEnds.Dispose();
        Values.Dispose();
    }
}

/// <summary>How the value of an entry came.</summary>
internal enum EntryState
{
    /// <summary>Not at all.</summary>
    Missing,

    /// <summary>As null.</summary>
    Null,

    /// <summary>As an object, which is filled in.</summary>
    Filled,

    /// <summary>As something that does not fit; its fields say so.</summary>
    Failed,
}

/// <summary>How the entries of a request are laid out.</summary>
internal enum FetchMode
{
    /// <summary>One execution, whose data is the root object.</summary>
    Root,

    /// <summary><c>_entities</c>: a list in <c>data</c>.</summary>
    Representations,

    /// <summary>One lookup with plain variables.</summary>
    SingleLookup,

    /// <summary>A list of variable objects, an answer for each.</summary>
    VariableBatch,

    /// <summary>One document that repeats the lookup under aliases.</summary>
    AliasBatch,
}

/// <summary>One HTTP request of a step: some of its entries.</summary>
internal sealed class FetchCall(StepRun run, FetchMode mode, int firstEntry, int count) : IDisposable
{
    public StepRun Run { get; } = run;

    public CompiledStep Step => Run.Step;

    public FetchMode Mode { get; } = mode;

    public int FirstEntry { get; } = firstEntry;

    public int Count { get; } = count;

    public PooledBuffer Body { get; } = new();

    public SubgraphResponse? Response { get; set; }

    /// <summary>What the transport threw instead of giving a response.</summary>
    public Exception? Fault { get; set; }

    public void Dispose() => Body.Dispose();
}
