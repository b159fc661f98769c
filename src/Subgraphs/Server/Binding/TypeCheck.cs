using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>Whether a C# type can stand where the schema has a type. The answer is a complaint, or null.</summary>
internal static class TypeCheck
{
    /// <summary>For results: what the C# gives must be allowed by the schema; it may promise more (never null) than the schema does.</summary>
    public static string? Output(GraphQLType declared, ClrShape shape, ClrTypeMap types)
    {
        if (declared is NonNullType nonNull)
        {
            return shape.IsNullable
                ? $"the schema says {declared} and the C# type {shape} can be null"
                : Output(nonNull.OfType, shape, types);
        }

        if (declared is ListType list)
        {
            return shape.Item is null ? $"the schema says {declared} and the C# type {shape} is no list" : Output(list.OfType, shape.Item, types);
        }

        return FitsNamed((NamedType)declared, shape, types) ? null : $"the schema says {declared} and the C# type is {shape}";
    }

    /// <summary>For arguments and input fields: what the schema lets through must be allowed by the C#.</summary>
    public static string? Input(GraphQLType declared, ClrShape shape, ClrTypeMap types, bool hasDefault)
    {
        // An argument with a default is still nullable when its type says so: null can be given.
        if (!declared.IsNonNull && !shape.IsNullable && !shape.IsOptional)
        {
            return $"the schema says {declared}, which can be null{(hasDefault ? " in spite of its default" : "")}, and the C# type {shape} cannot";
        }

        if (declared.IsNonNull && shape.IsNullable && !shape.IsOptional)
        {
            return $"the schema says {declared} and the C# type {shape} can be null";
        }

        return declared.Nullable switch
        {
            ListType list when shape.Item is null => $"the schema says {list} and the C# type {shape} is no list",
            ListType list => Input(list.OfType, shape.Item, types, hasDefault: false),
            NamedType named => FitsNamed(named, shape, types) ? null : $"the schema says {named} and the C# type is {shape}",
            _ => null,
        };
    }

    private static bool FitsNamed(NamedType type, ClrShape shape, ClrTypeMap types)
    {
        var clrType = shape.ClrType;
        if (clrType == typeof(object) || typeof(IReadOnlyDictionary<string, object?>).IsAssignableFrom(clrType))
        {
            return true;
        }

        return type switch
        {
            ScalarType scalar => types.Scalar(scalar).ClrTypes is var known && (known.Contains(clrType) || known.Contains(typeof(object))),
            EnumType @enum => types.Enum(@enum) is { } bound ? bound.ClrType == clrType : clrType == typeof(string),
            InputObjectType => types.ClrTypeOf(type) == clrType,
            ObjectType => types.ClrTypeOf(type) is { } bound && bound.IsAssignableFrom(clrType),
            CompositeType composite => FitsAbstract(composite, clrType, types),
            _ => false,
        };
    }

    /// <summary>One of the possible types, or a C# type that all of them can be seen as.</summary>
    private static bool FitsAbstract(CompositeType type, Type clrType, ClrTypeMap types)
    {
        if (types.ObjectTypeOf(clrType) is { } objectType && type.PossibleTypes.Contains(objectType))
        {
            return true;
        }

        return types.PossibleClrTypes(type).All(possible => clrType.IsAssignableFrom(possible));
    }
}
