using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using GraphGateway.Planning;

namespace GraphGateway.Execution;

/// <summary>Steps of one source that travel in one request, made ready to run.</summary>
/// <param name="steps">The steps.</param>
/// <param name="kept">Room for its documents.</param>
internal sealed class CompiledRequest(CompiledStep[] steps, KeptDocuments kept)
{
    // Steps without targets stay at home, so a document for each set of steps that do travel; some are kept.
    private const int MaxKeptBatches = 32;

    // Whether going ahead has paid lately; one that does not is tried again now and then.
    private const int MaxScore = 8;
    private const int TryAgainEvery = 64;

    private readonly CacheHints hints = CacheHints.Of(steps);
    private ConcurrentDictionary<string, CompiledBatch>? batches;
    private int score;
    private int chances;

    /// <summary>The steps, ascending.</summary>
    public CompiledStep[] Steps { get; } = steps;

    /// <summary>
    /// True when steps that could start go ahead of the others, which then wait until these have ended: what those would ask for may be there
    /// by then, and the request that they share would have come a round later for nothing. It costs a request where that is not so, so it
    /// is remembered how it went.
    /// </summary>
    /// <param name="ready">Those that could start; some of the others could not.</param>
    /// <param name="plan">The plan.</param>
    public bool MayGoAhead(List<CompiledStep> ready, ExecutablePlan plan) =>
        Steps.All(step => ready.Contains(step) || step.ReusePlacesIn(plan).Any(place => ready.Contains(place.Origin)))
        && (Volatile.Read(ref score) >= 0 || Interlocked.Increment(ref chances) % TryAgainEvery == 0);

    /// <summary>Some went ahead; did that spare the others their request?</summary>
    public void WentAhead(bool hasSpared)
    {
        // Not exact when several requests come at once, and it need not be.
        var now = Volatile.Read(ref score);
        Volatile.Write(ref score, hasSpared ? Math.Min(now + 1, MaxScore) : Math.Max(now - 2, -MaxScore));
    }

    /// <summary>How long the answer for some of the steps may be kept, as their source's schema says. PERF: mostly all of them ask, for which it is put together once.</summary>
    public CacheHints HintsOf(StepRun[] runs) => runs.Length == Steps.Length ? hints : CacheHints.Of([.. runs.Select(static run => run.Step)]);

    /// <summary>The document for some of the steps, ascending, that ask for entities.</summary>
    public CompiledBatch BatchOf(StepRun[] runs) => Kept(
        string.Join(',', runs.Select(run => run.Step.Step.Id)),
        () =>
        {
            var batch = EntityBatch.Of([.. runs.Select(run => run.Step.Step)]);
            return new CompiledBatch(batch.Text, batch.ForwardedVariables, batch.Variables, batch.ListOf);
        });

    /// <summary>The document for different lookups of the steps, each so many times.</summary>
    public CompiledBatch BatchOf(List<(CompiledStep Step, int Count)> lookups) => Kept(
        string.Join(',', lookups.Select(lookup => $"{lookup.Step.Step.Id}x{lookup.Count}")),
        () =>
        {
            var batch = LookupBatch.Of([.. lookups.Select(lookup => (lookup.Step.Step, lookup.Count))]);
            return new CompiledBatch(batch.Text, batch.ForwardedVariables, [], []);
        });

    private CompiledBatch Kept(string key, Func<CompiledBatch> make)
    {
        var known = LazyInitializer.EnsureInitialized(ref batches);
        if (known.TryGetValue(key, out var batch))
        {
            return batch;
        }

        batch = make();
        if (known.Count < MaxKeptBatches && kept.TryKeep(batch.Prefix.Length))
        {
            known.TryAdd(key, batch);
        }

        return batch;
    }
}

/// <summary>An <see cref="EntityBatch"/> or a <see cref="LookupBatch"/> made ready to run.</summary>
internal sealed class CompiledBatch(string text, ImmutableArray<string> forwardedVariables, ImmutableArray<string> variables, ImmutableArray<int> listOf)
{
    /// <summary>By step: its list of entities; empty for lookups.</summary>
    public ImmutableArray<int> ListOf { get; } = listOf;

    /// <summary>The request's body up to the variables.</summary>
    public byte[] Prefix { get; } = CompiledStep.PrefixOf(text);

    /// <summary>By list of entities: the variable's name with quotes and colon.</summary>
    public byte[][] VariableKeys { get; } = [.. variables.Select(name => Encoding.UTF8.GetBytes($"\"{name}\":"))];

    public (string Name, byte[] Key)[] ForwardedNames { get; } =
        [.. forwardedVariables.Select(name => (name, Encoding.UTF8.GetBytes($"\"{name}\":")))];
}
