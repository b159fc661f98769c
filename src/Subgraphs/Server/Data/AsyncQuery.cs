namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Runs queries without knowing the database library: those of Entity Framework are asynchronous sequences, those in memory are not.
/// </summary>
internal static class AsyncQuery
{
    public static async Task<List<T>> ToListAsync<T>(IQueryable<T> query, CancellationToken cancellationToken)
    {
        if (query is not IAsyncEnumerable<T> sequence)
        {
            return [.. query];
        }

        var items = new List<T>();
        await foreach (var item in sequence.WithCancellation(cancellationToken))
        {
            items.Add(item);
        }

        return items;
    }

    /// <summary>Counts as a sequence of one number, because an asynchronous Count belongs to each library's own extensions.</summary>
    public static async Task<int> CountAsync<T>(IQueryable<T> query, CancellationToken cancellationToken)
    {
        var counts = await ToListAsync(query.GroupBy(_ => 1).Select(group => group.Count()), cancellationToken);
        return counts.Count == 0 ? 0 : counts[0];
    }
}
