namespace GraphGateway.Execution;

/// <summary>
/// A step while it runs. Its targets are the objects that it fills; targets that ask for the same (equal input values, equal runtime type)
/// form one entry, so that nothing is asked twice. PERF: it is used again for other requests; disposing it, once, empties it.
/// </summary>
internal sealed class StepRun : IDisposable
{
    private static readonly Pool<StepRun> Idle = new(bound: 1024);

    private StepRun(CompiledStep step) => Step = step;

    public CompiledStep Step { get; private set; }

    /// <summary>The objects that are filled, in the order of the answer.</summary>
    public IntList Targets { get; } = new();

    /// <summary>By target, for a step that takes values from contexts: the objects on the way to it, as many as the path has fields.</summary>
    public IntList Above { get; } = new();

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

    /// <summary>The step, with nothing in it yet.</summary>
    public static StepRun Rent(CompiledStep step)
    {
        if (Idle.Take() is not { } run)
        {
            return new StepRun(step);
        }

        run.Step = step;
        return run;
    }

    /// <summary>How the entry's value came.</summary>
    public EntryState StateOf(int entry) => (EntryState)States[entry];

    /// <summary>Requests that have not been answered yet.</summary>
    public int Outstanding { get; set; }

    /// <summary>How many of <see cref="ExecutionMemory.Forks"/> its targets take into account.</summary>
    public int ForksSeen { get; set; }

    public int EntryCount => FirstTarget.Count;

    /// <summary>What is kept of its entries between requests; null where nothing is.</summary>
    public EntityLookup? Lookup { get; set; }

    /// <summary>By entry: its number in <see cref="Lookup"/>; null where it is the same.</summary>
    public IntList? LookupNumbers { get; set; }

    /// <summary>The entry's number in <see cref="Lookup"/>.</summary>
    public int NumberInLookup(int entry) => LookupNumbers is { } numbers ? numbers[entry] : entry;

    /// <summary>Some of the entries with their targets, as a run of the same step.</summary>
    public StepRun PartOf(Func<int, bool> isIn)
    {
        var part = Rent(Step);
        part.ForksSeen = ForksSeen;
        for (var entry = 0; entry < EntryCount; entry++)
        {
            if (!isIn(entry))
            {
                continue;
            }

            for (var target = FirstTarget[entry]; target >= 0; target = NextTarget[target])
            {
                part.AddTarget(this, target, isFirst: target == FirstTarget[entry]);
            }

            for (var input = 0; input < Step.Inputs.Length; input++)
            {
                part.Values.Write(Value(entry, input));
                part.ValueEnds.Add(part.Values.Length);
                part.Values.Write((byte)',');
            }
        }

        return part;
    }

    private void AddTarget(StepRun from, int target, bool isFirst)
    {
        Targets.Add(from.Targets[target]);
        NextTarget.Add(-1);
        for (var level = 0; level < (Step.ContextDepth is null ? 0 : Step.Step.Path.Length); level++)
        {
            Above.Add(from.Above[(target * Step.Step.Path.Length) + level]);
        }

        if (isFirst)
        {
            AddEntry(Targets.Count - 1);
        }
        else
        {
            AddTo(EntryCount - 1, Targets.Count - 1);
        }
    }

    /// <summary>The value of an input, as JSON.</summary>
    public ReadOnlySpan<byte> Value(int entry, int input)
    {
        var index = (entry * Step.Inputs.Length) + input;
        var start = index == 0 ? 0 : ValueEnds[index - 1] + 1;
        return Values.Slice(start, ValueEnds[index] - start);
    }

    /// <summary>The values of all inputs of the entry, as JSON, with commas between them.</summary>
    public ReadOnlySpan<byte> AllValues(int entry)
    {
        var inputs = Step.Inputs.Length;
        var start = entry == 0 || inputs == 0 ? 0 : ValueEnds[(entry * inputs) - 1] + 1;
        return inputs == 0 ? default : Values.Slice(start, ValueEnds[((entry + 1) * inputs) - 1] - start);
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

    /// <summary>
    /// Copies that were made of its targets while it was on the way become targets, too: another step had to fill one place of an object
    /// that several places shared.
    /// </summary>
    /// <param name="forks"><see cref="ExecutionMemory.Forks"/>.</param>
    public void AddForks(List<(int Source, int Copy)> forks)
    {
        if (ForksSeen == forks.Count)
        {
            return;
        }

        var entries = new Dictionary<int, int>();
        for (var entry = 0; entry < EntryCount; entry++)
        {
            for (var target = FirstTarget[entry]; target >= 0; target = NextTarget[target])
            {
                entries[Targets[target]] = entry;
            }
        }

        for (; ForksSeen < forks.Count; ForksSeen++)
        {
            var (source, copy) = forks[ForksSeen];
            if (entries.TryGetValue(source, out var entry))
            {
                Targets.Add(copy);
                NextTarget.Add(-1);
                AddTo(entry, Targets.Count - 1);
                entries.Add(copy, entry);
            }
        }
    }

    public void Dispose()
    {
        Targets.Clear();
        Above.Clear();
        NextTarget.Clear();
        FirstTarget.Clear();
        LastTarget.Clear();
        States.Clear();
        ValueEnds.Clear();
        Values.Clear();
        Outstanding = ForksSeen = 0;
        (Lookup, LookupNumbers) = (null, null);
        // Who still held it would see another step's: rather a fault than a wrong answer.
        Step = null!;
        Idle.Give(this);
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

    /// <summary>Several lists of entities, each under an alias of its own.</summary>
    EntityLists,

    /// <summary>One lookup with plain variables.</summary>
    SingleLookup,

    /// <summary>A list of variable objects, an answer for each.</summary>
    VariableBatch,

    /// <summary>A list of whole requests, an answer for each.</summary>
    RequestBatch,

    /// <summary>One document that repeats the lookup under aliases.</summary>
    AliasBatch,
}
