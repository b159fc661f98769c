using System.Linq.Expressions;

namespace GraphGateway.Subgraphs.Server;

/// <summary>A field of filter and sort inputs, the column it stands for, and how its values become the column's.</summary>
/// <param name="Field">Name in the inputs.</param>
/// <param name="Path">From the row to the column.</param>
/// <param name="Convert">Input value to column value; null when no column value can equal it. Null itself: to be found when binding.</param>
internal sealed record Column(string Field, LambdaExpression Path, Func<object, object?>? Convert)
{
    public Type Type => Path.ReturnType;
}

/// <summary>What one CLR type can be filtered and sorted by.</summary>
internal sealed class ColumnSet(IReadOnlyDictionary<string, Column> columns)
{
    public Column this[string field] => columns[field];
}

/// <summary>A value that a database provider sends as a parameter; a constant would make a new statement of each value.</summary>
internal sealed class Parameter<T>(T value)
{
    public T Value { get; } = value;
}

/// <summary>Pieces of expression trees that the filters, orders and pages share.</summary>
internal static class QueryExpressions
{
    public static Expression Parameterized(object? value, Type type)
    {
        var holder = Activator.CreateInstance(typeof(Parameter<>).MakeGenericType(type), value);
        return Expression.Property(Expression.Constant(holder), nameof(Parameter<int>.Value));
    }

    /// <summary>The lambda's body with its parameter replaced.</summary>
    public static Expression Inline(LambdaExpression lambda, Expression argument) =>
        new Replacer(lambda.Parameters[0], argument).Visit(lambda.Body);

    /// <summary>left &gt; right, or &lt;, or with equality: also for strings (by the database's own order) and enums.</summary>
    public static Expression Compare(ExpressionType comparison, Expression left, Expression right)
    {
        if (left.Type == typeof(string))
        {
            var compare = Expression.Call(typeof(string), nameof(string.Compare), null, left, right);
            return Expression.MakeBinary(comparison, compare, Expression.Constant(0));
        }

        var type = Nullable.GetUnderlyingType(left.Type) ?? left.Type;
        if (type.IsEnum)
        {
            var number = Enum.GetUnderlyingType(type);
            var target = type == left.Type ? number : typeof(Nullable<>).MakeGenericType(number);
            return Expression.MakeBinary(comparison, Expression.Convert(left, target), Expression.Convert(right, target));
        }

        return Expression.MakeBinary(comparison, left, right);
    }

    private sealed class Replacer(ParameterExpression parameter, Expression replacement) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? replacement : base.VisitParameter(node);
    }
}
