using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Schema-Introspection">Spec §4.2</see>: the introspection types are resolved like any
/// others, over the type system's own objects.
/// </summary>
internal static class IntrospectionResolvers
{
    /// <summary><c>__schema</c> and <c>__type</c> of the query root (Spec §4.1).</summary>
    public static void AddMetaFields(Schema schema, Dictionary<string, BoundField> fields)
    {
        fields["__schema"] = new BoundField(schema.SchemaField) { Resolver = _ => new ValueTask<object?>(schema) };
        fields["__type"] = new BoundField(schema.TypeField)
        {
            Resolver = context => new ValueTask<object?>(schema.FindType((string)context.Arguments["name"]!)),
        };
    }

    public static BoundObject Bind(Schema schema, ObjectType type)
    {
        var fields = new Dictionary<string, BoundField>();
        foreach (var field in type.Fields)
        {
            fields[field.Name] = new BoundField(field)
            {
                Resolver = context => new ValueTask<object?>(Resolve(schema, context.Parent!, field.Name, context.Arguments.GetValueOrDefault("includeDeprecated") is true)),
            };
        }

        return new BoundObject(type, clrType: null, fields);
    }

    private static object? Resolve(Schema schema, object parent, string field, bool includeDeprecated) => parent switch
    {
        Schema => OfSchema(schema, field),
        GraphQLType type => OfType(schema, type, field, includeDeprecated),
        FieldDefinition definition => OfField(definition, field, includeDeprecated),
        InputValueDefinition value => OfInputValue(value, field),
        EnumValueDefinition value => OfEnumValue(value, field),
        DirectiveDefinition directive => OfDirective(directive, field, includeDeprecated),
        _ => throw new InvalidOperationException($"Introspection knows no {parent.GetType().Name}."),
    };

    private static object? OfSchema(Schema schema, string field) => field switch
    {
        "description" => schema.Description,
        "types" => schema.Types,
        "queryType" => schema.QueryType,
        "mutationType" => schema.MutationType,
        "subscriptionType" => schema.SubscriptionType,
        "directives" => schema.DirectiveDefinitions,
        _ => throw Unknown("__Schema", field),
    };

    private static object? OfType(Schema schema, GraphQLType type, string field, bool includeDeprecated) => field switch
    {
        "kind" => KindOf(type),
        "name" => (type as NamedType)?.Name,
        "description" => (type as NamedType)?.Description,
        "specifiedByURL" => (type as ScalarType)?.SpecifiedByUrl,
        "fields" => (type as ComplexType)?.Fields.Where(member => includeDeprecated || member.DeprecationReason is null),
        "interfaces" => (type as ComplexType)?.Interfaces,
        "possibleTypes" => type is InterfaceType or UnionType ? PossibleTypes(schema, (CompositeType)type) : null,
        "enumValues" => (type as EnumType)?.Values.Where(value => includeDeprecated || value.DeprecationReason is null),
        "inputFields" => (type as InputObjectType)?.Fields.Where(member => includeDeprecated || member.DeprecationReason is null),
        "ofType" => type switch { NonNullType nonNull => nonNull.OfType, ListType list => list.OfType, _ => null },
        "isOneOf" => (type as InputObjectType)?.IsOneOf,
        _ => throw Unknown("__Type", field),
    };

    private static IEnumerable<ObjectType> PossibleTypes(Schema schema, CompositeType type) =>
        type is UnionType union ? union.Members : schema.ObjectTypes.Where(type.PossibleTypes.Contains);

    private static string KindOf(GraphQLType type) => type switch
    {
        ScalarType => "SCALAR",
        ObjectType => "OBJECT",
        InterfaceType => "INTERFACE",
        UnionType => "UNION",
        EnumType => "ENUM",
        InputObjectType => "INPUT_OBJECT",
        ListType => "LIST",
        _ => "NON_NULL",
    };

    private static object? OfField(FieldDefinition definition, string field, bool includeDeprecated) => field switch
    {
        "name" => definition.Name,
        "description" => definition.Description,
        "args" => definition.Arguments.Where(argument => includeDeprecated || argument.DeprecationReason is null),
        "type" => definition.Type,
        "isDeprecated" => definition.DeprecationReason is not null,
        "deprecationReason" => definition.DeprecationReason,
        _ => throw Unknown("__Field", field),
    };

    private static object? OfInputValue(InputValueDefinition value, string field) => field switch
    {
        "name" => value.Name,
        "description" => value.Description,
        "type" => value.Type,
        "defaultValue" => value.DefaultValue is null ? null : Printer.Print(value.DefaultValue),
        "isDeprecated" => value.DeprecationReason is not null,
        "deprecationReason" => value.DeprecationReason,
        _ => throw Unknown("__InputValue", field),
    };

    private static object? OfEnumValue(EnumValueDefinition value, string field) => field switch
    {
        "name" => value.Name,
        "description" => value.Description,
        "isDeprecated" => value.DeprecationReason is not null,
        "deprecationReason" => value.DeprecationReason,
        _ => throw Unknown("__EnumValue", field),
    };

    private static object? OfDirective(DirectiveDefinition directive, string field, bool includeDeprecated) => field switch
    {
        "name" => directive.Name,
        "description" => directive.Description,
        "isRepeatable" => directive.IsRepeatable,
        "locations" => directive.Locations.Select(location => location.ToWire()),
        "args" => directive.Arguments.Where(argument => includeDeprecated || argument.DeprecationReason is null),
        _ => throw Unknown("__Directive", field),
    };

    private static InvalidOperationException Unknown(string type, string field) => new($"Introspection has no field {type}.{field}.");
}
