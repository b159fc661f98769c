using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// A document of definitions without some of its definitions, members and directives. What is kept stays in its order, and a node in which
/// nothing changes is the same node.
/// </summary>
public sealed class DocumentFilter
{
    // Made once, and not again for each of many members.
    private readonly Func<DirectiveNode, DirectiveNode?> keptDirective;
    private readonly Func<InputValueDefinitionNode, InputValueDefinitionNode?> keptInput;

    /// <summary>A filter that keeps all but what its properties say.</summary>
    public DocumentFilter()
    {
        keptDirective = Directive;
        keptInput = InputValue;
    }

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
    public Func<ImmutableArray<DirectiveNode>, ImmutableArray<DirectiveNode>>? RewriteDirectives { get; init; }

    /// <summary>What a type is called in the result, by its name in the document; selections in strings are left as they are.</summary>
    public Func<string, string> TypeName { get; init; } = static name => name;

    /// <summary>What is left of the document.</summary>
    /// <param name="document">All of it.</param>
    /// <param name="betweenDefinitions">Called after each definition, on the calling thread; null for nobody.</param>
    public DocumentNode Apply(DocumentNode document, Action? betweenDefinitions = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        var left = ImmutableArray.CreateBuilder<DefinitionNode>(document.Definitions.Length);
        foreach (var definition in document.Definitions)
        {
            if (Keep(definition))
            {
                left.Add(Filter(definition));
                betweenDefinitions?.Invoke();
            }
        }

        return new DocumentNode(document.Source, left.DrainToImmutable());
    }

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
        Each(fields, field => KeepMember(field.Directives) && KeepField(type, field.Name.Value) ? Field(field) : null);

    private FieldDefinitionNode Field(FieldDefinitionNode field)
    {
        var arguments = InputValues(field.Arguments);
        var type = Reference(field.Type);
        var directives = Directives(field.Directives);
        return arguments == field.Arguments && type == field.Type && directives == field.Directives
            ? field
            : new FieldDefinitionNode(field.Start, field.End, field.Description, field.Name, arguments, type, directives);
    }

    private ImmutableArray<InputValueDefinitionNode> InputValues(ImmutableArray<InputValueDefinitionNode> values) =>
        values.IsEmpty ? values : Each(values, keptInput);

    private InputValueDefinitionNode? InputValue(InputValueDefinitionNode value)
    {
        if (!KeepMember(value.Directives))
        {
            return null;
        }

        var type = Reference(value.Type);
        var directives = Directives(value.Directives);
        return type == value.Type && directives == value.Directives
            ? value
            : new InputValueDefinitionNode(value.Start, value.End, value.Description, value.Name, type, value.DefaultValue, directives);
    }

    private ImmutableArray<EnumValueDefinitionNode> EnumValues(ImmutableArray<EnumValueDefinitionNode> values) =>
        values.IsEmpty ? values : Each(values, EnumValue);

    private EnumValueDefinitionNode? EnumValue(EnumValueDefinitionNode value)
    {
        if (!KeepMember(value.Directives))
        {
            return null;
        }

        var directives = Directives(value.Directives);
        return directives == value.Directives
            ? value
            : new EnumValueDefinitionNode(value.Start, value.End, value.Description, value.Name, directives);
    }

    private ImmutableArray<NamedTypeNode> Types(ImmutableArray<NamedTypeNode> types) =>
        types.IsEmpty ? types : Each(types, type => KeepType(type.Name.Value) ? Named(type) : null);

    private ImmutableArray<DirectiveNode> Directives(ImmutableArray<DirectiveNode> directives) =>
        RewriteDirectives is not null ? Each(RewriteDirectives(directives), keptDirective)
        : directives.IsEmpty ? directives
        : Each(directives, keptDirective);

    private DirectiveNode? Directive(DirectiveNode directive)
    {
        if (!KeepDirective(directive.Name.Value))
        {
            return null;
        }

        var name = Renamed(directive.Name);
        return name == directive.Name ? directive : new DirectiveNode(directive.Start, directive.End, name, directive.Arguments);
    }

    private TypeNode Reference(TypeNode type)
    {
        switch (type)
        {
            case NonNullTypeNode nonNull:
                var nullable = Reference(nonNull.Type);
                return nullable == nonNull.Type ? type : new NonNullTypeNode(type.Start, type.End, nullable);
            case ListTypeNode list:
                var item = Reference(list.Type);
                return item == list.Type ? type : new ListTypeNode(type.Start, type.End, item);
            default:
                return Named((NamedTypeNode)type);
        }
    }

    private NamedTypeNode Named(NamedTypeNode type)
    {
        var name = Name(type.Name);
        return name == type.Name ? type : new NamedTypeNode(type.Start, type.End, name);
    }

    private NameNode Name(NameNode name)
    {
        var result = TypeName(name.Value);
        return result == name.Value ? name : new NameNode(result, name.Start);
    }

    private NameNode Renamed(NameNode name)
    {
        var result = DirectiveName(name.Value);
        return result == name.Value ? name : new NameNode(result, name.Start);
    }

    // What the function makes of each, without nulls; the same array when it makes the same nodes.
    private static ImmutableArray<T> Each<T>(ImmutableArray<T> nodes, Func<T, T?> change) where T : SyntaxNode
    {
        ImmutableArray<T>.Builder? changed = null;
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = change(nodes[i]);
            if (changed is null && node != nodes[i])
            {
                changed = ImmutableArray.CreateBuilder<T>(nodes.Length);
                changed.AddRange(nodes, i);
            }

            if (changed is not null && node is not null)
            {
                changed.Add(node);
            }
        }

        return changed is null ? nodes : changed.DrainToImmutable();
    }
}
