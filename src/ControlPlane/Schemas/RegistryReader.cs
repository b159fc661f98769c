using System.Collections.Immutable;
using System.Data.Common;
using GraphGateway.Composition;

namespace GraphGateway.ControlPlane;

/// <summary>
/// Questions to a registry. Each is a statement of its own: what is read with a launch's or a version's number was written once, so that two answers fit
/// together. Nothing is there where the tables are not made yet.
/// </summary>
internal sealed class RegistryReader(StoreDatabase database, RegistryLimits limits)
{
    internal const string LaunchColumns = "launch, kind, status, subject, base, target, author, tag, approver, created, hash, rejected, rejecter, reason, consent";
    internal const string VersionColumns = "version, hash, author, tag, published";

    /// <summary>What a stage is at: its numbers, and when its last launch was made. A stage that was taken away and made anew can have the same numbers.</summary>
    internal const string MarkOfStage = """
        SELECT s.live, s.last, l.created FROM graphgateway_registry_stages s
        JOIN graphgateway_registry_launches l ON l.graph = s.graph AND l.stage = s.stage AND l.launch = s.last WHERE s.graph = @graph AND s.stage = @stage
        """;

    /// <summary>Of launches: those that gateways run, or ran.</summary>
    internal const string WasLive = "status IN ('Live', 'Superseded', 'RolledBack')";

    /// <summary>The supergraphs of launches.</summary>
    public StoredSupergraphs Supergraphs { get; } = new(database, limits);

    public async Task<ImmutableArray<StageSummary>> StagesAsync(string? graph, CancellationToken cancellation) =>
    [
        .. (await database.ReadAsync(
            $"SELECT graph, stage, live, last FROM graphgateway_registry_stages{(graph is null ? "" : " WHERE graph = @graph")}",
            row => new StageSummary(row.GetString(0), row.GetString(1), NumberOf(row, 2), StoreDatabase.SmallNumberOf(row, 3)),
            cancellation,
            graph is null ? [] : [("graph", graph)])).OrderBy(stage => stage.Graph, StringComparer.Ordinal).ThenBy(stage => stage.Stage, StringComparer.Ordinal),
    ];

    /// <summary>The same, each with the launch that is live in it: one statement, however many there are.</summary>
    public async Task<ImmutableArray<StageAnswer>> StagesWithLiveAsync(string? graph, CancellationToken cancellation) =>
    [
        .. (await database.ReadAsync(
            $"""
            SELECT {LaunchColumns}, s.graph, s.stage, s.live, s.last FROM graphgateway_registry_stages s
            LEFT JOIN graphgateway_registry_launches l ON l.graph = s.graph AND l.stage = s.stage AND l.launch = s.live{(graph is null ? "" : " WHERE s.graph = @graph")}
            """,
            row => new StageAnswer(new StageSummary(row.GetString(15), row.GetString(16), NumberOf(row, 17), StoreDatabase.SmallNumberOf(row, 18)), row.IsDBNull(0) ? null : LaunchOf(row)),
            cancellation,
            graph is null ? [] : [("graph", graph)])).OrderBy(answer => answer.Stage.Graph, StringComparer.Ordinal).ThenBy(answer => answer.Stage.Stage, StringComparer.Ordinal),
    ];

    public async Task<StageSummary?> StageAsync(string graph, string stage, CancellationToken cancellation) => (await database.ReadAsync(
        "SELECT live, last FROM graphgateway_registry_stages WHERE graph = @graph AND stage = @stage",
        row => new StageSummary(graph, stage, NumberOf(row, 0), StoreDatabase.SmallNumberOf(row, 1)),
        cancellation,
        ("graph", graph), ("stage", stage))).SingleOrDefault();

    /// <summary>What a stage is at (<see cref="MarkOfStage"/>).</summary>
    public async Task<StageMark> MarkAsync(string graph, string stage, CancellationToken cancellation) =>
        (await database.ReadAsync(MarkOfStage, MarkOf, cancellation, ("graph", graph), ("stage", stage))).SingleOrDefault();

    public async Task<LiveLaunch?> LiveAsync(string graph, string stage, CancellationToken cancellation) => (await database.ReadAsync(
        """
        SELECT l.launch, l.hash FROM graphgateway_registry_stages s
        JOIN graphgateway_registry_launches l ON l.graph = s.graph AND l.stage = s.stage AND l.launch = s.live WHERE s.graph = @graph AND s.stage = @stage
        """,
        row => new LiveLaunch(StoreDatabase.SmallNumberOf(row, 0), row.GetString(1)),
        cancellation,
        ("graph", graph), ("stage", stage))).SingleOrDefault();

    /// <summary>The last launches, the newest first.</summary>
    public Task<ImmutableArray<Launch>> LaunchesAsync(string graph, string stage, int first, CancellationToken cancellation) => database.ReadAsync(
        $"SELECT {LaunchColumns} FROM graphgateway_registry_launches WHERE graph = @graph AND stage = @stage ORDER BY launch DESC LIMIT @first",
        LaunchOf,
        cancellation,
        ("graph", graph), ("stage", stage), ("first", (long)first));

