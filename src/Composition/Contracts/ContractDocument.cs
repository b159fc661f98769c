using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>Marks what a contract hides as <c>@inaccessible</c>, which all that comes after understands.</summary>
internal static class ContractDocument
{
    internal static DocumentNode Mark(DocumentNode document, HashSet<string> hidden) =>
        new(document.Source, [.. document.Definitions.Select(definition => Mark(definition, hidden))]);

    private static DefinitionNode Mark(DefinitionNode definition, HashSet<string> hidden)
    {
        if (definition is not TypeDefinitionNode type)
        {
            return definition;
        }

        var directives = Marked(type.Name.Value, type.Directives, hidden);
        return type switch
        {
            ScalarTypeDefinitionNode => new ScalarTypeDefinitionNode(type.Start, type.End, type.IsExtension, type.Description, type.Name, directives),
            ObjectTypeDefinitionNode @object => new ObjectTypeDefinitionNode(
                type.Start, type.End, type.IsExtension, type.Description, type.Name, @object.Interfaces, directives, Fields(type, @object.Fields, hidden)),
            InterfaceTypeDefinitionNode @interface => new InterfaceTypeDefinitionNode(
                type.Start, type.End, type.IsExtension, type.Description, type.Name, @interface.Interfaces, directives, Fields(type, @interface.Fields, hidden)),
            UnionTypeDefinitionNode union => new UnionTypeDefinitionNode(
                type.Start, type.End, type.IsExtension, type.Description, type.Name, directives, union.Members),
            EnumTypeDefinitionNode @enum => new EnumTypeDefinitionNode(
                type.Start, type.End, type.IsExtension, type.Description, type.Name, directives,
                [
                    .. @enum.Values.Select(value => new EnumValueDefinitionNode(
                        value.Start, value.End, value.Description, value.Name, Marked($"{type.Name}.{value.Name}", value.Directives, hidden))),
                ]),
            InputObjectTypeDefinitionNode input => new InputObjectTypeDefinitionNode(
                type.Start, type.End, type.IsExtension, type.Description, type.Name, directives,
                Inputs(input.Fields, name => $"{type.Name}.{name}", hidden)),
            _ => type,
        };
    }

    private static ImmutableArray<FieldDefinitionNode> Fields(
        TypeDefinitionNode type, ImmutableArray<FieldDefinitionNode> fields, HashSet<string> hidden) =>
        [
            .. fields.Select(field => new FieldDefinitionNode(
                field.Start,
                field.End,
                field.Description,
                field.Name,
                Inputs(field.Arguments, name => $"{type.Name}.{field.Name}({name}:)", hidden),
                field.Type,
                Marked($"{type.Name}.{field.Name}", field.Directives, hidden))),
        ];

    private static ImmutableArray<InputValueDefinitionNode> Inputs(
        ImmutableArray<InputValueDefinitionNode> inputs, Func<string, string> coordinateOf, HashSet<string> hidden) =>
        [
            .. inputs.Select(input => new InputValueDefinitionNode(
                input.Start, input.End, input.Description, input.Name, input.Type, input.DefaultValue,
                Marked(coordinateOf(input.Name.Value), input.Directives, hidden))),
        ];

    private static ImmutableArray<DirectiveNode> Marked(string coordinate, ImmutableArray<DirectiveNode> directives, HashSet<string> hidden) =>
        hidden.Contains(coordinate) && !WellKnownDirectives.IsInaccessible(directives)
            ? directives.Add(Syntax.Directive(WellKnownDirectives.Inaccessible))
            : directives;
}
