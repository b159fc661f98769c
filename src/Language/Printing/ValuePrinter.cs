using System.Collections.Immutable;

namespace GraphGateway.Language;

/// <summary>Values, arguments, directives and descriptions.</summary>
internal static class ValuePrinter
{
    public static string Value(ValueNode node) => node switch
    {
        VariableNode variable => $"${variable.Name}",
        IntValueNode number => number.Value,
        FloatValueNode number => number.Value,
        BooleanValueNode boolean => boolean.Value ? "true" : "false",
        StringValueNode { IsBlock: true } text => BlockStrings.Print(text.Value),
        StringValueNode text => StringLiterals.Print(text.Value),
        NullValueNode => "null",
        EnumValueNode name => name.Value,
        ListValueNode list => $"[{Layout.Join(list.Values, ", ", Value)}]",
        ObjectValueNode fields => $"{{{Layout.Join(fields.Fields, ", ", ObjectField)}}}",
        _ => throw new ArgumentException($"{node.GetType().Name} is not a value.", nameof(node)),
    };

    public static string ObjectField(ObjectFieldNode node) => $"{node.Name}: {Value(node.Value)}";

    public static string Argument(ArgumentNode node) => $"{node.Name}: {Value(node.Value)}";

    /// <summary>In parentheses; nothing when there are none.</summary>
    public static string Arguments(ImmutableArray<ArgumentNode> nodes) => Layout.Wrap("(", Layout.Join(nodes, ", ", Argument), ")");

    public static string Directive(DirectiveNode node) => $"@{node.Name}{Arguments(node.Arguments)}";

    public static string Directives(ImmutableArray<DirectiveNode> nodes) => Layout.Join(nodes, " ", Directive);

    /// <summary>On lines of its own.</summary>
    public static string Description(StringValueNode? node) => node is null ? "" : Value(node) + "\n";
}
