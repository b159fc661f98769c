using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GraphGateway.ControlPlane;

/// <summary>
/// A registry elsewhere, by its HTTP API (<see cref="RegistryServer"/>). Throws <see cref="RegistryRequestException"/> where it cannot be reached, refuses the key, or
/// has made a mistake.
/// </summary>
/// <param name="address">Where it is, and the key.</param>
/// <param name="clock">Measures the time that requests take.</param>
public sealed class RemoteRegistry(RegistryAddress address, TimeProvider clock) : IRegistry
{
    /// <summary>So many entries of what clients use are asked for at most: those with the most requests.</summary>
    internal const int MostUses = 100_000;

    /// <summary>So many launches or versions are asked for at most.</summary>
    internal const int MostFirst = 10_000;

    private const int HashLength = 64;
    private const int SmallBytes = 64 * 1024;
    private const int LargeBytes = 128 * 1024 * 1024;

    // A small question is answered soon; a supergraph is many bytes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PatienceForText = TimeSpan.FromSeconds(60);

    // The registry's own limit, and what sending takes.
    private static readonly TimeSpan PatienceForWork = TimeSpan.FromSeconds(150);

    private readonly RegistryConnection connection = new(address, clock);

    /// <summary>Where it is, and the key.</summary>
    public RegistryAddress Address => address;

