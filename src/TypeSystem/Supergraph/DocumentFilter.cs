using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>A document of definitions without some of its definitions, members and directives. What is kept stays in its order.</summary>
public sealed class DocumentFilter
{
    /// <summary>Which types stay; a type that goes also goes from unions, implements lists and root types.</summary>
    public Func<string, bool> KeepType { get; init; } = static _ => true;

    /// <summary>Which directives stay, with their definitions, by name.</summary>
    public Func<string, bool> KeepDirective { get; init; } = static _ => true;

    /// <summary>Which of those directives keep their definition, by name; the others' definitions come from elsewhere.</summary>
    public Func<string, bool> KeepDirectiveDefinition { get; init; } = static _ => true;

    /// <summary>Which fields, arguments, input fields and enum values stay, by the directives that they carry.</summary>
    public Func<ImmutableArray<DirectiveNode>, bool> KeepMember { get; init; } = static _ => true;

    /// <summary>Which fields of objects and interfaces stay, by the names of type and field.</summary>
    public Func<string, string, bool> KeepField { get; init; } = static (_, _) => true;

    /// <summary>What a directive is called in the result, by its name in the document.</summary>
    public Func<string, string> DirectiveName { get; init; } = static name => name;

    /// <summary>What a type or member carries instead of its directives; it comes before all else that is asked of a directive.</summary>
    public Func<ImmutableArray<DirectiveNode>, ImmutableArray<DirectiveNode>> RewriteDirectives { get; init; } = static directives => directives;

    /// <summary>What a type is called in the result, by its name in the document; selections in strings are left as they are.</summary>
    public Func<string, string> TypeName { get; init; } = static name => name;

    /// <summary>What is left of the document.</summary>
    public DocumentNode Apply(DocumentNode document) =>
        new(document.Source, [.. document.Definitions.Where(Keep).Select(Filter)]);

    private bool Keep(DefinitionNode node) => node switch
    {
        TypeDefinitionNode type => KeepType(type.Name.Value),
        DirectiveDefinitionNode directive => KeepDirective(directive.Name.Value) && KeepDirectiveDefinition(directive.Name.Value),
        _ => true,
    };

    private DefinitionNode Filter(DefinitionNode node) => node switch
    {
        SchemaDefinitionNode schema => new SchemaDefinitionNode(
            node.Start, node.End, schema.IsExtension, schema.Description, Directives(schema.Directives),
            [
                .. schema.OperationTypes.Where(root => KeepType(root.Type.Name.Value)).Select(root =>
                    new RootOperationTypeNode(root.Start, root.End, root.Operation, Named(root.Type))),
            ]),
        ScalarTypeDefinitionNode type => new ScalarTypeDefinitionNode(
            node.Start, node.End, type.IsExtension, type.Description, Name(type.Name), Directives(type.Directives)),
        ObjectTypeDefinitionNode type => new ObjectTypeDefinitionNode(
            node.Start, node.End, type.IsExtension, type.Description, Name(type.Name), Types(type.Interfaces),
            Directives(type.Directives), Fields(type.Name.Value, type.Fields)),
        InterfaceTypeDefinitionNode type => new InterfaceTypeDefinitionNode(
            node.Start, node.End, type.IsExtension, type.Description, Name(type.Name), Types(type.Interfaces),
            Directives(type.Directives), Fields(type.Name.Value, type.Fields)),
        UnionTypeDefinitionNode type => new UnionTypeDefinitionNode(
            node.Start, node.End, type.IsExtension, type.Description, Name(type.Name), Directives(type.Directives), Types(type.Members)),
        EnumTypeDefinitionNode type => new EnumTypeDefinitionNode(
            node.Start, node.End, type.IsExtension, type.Description, Name(type.Name), Directives(type.Directives), EnumValues(type.Values)),
        InputObjectTypeDefinitionNode type => new InputObjectTypeDefinitionNode(
            node.Start, node.End, type.IsExtension, type.Description, Name(type.Name), Directives(type.Directives), InputValues(type.Fields)),
        DirectiveDefinitionNode directive => new DirectiveDefinitionNode(
            node.Start, node.End, directive.Description, Renamed(directive.Name), InputValues(directive.Arguments),
            directive.IsRepeatable, directive.Locations),
        _ => node,
    };

    private ImmutableArray<FieldDefinitionNode> Fields(string type, ImmutableArray<FieldDefinitionNode> fields) =>
        [
            .. fields.Where(field => KeepMember(field.Directives) && KeepField(type, field.Name.Value)).Select(field => new FieldDefinitionNode(
                field.Start, field.End, field.Description, field.Name, InputValues(field.Arguments), Reference(field.Type),
                Directives(field.Directives))),
        ];

    private ImmutableArray<InputValueDefinitionNode> InputValues(ImmutableArray<InputValueDefinitionNode> values) =>
        [
            .. values.Where(value => KeepMember(value.Directives)).Select(value => new InputValueDefinitionNode(
                value.Start, value.End, value.Description, value.Name, Reference(value.Type), value.DefaultValue, Directives(value.Directives))),
        ];

    private ImmutableArray<EnumValueDefinitionNode> EnumValues(ImmutableArray<EnumValueDefinitionNode> values) =>
        [
            .. values.Where(value => KeepMember(value.Directives)).Select(value => new EnumValueDefinitionNode(
                value.Start, value.End, value.Description, value.Name, Directives(value.Directives))),
        ];

    private ImmutableArray<NamedTypeNode> Types(ImmutableArray<NamedTypeNode> types) => [.. types.Where(type => KeepType(type.Name.Value)).Select(Named)];

    private ImmutableArray<DirectiveNode> Directives(ImmutableArray<DirectiveNode> directives) =>
        [
            .. RewriteDirectives(directives).Where(directive => KeepDirective(directive.Name.Value)).Select(directive =>
                new DirectiveNode(directive.Start, directive.End, Renamed(directive.Name), directive.Arguments)),
        ];

    private TypeNode Reference(TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => new NonNullTypeNode(type.Start, type.End, Reference(nonNull.Type)),
        ListTypeNode list => new ListTypeNode(type.Start, type.End, Reference(list.Type)),
        _ => Named((NamedTypeNode)type),
    };

    private NamedTypeNode Named(NamedTypeNode type) => new(type.Start, type.End, Name(type.Name));

    private NameNode Name(NameNode name) => new(TypeName(name.Value), name.Start);

    private NameNode Renamed(NameNode name) => new(DirectiveName(name.Value), name.Start);
}
