using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.ControlPlane;

/// <summary>
/// The persisted operations of a guarded stage, and which of them the last graph can answer that was held against them: what is held once more (a change that is approved, one that found no
/// time for all, what was published meanwhile) goes on from there.
/// </summary>
/// <param name="stage">The stage.</param>
/// <param name="clock">Measures how long it takes.</param>
internal sealed class StageOperations(GuardedStage stage, TimeProvider clock)
{
    // Of a request's 120 seconds: composing, and who waits for a place, have the others.
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();

    // Whose operations were there once: should they not be later, something is wrong.
    private volatile bool wereThere;
    private Answered last = new("");

    /// <summary>The stage.</summary>
    public GuardedStage Stage => stage;

    /// <summary>Looks whether there are operations. A store that cannot be read now, or does not answer, is told of when a change is held.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await using var store = OperationStore.At(stage.Store, readOnly: true);
        if (store.FindReadProblem() is not null)
        {
            return;
        }

        using var patience = new CancellationTokenSource(FirstPatience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            wereThere = await store.RevisionAsync(either.Token) != StoreRevision.None;
        }
        catch (Exception exception) when (exception is DbException or InvalidDataException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // Each change says so, as long as it is so.
        }
    }

    /// <summary>Holds a change against them.</summary>
    /// <param name="supergraph">What it would make live.</param>
    /// <param name="readLive">Reads what is live; null where nothing is.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<HeldChange> HoldAsync(string supergraph, Func<Task<string?>> readLive, CancellationToken cancellation)
    {
        var revision = StoreRevision.None;
        try
        {
            await using var store = OperationStore.At(stage.Store, readOnly: true);
            var gone = store.FindReadProblem();

            // Asked for first: what is published in between is found by another revision.
            revision = gone is null ? await store.RevisionAsync(cancellation) : StoreRevision.None;
            if (revision == StoreRevision.None)
            {
                gone ??= "There are no operations in it: nothing was published to it, or it was made anew.";
                return wereThere ? new HeldChange(null, revision, gone, null) : new HeldChange(null, revision, null, gone);
            }

            wereThere = true;
            return new HeldChange(await HoldAsync(store, supergraph, readLive, cancellation), revision, null, null);
        }
        catch (Exception exception) when (exception is DbException or InvalidDataException)
        {
            return new HeldChange(null, revision, $"{exception.Message.TrimEnd('.')}.", null);
        }
    }

    /// <summary>What was published after a change was held, with what would break of that; null where nothing was, and where that cannot be found out any more.</summary>
    /// <param name="supergraph">What is live now.</param>
    /// <param name="held">What was found out before.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<OperationsVerdict?> FindLateAsync(string supergraph, HeldChange held, CancellationToken cancellation)
    {
        if (held.Unread is not null)
        {
            // Nobody knows what was there before.
            return null;
        }

        try
        {
            await using var store = OperationStore.At(stage.Store, readOnly: true);
            if (store.FindReadProblem() is not null || await store.RevisionAsync(cancellation) is var revision && (revision == held.Revision || revision == StoreRevision.None))
            {
                return null;
            }

            wereThere = true;
            var before = (held.Verdict?.Operations ?? []).Select(static operation => (operation.Client, operation.Id)).ToHashSet();
            var verdict = await HoldAsync(store, supergraph, static () => Task.FromResult<string?>(null), cancellation);
            return verdict with { Problems = [.. verdict.Problems.Where(problem => !before.Contains((problem.Client, problem.Id)))] };
        }
        catch (Exception exception) when (exception is DbException or InvalidDataException or OperationCanceledException)
        {
            // The change is made. Gateways name what they cannot answer, too.
            return null;
        }
    }

    // On this thread: the others answer requests where a gateway serves the registry.
    private async Task<OperationsVerdict> HoldAsync(OperationStore store, string text, Func<Task<string?>> readLive, CancellationToken cancellation)
    {
        var operations = await store.ReadAsync(cancellation);
        var answered = AnsweredBy(text);
        var assessor = new Lazy<OperationAssessor>(() => AssessorOf(text, "The composed supergraph"));
        var live = new Lazy<Task<OperationAssessor?>>(async () => await readLive() is { } now ? AssessorOf(now, "What is live") : null);
        var problems = ImmutableArray.CreateBuilder<OperationProblem>();
        var (left, before, start) = (0, 0, clock.GetTimestamp());
        foreach (var operation in operations)
        {
            cancellation.ThrowIfCancellationRequested();
            if (operation.IsIntact && answered.Has(operation.Hash))
            {
                continue;
            }

            if (left > 0 || clock.GetElapsedTime(start) > Time)
            {
                left++;
                continue;
            }

            var assessed = assessor.Value.Assess(operation.Text);
            if (operation.IsIntact && assessed.Errors.IsEmpty)
            {
                answered.Add(operation.Hash);
                continue;
            }

            // What is live cannot answer it either? Then this change does not break it.
            if (await live.Value is { } now && (!operation.IsIntact || !now.Assess(operation.Text).Errors.IsEmpty))
            {
                before++;
                continue;
            }

            problems.AddRange(await OperationsVerdict.ProblemsOfAsync(store, operation, assessed, cancellation));
        }

        return new OperationsVerdict(operations, [], problems.ToImmutable()) { BrokenBefore = before, Left = left };
    }

    // Of one graph: who publishes another one begins anew.
    private Answered AnsweredBy(string supergraph)
    {
        var hash = PublishedOperation.HashOf(supergraph);
        lock (gate)
        {
            return last.Supergraph == hash ? last : last = new Answered(hash);
        }
    }

    private OperationAssessor AssessorOf(string text, string name)
    {
        var read = SupergraphReader.Read(new SourceText(text, name));
        return new OperationAssessor(read.Supergraph ?? throw new InvalidDataException($"{name} cannot be read: {read.Errors[0].Message}"), stage.Rules);
    }

    /// <summary>The texts that a graph can answer, each by half of its hash, which is enough to tell them apart: a store has 500,000.</summary>
    private sealed class Answered(string supergraph)
    {
        private readonly HashSet<UInt128> texts = [];

        /// <summary>SHA-256 of the graph's text.</summary>
        public string Supergraph => supergraph;

        public bool Has(string hash)
        {
            lock (texts)
            {
                return texts.Contains(Half(hash));
            }
        }

        public void Add(string hash)
        {
            lock (texts)
            {
                texts.Add(Half(hash));
            }
        }

        private static UInt128 Half(string hash) => UInt128.Parse(hash.AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
