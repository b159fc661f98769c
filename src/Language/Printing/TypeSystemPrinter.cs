using System.Collections.Immutable;

namespace GraphGateway.Language;

/// <summary>Type-system definitions and extensions.</summary>
internal static class TypeSystemPrinter
{
    public static string Print(TypeSystemNode node) =>
        ValuePrinter.Description(node.Description) + (node.IsExtension ? "extend " : "") + Body(node);

    public static string RootOperationType(RootOperationTypeNode node)
    {
        var keyword = node.Operation switch
        {
            OperationType.Mutation => "mutation",
            OperationType.Subscription => "subscription",
            _ => "query",
        };
        return $"{keyword}: {node.Type}";
    }

    public static string Field(FieldDefinitionNode node) =>
        ValuePrinter.Description(node.Description)
        + $"{node.Name}{Arguments(node.Arguments)}: {node.Type}"
        + Layout.Wrap(" ", ValuePrinter.Directives(node.Directives));

    public static string InputValue(InputValueDefinitionNode node) =>
        ValuePrinter.Description(node.Description)
        + Layout.Join(
            " ",
            $"{node.Name}: {node.Type}",
            node.DefaultValue is null ? "" : $"= {ValuePrinter.Value(node.DefaultValue)}",
            ValuePrinter.Directives(node.Directives));

    public static string EnumValue(EnumValueDefinitionNode node) =>
        ValuePrinter.Description(node.Description) + Layout.Join(" ", node.Name.Value, ValuePrinter.Directives(node.Directives));

    private static string Body(TypeSystemNode node)
    {
        var directives = ValuePrinter.Directives(node.Directives);
        return node switch
        {
            SchemaDefinitionNode schema => Layout.Join(
                " ", "schema", directives, Layout.Block(Layout.Join(schema.OperationTypes, "\n", RootOperationType))),
            ScalarTypeDefinitionNode type => Layout.Join(" ", "scalar", type.Name.Value, directives),
            ObjectTypeDefinitionNode type => Layout.Join(
                " ", "type", type.Name.Value, Implements(type.Interfaces), directives, Fields(type.Fields)),
            InterfaceTypeDefinitionNode type => Layout.Join(
                " ", "interface", type.Name.Value, Implements(type.Interfaces), directives, Fields(type.Fields)),
            UnionTypeDefinitionNode type => Layout.Join(
                " ", "union", type.Name.Value, directives, Layout.Wrap("= ", Layout.Join(type.Members, " | ", m => m.Name.Value))),
            EnumTypeDefinitionNode type => Layout.Join(
                " ", "enum", type.Name.Value, directives, Layout.Block(Layout.Join(type.Values, "\n", EnumValue))),
            InputObjectTypeDefinitionNode type => Layout.Join(
                " ", "input", type.Name.Value, directives, Layout.Block(Layout.Join(type.Fields, "\n", InputValue))),
            DirectiveDefinitionNode directive => Directive(directive),
            _ => throw new ArgumentException($"{node.GetType().Name} is not a type-system definition.", nameof(node)),
        };
    }

    private static string Directive(DirectiveDefinitionNode node) =>
        $"directive @{node.Name}{Arguments(node.Arguments)}{(node.IsRepeatable ? " repeatable" : "")} on "
        + string.Join(" | ", node.Locations.Select(l => l.Value));

    private static string Implements(ImmutableArray<NamedTypeNode> interfaces) =>
        Layout.Wrap("implements ", Layout.Join(interfaces, " & ", i => i.Name.Value));

    private static string Fields(ImmutableArray<FieldDefinitionNode> fields) => Layout.Block(Layout.Join(fields, "\n", Field));

    /// <summary>On one line, unless one of them needs several.</summary>
    private static string Arguments(ImmutableArray<InputValueDefinitionNode> nodes)
    {
        var arguments = nodes.Select(InputValue).ToArray();
        return arguments.Any(a => a.Contains('\n', StringComparison.Ordinal))
            ? Layout.Wrap("(\n", Layout.Indent(string.Join("\n", arguments)), "\n)")
            : Layout.Wrap("(", string.Join(", ", arguments), ")");
    }
}
