using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;

namespace GraphGateway.Subgraphs.Server;

/// <summary>An order of rows, column by column. Rows without a value in a column come last, whatever the direction and the database.</summary>
/// <typeparam name="T">The row.</typeparam>
public sealed class Sort<T> : IEquatable<Sort<T>>
    where T : class
{
    internal Sort(ImmutableArray<SortStep> steps) => Steps = steps;

    internal ImmutableArray<SortStep> Steps { get; }

    /// <summary>True when no column is named.</summary>
    public bool IsEmpty => Steps.IsEmpty;

    /// <summary>An order by one column.</summary>
#pragma warning disable CA1000 // the row type cannot be inferred here, so it has to be named
    public static Sort<T> By<TColumn>(Expression<Func<T, TColumn>> column, bool descending = false) => new([SortStep.Of(column, descending)]);
#pragma warning restore CA1000

    /// <summary>This order, and by another column where it does not decide.</summary>
    public Sort<T> ThenBy<TColumn>(Expression<Func<T, TColumn>> column, bool descending = false) => new(Steps.Add(SortStep.Of(column, descending)));

    /// <inheritdoc/>
    public bool Equals(Sort<T>? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Sort<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', Steps.Select(step => $"{(step.Descending ? "-" : "+")}{step.Name}"));
}

/// <summary>One column of an order.</summary>
/// <param name="Path">From the row to the column.</param>
/// <param name="Name">The column as text: what makes two steps equal.</param>
/// <param name="Descending">From the greatest on.</param>
/// <param name="IsNullable">True when a row may have no value there.</param>
internal sealed record SortStep(LambdaExpression Path, string Name, bool Descending, bool IsNullable)
{
    public static SortStep Of(LambdaExpression path, bool descending) =>
        new(path, QueryExpressions.Inline(path, Expression.Parameter(path.Parameters[0].Type, "row")).ToString(), descending, CanBeNull(path));

    private static bool CanBeNull(LambdaExpression path)
    {
        if (path.ReturnType.IsValueType)
        {
            return Nullable.GetUnderlyingType(path.ReturnType) is not null;
        }

        return path.Body is not MemberExpression { Member: PropertyInfo property }
            || new NullabilityInfoContext().Create(property).ReadState != NullabilityState.NotNull;
    }
}
