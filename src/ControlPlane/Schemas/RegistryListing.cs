using System.Collections.Immutable;
using System.Globalization;

namespace GraphGateway.ControlPlane;

/// <summary>A source of a graph, over all stages.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Last">Its newest version.</param>
internal sealed record SourceSummary(string Source, int Last);

/// <summary>How often something was asked for.</summary>
/// <param name="Name">A client, or a member of the schema.</param>
/// <param name="Requests">How many requests.</param>
/// <param name="Others">Of a client: how many operations; of a member: how many clients.</param>
internal readonly record struct RankedUse(string Name, long Requests, long Others);

/// <summary>Questions of people who look through a registry: long lists a part at a time, the newest or the most used first.</summary>
internal sealed class RegistryListing(StoreDatabase database)
{
    private const string UsesOf = "graph = @graph AND stage = @stage AND day BETWEEN @since AND @until";

    /// <summary>Launches of a stage below a number, the newest first.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="below">The number; null: from the newest on.</param>
    /// <param name="status">Of this status; null: of any.</param>
    /// <param name="first">How many.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<ImmutableArray<Launch>> LaunchesAsync(string graph, string stage, int? below, LaunchStatus? status, int first, CancellationToken cancellation) =>
        database.ReadAsync(
            $"""
            SELECT {RegistryReader.LaunchColumns} FROM graphgateway_registry_launches
            WHERE graph = @graph AND stage = @stage AND launch < @below{(status is null ? "" : " AND status = @status")} ORDER BY launch DESC LIMIT @first
            """,
            RegistryReader.LaunchOf,
            cancellation,
            [
                ("graph", graph), ("stage", stage), ("below", (long)(below ?? int.MaxValue)), ("first", (long)first),
                .. status is null ? Array.Empty<(string, object?)>() : [("status", status.Value.ToString())],
            ]);

    /// <summary>Versions of a source below a number, the newest first.</summary>
    public Task<ImmutableArray<SourceVersion>> VersionsAsync(string graph, string source, int? below, int first, CancellationToken cancellation) => database.ReadAsync(
        $"""
        SELECT {RegistryReader.VersionColumns} FROM graphgateway_registry_versions
        WHERE graph = @graph AND source = @source AND version < @below ORDER BY version DESC LIMIT @first
        """,
        row => RegistryReader.VersionOf(source, row),
        cancellation,
        ("graph", graph), ("source", source), ("below", (long)(below ?? int.MaxValue)), ("first", (long)first));

    /// <summary>The sources of a graph by name.</summary>
    public async Task<ImmutableArray<SourceSummary>> SourcesAsync(string graph, int first, CancellationToken cancellation) =>
    [
        .. (await database.ReadAsync(
            "SELECT source, MAX(version) FROM graphgateway_registry_versions WHERE graph = @graph GROUP BY source ORDER BY source LIMIT @first",
            row => new SourceSummary(row.GetString(0), StoreDatabase.SmallNumberOf(row, 1)),
            cancellation,
            ("graph", graph), ("first", (long)first))).OrderBy(source => source.Source, StringComparer.Ordinal),
    ];

    /// <summary>The versions that a launch has of its sources, by the names of these.</summary>
    public async Task<ImmutableDictionary<string, SourceVersion>> VersionsOfAsync(string graph, string stage, int launch, CancellationToken cancellation) =>
        (await database.ReadAsync(
            """
            SELECT v.version, v.hash, v.author, v.tag, v.published, v.source FROM graphgateway_registry_sources s
            JOIN graphgateway_registry_versions v ON v.graph = s.graph AND v.source = s.source AND v.version = s.version
            WHERE s.graph = @graph AND s.stage = @stage AND s.launch = @launch
            """,
            row => RegistryReader.VersionOf(row.GetString(5), row),
            cancellation,
            ("graph", graph), ("stage", stage), ("launch", (long)launch))).ToImmutableDictionary(version => version.Source, StringComparer.Ordinal);

    /// <summary>Who asks most, with how many operations.</summary>
    public Task<ImmutableArray<RankedUse>> ClientsAsync(string graph, string stage, UsageDays within, int first, CancellationToken cancellation) => RankAsync(
        "SELECT client, SUM(requests), COUNT(DISTINCT CASE WHEN requests > 0 THEN hash END) FROM graphgateway_registry_operation_uses WHERE", "client", graph, stage, within, null, null, first, cancellation);

    /// <summary>The members that are used most, with how many clients use each.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="within">In these days.</param>
    /// <param name="name">A part of the coordinate, in upper or lower case; null: any.</param>
    /// <param name="client">Who uses them; null: anybody.</param>
    /// <param name="first">How many.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<ImmutableArray<RankedUse>> MembersAsync(
        string graph, string stage, UsageDays within, string? name, string? client, int first, CancellationToken cancellation) => RankAsync(
        "SELECT coordinate, SUM(requests), COUNT(DISTINCT client) FROM graphgateway_registry_member_uses WHERE", "coordinate", graph, stage, within, name, client, first, cancellation);

    /// <summary>The operations that are asked for most.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="within">In these days.</param>
    /// <param name="client">Who asks for them; null: anybody.</param>
    /// <param name="first">How many.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<ImmutableArray<OperationUse>> OperationsAsync(string graph, string stage, UsageDays within, string? client, int first, CancellationToken cancellation) =>
        database.ReadAsync(
            $"""
            SELECT client, hash, name, SUM(requests) FROM graphgateway_registry_operation_uses WHERE {UsesOf}{(client is null ? "" : " AND client = @client")}
            GROUP BY client, hash, name HAVING SUM(requests) > 0 ORDER BY SUM(requests) DESC, client, name, hash LIMIT @first
            """,
            row => new OperationUse(row.GetString(0), row.GetString(1), row.GetString(2), Convert.ToInt64(row.GetValue(3), CultureInfo.InvariantCulture)),
            cancellation,
            ValuesOf(graph, stage, within, null, client, first));

    private Task<ImmutableArray<RankedUse>> RankAsync(
        string select, string by, string graph, string stage, UsageDays within, string? name, string? client, int first, CancellationToken cancellation) => database.ReadAsync(
        $"""
        {select} {UsesOf}{(name is null ? "" : $" AND LOWER({by}) LIKE @name ESCAPE '!'")}{(client is null ? "" : " AND client = @client")}
        GROUP BY {by} HAVING SUM(requests) > 0 ORDER BY SUM(requests) DESC, {by} LIMIT @first
        """,
        row => new RankedUse(row.GetString(0), Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture), Convert.ToInt64(row.GetValue(2), CultureInfo.InvariantCulture)),
        cancellation,
        ValuesOf(graph, stage, within, name, client, first));

    private static (string, object?)[] ValuesOf(string graph, string stage, UsageDays within, string? name, string? client, int first)
    {
        var values = new List<(string, object?)> { ("graph", graph), ("stage", stage), ("since", within.First), ("until", within.Last), ("first", (long)first) };
        if (name is not null)
        {
            var part = name.ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
            values.Add(("name", $"%{part}%"));
        }

        if (client is not null)
        {
            values.Add(("client", client));
        }

        return [.. values];
    }
}
