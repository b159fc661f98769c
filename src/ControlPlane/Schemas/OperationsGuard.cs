using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

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
/// Holds the persisted operations of guarded stages against what a change would make live, before it does: where one would break, nothing is changed without consent, and who would
/// break is named in any case. What waits for approval is held, too, and again when it is approved: meanwhile others are published. What was published between the two steps of a change,
/// holding and making it, is looked at when it is made.
/// </summary>
/// <param name="stages">The stages; others are let be.</param>
/// <param name="clock">Measures how long it takes.</param>
internal sealed class OperationsGuard(ImmutableArray<GuardedStage> stages, TimeProvider clock)
{
    private readonly ImmutableArray<StageOperations> all = [.. stages.Select(stage => new StageOperations(stage, clock))];

    /// <summary>Hears what was done by consent, and what could be held against nothing.</summary>
    public ILogger Log { get; set; } = NullLogger.Instance;

    /// <summary>Looks which stages have operations.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var stage in all)
        {
            await stage.LookAsync(cancellation);
        }
    }

    /// <summary>Holds a change; null where the stage is none of these.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="supergraph">What it would make live.</param>
    /// <param name="readLive">Reads what is live; null where nothing is.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<HeldChange?> HoldAsync(string graph, string stage, string supergraph, Func<Task<string?>> readLive, CancellationToken cancellation) =>
        Find(graph, stage) is { } operations ? await operations.HoldAsync(supergraph, readLive, cancellation) : null;

    /// <summary>
    /// What is told of a change that was made: what breaks by it, by consent or because it was published after the change was held. Never fails, and never ends what was made: it is made.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="supergraph">What it has made live.</param>
    /// <param name="held">What was found out before.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="cancellation">Ends the second look.</param>
    public async Task<LaunchResult> ConcludeAsync(string graph, string stage, string supergraph, HeldChange held, LaunchResult result, CancellationToken cancellation)
    {
        if (result is not { Outcome: LaunchOutcome.Launched, Launch: { } launch } || Find(graph, stage) is not { } operations)
        {
            return result;
        }

        var name = $"#{launch.Number} of {operations.Stage}";
        if (launch.Consent is not null)
        {
            Log.LogWarning("{Author} has made {Launch} by consent (allowBreakingOperations): {Found}", launch.Note.Author ?? "Somebody", name, held.Found($"{operations.Stage}"));
        }
        else if (held.Missing is { } missing)
        {
            Log.LogWarning("{Launch} was held against no persisted operations. {Reason}", name, missing);
        }

        // What waits is held once more when it is approved.
        var (late, count) = launch.Status == LaunchStatus.Live && await operations.FindLateAsync(supergraph, held, cancellation) is { Problems.IsEmpty: false } found
            ? (HeldChange.NamesOf(found.Problems), found.Broken) : ([], 0);
        var published = count == 0 ? null : $"{count} persisted operation{(count == 1 ? " that was" : "s that were")} published while it was made cannot be answered by it.";
        if (published is not null)
        {
            Log.LogWarning("{Launch} is live. {Published} {Operations}", name, published, string.Join(" | ", late));
        }

        return launch.Consent is null && published is null ? result : result with
        {
            Broken = [.. launch.Consent is null ? [] : held.Names, .. late],
            BrokenSummary = string.Join(" ", new[]
            {
                launch.Consent is null ? null : $"It is {StageChange.DoneOf(launch.Kind)} all the same, as was consented to: {held.Found($"{operations.Stage}")}", published,
            }.OfType<string>()),
        };
    }

    private StageOperations? Find(string graph, string stage) => all.FirstOrDefault(operations => operations.Stage.Graph == graph && operations.Stage.Stage == stage);
}
