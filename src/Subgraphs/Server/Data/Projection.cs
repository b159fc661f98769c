using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// The columns that a selection needs of <typeparamref name="T"/>: its fields' own properties, and what the resolvers of its other fields
/// state with <see cref="RequiresAttribute"/>. As a resolver's parameter it is computed from the field's selection set.
/// </summary>
/// <typeparam name="T">The row.</typeparam>
public sealed class Projection<T> : IEquatable<Projection<T>>
    where T : class
{
    private readonly ImmutableArray<string> properties;

    internal Projection(IEnumerable<string>? properties) =>
        this.properties = properties is null || typeof(T).GetConstructor(Type.EmptyTypes) is null
            ? default
            : [.. properties.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Every column.</summary>
#pragma warning disable CA1000 // the row type cannot be inferred here, so it has to be named
    public static Projection<T> All { get; } = new(null);
#pragma warning restore CA1000

    /// <summary>True when no column can be left out.</summary>
    public bool IsAll => properties.IsDefault;

    /// <summary>Reads only the columns that are needed; the other properties of the results have their defaults.</summary>
    public IQueryable<T> Apply(IQueryable<T> source) => ToSelector([]) is { } selector ? source.Select(selector) : source;

    /// <summary>This projection and the properties that the given expressions start with.</summary>
    public Projection<T> With(params IEnumerable<Expression<Func<T, object?>>> columns) =>
        IsAll ? this : new Projection<T>([.. properties, .. columns.SelectMany(RootProperties)]);

    /// <inheritdoc/>
    public bool Equals(Projection<T>? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Projection<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => IsAll ? "*" : string.Join(',', properties);

    /// <summary><c>row => new T { Id = row.Id, ... }</c>; null when every column is needed.</summary>
    internal Expression<Func<T, T>>? ToSelector(IEnumerable<LambdaExpression> alsoNeeded)
    {
        if (IsAll)
        {
            return null;
        }

        var row = Expression.Parameter(typeof(T), "row");
        var bindings = new List<MemberBinding>();
        foreach (var name in properties.Concat(alsoNeeded.SelectMany(RootProperties)).Distinct())
        {
            if (typeof(T).GetProperty(name) is not { SetMethod: not null } property)
            {
                // A property that cannot be set cannot be filled from a column: read whole rows.
                return null;
            }

            bindings.Add(Expression.Bind(property, Expression.Property(row, property)));
        }

        return Expression.Lambda<Func<T, T>>(Expression.MemberInit(Expression.New(typeof(T)), bindings), row);
    }

    private static HashSet<string> RootProperties(LambdaExpression path)
    {
        var finder = new RootPropertyFinder(path.Parameters[0]);
        finder.Visit(path.Body);
        return finder.Names;
    }

    private sealed class RootPropertyFinder(ParameterExpression row) : ExpressionVisitor
    {
        public HashSet<string> Names { get; } = [];

        protected override Expression VisitMember(MemberExpression node)
        {
            if (node.Expression == row && node.Member is PropertyInfo)
            {
                Names.Add(node.Member.Name);
            }

            return base.VisitMember(node);
        }
    }
}
