using System.Collections.Immutable;
using System.Text.Json.Serialization;
using GraphGateway.Composition;

namespace GraphGateway.ControlPlane;

/// <summary>By what a launch was made.</summary>
public enum LaunchKind
{
    /// <summary>Sources were published.</summary>
    Publish,

    /// <summary>A source was deleted.</summary>
    Delete,

    /// <summary>The sources of another stage were taken over.</summary>
    Promote,

    /// <summary>An earlier launch was made live again.</summary>
    Rollback,

    /// <summary>A launch that waited was approved, and others had changed the stage meanwhile.</summary>
    Approve,
}

/// <summary>What became of a launch.</summary>
public enum LaunchStatus
{
    /// <summary>Its supergraph is what gateways run.</summary>
    Live,

    /// <summary>It does not compose.</summary>
    Draft,

    /// <summary>It composes, and waits until somebody approves it.</summary>
    Awaiting,

    /// <summary>It waited, and somebody has approved it: what it changes is in a later launch, or was live already. It was never live itself.</summary>
    Approved,

    /// <summary>It waited, and somebody has rejected it, or its author has taken it back: it never becomes live.</summary>
    Rejected,

    /// <summary>A later one took its place.</summary>
    Superseded,

    /// <summary>It was rolled back.</summary>
    RolledBack,
}

/// <summary>A source in a stage: which version, and where it answers there.</summary>
/// <param name="Source">The source.</param>
/// <param name="Version">Its version.</param>
/// <param name="Url">Where it answers; null where its settings say it, or the gateway's.</param>
/// <param name="Hash">Of the version (<see cref="SourcePublication.Hash"/>).</param>
public sealed record StageSource(string Source, int Version, string? Url, string Hash)
{
    /// <summary>The source and its version, such as <c>orders@3</c>.</summary>
    public override string ToString() => $"{Source}@{Version}";
}

/// <summary>A version of a source, which never changes.</summary>
/// <param name="Source">The source.</param>
/// <param name="Version">Its number; each source counts its own, over all stages of a graph.</param>
/// <param name="Hash">Of its schema and settings (<see cref="SourcePublication.Hash"/>).</param>
/// <param name="Note">Who published it first, and with which tag.</param>
/// <param name="Published">When.</param>
public sealed record SourceVersion(string Source, int Version, string Hash, LaunchNote Note, DateTimeOffset Published)
{
    private const int ShortLength = 12;

    /// <summary>The beginning of the hash, for people.</summary>
    [JsonIgnore]
    public string ShortHash => Hash.Length > ShortLength ? Hash[..ShortLength] : Hash;
}

/// <summary>The texts of a version.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Settings">The settings; null where there are none.</param>
public sealed record SourceContent(string Schema, string? Settings);

/// <summary>Why a launch that waited never becomes live.</summary>
/// <param name="By">Who has rejected it; null where nobody says.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why, in words; null where nobody says.</param>
public sealed record LaunchRejection(string? By, DateTimeOffset At, string? Reason);

/// <summary>What is kept of a launch that was made though persisted operations would break by it (<see cref="GuardedStage"/>): its author has consented to that.</summary>
/// <param name="Broken">How many were found that would.</param>
/// <param name="IsWhole">False where not all could be looked at.</param>
/// <param name="Operations">The first of them: whose, in which releases, by which identifier, and what is wrong.</param>
public sealed record LaunchConsent(int Broken, bool IsWhole, ImmutableArray<string> Operations)
{
    /// <summary>Such as <c>breaks 1 persisted operation</c>.</summary>
    [JsonIgnore]
    public string Words => Broken == 0 ? "may break persisted operations: they could not be looked at"
        : $"breaks {Broken} persisted operation{(Broken == 1 ? "" : "s")}{(IsWhole ? "" : " and more, which could not be looked at")}";
}

/// <summary>One change of a stage with what was composed of it. Nothing of it changes later but its status, and that old ones lose their supergraph's text.</summary>
/// <param name="Number">Its number; each stage counts its own.</param>
/// <param name="Kind">By what it was made.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Subject">What was changed, in words, such as <c>orders@3</c>.</param>
/// <param name="Base">The launch that was live then, or of a stage that never was live its last draft; null for a stage's first.</param>
/// <param name="Target">The launch that was rolled back to, or approved; null for others.</param>
/// <param name="Note">Who made it, and with which tag.</param>
/// <param name="Created">When.</param>
/// <param name="Hash">SHA-256 of the supergraph's text, 64 hexadecimal digits; null where there is none.</param>
public sealed record Launch(
    int Number, LaunchKind Kind, LaunchStatus Status, string Subject, int? Base, int? Target, LaunchNote Note, DateTimeOffset Created, string? Hash)
{
    /// <summary>Who approved it; null where nobody had to. Of a launch that waited it is told where what it changes was live already; else of the launch that it became.</summary>
    public string? Approver { get; init; }

    /// <summary>Who has rejected it, when and why; null where nobody has.</summary>
    public LaunchRejection? Rejection { get; init; }

    /// <summary>That its author (<see cref="Note"/>) has consented to what it breaks; null where nothing was consented to.</summary>
    public LaunchConsent? Consent { get; init; }

    /// <summary>Whether a text is the supergraph that was composed (<see cref="Hash"/>).</summary>
    /// <param name="text">The text.</param>
    public bool IsSupergraph(string text) => Hash == PublishedOperation.HashOf(text);

    /// <summary>Why its supergraph cannot be used where there is another text in its place (<see cref="IsSupergraph"/>), for people.</summary>
    [JsonIgnore]
    public string WithOtherSupergraph => $"The supergraph of #{Number} is not what was published: the registry is damaged. Publish the versions of its sources again.";

    /// <summary>Why it has no supergraph, for people.</summary>
    [JsonIgnore]
    public string WithoutSupergraph => Status == LaunchStatus.Draft ? $"#{Number} is a draft: it has no supergraph." : $"The supergraph of #{Number} is too old to be kept.";
}

/// <summary>A launch with all that belongs to it, but for the supergraph itself: that is as long as all of its sources.</summary>
/// <param name="Launch">The launch.</param>
/// <param name="Sources">Its sources, in order of their names.</param>
/// <param name="Problems">What composition said: errors of a draft, warnings of others.</param>
/// <param name="HasSupergraph">Whether there is a composed supergraph; false for a draft, and where it is so old that it was not kept.</param>
public sealed record LaunchDetails(Launch Launch, ImmutableArray<StageSource> Sources, ImmutableArray<CompositionProblem> Problems, bool HasSupergraph)
{
    /// <summary>How many more problems there were than were kept.</summary>
    public int MoreProblems { get; init; }
}

/// <summary>A stage of a graph.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Live">The launch that is live; null where none ever composed.</param>
/// <param name="Last">The last launch.</param>
public sealed record StageSummary(string Graph, string Stage, int? Live, int Last);

/// <summary>A stage that was taken away.</summary>
/// <param name="Stage">As it was.</param>
/// <param name="WithVersions">Whether it was the last one of its graph: the versions of the graph's sources went with it.</param>
public sealed record RemovedStage(StageSummary Stage, bool WithVersions);

/// <summary>What gateways run.</summary>
/// <param name="Launch">The launch's number.</param>
/// <param name="Hash">SHA-256 of the supergraph's text: 64 hexadecimal digits.</param>
public sealed record LiveLaunch(int Launch, string Hash);
