using System.Globalization;
using System.Linq.Expressions;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>Finds the column of each field of a filter or sort input, and how its values become the column's.</summary>
internal sealed class ColumnBinder(ClrTypeMap types, List<string> problems)
{
    private static readonly HashSet<string> Operations =
    [
        "eq", "neq", "in", "nin", "gt", "gte", "lt", "lte", "contains", "ncontains", "startsWith", "nstartsWith", "endsWith", "nendsWith",
    ];

    public ColumnSet Bind(Type rowType, InputObjectType input, bool isFilter)
    {
        var columns = new Dictionary<string, Column>();
        var declared = types.BindingOf(rowType)?.Columns;
        foreach (var field in input.Fields.Where(field => !isFilter || field.Name is not ("and" or "or")))
        {
            if (declared?.GetValueOrDefault(field.Name) is { } column)
            {
                columns[field.Name] = column with { Convert = column.Convert ?? Conversion(column.Type) };
            }
            else if (rowType.GetProperties().FirstOrDefault(property => Names.Of(property) == field.Name) is { } property)
            {
                var row = Expression.Parameter(rowType, "row");
                columns[field.Name] = new Column(field.Name, Expression.Lambda(Expression.Property(row, property), row), Conversion(property.PropertyType));
            }
            else
            {
                problems.Add($"{input.Name}.{field.Name} stands for no property of {rowType.Name}: name its column with Bind<{rowType.Name}>(...).Column(\"{field.Name}\", ...).");
            }

            if (isFilter)
            {
                CheckOperations(input, field);
            }
        }

        return new ColumnSet(columns);
    }

    private void CheckOperations(InputObjectType input, InputValueDefinition field)
    {
        if (field.Type is not InputObjectType operations)
        {
            problems.Add($"{input.Name}.{field.Name} must be a nullable input object of operations such as \"eq\".");
            return;
        }

        problems.AddRange(operations.Fields.Where(operation => !Operations.Contains(operation.Name))
            .Select(operation => $"{operations.Name}.{operation.Name} is no filter operation; there are {string.Join(", ", Operations)}."));
    }

    /// <summary>From coerced values to the column's type. What cannot be a value of the column is null: no row has it.</summary>
    private Func<object, object?> Conversion(Type columnType)
    {
        var target = Nullable.GetUnderlyingType(columnType) ?? columnType;
        if (target.IsEnum)
        {
            return value => value is string name && types.MemberOf(target, name) is { } member ? member : null;
        }

        if (target == typeof(Guid))
        {
            return value => value is Guid ? value : Guid.TryParse(value as string, out var id) ? id : null;
        }

        if (target == typeof(int))
        {
            return value => value is int ? value : int.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), out var number) ? number : null;
        }

        if (target == typeof(long))
        {
            return value => long.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), out var number) ? number : null;
        }

        return value => Convertible(value, target);
    }

    private static object? Convertible(object value, Type target) => value switch
    {
        _ when target.IsInstanceOfType(value) => value,
        DateTimeOffset instant when target == typeof(DateTime) => instant.UtcDateTime,
        int or long or double or decimal when target.IsPrimitive || target == typeof(decimal) => Convert.ChangeType(value, target, CultureInfo.InvariantCulture),
        _ => null,
    };
}