    /// <inheritdoc/>
    public async Task<LiveLaunch?> LiveAsync(string graph, string stage, CancellationToken cancellation)
    {
        try
        {
            return await connection.GetAsync($"{PathOf(graph, stage)}/live", SmallBytes, Patience, cancellation) is { } answer ? ReadLive(answer) : null;
        }
        catch (RegistryRequestException exception) when (exception.Code == ApiProblemCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Waits until another launch is live; null where that is none when the time is over.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="after">What is known.</param>
    /// <param name="wait">How long, in whole seconds up to a minute.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<LiveLaunch?> WaitAsync(string graph, string stage, LiveLaunch after, TimeSpan wait, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(after);
        var path = string.Create(CultureInfo.InvariantCulture, $"{PathOf(graph, stage)}/live?after={after.Launch}&hash={Uri.EscapeDataString(after.Hash)}&wait={(int)wait.TotalSeconds}");
        return await connection.GetAsync(path, SmallBytes, wait + Patience, cancellation) is { } answer ? ReadLive(answer) : null;
    }

    /// <inheritdoc/>
    public async Task<string?> SupergraphAsync(string graph, string stage, int launch, CancellationToken cancellation)
    {
        try
        {
            var answer = await connection.GetAsync($"{PathOf(graph, stage, launch)}/supergraph", new RegistryLimits().SignedSupergraphBytes, PatienceForText, cancellation);
            return Encoding.UTF8.GetString(answer ?? []);
        }
        catch (RegistryRequestException exception) when (exception.Code == ApiProblemCode.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> CountUsageAsync(string graph, string stage, UsageCounts counts, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var id = counts.Id ?? throw new ArgumentException("A report over HTTP has an id.", nameof(counts));
        await connection.PostAsync(
            $"{PathOf(graph, stage)}/usage", new UsageBody(id.Reporter, id.Number, counts.Members, counts.Operations), SmallBytes, PatienceForText, cancellation);

        // There it is counted by the server's clock.
        return null;
    }

    /// <inheritdoc/>
    public Task<LaunchResult> PublishAsync(
        string graph, string stage, IReadOnlyCollection<SourcePublication> publications, LaunchNote note, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(note);
        return ChangeAsync(graph, stage, "publish", new PublishBody(BodiesOf(publications), note.Tag, note.WaitForApproval, note.AllowBreakingOperations), cancellation);
    }

    /// <inheritdoc/>
    public Task<LaunchResult> DeleteAsync(string graph, string stage, string source, LaunchNote note, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(note);
        return ChangeAsync(graph, stage, "delete", new DeleteBody(source, note.Tag, note.WaitForApproval, note.AllowBreakingOperations), cancellation);
    }

    /// <inheritdoc/>
    public Task<LaunchResult> PromoteAsync(
        string graph, string from, string to, IReadOnlyDictionary<string, string> urls, LaunchNote note, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(note);
        return ChangeAsync(graph, to, "promote", new PromoteBody(from, urls.ToImmutableDictionary(), note.Tag, note.WaitForApproval, note.AllowBreakingOperations), cancellation);
    }

    /// <inheritdoc/>
    public Task<LaunchResult> RollbackAsync(string graph, string stage, int? to, LaunchNote note, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(note);
        return ChangeAsync(graph, stage, "rollback", new RollbackBody(to, note.Tag, note.AllowBreakingOperations), cancellation);
    }

    /// <inheritdoc/>
    public Task<LaunchResult> ApproveAsync(
        string graph, string stage, int launch, bool overNewer, LaunchNote note, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(note);
        return ChangeAsync(graph, stage, "approve", new ApproveBody(launch, note.Tag, overNewer, note.AllowBreakingOperations), cancellation);
    }

    /// <inheritdoc/>
    public async Task<Found<PreviewAnswer>> PreviewAsync(string graph, string stage, StageChange change, CancellationToken cancellation)
    {
        var body = change switch
        {
            StageChange.Publish publish => new PreviewBody(Publish: new PublishBody(BodiesOf(publish.Publications))),
            StageChange.Delete delete => new PreviewBody(Delete: new DeleteBody(delete.Source)),
            StageChange.Promote promote => new PreviewBody(Promote: new PromoteBody(promote.From, promote.Urls.ToImmutableDictionary())),
            StageChange.Rollback rollback => new PreviewBody(Rollback: new RollbackBody(rollback.To)),
            StageChange.Approve approve => new PreviewBody(Approve: new ApproveBody(approve.Launch, OverNewer: approve.OverNewer)),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "There is no such change."),
        };
        try
        {
            return new Found<PreviewAnswer>(connection.Read<PreviewAnswer>(await connection.PostAsync($"{PathOf(graph, stage)}/preview", body, LargeBytes, PatienceForWork, cancellation) ?? []), null);
        }
        catch (RegistryRequestException exception) when (exception.Code == ApiProblemCode.ChangeRefused)
        {
            return new Found<PreviewAnswer>(null, exception.Problem);
        }
    }

    /// <inheritdoc/>
    public async Task<Found<RejectAnswer>> RejectAsync(string graph, string stage, int launch, LaunchRejection rejection, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        try
        {
            var answer = await connection.PostAsync($"{PathOf(graph, stage)}/reject", new RejectBody(launch, rejection.Reason), LargeBytes, PatienceForWork, cancellation);
            return new Found<RejectAnswer>(connection.Read<RejectAnswer>(answer ?? []), null);
        }
        catch (RegistryRequestException exception) when (exception.Code == ApiProblemCode.ChangeRefused)
        {
            return new Found<RejectAnswer>(null, exception.Problem);
        }
    }

    /// <inheritdoc/>
    public async Task<RemovedStage?> RemoveStageAsync(string graph, string stage, CancellationToken cancellation)
    {
        try
        {
            return connection.Read<RemovedStage>(await connection.DeleteAsync(PathOf(graph, stage), SmallBytes, PatienceForWork, cancellation) ?? []);
        }
        catch (RegistryRequestException exception) when (exception.Code == ApiProblemCode.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<Found<ChangesAnswer>> ReviewAsync(
        string graph, string stage, IReadOnlyCollection<SourcePublication> publications, ReviewOptions options, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var body = new CheckBody(BodiesOf(publications), options.AllowRemovalOfDeprecated, options.Days, options.WithSupergraph, options.NewStage ? true : null);
        try
        {
            var answer = await connection.PostAsync($"{PathOf(graph, stage)}/check", body, LargeBytes, PatienceForWork, cancellation);
            return new Found<ChangesAnswer>(connection.Read<ChangesAnswer>(answer ?? []), null);
        }
        catch (RegistryRequestException exception) when (exception.Code is ApiProblemCode.ChangeRefused or ApiProblemCode.NotFound)
        {
            return new Found<ChangesAnswer>(null, exception.Problem);
        }
    }

    /// <inheritdoc/>
    public async Task<Found<ChangesAnswer>> DiffAsync(string graph, string stage, int? from, int? to, CancellationToken cancellation)
    {
        var query = string.Join('&', new[] { ("from", from), ("to", to) }.Where(part => part.Item2 is not null).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1}={part.Item2}")));
        var (changes, problem) = await FindAsync<ChangesAnswer>($"{PathOf(graph, stage)}/diff{(query.Length > 0 ? "?" : "")}{query}", cancellation);
        return new Found<ChangesAnswer>(changes, problem);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<StageAnswer>> ListStagesAsync(string? graph, CancellationToken cancellation) =>
        [.. (await FindAsync<StageAnswer[]>($"api/stages{(graph is null ? "" : $"?graph={Uri.EscapeDataString(graph)}")}", cancellation)).Value ?? []];

    /// <inheritdoc/>
    public async Task<StageSummary?> StageAsync(string graph, string stage, CancellationToken cancellation) =>
        (await FindAsync<StageAnswer>(PathOf(graph, stage), cancellation)).Value?.Stage;

    /// <inheritdoc/>
    public async Task<ImmutableArray<Launch>> LaunchesAsync(string graph, string stage, int first, CancellationToken cancellation) =>
        [.. (await FindAsync<Launch[]>($"{PathOf(graph, stage)}/launches?first={first.ToString(CultureInfo.InvariantCulture)}", cancellation)).Value ?? []];

    /// <inheritdoc/>
    public async Task<LaunchAnswer?> DescribeLaunchAsync(string graph, string stage, int launch, CancellationToken cancellation) =>
        (await FindAsync<LaunchAnswer>(PathOf(graph, stage, launch), cancellation)).Value is not { } answer ? null
        : answer.Versions.Length == answer.Sources.Length ? answer
        : throw connection.NoRegistry("with sources without their versions");

    /// <inheritdoc/>
    public async Task<SourceContent?> SourceTextAsync(string graph, string stage, int launch, string source, CancellationToken cancellation) =>
        (await FindAsync<SourceAnswer>($"{PathOf(graph, stage, launch)}/sources/{Uri.EscapeDataString(source)}", cancellation)).Value?.Content;

    /// <inheritdoc/>
    public async Task<ImmutableArray<SourceVersion>> VersionsAsync(string graph, string source, int first, CancellationToken cancellation) =>
    [
        .. (await FindAsync<SourceVersion[]>(
            $"api/graphs/{Uri.EscapeDataString(graph)}/sources/{Uri.EscapeDataString(source)}/versions?first={first.ToString(CultureInfo.InvariantCulture)}", cancellation)).Value ?? [],
    ];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MemberUse>> MembersUsedAsync(
        string graph, string stage, IReadOnlyCollection<string>? coordinates, int days, DateTimeOffset now, CancellationToken cancellation)
    {
        var members = coordinates is null ? "" : $"&members={Uri.EscapeDataString(string.Join(',', coordinates))}";
        return (await FindAsync<MemberUse[]>($"{PathOf(graph, stage)}/usage/members?{DaysOf(days)}{members}", cancellation)).Value ?? [];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OperationUse>> OperationsUsedAsync(string graph, string stage, int days, DateTimeOffset now, CancellationToken cancellation) =>
        (await FindAsync<OperationUse[]>($"{PathOf(graph, stage)}/usage/operations?{DaysOf(days)}", cancellation)).Value ?? [];

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    // It goes into an address when it is waited for another one.
    private LiveLaunch ReadLive(byte[] answer) =>
        connection.Read<LiveLaunch>(answer) is { Launch: > 0, Hash.Length: <= HashLength } live ? live : throw connection.NoRegistry("with a launch that is none");

    private async Task<LaunchResult> ChangeAsync(string graph, string stage, string what, object body, CancellationToken cancellation)
    {
        try
        {
            var answer = connection.Read<ChangeAnswer>(await connection.PostAsync($"{PathOf(graph, stage)}/{what}", body, LargeBytes, PatienceForWork, cancellation) ?? []);
            return new LaunchResult(answer.Outcome, answer.Launch, [.. answer.Problems.Select(problem => problem.ToProblem())], null)
            {
                MoreProblems = answer.MoreProblems ?? 0, Sources = answer.Sources, MoreSources = answer.MoreSources ?? 0, Live = answer.Live, Broken = answer.Broken ?? [], BrokenSummary = answer.BrokenSummary,
            };
        }
        catch (RegistryRequestException exception) when (exception.Code == ApiProblemCode.ChangeRefused)
        {
            return LaunchResult.Refused(exception.Problem) with { Broken = exception.Broken };
        }
    }

    // Where there is no such thing, the registry says so in words.
    private async Task<(T? Value, string? Problem)> FindAsync<T>(string path, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return (connection.Read<T>(await connection.GetAsync(path, LargeBytes, PatienceForWork, cancellation) ?? []), null);
        }
        catch (RegistryRequestException exception) when (exception.Code == ApiProblemCode.NotFound)
        {
            return (null, exception.Problem);
        }
    }

    private static ImmutableArray<SourceBody> BodiesOf(IReadOnlyCollection<SourcePublication> publications) =>
        [.. publications.Select(source => new SourceBody(source.Source, source.Schema, source.Settings, source.Url, source.SchemaName, source.SettingsName))];

    private static string DaysOf(int days) => string.Create(CultureInfo.InvariantCulture, $"days={days}&first={MostUses}");

    private static string PathOf(string graph, string stage, int launch) => string.Create(CultureInfo.InvariantCulture, $"{PathOf(graph, stage)}/launches/{launch}");

    private static string PathOf(string graph, string stage) => $"api/graphs/{Uri.EscapeDataString(graph)}/stages/{Uri.EscapeDataString(stage)}";
}
