using System.Linq.Expressions;

namespace GraphGateway.Subgraphs.Server;

/// <summary>A key of a loader of rows: which row, and which of its columns. Keys with equal columns share a statement.</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <typeparam name="TKey">The key column's type.</typeparam>
/// <param name="Value">The key column's value.</param>
/// <param name="Columns">The columns that the field's selection needs.</param>
public sealed record RowKey<TRow, TKey>(TKey Value, Projection<TRow> Columns)
    where TRow : class;

/// <summary>Reads rows for many keys at once: the bodies of loaders that look rows up.</summary>
public static class RowsByKey
{
    /// <summary>The rows that have a key: one statement for each set of columns, whatever the number of keys.</summary>
    /// <param name="source">All rows.</param>
    /// <param name="keys">Distinct keys.</param>
    /// <param name="column">The key column, in which no two rows are equal.</param>
    /// <param name="cancellationToken">Stops the statements.</param>
    public static async Task<IReadOnlyDictionary<RowKey<TRow, TKey>, TRow>> FindByKeyAsync<TRow, TKey>(
        this IQueryable<TRow> source, IReadOnlyList<RowKey<TRow, TKey>> keys, Expression<Func<TRow, TKey>> column, CancellationToken cancellationToken)
        where TRow : class
        where TKey : notnull
    {
        var found = new Dictionary<RowKey<TRow, TKey>, TRow>();
        foreach (var (columns, row, value) in await ReadAsync(source, keys, column, null, cancellationToken))
        {
            found.Add(new RowKey<TRow, TKey>(value, columns), row);
        }

        return found;
    }

    /// <summary>The rows of each key: one statement for each set of columns, whatever the number of keys.</summary>
    /// <param name="source">All rows.</param>
    /// <param name="keys">Distinct keys.</param>
    /// <param name="column">The key column, in which many rows may be equal.</param>
    /// <param name="order">The column that says in which order a key's rows are given.</param>
    /// <param name="cancellationToken">Stops the statements.</param>
    public static async Task<ILookup<RowKey<TRow, TKey>, TRow>> GroupByKeyAsync<TRow, TKey>(
        this IQueryable<TRow> source, IReadOnlyList<RowKey<TRow, TKey>> keys, Expression<Func<TRow, TKey>> column,
        Expression<Func<TRow, object?>> order, CancellationToken cancellationToken)
        where TRow : class
        where TKey : notnull
    {
        var read = await ReadAsync(source, keys, column, order, cancellationToken);
        return read.ToLookup(item => new RowKey<TRow, TKey>(item.Key, item.Columns), item => item.Row);
    }

    private static async Task<List<(Projection<TRow> Columns, TRow Row, TKey Key)>> ReadAsync<TRow, TKey>(
        IQueryable<TRow> source, IReadOnlyList<RowKey<TRow, TKey>> keys, Expression<Func<TRow, TKey>> column,
        Expression<Func<TRow, object?>>? order, CancellationToken cancellationToken)
        where TRow : class
    {
        var read = new List<(Projection<TRow>, TRow, TKey)>();
        var asObject = Expression.Lambda<Func<TRow, object?>>(Expression.Convert(column.Body, typeof(object)), column.Parameters);
        foreach (var group in keys.GroupBy(key => key.Columns))
        {
            var values = group.Select(key => key.Value).ToList();
            var contains = Expression.Call(
                typeof(Enumerable), nameof(Enumerable.Contains), [typeof(TKey)], QueryExpressions.Parameterized(values, typeof(List<TKey>)), column.Body);
            var rows = source.Where(Expression.Lambda<Func<TRow, bool>>(contains, column.Parameters));
            rows = order is null ? rows : rows.OrderBy(order);
            foreach (var row in await AsyncQuery.ToListAsync(group.Key.With(asObject).Apply(rows), cancellationToken))
            {
                read.Add((group.Key, row, (TKey)ColumnReader.Read(column, row)!));
            }
        }

        return read;
    }
}
