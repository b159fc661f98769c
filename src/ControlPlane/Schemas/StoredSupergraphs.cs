using System.Data.Common;

namespace GraphGateway.ControlPlane;

/// <summary>Reads the supergraphs of launches. One that is larger than any that is published is not read: it would be all of a gateway's memory.</summary>
internal sealed class StoredSupergraphs(StoreDatabase database, RegistryLimits limits)
{
    private const string OfLaunch = "FROM graphgateway_registry_supergraphs WHERE graph = @graph AND stage = @stage AND launch = @launch";

    /// <summary>How many bytes the supergraph of a launch has; null where it has none.</summary>
    public async Task<long?> LengthAsync(string graph, string stage, int launch, CancellationToken cancellation) => (await database.ReadAsync<long?>(
        $"SELECT CAST(OCTET_LENGTH(document) AS BIGINT) {OfLaunch}",
        static row => StoreDatabase.SmallNumberOf(row, 0),
        cancellation,
        ("graph", graph), ("stage", stage), ("launch", (long)launch))).SingleOrDefault();

    /// <summary>The supergraph of a launch; null where it has none.</summary>
    public Task<string?> TextAsync(string graph, string stage, int launch, CancellationToken cancellation) => ReadAsync(graph, stage, launch, static row => row.GetString(0), cancellation);

    /// <summary>The same in UTF-8, for who sends it as it is: a text would be twice as large, and would be there besides.</summary>
    public Task<byte[]?> BytesAsync(string graph, string stage, int launch, CancellationToken cancellation) => ReadAsync(graph, stage, launch, static row => StoreDatabase.BytesOf(row, 0), cancellation);

    private async Task<T?> ReadAsync<T>(string graph, string stage, int launch, Func<DbDataReader, T> read, CancellationToken cancellation)
        where T : class
    {
        var most = limits.SignedSupergraphBytes;
        return (await database.ReadAsync(
            $"SELECT CASE WHEN OCTET_LENGTH(document) <= @most THEN document END, CAST(OCTET_LENGTH(document) AS BIGINT) {OfLaunch}",
            row => row.IsDBNull(0)
                ? throw new InvalidDataException($"The supergraph of #{launch} has {row.GetValue(1)} bytes, and none that is published more than {most}: the registry is damaged. Publish the versions of its sources again.")
                : read(row),
            cancellation,
            ("graph", graph), ("stage", stage), ("launch", (long)launch), ("most", (long)most))).SingleOrDefault();
    }
}
