using System.Collections.Immutable;
using GraphGateway.Composition;

namespace GraphGateway.ControlPlane;

/// <summary>What became of a change.</summary>
public enum LaunchOutcome
{
    /// <summary>There is a launch.</summary>
    Launched,

    /// <summary>It changes nothing, and nothing was stored.</summary>
    Unchanged,

    /// <summary>It was not taken, and nothing was stored.</summary>
    Refused,
}

/// <summary>What became of a change of a stage.</summary>
/// <param name="Outcome">In short.</param>
/// <param name="Launch">The launch that it made; where nothing changes, the one that is live; null where it was refused.</param>
/// <param name="Problems">What composition said.</param>
/// <param name="Refusal">Why it was refused; null where it was not.</param>
public sealed record LaunchResult(LaunchOutcome Outcome, Launch? Launch, ImmutableArray<CompositionProblem> Problems, string? Refusal)
{
    /// <summary>The launch that is live now; null where none is.</summary>
    public int? Live { get; init; }

    /// <summary>How many more problems there are than are told.</summary>
    public int MoreProblems { get; init; }

    /// <summary>The sources of the launch.</summary>
    public ImmutableArray<StageSource> Sources { get; init; } = [];

    /// <summary>How many more sources there are than are told.</summary>
    public int MoreSources { get; init; }

    /// <summary>The persisted operations that would break by it, where that is what it was refused for, and those that break by what was made all the same: each with what is wrong with it.</summary>
    public ImmutableArray<string> Broken { get; init; } = [];

    /// <summary>Of what was made though something breaks by it: what, and why it was made; null for others.</summary>
    public string? BrokenSummary { get; init; }

    internal static LaunchResult Refused(string reason) => new(LaunchOutcome.Refused, null, [], reason);
}

/// <summary>What a change of a stage would come to.</summary>
/// <param name="Composed">What composition makes of it.</param>
/// <param name="Sources">What was composed.</param>
/// <param name="Live">The supergraph that is live; null where none is.</param>
/// <param name="Launch">Its launch.</param>
/// <param name="Refusal">Why it would be refused; null where it would not.</param>
public sealed record StageCheck(CompositionResult? Composed, SourceFolderResult? Sources, string? Live, int? Launch, string? Refusal)
{
    /// <summary>Those of the checked sources that the stage does not have, though it has others: who has mistyped a name would hear of nothing that breaks.</summary>
    public ImmutableArray<string> NewSources { get; init; } = [];

    /// <summary>Those of the checked sources that would answer elsewhere.</summary>
    public ImmutableArray<NewSourceUrl> NewUrls { get; init; } = [];

    internal static StageCheck Refused(string reason) => new(null, null, null, null, reason);
}
