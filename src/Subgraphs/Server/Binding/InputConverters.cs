using System.Linq.Expressions;
using System.Reflection;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Makes the functions that turn coerced values (names of enum values, lists, dictionaries) into C# arguments. Made once at start; what does
/// not fit is a problem there.
/// </summary>
internal sealed class InputConverters(Schema schema, ClrTypeMap types, List<string> problems)
{
    private readonly Dictionary<(InputObjectType, Type), Func<object?, object?>> objects = [];

    /// <summary>The schema's type system.</summary>
    public Schema Schema { get; } = schema;

    /// <summary>From a coerced value of the GraphQL type to the CLR type; null stays null.</summary>
    public Func<object?, object?> Create(GraphQLType type, ClrShape shape)
    {
        switch (type.Nullable)
        {
            case ListType list when shape.Item is not null:
                return CreateList(Create(list.OfType, shape.Item), shape);
            case EnumType @enum when types.Enum(@enum) is { } bound && bound.ClrType == shape.ClrType:
                return value => value is null ? null : bound.Member((string)value);
            case InputObjectType input when types.ClrTypeOf(input) == shape.ClrType:
                // Looked up late, because input objects may contain each other.
                CreateObject(input, shape.ClrType);
                return value => value is null ? null : objects[(input, shape.ClrType)](value);
            default:
                return value => value is null ? null : ConvertScalar(value, shape.ClrType);
        }
    }

    /// <summary>A scalar's value as the type that a member has: ids as numbers or UUIDs, instants without offset, smaller and larger numbers.</summary>
    /// <exception cref="GraphQLException">The value is too large, or no such id.</exception>
    public static object ConvertScalar(object value, Type target)
    {
        if (target.IsInstanceOfType(value))
        {
            return value;
        }

        try
        {
            return value switch
            {
                string text when target == typeof(Guid) => Guid.Parse(text),
                DateTimeOffset instant when target == typeof(DateTime) => instant.UtcDateTime,
                _ => Convert.ChangeType(value, target, null),
            };
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or InvalidCastException)
        {
            throw new GraphQLException($"The value {ShownValue.Of(value)} cannot be used here.", ErrorCode.BadUserInput);
        }
    }

    private static Func<object?, object?> CreateList(Func<object?, object?> item, ClrShape shape)
    {
        var itemType = shape.Item!.IsNullable && shape.Item.ClrType.IsValueType
            ? typeof(Nullable<>).MakeGenericType(shape.Item.ClrType)
            : shape.Item.ClrType;
        var isArray = !shape.ClrType.IsAssignableFrom(typeof(List<>).MakeGenericType(itemType));
        return value =>
        {
            if (value is not IReadOnlyList<object?> items)
            {
                return null;
            }

            var array = Array.CreateInstance(itemType, items.Count);
            for (var i = 0; i < items.Count; i++)
            {
                array.SetValue(item(items[i]), i);
            }

            return isArray || shape.ClrType.IsAssignableFrom(array.GetType()) ? array : Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType), array);
        };
    }

    private void CreateObject(InputObjectType type, Type clrType)
    {
        if (!objects.TryAdd((type, clrType), null!))
        {
            return;
        }

        var constructor = clrType.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).FirstOrDefault();
        if (constructor is null)
        {
            problems.Add($"{Names.OfClr(clrType)} stands for the input object {type.Name} and has no public constructor.");
            return;
        }

        var taken = new HashSet<string>();
        var parameters = constructor.GetParameters().Select(parameter => Member(type, clrType, Names.Of(parameter), ClrShape.Of(parameter), parameter.ParameterType, taken)).ToArray();
        var properties = clrType.GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true } && !taken.Contains(Names.Of(property)) && !property.IsDefined(typeof(GraphQLIgnoreAttribute)))
            .Select(property => (Property: property, Read: Member(type, clrType, Names.Of(property), ClrShape.Of(property), property.PropertyType, taken)))
            .ToArray();
        problems.AddRange(type.Fields.Where(field => !taken.Contains(field.Name))
            .Select(field => $"{Names.OfClr(clrType)} has no member for the input field {type.Name}.{field.Name}."));
        objects[(type, clrType)] = value =>
        {
            var members = (IReadOnlyDictionary<string, object?>)value!;
            var instance = constructor.Invoke([.. parameters.Select(read => read(members))]);
            foreach (var (property, read) in properties)
            {
                property.SetValue(instance, read(members));
            }

            return instance;
        };
    }

    private Func<IReadOnlyDictionary<string, object?>, object?> Member(
        InputObjectType type,
        Type clrType,
        string name,
        ClrShape shape,
        Type memberType,
        HashSet<string> taken)
    {
        if (type.FindField(name) is not { } field)
        {
            problems.Add($"{Names.OfClr(clrType)} has a member for the input field {type.Name}.{name}, which the schema does not have.");
            return _ => null;
        }

        taken.Add(name);
        if (TypeCheck.Input(field.Type, shape, types, field.DefaultValue is not null) is { } problem)
        {
            problems.Add($"{type.Name}.{name}: {problem}.");
            return _ => null;
        }

        return Read(name, Create(field.Type, shape), shape, memberType);
    }

    /// <summary>Reads one value by name; absent values become the type's default, or an empty <see cref="Optional{T}"/>.</summary>
    public static Func<IReadOnlyDictionary<string, object?>, object?> Read(string name, Func<object?, object?> convert, ClrShape shape, Type memberType, object? fallback = null)
    {
        if (!shape.IsOptional)
        {
            return values => values.TryGetValue(name, out var value) ? convert(value) : fallback;
        }

        var wrap = CompileOptional(memberType);
        return values => values.TryGetValue(name, out var value) ? wrap(convert(value)) : null;
    }

    private static Func<object?, object> CompileOptional(Type optionalType)
    {
        var value = Expression.Parameter(typeof(object));
        var inner = optionalType.GetGenericArguments()[0];
        var constructor = optionalType.GetConstructor(BindingFlags.Public | BindingFlags.Instance, [inner])!;
        var body = Expression.Convert(Expression.New(constructor, Expression.Convert(value, inner)), typeof(object));
        return Expression.Lambda<Func<object?, object>>(body, value).Compile();
    }
}
