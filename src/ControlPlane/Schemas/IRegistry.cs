using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>
/// A registry as gateways and commands use it: in a store (<see cref="SchemaRegistry"/>), or elsewhere over HTTP (<see cref="RemoteRegistry"/>). Where it cannot be used,
/// the one throws <see cref="System.Data.Common.DbException"/> or <see cref="InvalidDataException"/>, the other <see cref="RegistryRequestException"/>.
/// </summary>
public interface IRegistry : IAsyncDisposable
{
    /// <summary>Which launch is live; null where none is. A small question, for who asks often.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<LiveLaunch?> LiveAsync(string graph, string stage, CancellationToken cancellation);

    /// <summary>The supergraph of a launch; null where it has none, and where it was not kept. <see cref="LiveLaunch.Hash"/> says whether it is what was published.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="launch">The launch.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<string?> SupergraphAsync(string graph, string stage, int launch, CancellationToken cancellation);

    /// <summary>Adds to what clients have used of a stage today. All of it is stored, or nothing; nothing of a report that is there already.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="counts">What was used since the last time; over HTTP up to <see cref="UsageLimits.ReportRows"/>, with an id.</param>
    /// <param name="now">The time; over HTTP it is the registry's.</param>
    /// <param name="cancellation">Ends it; then nothing is stored, or it is not known whether.</param>
    /// <returns>The time of the registry's database, where it is on an earlier day than the time that was given: it counts for that day then; null otherwise.</returns>
    Task<DateTimeOffset?> CountUsageAsync(string graph, string stage, UsageCounts counts, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Publishes versions of sources, all of them in one launch. What is there already is not stored again.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage; it is made where there is none.</param>
    /// <param name="publications">The sources.</param>
    /// <param name="note">Who, and with which tag.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends it; then nothing is stored.</param>
    Task<LaunchResult> PublishAsync(string graph, string stage, IReadOnlyCollection<SourcePublication> publications, LaunchNote note, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Takes a source out of a stage.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="source">The source.</param>
    /// <param name="note">Who, and with which tag.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends it; then nothing is stored.</param>
    Task<LaunchResult> DeleteAsync(string graph, string stage, string source, LaunchNote note, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Gives a stage the sources of what is live in another one; where they answer stays each stage's own.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="from">The stage that has them.</param>
    /// <param name="to">The stage that gets them; it is made where there is none.</param>
    /// <param name="urls">Where sources answer in the new stage, by name, where that changes.</param>
    /// <param name="note">Who, and with which tag.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends it; then nothing is stored.</param>
    Task<LaunchResult> PromoteAsync(string graph, string from, string to, IReadOnlyDictionary<string, string> urls, LaunchNote note, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Makes an earlier launch live again, as it was.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="to">The launch; null: the one that was live before.</param>
    /// <param name="note">Who, and with which tag.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends it; then nothing is stored.</param>
    Task<LaunchResult> RollbackAsync(string graph, string stage, int? to, LaunchNote note, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// Makes a launch live that waits for approval; where others have changed the stage since, its changes on top of theirs. Where what it changes was changed after it
    /// was made, it is refused.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="launch">The launch.</param>
    /// <param name="overNewer">True: it is not refused for that, and takes the place of what is newer.</param>
    /// <param name="note">Who approves.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends it; then nothing is stored.</param>
    Task<LaunchResult> ApproveAsync(string graph, string stage, int launch, bool overNewer, LaunchNote note, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>What a change would make live. Nothing is stored.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What composition makes of it; or why it would be refused.</returns>
    Task<Found<PreviewAnswer>> PreviewAsync(string graph, string stage, StageChange change, CancellationToken cancellation);

    /// <summary>Rejects a launch that waits for approval: it never becomes live. In a stage where nothing is live, what was made on it is rejected with it.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="launch">The launch.</param>
    /// <param name="rejection">Who, when and why; over HTTP the registry says who and when.</param>
    /// <param name="cancellation">Ends it; then nothing is stored.</param>
    /// <returns>What was rejected; or why nothing was.</returns>
    Task<Found<RejectAnswer>> RejectAsync(string graph, string stage, int launch, LaunchRejection rejection, CancellationToken cancellation);

    /// <summary>Takes a stage away with all that is its own, for good; the versions of sources go with the graph's last one.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="cancellation">Ends it; then nothing has happened.</param>
    /// <returns>What it was; null where there is none.</returns>
    Task<RemovedStage?> RemoveStageAsync(string graph, string stage, CancellationToken cancellation);

    /// <summary>A stage; null where there is none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<StageSummary?> StageAsync(string graph, string stage, CancellationToken cancellation);

    /// <summary>The last launches of a stage, the newest first.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="first">How many at most.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<ImmutableArray<Launch>> LaunchesAsync(string graph, string stage, int first, CancellationToken cancellation);

    /// <summary>The last versions of a source, the newest first.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="source">The source.</param>
    /// <param name="first">How many at most.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<ImmutableArray<SourceVersion>> VersionsAsync(string graph, string source, int first, CancellationToken cancellation);

    /// <summary>What publishing would come to, for composition and for clients. Nothing is stored.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="publications">The sources.</param>
    /// <param name="options">How it is checked.</param>
    /// <param name="now">The time; over HTTP it is the registry's.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The changes, or what composition said against them; or why it would be refused.</returns>
    Task<Found<ChangesAnswer>> ReviewAsync(string graph, string stage, IReadOnlyCollection<SourcePublication> publications, ReviewOptions options, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>What changed for clients from one launch to another one.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="from">The older; null: the one on which the other was made.</param>
    /// <param name="to">The newer; null: the one that is live.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<Found<ChangesAnswer>> DiffAsync(string graph, string stage, int? from, int? to, CancellationToken cancellation);

    /// <summary>All stages with what is live in them, by graph and name; over HTTP those that the key may read.</summary>
    /// <param name="graph">Of this graph; null: of all.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<ImmutableArray<StageAnswer>> ListStagesAsync(string? graph, CancellationToken cancellation);

    /// <summary>A launch with its sources and what composition said; null where there is none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="launch">The launch.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<LaunchAnswer?> DescribeLaunchAsync(string graph, string stage, int launch, CancellationToken cancellation);

    /// <summary>The texts of a source as a launch has it; null where there is none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="launch">The launch.</param>
    /// <param name="source">The source.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<SourceContent?> SourceTextAsync(string graph, string stage, int launch, string source, CancellationToken cancellation);

    /// <summary>Which clients have used members of the schema, by member; who used it most first.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="coordinates">Of these members; null: of all.</param>
    /// <param name="days">In how many days, today among them.</param>
    /// <param name="now">The time; over HTTP it is the registry's.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<IReadOnlyList<MemberUse>> MembersUsedAsync(string graph, string stage, IReadOnlyCollection<string>? coordinates, int days, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Which operations clients have asked for; what was asked for most first.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="days">In how many days, today among them.</param>
    /// <param name="now">The time; over HTTP it is the registry's.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<IReadOnlyList<OperationUse>> OperationsUsedAsync(string graph, string stage, int days, DateTimeOffset now, CancellationToken cancellation);
}
