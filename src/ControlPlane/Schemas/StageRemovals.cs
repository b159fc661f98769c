namespace GraphGateway.ControlPlane;

/// <summary>
/// Takes stages away, each in one transaction, with all that is theirs: launches, supergraphs, what clients use. The versions of sources are the graph's: they go with its
/// last stage.
/// </summary>
internal sealed class StageRemovals(StoreDatabase database)
{
    private static readonly string[] TablesOfStage =
    [
        "graphgateway_registry_supergraphs", "graphgateway_registry_sources", "graphgateway_registry_launches", "graphgateway_registry_member_uses",
        "graphgateway_registry_operation_uses", "graphgateway_registry_usage_reporters", "graphgateway_registry_stages",
    ];

    /// <summary>Takes a stage away; null where there is none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="cancellation">Ends it; then nothing has happened.</param>
    public async Task<RemovedStage?> RemoveAsync(string graph, string stage, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RegistryTables.LockAsync(connection, transaction, cancellation);
        (string, object?)[] place = [("graph", graph), ("stage", stage)];
        var stages = await StoreDatabase.ReadAsync(
            connection, transaction, "SELECT stage, live, last FROM graphgateway_registry_stages WHERE graph = @graph",
            row => new StageSummary(graph, row.GetString(0), row.IsDBNull(1) ? null : StoreDatabase.SmallNumberOf(row, 1), StoreDatabase.SmallNumberOf(row, 2)), cancellation, ("graph", graph));
        if (stages.FirstOrDefault(known => known.Stage == stage) is not { } found)
        {
            return null;
        }

        foreach (var table in TablesOfStage)
        {
            await StoreDatabase.ExecuteAsync(connection, transaction, $"DELETE FROM {table} WHERE graph = @graph AND stage = @stage", cancellation, place);
        }

        if (stages.Length == 1)
        {
            await StoreDatabase.ExecuteAsync(connection, transaction, "DELETE FROM graphgateway_registry_versions WHERE graph = @graph", cancellation, ("graph", graph));
        }

        await transaction.CommitAsync(cancellation);
        return new RemovedStage(found, stages.Length == 1);
    }
}
