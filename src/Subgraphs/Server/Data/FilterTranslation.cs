using System.Linq.Expressions;
using System.Runtime.InteropServices;
using GraphGateway.Language;

namespace GraphGateway.Subgraphs.Server;

/// <summary>From a coerced filter input to a condition. All members of one object must hold.</summary>
internal static class FilterTranslation
{
    public static Expression? Translate(ColumnSet columns, IReadOnlyDictionary<string, object?> input, ParameterExpression row)
    {
        var conditions = new List<Expression>();
        foreach (var (field, value) in input)
        {
            var condition = (field, value) switch
            {
                (_, null) => null,
                ("and", IReadOnlyList<object?> filters) => Combine(columns, filters, row, Expression.AndAlso),
                ("or", IReadOnlyList<object?> filters) => Combine(columns, filters, row, Expression.OrElse),
                (_, IReadOnlyDictionary<string, object?> operations) => Operations(columns[field], operations, row),
                _ => throw new InvalidOperationException($"The filter field \"{field}\" is not an input object."),
            };
            if (condition is not null)
            {
                conditions.Add(condition);
            }
        }

        return Balanced(CollectionsMarshal.AsSpan(conditions), Expression.AndAlso);
    }

    private static Expression? Combine(
        ColumnSet columns,
        IReadOnlyList<object?> filters,
        ParameterExpression row,
        Func<Expression, Expression, Expression> combine)
    {
        // An empty filter holds for every row, in an "or" too.
        var conditions = filters.Select(filter => Translate(columns, (IReadOnlyDictionary<string, object?>)filter!, row) ?? Expression.Constant(true));
        return Balanced([.. conditions], combine);
    }

    private static Expression? Operations(Column column, IReadOnlyDictionary<string, object?> operations, ParameterExpression row)
    {
        var left = QueryExpressions.Inline(column.Path, row);
        return Balanced([.. operations.Select(operation => Operation(column, left, operation.Key, operation.Value))], Expression.AndAlso);
    }

    /// <summary>
    /// All of them as one; null of none. The tree is as deep as the logarithm of their number: what walks it (the database library, the
    /// database itself) calls itself once a level.
    /// </summary>
    private static Expression? Balanced(ReadOnlySpan<Expression> conditions, Func<Expression, Expression, Expression> combine) => conditions.Length switch
    {
        0 => null,
        1 => conditions[0],
        var count => combine(Balanced(conditions[..(count / 2)], combine)!, Balanced(conditions[(count / 2)..], combine)!),
    };

    private static Expression Operation(Column column, Expression left, string name, object? value)
    {
        if (value is null && name is not ("eq" or "neq"))
        {
            throw new GraphQLException($"The filter \"{column.Field}: {{ {name}: null }}\" needs a value.", ErrorCode.BadUserInput);
        }

        return name switch
        {
            "eq" => Equal(column, left, value),
            "neq" => Expression.Not(Equal(column, left, value)),
            "in" => In(column, left, (IReadOnlyList<object?>)value!),
            "nin" => Expression.Not(In(column, left, (IReadOnlyList<object?>)value!)),
            "gt" => Order(ExpressionType.GreaterThan, column, left, value!),
            "gte" => Order(ExpressionType.GreaterThanOrEqual, column, left, value!),
            "lt" => Order(ExpressionType.LessThan, column, left, value!),
            "lte" => Order(ExpressionType.LessThanOrEqual, column, left, value!),
            "contains" => Text(nameof(string.Contains), column, left, value!),
            "ncontains" => Expression.Not(Text(nameof(string.Contains), column, left, value!)),
            "startsWith" => Text(nameof(string.StartsWith), column, left, value!),
            "nstartsWith" => Expression.Not(Text(nameof(string.StartsWith), column, left, value!)),
            "endsWith" => Text(nameof(string.EndsWith), column, left, value!),
            "nendsWith" => Expression.Not(Text(nameof(string.EndsWith), column, left, value!)),
            _ => throw new InvalidOperationException($"There is no filter operation \"{name}\"."),
        };
    }

    private static Expression Equal(Column column, Expression left, object? value)
    {
        if (value is null)
        {
            return column.Type.IsValueType && Nullable.GetUnderlyingType(column.Type) is null
                ? Expression.Constant(false)
                : Expression.Equal(left, Expression.Constant(null, column.Type));
        }

        return column.Convert!(value) is { } converted
            ? Expression.Equal(left, QueryExpressions.Parameterized(converted, column.Type))
            : Expression.Constant(false);
    }

    private static Expression In(Column column, Expression left, IReadOnlyList<object?> values)
    {
        var converted = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(column.Type))!;
        var hasNull = false;
        foreach (var value in values)
        {
            hasNull |= value is null;
            if (value is not null && column.Convert!(value) is { } item)
            {
                converted.Add(item);
            }
        }

        var list = QueryExpressions.Parameterized(converted, converted.GetType());
        Expression contains = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [column.Type], list, left);
        return hasNull ? Expression.OrElse(contains, Equal(column, left, null)) : contains;
    }

    private static Expression Order(ExpressionType comparison, Column column, Expression left, object value) =>
        column.Convert!(value) is { } converted
            ? QueryExpressions.Compare(comparison, left, QueryExpressions.Parameterized(converted, column.Type))
            : Expression.Constant(false);

    private static Expression Text(string method, Column column, Expression left, object value) =>
        column.Convert!(value) is { } converted
            ? Expression.Call(left, typeof(string).GetMethod(method, [typeof(string)])!, QueryExpressions.Parameterized(converted, typeof(string)))
            : Expression.Constant(false);
}

/// <summary>Coerced input as text, so that equal inputs are told as equal: two variable sets of a batch then share a query.</summary>
internal static class CanonicalInput
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => System.Text.Json.JsonSerializer.Serialize(text),
        IReadOnlyDictionary<string, object?> members =>
            $"{{{string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}:{Of(member.Value)}"))}}}",
        IReadOnlyList<object?> items => $"[{string.Join(',', items.Select(Of))}]",
        DateTimeOffset instant => instant.ToString("O"),
        _ => value.ToString()!,
    };
}