    /// <summary>The last launch that nobody has rejected; null where there is none.</summary>
    public async Task<int?> LastNotRejectedAsync(string graph, string stage, CancellationToken cancellation) => (await database.ReadAsync(
        "SELECT MAX(launch) FROM graphgateway_registry_launches WHERE graph = @graph AND stage = @stage AND status <> @status",
        static row => NumberOf(row, 0),
        cancellation,
        ("graph", graph), ("stage", stage), ("status", nameof(LaunchStatus.Rejected)))).SingleOrDefault();

    /// <summary>Whether a launch of the stage waits for approval.</summary>
    public async Task<bool> IsAnyAwaitingAsync(string graph, string stage, CancellationToken cancellation) => !(await database.ReadAsync(
        "SELECT launch FROM graphgateway_registry_launches WHERE graph = @graph AND stage = @stage AND status = @status LIMIT 1",
        static row => row.GetInt64(0),
        cancellation,
        ("graph", graph), ("stage", stage), ("status", nameof(LaunchStatus.Awaiting)))).IsEmpty;

    /// <summary>The last launches that are live or were, with the newest first, which is live.</summary>
    public Task<ImmutableArray<LiveLaunch>> LiveLaunchesAsync(string graph, string stage, int first, CancellationToken cancellation) => database.ReadAsync(
        """
        SELECT launch, hash FROM graphgateway_registry_launches WHERE graph = @graph AND stage = @stage AND status IN ('Live', 'Superseded', 'RolledBack')
        ORDER BY launch DESC LIMIT @first
        """,
        static row => new LiveLaunch(StoreDatabase.SmallNumberOf(row, 0), row.GetString(1)),
        cancellation,
        ("graph", graph), ("stage", stage), ("first", (long)first));

    public async Task<Launch?> LaunchAsync(string graph, string stage, int launch, CancellationToken cancellation) => (await database.ReadAsync(
        $"SELECT {LaunchColumns} FROM graphgateway_registry_launches WHERE graph = @graph AND stage = @stage AND launch = @launch",
        LaunchOf,
        cancellation,
        ("graph", graph), ("stage", stage), ("launch", (long)launch))).SingleOrDefault();

