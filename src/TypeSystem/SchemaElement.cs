using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>
/// What a schema coordinate refers to (<see href="https://spec.graphql.org/September2025/#sec-Schema-Coordinates">Spec §2.14</see>): the
/// innermost of the members that are there. Those beside it contain it: a field's argument has its field and its type.
/// </summary>
public sealed record SchemaElement
{
    /// <summary>The named type; null for a directive and its arguments.</summary>
    public NamedType? Type { get; init; }

    /// <summary>The field of an object or interface type.</summary>
    public FieldDefinition? Field { get; init; }

    /// <summary>The field of an input object type.</summary>
    public InputValueDefinition? InputField { get; init; }

    /// <summary>The value of an enum type.</summary>
    public EnumValueDefinition? EnumValue { get; init; }

    /// <summary>The directive.</summary>
    public DirectiveDefinition? Directive { get; init; }

    /// <summary>The argument of the field or of the directive.</summary>
    public InputValueDefinition? Argument { get; init; }

    /// <summary>
    /// Resolves a coordinate; messages are graphql-js's.
    /// <see href="https://spec.graphql.org/September2025/#sec-Schema-Coordinates">Spec §2.14, "Resolving a Schema Coordinate"</see>.
    /// </summary>
    /// <param name="schema">Where it is looked for.</param>
    /// <param name="coordinate">The coordinate, from <see cref="SchemaCoordinate.Parse"/>.</param>
    /// <returns>
    /// The element; neither element nor error where only its last name is unknown; an error where what should contain it is not there, or
    /// is of a kind that contains no such element. Meta-fields (<c>__typename</c>) are no schema elements.
    /// </returns>
    public static (SchemaElement? Element, GraphQLError? Error) Find(Schema schema, SchemaCoordinate coordinate)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(coordinate);
        return coordinate switch
        {
            { IsDirective: true, ArgumentName: null } => (FindDirective(schema, coordinate.Name), null),
            { IsDirective: true, ArgumentName: { } argument } => FindDirectiveArgument(schema, coordinate.Name, argument),
            { MemberName: null } => (schema.FindType(coordinate.Name) is { } type ? new SchemaElement { Type = type } : null, null),
            { MemberName: { } member, ArgumentName: null } => FindMember(schema, coordinate.Name, member),
            { MemberName: { } field, ArgumentName: { } argument } => FindFieldArgument(schema, coordinate.Name, field, argument),
        };
    }

    /// <summary><c>MemberCoordinate :: Name . Name</c>.</summary>
    private static (SchemaElement? Element, GraphQLError? Error) FindMember(Schema schema, string typeName, string member) =>
        schema.FindType(typeName) switch
        {
            null => (null, NoType(typeName)),
            EnumType type => (type.FindValue(member) is { } value ? new SchemaElement { Type = type, EnumValue = value } : null, null),
            InputObjectType type => (type.FindField(member) is { } field ? new SchemaElement { Type = type, InputField = field } : null, null),
            ComplexType type => (FieldOf(type, member) is { } field ? new SchemaElement { Type = type, Field = field } : null, null),
            _ => (null, Error($"Expected \"{typeName}\" to be an Enum, Input Object, Object or Interface type.")),
        };

    /// <summary><c>ArgumentCoordinate :: Name . Name ( Name : )</c>.</summary>
    private static (SchemaElement? Element, GraphQLError? Error) FindFieldArgument(Schema schema, string typeName, string fieldName, string argumentName)
    {
        if (schema.FindType(typeName) is not { } type)
        {
            return (null, NoType(typeName));
        }

        if (type is not ComplexType complex)
        {
            return (null, Error($"Expected \"{typeName}\" to be an object type or interface type."));
        }

        if (FieldOf(complex, fieldName) is not { } field)
        {
            return (null, Error($"Expected \"{fieldName}\" to exist as a field of type \"{typeName}\" in the schema."));
        }

        var argument = field.FindArgument(argumentName);
        return (argument is null ? null : new SchemaElement { Type = type, Field = field, Argument = argument }, null);
    }

    /// <summary><c>DirectiveCoordinate :: @ Name</c>.</summary>
    private static SchemaElement? FindDirective(Schema schema, string name) =>
        schema.FindDirective(name) is { } directive ? new SchemaElement { Directive = directive } : null;

    /// <summary><c>DirectiveArgumentCoordinate :: @ Name ( Name : )</c>.</summary>
    private static (SchemaElement? Element, GraphQLError? Error) FindDirectiveArgument(Schema schema, string name, string argumentName)
    {
        if (FindDirective(schema, name) is not { } element)
        {
            return (null, Error($"Expected \"{name}\" to be defined as a directive in the schema."));
        }

        return (element.Directive!.FindArgument(argumentName) is { } argument ? element with { Argument = argument } : null, null);
    }

    // A meta-field has no type that declares it.
    private static FieldDefinition? FieldOf(ComplexType type, string name) =>
        type.FindField(name) is { DeclaringType: not null } field ? field : null;

    private static GraphQLError NoType(string name) => Error($"Expected \"{name}\" to be defined as a type in the schema.");

    private static GraphQLError Error(string message) => new() { Message = message };
}
