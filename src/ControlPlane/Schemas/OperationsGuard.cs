using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.ControlPlane;

/// <summary>A stage whose changes are held against the persisted operations of a store.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Store">Where they are: a <see cref="StorePlace"/>.</param>
/// <param name="Rules">What the gateway lets them be.</param>
public sealed record GuardedStage(string Graph, string Stage, string Store, OperationRules Rules)
{
    /// <summary>Not the store's password.</summary>
    public override string ToString() => $"{Stage} of {Graph}";
}

/// <summary>
/// Holds the persisted operations of guarded stages against what a change would make live, before it does: where one would break, nothing is changed, and who would
/// break is named. What waits for approval is held, too, and again when it is approved: meanwhile others are published.
/// </summary>
/// <param name="stages">The stages; others are let be.</param>
internal sealed class OperationsGuard(ImmutableArray<GuardedStage> stages)
{
    // So many are named in an answer, each in so many characters; the check of a command names all.
    private const int MostNamed = 50;
    private const int NamedLength = 1_000;

    // Whose operations were there once: should they not be later, something is wrong.
    private readonly ConcurrentDictionary<GuardedStage, bool> known = [];

    /// <summary>Looks which stages have operations.</summary>
    public async Task LookAsync()
    {
        foreach (var guarded in stages)
        {
            await using var store = OperationStore.At(guarded.Store, readOnly: true);
            if (store.FindReadProblem() is null)
            {
                known[guarded] = true;
            }
        }
    }

    /// <summary>Why a change is not made; null where nothing keeps it from that.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="kind">The change.</param>
    /// <param name="supergraph">What it would make live.</param>
    /// <param name="readLive">Reads what is live; null where nothing is.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<LaunchResult?> FindRefusalAsync(
        string graph, string stage, LaunchKind kind, string supergraph, Func<Task<string?>> readLive, CancellationToken cancellation)
    {
        if (stages.FirstOrDefault(guarded => guarded.Graph == graph && guarded.Stage == stage) is not { } guarded)
        {
            return null;
        }

        var done = StageChange.DoneOf(kind);
        var consent = $"With --allow-breaking-operations (\"allowBreakingOperations\" over HTTP) it is {done} all the same.";
        try
        {
            await using var store = OperationStore.At(guarded.Store, readOnly: true);
            if (store.FindReadProblem() is { } gone)
            {
                // Nothing was published to it yet.
                return known.ContainsKey(guarded) ? throw new InvalidDataException(gone) : null;
            }

            // On one thread: the others answer requests where a gateway serves the registry.
            known[guarded] = true;
            var verdict = await OperationsVerdict.OfAsync(store, Read(supergraph), guarded.Rules, threads: 1, cancellation);
            if (!verdict.Problems.IsEmpty && await readLive() is { } live)
            {
                verdict = verdict.Beyond(await OperationsVerdict.OfAsync(store, Read(live), guarded.Rules, threads: 1, cancellation));
            }

            return verdict.Problems.IsEmpty ? null : LaunchResult.Refused($"Nothing is {done}: {verdict.Summary} {consent}") with { Broken = Named(verdict.Problems) };
        }
        catch (Exception exception) when (exception is DbException or InvalidDataException)
        {
            return LaunchResult.Refused($"Nothing is {done}: the persisted operations of {guarded} cannot be read, and who would break is not known: {exception.Message} {consent}");
        }
    }

    private static Supergraph Read(string text)
    {
        var read = SupergraphReader.Read(new SourceText(text, "the composed supergraph"));
        return read.Supergraph ?? throw new InvalidDataException($"The composed supergraph cannot be read: {read.Errors[0].Message}");
    }

    private static ImmutableArray<string> Named(ImmutableArray<OperationProblem> problems) =>
    [
        .. problems.Take(MostNamed).Select(static problem => problem.ToString()).Select(static text => text.Length > NamedLength ? $"{text[..NamedLength]}..." : text),
        .. problems.Length > MostNamed ? new[] { $"and {problems.Length - MostNamed} more; `graphgateway check --operations` names all." } : [],
    ];
}
