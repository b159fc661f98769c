using System.Linq.Expressions;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// A <c>where</c> argument: conditions on the columns of <typeparamref name="T"/>. The input object has <c>and</c>, <c>or</c> and a field for
/// each column, each an object of <c>eq, neq, in, nin, gt, gte, lt, lte, contains, ncontains, startsWith, nstartsWith, endsWith, nendsWith</c>
/// (as many as it declares). It becomes one expression, so the database does the work.
/// </summary>
/// <typeparam name="T">The row.</typeparam>
public sealed class Filter<T> : IEquatable<Filter<T>>
    where T : class
{
    private readonly ColumnSet columns;
    private readonly IReadOnlyDictionary<string, object?> input;
    private readonly string canonical;

    internal Filter(ColumnSet columns, IReadOnlyDictionary<string, object?> input)
    {
        // First, because what follows walks all of it.
        FilterLimits.Check(input);
        this.columns = columns;
        this.input = input;
        canonical = CanonicalInput.Of(input);
    }

    /// <summary>The conditions; null when there are none.</summary>
    /// <exception cref="GraphQLException">An operator that needs a value got null.</exception>
    public Expression<Func<T, bool>>? ToExpression()
    {
        var row = Expression.Parameter(typeof(T), "row");
        return FilterTranslation.Translate(columns, input, row) is { } condition ? Expression.Lambda<Func<T, bool>>(condition, row) : null;
    }

    /// <summary>The rows that fulfil the conditions.</summary>
    public IQueryable<T> Apply(IQueryable<T> source) => ToExpression() is { } condition ? source.Where(condition) : source;

    /// <inheritdoc/>
    public bool Equals(Filter<T>? other) => other is not null && canonical == other.canonical;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Filter<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => canonical.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => canonical;
}
