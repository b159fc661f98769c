using System.Collections.Immutable;

namespace GraphGateway.Language;

/// <summary>The directives that are applied in a definition (<see href="https://spec.graphql.org/September2025/#sec-Type-System.Directives">Spec §3.13</see>).</summary>
public static class DirectivesIn
{
    /// <summary>
    /// The directives of a definition or extension of the type system, of its fields and their arguments, of input fields and of enum values,
    /// in that order. None of a definition that is executed, nor of the arguments that a directive's definition has.
    /// </summary>
    /// <param name="definition">Any definition of a document.</param>
    public static IEnumerable<DirectiveNode> Definition(DefinitionNode definition) => ByLocation(definition).SelectMany(place => place.Directives);

    /// <summary>The same by the nodes that they stand on, each with its TypeSystemDirectiveLocation.</summary>
    /// <param name="definition">Any definition of a document.</param>
    public static IEnumerable<(string Location, ImmutableArray<DirectiveNode> Directives)> ByLocation(DefinitionNode definition) => definition switch
    {
        ObjectTypeDefinitionNode type => [("OBJECT", type.Directives), .. type.Fields.SelectMany(Field)],
        InterfaceTypeDefinitionNode type => [("INTERFACE", type.Directives), .. type.Fields.SelectMany(Field)],
        InputObjectTypeDefinitionNode type => [("INPUT_OBJECT", type.Directives), .. type.Fields.Select(field => ("INPUT_FIELD_DEFINITION", field.Directives))],
        EnumTypeDefinitionNode type => [("ENUM", type.Directives), .. type.Values.Select(value => ("ENUM_VALUE", value.Directives))],
        UnionTypeDefinitionNode type => [("UNION", type.Directives)],
        ScalarTypeDefinitionNode type => [("SCALAR", type.Directives)],
        SchemaDefinitionNode schema => [("SCHEMA", schema.Directives)],
        TypeSystemNode node => [("", node.Directives)],
        _ => [],
    };

    private static IEnumerable<(string Location, ImmutableArray<DirectiveNode> Directives)> Field(FieldDefinitionNode field) =>
        [("FIELD_DEFINITION", field.Directives), .. field.Arguments.Select(argument => ("ARGUMENT_DEFINITION", argument.Directives))];
}
