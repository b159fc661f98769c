using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>The composed members as a document of definitions.</summary>
internal static class MergedDocument
{
    internal static DocumentNode Of(MergedSchema merged)
    {
        var definitions = ImmutableArray.CreateBuilder<DefinitionNode>();
        definitions.Add(new SchemaDefinitionNode(
            0, 0, isExtension: false, null, [],
            [
                .. Enum.GetValues<OperationType>()
                    .Where(operation => merged.Types.ContainsKey(operation.ToString()))
                    .Select(operation => new RootOperationTypeNode(0, 0, operation, Syntax.NamedType(operation.ToString()))),
            ]));
        definitions.AddRange(merged.Types.Values.Select(Define));
        return new DocumentNode(new SourceText("", "the composed schema"), definitions.DrainToImmutable());
    }

    private static DefinitionNode Define(MergedType type)
    {
        var name = Syntax.Name(type.Name);
        var description = Syntax.Description(SchemaMerger.Description(type.Group.Sources.Select(source => source.Definition.Description)));
        var directives = MergedDirectives.Of(type.Group.Sources.Select(source => source.Definition.Directives));
        return type.Kind switch
        {
            TypeKind.Scalar => new ScalarTypeDefinitionNode(0, 0, false, description, name, directives),
            TypeKind.Object => new ObjectTypeDefinitionNode(
                0, 0, false, description, name, Types(type.Interfaces), directives, [.. type.Fields.Values.Select(Field)]),
            TypeKind.Interface => new InterfaceTypeDefinitionNode(
                0, 0, false, description, name, Types(type.Interfaces), directives, [.. type.Fields.Values.Select(Field)]),
            TypeKind.Union => new UnionTypeDefinitionNode(0, 0, false, description, name, directives, Types(type.Members)),
            TypeKind.Enum => new EnumTypeDefinitionNode(
                0, 0, false, description, name, directives,
                [
                    .. type.EnumValues.Select(value => new EnumValueDefinitionNode(
                        0, 0, Syntax.Description(value.Description), Syntax.Name(value.Name), value.Directives)),
                ]),
            _ => new InputObjectTypeDefinitionNode(0, 0, false, description, name, directives, Inputs(type.InputFields.Values)),
        };
    }

    private static FieldDefinitionNode Field(MergedField field) => new(
        0,
        0,
        Syntax.Description(SchemaMerger.Description(field.Group.Sources.Select(source => source.Definition.Description))),
        Syntax.Name(field.Name),
        Inputs(field.Arguments.Values),
        field.Type,
        MergedDirectives.Of(field.Group.Sources.Select(source => source.Definition.Directives)));

    private static ImmutableArray<InputValueDefinitionNode> Inputs(IEnumerable<MergedInput> inputs) =>
        [
            .. inputs.Select(input => new InputValueDefinitionNode(
                0, 0, Syntax.Description(input.Description), Syntax.Name(input.Name), input.Type, input.DefaultValue, input.Directives)),
        ];

    private static ImmutableArray<NamedTypeNode> Types(IEnumerable<string> names) => [.. names.Select(Syntax.NamedType)];
}
