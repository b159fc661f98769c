using System.Collections.Immutable;
using System.Linq.Expressions;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// How one page is read by keyset: rows after (or before) a cursor in a total order, one more than asked, so that one statement also says
/// whether there are further pages. Backwards, the order is turned around and the result too.
/// </summary>
internal sealed class PagePlan<T>
    where T : class
{
    private readonly PageRequest<T> page;
    private readonly ImmutableArray<SortStep> steps;
    private readonly string order;
    private readonly int size;
    private readonly object?[]? after;
    private readonly object?[]? before;

    public PagePlan(PageRequest<T> page, LambdaExpression key, Sort<T>? defaultOrder)
    {
        this.page = page;
        size = page.Size();
        var chosen = page.Order is { IsEmpty: false } ? page.Order : defaultOrder;
        var keyStep = SortStep.Of(key, descending: false);
        steps = [.. (chosen?.Steps ?? []).TakeWhile(step => step.Name != keyStep.Name)];
        steps = steps.Add((chosen?.Steps ?? []).FirstOrDefault(step => step.Name == keyStep.Name) ?? keyStep);
        order = new Sort<T>(steps).ToString();
        after = page.After is null ? null : Cursor.Decode(page.After, order, steps, "after");
        before = page.Before is null ? null : Cursor.Decode(page.Before, order, steps, "before");
        Selector = page.Projection.ToSelector(steps.Select(step => step.Path));
    }

    /// <summary>Reads only the columns that the selection and the cursors need; null when that is all.</summary>
    public Expression<Func<T, T>>? Selector { get; }

    /// <summary>The rows of the page and one more.</summary>
    public IQueryable<T> Window(IQueryable<T> rows) => Ordered(After(rows)).Take(size + 1);

    /// <summary>The rows between the cursors.</summary>
    public IQueryable<T> After(IQueryable<T> rows)
    {
        rows = after is null ? rows : rows.Where(Beyond(after, forward: true));
        return before is null ? rows : rows.Where(Beyond(before, forward: false));
    }

    /// <summary>From a group of rows to its page and one more.</summary>
    public Expression<Func<IGrouping<TGroup, T>, GroupWindow<TGroup, T>>> GroupWindow<TGroup>()
    {
        var group = Expression.Parameter(typeof(IGrouping<TGroup, T>), "group");
        Expression items = group;
        var method = nameof(Enumerable.OrderBy);
        foreach (var (path, descending) in OrderColumns())
        {
            items = Expression.Call(typeof(Enumerable), descending ? method + "Descending" : method, [typeof(T), path.ReturnType], items, path);
            method = nameof(Enumerable.ThenBy);
        }

        items = Expression.Call(typeof(Enumerable), nameof(Enumerable.Take), [typeof(T)], items, QueryExpressions.Parameterized(size + 1, typeof(int)));
        if (Selector is not null)
        {
            items = Expression.Call(typeof(Enumerable), nameof(Enumerable.Select), [typeof(T), typeof(T)], items, Selector);
        }

        var result = typeof(GroupWindow<TGroup, T>);
        var body = Expression.MemberInit(
            Expression.New(result),
            Expression.Bind(result.GetProperty("Key")!, Expression.Property(group, "Key")),
            Expression.Bind(result.GetProperty("Items")!, Expression.Call(typeof(Enumerable), nameof(Enumerable.ToList), [typeof(T)], items)));
        return Expression.Lambda<Func<IGrouping<TGroup, T>, GroupWindow<TGroup, T>>>(body, group);
    }

    /// <summary>The page, from the rows that <see cref="Window"/> gave.</summary>
    public Connection<T> ToConnection(List<T> rows, int total)
    {
        var hasMore = rows.Count > size;
        if (hasMore)
        {
            rows.RemoveAt(size);
        }

        if (page.IsBackward)
        {
            rows.Reverse();
        }

        var edges = rows.ConvertAll(row => new Edge<T>(Cursor.Encode(order, steps.Select(step => ColumnReader.Read(step.Path, row))), row));
        var info = new PageInfo(
            HasNextPage: page.IsBackward ? before is not null : hasMore,
            HasPreviousPage: page.IsBackward ? hasMore : after is not null,
            edges.Count == 0 ? null : edges[0].Cursor,
            edges.Count == 0 ? null : edges[^1].Cursor);
        return new Connection<T>(edges, info, total);
    }

    private IQueryable<T> Ordered(IQueryable<T> rows)
    {
        var method = nameof(Queryable.OrderBy);
        var expression = rows.Expression;
        foreach (var (path, descending) in OrderColumns())
        {
            expression = Expression.Call(
                typeof(Queryable), descending ? method + "Descending" : method, [typeof(T), path.ReturnType], expression, Expression.Quote(path));
            method = nameof(Queryable.ThenBy);
        }

        return rows.Provider.CreateQuery<T>(expression);
    }

    /// <summary>What the database sorts by: each step, and before a nullable one whether it has a value, so that nulls come last everywhere.</summary>
    private IEnumerable<(LambdaExpression Path, bool Descending)> OrderColumns()
    {
        foreach (var step in steps)
        {
            if (step.IsNullable)
            {
                var isNull = Expression.Equal(step.Path.Body, Expression.Constant(null, step.Path.ReturnType));
                yield return (Expression.Lambda(isNull, step.Path.Parameters), page.IsBackward);
            }

            yield return (step.Path, step.Descending != page.IsBackward);
        }
    }

    /// <summary>
    /// Rows strictly after (or before) the cursor: for some step it is beyond, and all steps before that are equal.
    /// </summary>
    private Expression<Func<T, bool>> Beyond(object?[] cursor, bool forward)
    {
        var row = Expression.Parameter(typeof(T), "row");
        Expression? beyond = null;
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            var column = QueryExpressions.Inline(steps[i].Path, row);
            var here = IsBeyond(steps[i], column, cursor[i], forward);
            beyond = beyond is null ? here : Expression.OrElse(here, Expression.AndAlso(IsEqual(column, cursor[i]), beyond));
        }

        return Expression.Lambda<Func<T, bool>>(beyond!, row);
    }

    private static Expression IsBeyond(SortStep step, Expression column, object? value, bool forward)
    {
        var isNull = step.IsNullable ? Expression.Equal(column, Expression.Constant(null, column.Type)) : null;
        if (value is null)
        {
            // Nulls are last: nothing is after them, everything else is before them.
            return forward || isNull is null ? Expression.Constant(false) : Expression.Not(isNull);
        }

        var comparison = step.Descending == forward ? ExpressionType.LessThan : ExpressionType.GreaterThan;
        var compared = QueryExpressions.Compare(comparison, column, QueryExpressions.Parameterized(value, column.Type));
        return forward && isNull is not null ? Expression.OrElse(compared, isNull) : compared;
    }

    private static Expression IsEqual(Expression column, object? value) =>
        value is null && column.Type.IsValueType && Nullable.GetUnderlyingType(column.Type) is null
            ? Expression.Constant(false)
            : value is null
                ? Expression.Equal(column, Expression.Constant(null, column.Type))
                : Expression.Equal(column, QueryExpressions.Parameterized(value, column.Type));
}
