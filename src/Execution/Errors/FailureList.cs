namespace GraphGateway.Execution;

/// <summary>The failures of one request, numbered: slots refer to them.</summary>
internal sealed class FailureList(AnswerBudget budget)
{
    // An entry, its failure and the source's error.
    private const int FailureBytes = 160;

    private readonly List<Failure> failures = [];

    // Mostly there are none. Those of sources' own errors are not in it.
    private Dictionary<(FailureKind, CompiledStep, string?), int>? known;
    private (FailureKind Kind, CompiledStep Step, string? Detail, int Index) last;

    /// <summary>How many there is room for.</summary>
    public int Capacity => failures.Capacity;

    public Failure this[int index] => failures[index];

    /// <summary>The number of a failure; the same one for all fields that fail alike in a step.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="step">The fetch in which it happened.</param>
    /// <param name="detail">What the plan says of something that is null, so that fields cannot be asked for; null for other kinds.</param>
    public int Of(FailureKind kind, CompiledStep step, string? detail)
    {
        // PERF: a source that leaves out a field mostly leaves it out of millions of objects.
        if (last.Step == step && last.Kind == kind && (object?)last.Detail == detail)
        {
            return last.Index;
        }

        if (!(known ??= []).TryGetValue((kind, step, detail), out var index))
        {
            index = Add(new Failure(kind, step, null) { Detail = detail });
            known.Add((kind, step, detail), index);
        }

        last = (kind, step, detail, index);
        return index;
    }

    /// <summary>The number of a failure that a source's own error describes; the same one for all that it explains one after the other.</summary>
    public int Of(SourceError error, CompiledStep step) =>
        failures is [.., var newest] && ReferenceEquals(newest.Error, error) && newest.Step == step
            ? failures.Count - 1
            : Add(new Failure(FailureKind.SourceError, step, error));

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        failures.Clear();
        known = null;
        last = default;
    }

    private int Add(Failure failure)
    {
        budget.Note(FailureBytes);
        failures.Add(failure);
        return failures.Count - 1;
    }
}
