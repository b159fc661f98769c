using System.Linq.Expressions;

namespace GraphGateway.Subgraphs.Server;

/// <summary>Pages of queries: the filter, the order, the page and the columns all become SQL.</summary>
public static class PagingExtensions
{
    /// <summary>
    /// One page: one statement for its items when something of them is selected, one for the total when that is selected.
    /// </summary>
    /// <param name="source">All rows that the client may see.</param>
    /// <param name="page">What the client asks.</param>
    /// <param name="key">A unique column, which makes every order total.</param>
    /// <param name="defaultOrder">The order when the client gives none; null for the key's.</param>
    /// <param name="cancellationToken">Stops the statements.</param>
    /// <exception cref="GraphQLException">The arguments contradict each other, ask for too many, or the cursor is not of this list.</exception>
    public static async Task<Connection<T>> ToConnectionAsync<T, TKey>(
        this IQueryable<T> source,
        PageRequest<T> page,
        Expression<Func<T, TKey>> key,
        Sort<T>? defaultOrder = null,
        CancellationToken cancellationToken = default)
        where T : class
    {
        var plan = new PagePlan<T>(page, key, defaultOrder);
        var rows = page.Where?.Apply(source) ?? source;
        var total = page.WantsTotalCount ? await AsyncQuery.CountAsync(rows, cancellationToken) : 0;
        if (!page.WantsItems)
        {
            return plan.ToConnection([], total);
        }

        var items = plan.Window(rows);
        if (plan.Selector is { } selector)
        {
            items = items.Select(selector);
        }

        return plan.ToConnection(await AsyncQuery.ToListAsync(items, cancellationToken), total);
    }

    /// <summary>
    /// The same page of the rows of each group, with as many statements as <see cref="ToConnectionAsync"/> whatever the number of groups: for a
    /// loader whose key holds a <see cref="PageRequest{T}"/>.
    /// </summary>
    /// <param name="source">All rows that the client may see.</param>
    /// <param name="groups">The groups; each is in the result, one without rows with an empty page.</param>
    /// <param name="groupBy">The column that says which group a row belongs to.</param>
    /// <param name="page">What the client asks.</param>
    /// <param name="key">A unique column, which makes every order total.</param>
    /// <param name="defaultOrder">The order when the client gives none; null for the key's.</param>
    /// <param name="cancellationToken">Stops the statements.</param>
    /// <exception cref="GraphQLException">The arguments contradict each other, ask for too many, or the cursor is not of this list.</exception>
    public static async Task<IReadOnlyDictionary<TGroup, Connection<T>>> ToConnectionsAsync<T, TGroup, TKey>(
        this IQueryable<T> source,
        IReadOnlyCollection<TGroup> groups,
        Expression<Func<T, TGroup>> groupBy,
        PageRequest<T> page,
        Expression<Func<T, TKey>> key,
        Sort<T>? defaultOrder = null,
        CancellationToken cancellationToken = default)
        where T : class
        where TGroup : notnull
    {
        var plan = new PagePlan<T>(page, key, defaultOrder);
        var rows = (page.Where?.Apply(source) ?? source).Where(IsIn(groups, groupBy));
        var totals = new Dictionary<TGroup, int>();
        if (page.WantsTotalCount)
        {
            var counts = rows.GroupBy(groupBy).Select(group => new GroupCount<TGroup> { Key = group.Key, Count = group.Count() });
            totals = (await AsyncQuery.ToListAsync(counts, cancellationToken)).ToDictionary(count => count.Key, count => count.Count);
        }

        var pages = new Dictionary<TGroup, List<T>>();
        if (page.WantsItems)
        {
            var windows = plan.After(rows).GroupBy(groupBy).Select(plan.GroupWindow<TGroup>());
            pages = (await AsyncQuery.ToListAsync(windows, cancellationToken)).ToDictionary(group => group.Key, group => group.Items);
        }

        return groups.Distinct().ToDictionary(
            group => group,
            group => plan.ToConnection(pages.GetValueOrDefault(group) ?? [], totals.GetValueOrDefault(group)));
    }

    private static Expression<Func<T, bool>> IsIn<T, TGroup>(IReadOnlyCollection<TGroup> groups, Expression<Func<T, TGroup>> groupBy)
    {
        var list = QueryExpressions.Parameterized(groups.ToList(), typeof(List<TGroup>));
        var contains = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(TGroup)], list, groupBy.Body);
        return Expression.Lambda<Func<T, bool>>(contains, groupBy.Parameters[0]);
    }
}

/// <summary>The rows of one group's page.</summary>
internal sealed class GroupWindow<TGroup, T>
{
    public required TGroup Key { get; init; }

    public required List<T> Items { get; init; }
}

/// <summary>How many rows a group has.</summary>
internal sealed class GroupCount<TGroup>
{
    public required TGroup Key { get; init; }

    public required int Count { get; init; }
}