    /// <summary>The launch with which a stage got what it has of a source now: the first one that was live with it since another version, another URL or none was.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="source">The source.</param>
    /// <param name="now">What the stage has of it; null: nothing.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Launch?> ChangedByAsync(string graph, string stage, string source, ProposedSource? now, CancellationToken cancellation) => (await database.ReadAsync(
        $"""
        SELECT {LaunchColumns} FROM graphgateway_registry_launches WHERE graph = @graph AND stage = @stage AND {WasLive} AND launch > COALESCE((
          SELECT MAX(l.launch) FROM graphgateway_registry_launches l
          LEFT JOIN graphgateway_registry_sources s ON s.graph = l.graph AND s.stage = l.stage AND s.launch = l.launch AND s.source = @source
          WHERE l.graph = @graph AND l.stage = @stage AND {WasLive}
            AND {(now is null ? "s.version IS NOT NULL" : "(s.version IS NULL OR s.version <> @version OR COALESCE(s.url, '') <> @url)")}), 0)
        ORDER BY launch LIMIT 1
        """,
        LaunchOf,
        cancellation,
        [
            ("graph", graph), ("stage", stage), ("source", source),
            .. now is null ? Array.Empty<(string, object?)>() : [("version", (long)now.Version!), ("url", now.Url ?? "")],
        ])).SingleOrDefault();

    /// <summary>The sources of a launch, in order of their names (databases order texts in ways of their own).</summary>
    public async Task<ImmutableArray<StageSource>> SourcesAsync(string graph, string stage, int launch, CancellationToken cancellation) =>
    [
        .. (await database.ReadAsync(
            """
            SELECT s.source, s.version, s.url, v.hash FROM graphgateway_registry_sources s
            JOIN graphgateway_registry_versions v ON v.graph = s.graph AND v.source = s.source AND v.version = s.version
            WHERE s.graph = @graph AND s.stage = @stage AND s.launch = @launch
            """,
            row => new StageSource(row.GetString(0), StoreDatabase.SmallNumberOf(row, 1), TextOf(row, 2), row.GetString(3)),
            cancellation,
            ("graph", graph), ("stage", stage), ("launch", (long)launch))).OrderBy(source => source.Source, StringComparer.Ordinal),
    ];

    /// <summary>The sources of a launch with their texts, in order of their names.</summary>
    public async Task<ImmutableArray<ProposedSource>> ContentsAsync(string graph, string stage, int launch, CancellationToken cancellation) =>
    [
        .. (await database.ReadAsync(
            """
            SELECT s.source, s.version, s.url, v.hash, v.schema_text, v.settings FROM graphgateway_registry_sources s
            JOIN graphgateway_registry_versions v ON v.graph = s.graph AND v.source = s.source AND v.version = s.version
            WHERE s.graph = @graph AND s.stage = @stage AND s.launch = @launch
            """,
            row => new ProposedSource(row.GetString(0), StoreDatabase.SmallNumberOf(row, 1), UrlOf(row, 2), row.GetString(3), new SourceContent(row.GetString(4), TextOf(row, 5))),
            cancellation,
            ("graph", graph), ("stage", stage), ("launch", (long)launch))).OrderBy(source => source.Source, StringComparer.Ordinal),
    ];

    public async Task<string?> ProblemsAsync(string graph, string stage, int launch, CancellationToken cancellation) => (await database.ReadAsync(
        "SELECT problems FROM graphgateway_registry_launches WHERE graph = @graph AND stage = @stage AND launch = @launch",
        row => row.GetString(0),
        cancellation,
        ("graph", graph), ("stage", stage), ("launch", (long)launch))).SingleOrDefault();

    /// <summary>The last versions of a source, the newest first.</summary>
    public Task<ImmutableArray<SourceVersion>> VersionsAsync(string graph, string source, int first, CancellationToken cancellation) => database.ReadAsync(
        $"SELECT {VersionColumns} FROM graphgateway_registry_versions WHERE graph = @graph AND source = @source ORDER BY version DESC LIMIT @first",
        row => VersionOf(source, row),
        cancellation,
        ("graph", graph), ("source", source), ("first", (long)first));

    public async Task<SourceVersion?> VersionAsync(string graph, string source, int version, CancellationToken cancellation) => (await database.ReadAsync(
        $"SELECT {VersionColumns} FROM graphgateway_registry_versions WHERE graph = @graph AND source = @source AND version = @version",
        row => VersionOf(source, row),
        cancellation,
        ("graph", graph), ("source", source), ("version", (long)version))).SingleOrDefault();

    /// <summary>The texts of a version, to be read by people: an older program has stored settings with passwords in their URLs.</summary>
    public async Task<SourceContent?> ContentAsync(string graph, string source, int version, CancellationToken cancellation) => (await database.ReadAsync(
        "SELECT schema_text, settings FROM graphgateway_registry_versions WHERE graph = @graph AND source = @source AND version = @version",
        row => new SourceContent(row.GetString(0), TextOf(row, 1) is { } settings ? SettingsSecrets.Hide(settings) : null),
        cancellation,
        ("graph", graph), ("source", source), ("version", (long)version))).SingleOrDefault();

    internal static StageMark MarkOf(DbDataReader row) => new(NumberOf(row, 0), StoreDatabase.SmallNumberOf(row, 1), StoreDatabase.NumberOf(row, 2));

    internal static SourceVersion VersionOf(string source, DbDataReader row) =>
        new(source, StoreDatabase.SmallNumberOf(row, 0), row.GetString(1), new LaunchNote(TextOf(row, 2), TextOf(row, 3)), TimeOf(row, 4));

    internal static Launch LaunchOf(DbDataReader row) => new(
        StoreDatabase.SmallNumberOf(row, 0),
        Word<LaunchKind>(row.GetString(1)),
        Word<LaunchStatus>(row.GetString(2)),
        row.GetString(3),
        NumberOf(row, 4),
        NumberOf(row, 5),
        new LaunchNote(TextOf(row, 6), TextOf(row, 7)) { WaitForApproval = Word<LaunchStatus>(row.GetString(2)) is LaunchStatus.Awaiting or LaunchStatus.Approved or LaunchStatus.Rejected },
        TimeOf(row, 9),
        TextOf(row, 10))
    {
        Approver = TextOf(row, 8),
        Rejection = row.IsDBNull(11) ? null : new LaunchRejection(TextOf(row, 12), TimeOf(row, 11), TextOf(row, 13)),
        Consent = TextOf(row, 14) is { } consent ? LaunchConsents.Read(consent) : null,
    };

    private static T Word<T>(string text)
        where T : struct, Enum => Enum.TryParse<T>(text, out var word) && Enum.IsDefined(word) ? word : throw new InvalidDataException($"The registry has something of a newer version of GraphGateway: {typeof(T).Name} {text}.");

    private static int? NumberOf(DbDataReader row, int column) => row.IsDBNull(column) ? null : StoreDatabase.SmallNumberOf(row, column);

    private static string? TextOf(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static string? UrlOf(DbDataReader row, int column)
    {
        var url = TextOf(row, column);
        return url is null || Uri.TryCreate(url, UriKind.Absolute, out _) ? url : throw new FormatException($"{row.GetName(column)} is no URL");
    }

    private static DateTimeOffset TimeOf(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(StoreDatabase.NumberOf(row, column));
}
