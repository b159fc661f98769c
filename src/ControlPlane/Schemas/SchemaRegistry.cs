using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace GraphGateway.ControlPlane;

/// <summary>
/// The registry: teams publish their sources to a stage of a graph, and gateways run what is composed of them. In a SQLite file, or a PostgreSQL database that
/// several processes share. Throws <see cref="DbException"/> where the database cannot be used, and <see cref="InvalidDataException"/> where it is damaged or a
/// newer program's.
/// </summary>
public sealed class SchemaRegistry : IRegistry
{
    private readonly StoreDatabase database;
    private readonly RegistryLimits limits;
    private readonly RegistryReader reader;
    private readonly OperationsGuard guard;
    private readonly StageChanges changes;
    private readonly ChangeProposals proposals;
    private readonly LaunchRejections rejections;
    private readonly StageRemovals removals;
    private readonly UsageTables usage;

    private SchemaRegistry(StoreDatabase database, RegistryLimits limits, SupergraphKey? signer, OperationsGuard guard)
    {
        this.database = database;
        this.limits = limits;
        reader = new RegistryReader(database, limits);
        this.guard = guard;
        changes = new StageChanges(database, reader, limits, signer, guard);
        proposals = new ChangeProposals(reader, limits);
        rejections = new LaunchRejections(database);
        removals = new StageRemovals(database);
        usage = new UsageTables(database, limits.Usage);
        Listing = new RegistryListing(database);
    }

    /// <summary>Long lists, a part at a time.</summary>
    internal RegistryListing Listing { get; }

    /// <summary>The registry at a place. Nothing is opened yet.</summary>
    /// <param name="place">A <see cref="StorePlace"/>.</param>
    /// <param name="readOnly">True for who only reads: a file that is not there is not made.</param>
    /// <param name="limits">How much it takes; the usual where null.</param>
    /// <param name="signer">By what each supergraph that becomes live is signed; null signs none.</param>
    /// <param name="guarded">The stages whose changes are held against persisted operations; null for none.</param>
    /// <param name="clock">Measures how long that takes; null: the machine's.</param>
    /// <exception cref="StorePlaceException">It is no place.</exception>
    public static SchemaRegistry At(
        string place, bool readOnly = false, RegistryLimits? limits = null, SupergraphKey? signer = null, ImmutableArray<GuardedStage>? guarded = null, TimeProvider? clock = null) =>
        new(StoreDatabase.At(place, readOnly), limits ?? new RegistryLimits(), signer, new OperationsGuard(guarded ?? [], clock ?? TimeProvider.System));

