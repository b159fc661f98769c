using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>What <see cref="DirectivesIn"/> finds, by the nodes that it stands on and their kinds, TypeSystemDirectiveLocation (Spec §3.13).</summary>
internal static class DirectivesAt
{
    internal static IEnumerable<(string Location, ImmutableArray<DirectiveNode> Directives)> Definition(DefinitionNode definition) => definition switch
    {
        ObjectTypeDefinitionNode type => [("OBJECT", type.Directives), .. type.Fields.SelectMany(Field)],
        InterfaceTypeDefinitionNode type => [("INTERFACE", type.Directives), .. type.Fields.SelectMany(Field)],
        InputObjectTypeDefinitionNode type => [("INPUT_OBJECT", type.Directives), .. type.Fields.Select(field => ("INPUT_FIELD_DEFINITION", field.Directives))],
        EnumTypeDefinitionNode type => [("ENUM", type.Directives), .. type.Values.Select(value => ("ENUM_VALUE", value.Directives))],
        UnionTypeDefinitionNode type => [("UNION", type.Directives)],
        ScalarTypeDefinitionNode type => [("SCALAR", type.Directives)],
        SchemaDefinitionNode schema => [("SCHEMA", schema.Directives)],
        _ => [],
    };

    private static IEnumerable<(string Location, ImmutableArray<DirectiveNode> Directives)> Field(FieldDefinitionNode field) =>
        [("FIELD_DEFINITION", field.Directives), .. field.Arguments.Select(argument => ("ARGUMENT_DEFINITION", argument.Directives))];
}
