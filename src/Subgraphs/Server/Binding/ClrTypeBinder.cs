using System.Reflection;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>Finds the CLR type of each object, input object and enum type: those that were named, and connections by their names.</summary>
internal sealed class ClrTypeBinder(GraphQLServerBuilder builder, Schema schema, ClrTypeMap types, List<string> problems)
{
    /// <summary>A static class holds resolvers; any other type stands for a GraphQL type.</summary>
    public static bool IsResolverClass(Type type) => type is { IsAbstract: true, IsSealed: true };

    public void Bind()
    {
        foreach (var type in builder.AttributedTypes)
        {
            var names = type.GetCustomAttributes<GraphQLTypeAttribute>().ToList();
            names.ForEach(name => BindOne(type, name.Name));
            if (names.Count == 0)
            {
                problems.Add($"{Names.OfClr(type)} was added and bears no [GraphQLType]: it stands for nothing.");
            }
        }

        foreach (var binding in builder.TypeBindings)
        {
            BindOne(binding.ClrType, binding.TypeName, binding);
        }

        foreach (var type in schema.ObjectTypes.Where(type => types.ClrTypeOf(type) is null))
        {
            BindByConvention(type);
        }
    }

    private void BindOne(Type clrType, string name, TypeBinding? binding = null)
    {
        if (schema.FindType(name) is not { IsBuiltIn: false } type)
        {
            problems.Add($"{Names.OfClr(clrType)} stands for {name}, which the schema does not have.");
            return;
        }

        if (IsResolverClass(clrType))
        {
            if (type is not ObjectType)
            {
                problems.Add($"{Names.OfClr(clrType)} has resolvers for {name}, which is no object type.");
            }

            return;
        }

        if (types.ClrTypeOf(type) is { } other && other != clrType)
        {
            problems.Add($"{Names.OfClr(other)} and {Names.OfClr(clrType)} both stand for {name}.");
            return;
        }

        switch (type)
        {
            case ScalarType or UnionType:
                problems.Add($"{Names.OfClr(clrType)} stands for {name}, which is neither an object, an interface, an input object nor an enum.");
                break;
            case EnumType @enum:
                BindEnum(@enum, clrType);
                break;
            default:
                types.Add(type, clrType, binding);
                break;
        }
    }

    private void BindEnum(EnumType type, Type clrType)
    {
        if (!clrType.IsEnum)
        {
            problems.Add($"{Names.OfClr(clrType)} stands for the enum {type.Name} and is none.");
            return;
        }

        var members = clrType.GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(Names.OfEnumMember, member => member.GetValue(null)!);
        var missing = type.Values.Select(value => value.Name).Except(members.Keys).ToList();
        var unknown = members.Keys.Except(type.Values.Select(value => value.Name)).ToList();
        problems.AddRange(missing.Select(value => $"{clrType.Name} has no member for {type.Name}.{value}."));
        problems.AddRange(unknown.Select(value => $"{clrType.Name} has a member for {type.Name}.{value}, which the schema does not have."));
        types.AddEnum(type, new BoundEnum(clrType, members));
    }

    private void BindByConvention(ObjectType type)
    {
        if (type.Name == "PageInfo")
        {
            types.Add(type, typeof(PageInfo));
        }
        else if (ItemOf(type, "Connection") is { } connected)
        {
            types.Add(type, typeof(Connection<>).MakeGenericType(connected));
        }
        else if (ItemOf(type, "Edge") is { } item)
        {
            types.Add(type, typeof(Edge<>).MakeGenericType(item));
        }
    }

    private Type? ItemOf(ObjectType type, string suffix) =>
        type.Name.EndsWith(suffix, StringComparison.Ordinal)
        && schema.FindType(type.Name[..^suffix.Length]) is { } item
        && types.ClrTypeOf(item) is { IsValueType: false } clrType
            ? clrType
            : null;
}
