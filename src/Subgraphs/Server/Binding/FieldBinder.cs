using System.Linq.Expressions;
using System.Reflection;
using GraphGateway.TypeSystem;
using Microsoft.Extensions.DependencyInjection;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Binds each field of an object type to what resolves it, in this order: a delegate; a resolver method; a property of the type's CLR type;
/// the resolver for all others; for a type without CLR type in a server with delegates, the dictionary entry of the field's name.
/// </summary>
internal sealed class FieldBinder(
    GraphQLServerBuilder builder,
    BoundSchema schema,
    ClrTypeMap types,
    InputConverters inputs,
    IServiceProviderIsService? services,
    List<string> problems)
{
    private readonly MethodBinder methods = new(builder, types, inputs, services, problems);

    public BoundObject Bind(ObjectType type, IReadOnlyList<Type> resolverClasses)
    {
        var clrType = types.ClrTypeOf(type);
        var resolvers = MethodsOf(type, resolverClasses);
        var fields = new Dictionary<string, BoundField>();
        foreach (var field in type.Fields)
        {
            if (BindField(type, field, clrType, resolvers.GetValueOrDefault(field.Name)) is { } bound)
            {
                fields.Add(field.Name, bound);
            }
        }

        if (type == schema.Schema.QueryType)
        {
            IntrospectionResolvers.AddMetaFields(schema.Schema, fields);
        }

        problems.AddRange(resolvers.Where(entry => type.FindField(entry.Key) is null)
            .Select(entry => $"{entry.Value.DeclaringType!.Name}.{entry.Value.Name} resolves {type.Name}.{entry.Key}, which the schema does not have."));
        return new BoundObject(type, clrType, fields);
    }

    private Dictionary<string, MethodInfo> MethodsOf(ObjectType type, IReadOnlyList<Type> resolverClasses)
    {
        var byField = new Dictionary<string, MethodInfo>();
        foreach (var method in resolverClasses.SelectMany(resolvers => resolvers.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)))
        {
            if (method.IsDefined(typeof(GraphQLIgnoreAttribute)) || method.IsDefined(typeof(EntityResolverAttribute)))
            {
                continue;
            }

            if (!byField.TryAdd(Names.Of(method), method))
            {
                problems.Add($"{type.Name}.{Names.Of(method)} has two resolvers: {byField[Names.Of(method)].DeclaringType!.Name} and {method.DeclaringType!.Name}.");
            }
        }

        return byField;
    }

    private BoundField? BindField(ObjectType type, FieldDefinition field, Type? clrType, MethodInfo? method)
    {
        var isStream = type == schema.Schema.SubscriptionType;
        if (builder.Resolvers.TryGetValue((type.Name, field.Name), out var resolver))
        {
            return isStream
                ? new BoundField(field) { Stream = resolver, Getter = SourceEvent.ValueOf }
                : new BoundField(field) { Resolver = resolver };
        }

        if (schema.Documents.Federation?.Bind(schema, type, field, builder, methods) is { } federationField)
        {
            return federationField;
        }

        if (method is not null)
        {
            return methods.Bind(type, field, clrType, method, isStream);
        }

        if (clrType?.GetProperties().FirstOrDefault(property => Names.Of(property) == field.Name && !property.IsDefined(typeof(GraphQLIgnoreAttribute))) is { } property)
        {
            return BindProperty(field, property);
        }

        if (builder.DefaultResolver is { } others)
        {
            return isStream
                ? new BoundField(field) { Stream = others, Getter = SourceEvent.ValueOf }
                : new BoundField(field) { Resolver = others };
        }

        if (clrType is null && builder.Resolvers.Count > 0 && schema.Schema.QueryType != type && schema.Schema.MutationType != type && !isStream)
        {
            return new BoundField(field) { Getter = parent => (parent as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(field.Name) };
        }

        problems.Add(clrType is null
            ? $"{field} has no resolver, and no C# type stands for {type.Name}."
            : $"{field} has neither a resolver nor a property of {Names.OfClr(clrType)}.");
        return null;
    }

    private BoundField? BindProperty(FieldDefinition field, PropertyInfo property)
    {
        var shape = ClrShape.Of(property);
        if (TypeCheck.Output(field.Type, shape, types) is { } problem)
        {
            problems.Add($"{field}: {problem} ({property.DeclaringType!.Name}.{property.Name}).");
            return null;
        }

        if (!field.Arguments.IsEmpty)
        {
            problems.Add($"{field} has arguments, which the property {property.DeclaringType!.Name}.{property.Name} cannot take: give it a resolver.");
            return null;
        }

        var parent = Expression.Parameter(typeof(object));
        var read = Expression.Property(Expression.Convert(parent, property.DeclaringType!), property);
        return new BoundField(field)
        {
            Getter = Expression.Lambda<Func<object, object?>>(Expression.Convert(read, typeof(object)), parent).Compile(),
            Shape = shape,
            Arguments = new Dictionary<string, ClrShape>(),
            // A property that can be set is a column; one that is computed may read any other.
            Requires = property.GetCustomAttribute<RequiresAttribute>()?.Properties ?? (property.SetMethod is null ? null : [property.Name]),
        };
    }
}