    /// <summary>Makes the tables where there are none, and brings older ones up to date.</summary>
    /// <param name="cancellation">Ends it; then nothing has happened.</param>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await RegistryTables.PrepareAsync(database, cancellation);
        await guard.LookAsync(cancellation);
    }

    /// <summary>Who hears what was changed though persisted operations break by it.</summary>
    /// <param name="log">The log.</param>
    internal void TellTo(ILogger log) => guard.Log = log;

    /// <summary>Why it cannot be read, for who makes no tables and only reads; null where it can: there is none, or an older program has made it.</summary>
    /// <param name="cancellation">Ends it.</param>
    public Task<string?> FindReadProblemAsync(CancellationToken cancellation) => RegistryTables.FindProblemAsync(database, cancellation);

    /// <inheritdoc/>
    public Task<LaunchResult> PublishAsync(
        string graph, string stage, IReadOnlyCollection<SourcePublication> publications, LaunchNote note, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(publications);
        return ChangeAsync(graph, stage, new StageChange.Publish(publications), note, now, cancellation);
    }

    /// <inheritdoc/>
    public Task<LaunchResult> DeleteAsync(string graph, string stage, string source, LaunchNote note, DateTimeOffset now, CancellationToken cancellation) =>
        ChangeAsync(graph, stage, new StageChange.Delete(source), note, now, cancellation);

    /// <inheritdoc/>
    public Task<LaunchResult> PromoteAsync(
        string graph, string from, string to, IReadOnlyDictionary<string, string> urls, LaunchNote note, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(urls);
        return ChangeAsync(graph, to, new StageChange.Promote(from, urls), note, now, cancellation);
    }

    /// <inheritdoc/>
    public Task<LaunchResult> RollbackAsync(string graph, string stage, int? to, LaunchNote note, DateTimeOffset now, CancellationToken cancellation) =>
        ChangeAsync(graph, stage, new StageChange.Rollback(to), note, now, cancellation);

    /// <inheritdoc/>
    public Task<LaunchResult> ApproveAsync(
        string graph, string stage, int launch, bool overNewer, LaunchNote note, DateTimeOffset now, CancellationToken cancellation) =>
        ChangeAsync(graph, stage, new StageChange.Approve(launch, overNewer), note, now, cancellation);

    /// <inheritdoc/>
    public async Task<Found<PreviewAnswer>> PreviewAsync(string graph, string stage, StageChange change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        return proposals.FindProblem(stage, change) is { } refusal
            ? new Found<PreviewAnswer>(null, refusal)
            : await changes.PreviewAsync(graph, stage, state => proposals.ProposeAsync(state, change, cancellation), cancellation);
    }

    private Task<LaunchResult> ChangeAsync(string graph, string stage, StageChange change, LaunchNote note, DateTimeOffset now, CancellationToken cancellation) =>
        proposals.FindProblem(stage, change) is { } refusal
            ? Task.FromResult(LaunchResult.Refused(refusal))
            : changes.RunAsync(graph, stage, state => proposals.ProposeAsync(state, change, cancellation), note, now, cancellation);

    /// <inheritdoc/>
    public Task<Found<RejectAnswer>> RejectAsync(string graph, string stage, int launch, LaunchRejection rejection, CancellationToken cancellation) =>
        RejectAsync(graph, stage, launch, rejection, null, cancellation);

    /// <summary>The same, where somebody has a say in what is rejected with it.</summary>
    internal Task<Found<RejectAnswer>> RejectAsync(
        string graph, string stage, int launch, LaunchRejection rejection, Func<ImmutableArray<Launch>, string?>? forbid, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        return rejections.RejectAsync(graph, stage, launch, rejection, forbid, cancellation);
    }

    /// <summary>The names of the sources that a launch changes: has another version or URL of than what it was made on, or no longer has.</summary>
    internal async Task<ImmutableArray<string>> ChangedSourcesAsync(string graph, string stage, Launch launch, CancellationToken cancellation)
    {
        var after = await reader.SourcesAsync(graph, stage, launch.Number, cancellation);
        var before = launch.Base is { } ground ? await reader.SourcesAsync(graph, stage, ground, cancellation) : [];
        return [.. after.Except(before).Concat(before.Except(after)).Select(source => source.Source).Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public Task<RemovedStage?> RemoveStageAsync(string graph, string stage, CancellationToken cancellation) => removals.RemoveAsync(graph, stage, cancellation);

    /// <summary>What publishing would come to. Nothing is stored.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="publications">The sources.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<StageCheck> CheckAsync(string graph, string stage, IReadOnlyCollection<SourcePublication> publications, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(publications);
        return publications.Select(limits.FindProblem).FirstOrDefault(problem => problem is not null) is { } refusal
            ? Task.FromResult(StageCheck.Refused(refusal))
            : changes.CheckAsync(graph, stage, publications, withText: false, cancellation);
    }

    /// <inheritdoc/>
    public async Task<Found<ChangesAnswer>> ReviewAsync(
        string graph, string stage, IReadOnlyCollection<SourcePublication> publications, ReviewOptions options, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(publications);
        ArgumentNullException.ThrowIfNull(options);
        return publications.Select(limits.FindProblem).FirstOrDefault(problem => problem is not null) is { } refusal
            ? new Found<ChangesAnswer>(null, refusal)
            : !options.NewStage && await reader.MarkAsync(graph, stage, cancellation) == default
            ? new Found<ChangesAnswer>(null, StageReviews.NoStage(graph, stage))
            : await StageReviews.ReviewAsync(
                this, graph, stage, await changes.CheckAsync(graph, stage, publications, options.WithSupergraph, cancellation), options, now, cancellation);
    }

    /// <inheritdoc/>
    public Task<Found<ChangesAnswer>> DiffAsync(string graph, string stage, int? from, int? to, CancellationToken cancellation) =>
        StageReviews.DiffAsync(this, graph, stage, from, to, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<StageAnswer>> ListStagesAsync(string? graph, CancellationToken cancellation) => reader.StagesWithLiveAsync(graph, cancellation);

    /// <inheritdoc/>
    public async Task<LaunchAnswer?> DescribeLaunchAsync(string graph, string stage, int launch, CancellationToken cancellation)
    {
        if (await LaunchAsync(graph, stage, launch, cancellation) is not { } details)
        {
            return null;
        }

        // They go with the graph's last stage.
        var versions = await Listing.VersionsOfAsync(graph, stage, launch, cancellation);
        if (!details.Sources.All(source => versions.ContainsKey(source.Source)))
        {
            return null;
        }

        var (problems, more) = ApiCompositionProblem.Of(details.Problems, details.MoreProblems);
        return new LaunchAnswer(details.Launch, details.Sources, [.. details.Sources.Select(source => versions[source.Source])], problems, details.HasSupergraph, more);
    }

    /// <inheritdoc/>
    public async Task<SourceContent?> SourceTextAsync(string graph, string stage, int launch, string source, CancellationToken cancellation) =>
        (await reader.SourcesAsync(graph, stage, launch, cancellation)).FirstOrDefault(known => known.Source == source) is { } found
            ? await ContentAsync(graph, source, found.Version, cancellation)
            : null;

    /// <summary>All stages, by graph and name.</summary>
    /// <param name="graph">Of this graph; null: of all.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<ImmutableArray<StageSummary>> StagesAsync(string? graph, CancellationToken cancellation) => reader.StagesAsync(graph, cancellation);

    /// <inheritdoc/>
    public Task<StageSummary?> StageAsync(string graph, string stage, CancellationToken cancellation) => reader.StageAsync(graph, stage, cancellation);

    /// <inheritdoc/>
    public Task<LiveLaunch?> LiveAsync(string graph, string stage, CancellationToken cancellation) => reader.LiveAsync(graph, stage, cancellation);

    /// <inheritdoc/>
    public Task<string?> SupergraphAsync(string graph, string stage, int launch, CancellationToken cancellation) => reader.Supergraphs.TextAsync(graph, stage, launch, cancellation);

    /// <inheritdoc cref="StoredSupergraphs.BytesAsync"/>
    internal Task<byte[]?> SupergraphBytesAsync(string graph, string stage, int launch, CancellationToken cancellation) =>
        reader.Supergraphs.BytesAsync(graph, stage, launch, cancellation);

    /// <inheritdoc cref="StoredSupergraphs.LengthAsync"/>
    internal Task<long?> SupergraphLengthAsync(string graph, string stage, int launch, CancellationToken cancellation) =>
        reader.Supergraphs.LengthAsync(graph, stage, launch, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<Launch>> LaunchesAsync(string graph, string stage, int first, CancellationToken cancellation) =>
        reader.LaunchesAsync(graph, stage, first, cancellation);

    /// <summary>The last launches that are live or were, the newest first.</summary>
    internal Task<ImmutableArray<LiveLaunch>> LiveLaunchesAsync(string graph, string stage, int first, CancellationToken cancellation) =>
        reader.LiveLaunchesAsync(graph, stage, first, cancellation);

    /// <summary>A launch without what belongs to it; null where there is none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="launch">The launch.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<Launch?> FindLaunchAsync(string graph, string stage, int launch, CancellationToken cancellation) => reader.LaunchAsync(graph, stage, launch, cancellation);

    /// <summary>The sources of a launch, in order of their names; none where there is no such launch.</summary>
    internal Task<ImmutableArray<StageSource>> SourcesAsync(string graph, string stage, int launch, CancellationToken cancellation) => reader.SourcesAsync(graph, stage, launch, cancellation);

    /// <summary>A launch with all that belongs to it; null where there is none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="launch">The launch.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<LaunchDetails?> LaunchAsync(string graph, string stage, int launch, CancellationToken cancellation)
    {
        // A stage can be taken away between two questions: then there is no launch.
        if (await reader.LaunchAsync(graph, stage, launch, cancellation) is not { } found || await reader.ProblemsAsync(graph, stage, launch, cancellation) is not { } kept)
        {
            return null;
        }

        var (problems, more) = LaunchProblems.Read(kept);
        return new LaunchDetails(
            found, await reader.SourcesAsync(graph, stage, launch, cancellation), problems, await reader.Supergraphs.LengthAsync(graph, stage, launch, cancellation) is not null)
        {
            MoreProblems = more,
        };
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<SourceVersion>> VersionsAsync(string graph, string source, int first, CancellationToken cancellation) =>
        reader.VersionsAsync(graph, source, first, cancellation);

    /// <summary>A version of a source; null where there is none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="source">The source.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<SourceVersion?> VersionAsync(string graph, string source, int version, CancellationToken cancellation) =>
        reader.VersionAsync(graph, source, version, cancellation);

    /// <summary>The texts of a version; null where there is none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="source">The source.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<SourceContent?> ContentAsync(string graph, string source, int version, CancellationToken cancellation) =>
        reader.ContentAsync(graph, source, version, cancellation);

    /// <summary>The time of the registry's database, where it is on an earlier day than a time; null where it is not, or has no clock of its own.</summary>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<DateTimeOffset?> FindClockAheadAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await UsageTables.FindEarlierAsync(connection, null, now, cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The registry's tables are another version's, or there is no such stage.</exception>
    public async Task<DateTimeOffset?> CountUsageAsync(string graph, string stage, UsageCounts counts, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (await RegistryTables.FindProblemAsync(database, cancellation) is { } problem)
        {
            throw new InvalidDataException(problem);
        }

        // A gateway goes on with what a stage had that was taken away.
        if (await reader.StageAsync(graph, stage, cancellation) is null)
        {
            throw new InvalidDataException($"{graph} has no stage {stage}.");
        }

        return await usage.AddAsync(graph, stage, counts, now, cancellation);
    }

    /// <summary>Which clients have used members of the schema, by member; who used it most first.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="coordinates">Of these members; null: of all.</param>
    /// <param name="within">In these days.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<IReadOnlyList<MemberUse>> MemberUsesAsync(
        string graph, string stage, IReadOnlyCollection<string>? coordinates, UsageDays within, CancellationToken cancellation) =>
        usage.MembersAsync(graph, stage, coordinates, within, cancellation);

    /// <summary>Which operations clients have asked for; what was asked for most first.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="within">In these days.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<IReadOnlyList<OperationUse>> OperationUsesAsync(string graph, string stage, UsageDays within, CancellationToken cancellation) =>
        usage.OperationsAsync(graph, stage, within, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MemberUse>> MembersUsedAsync(
        string graph, string stage, IReadOnlyCollection<string>? coordinates, int days, DateTimeOffset now, CancellationToken cancellation) =>
        MemberUsesAsync(graph, stage, coordinates, UsageDays.Of(now, days), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OperationUse>> OperationsUsedAsync(string graph, string stage, int days, DateTimeOffset now, CancellationToken cancellation) =>
        OperationUsesAsync(graph, stage, UsageDays.Of(now, days), cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => database.DisposeAsync();
}
