using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>Something that a contract can hide.</summary>
/// <param name="Coordinate">Its schema coordinate.</param>
/// <param name="Parent">The coordinate of what it belongs to; empty for types.</param>
/// <param name="Node">A type, field, argument, input field or enum value.</param>
/// <param name="Directives">Those that it carries.</param>
internal sealed record ContractElement(string Coordinate, string Parent, SyntaxNode Node, ImmutableArray<DirectiveNode> Directives);

/// <summary>The elements of a document of definitions, parents before children.</summary>
internal static class ContractElements
{
    internal static IEnumerable<ContractElement> Of(DocumentNode document) =>
        document.Definitions.OfType<TypeDefinitionNode>().SelectMany(Of);

    internal static ImmutableArray<FieldDefinitionNode> FieldsOf(TypeDefinitionNode type) => type switch
    {
        ObjectTypeDefinitionNode @object => @object.Fields,
        InterfaceTypeDefinitionNode @interface => @interface.Fields,
        _ => [],
    };

    internal static string NamedType(TypeNode type) => TypeNodes.Named(type);

    private static IEnumerable<ContractElement> Of(TypeDefinitionNode type)
    {
        var name = type.Name.Value;
        yield return new ContractElement(name, "", type, type.Directives);
        foreach (var field in FieldsOf(type))
        {
            var coordinate = $"{name}.{field.Name}";
            yield return new ContractElement(coordinate, name, field, field.Directives);
            foreach (var argument in field.Arguments)
            {
                yield return new ContractElement($"{coordinate}({argument.Name}:)", coordinate, argument, argument.Directives);
            }
        }

        foreach (var value in (type as EnumTypeDefinitionNode)?.Values ?? [])
        {
            yield return new ContractElement($"{name}.{value.Name}", name, value, value.Directives);
        }

        foreach (var field in (type as InputObjectTypeDefinitionNode)?.Fields ?? [])
        {
            yield return new ContractElement($"{name}.{field.Name}", name, field, field.Directives);
        }
    }
}
