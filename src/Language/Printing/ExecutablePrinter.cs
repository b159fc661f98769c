using System.Text;

namespace GraphGateway.Language;

/// <summary>Operations, fragments and selections.</summary>
internal static class ExecutablePrinter
{
    private const int LineLengthMax = 80;

    public static string Operation(OperationDefinitionNode node)
    {
        var keyword = node.Operation switch
        {
            OperationType.Mutation => "mutation",
            OperationType.Subscription => "subscription",
            _ => "query",
        };
        var variables = node.VariableDefinitions.Select(Variable).ToArray();
        var variableList = variables.Any(v => v.Contains('\n', StringComparison.Ordinal))
            ? Layout.Wrap("(\n", string.Join("\n", variables), "\n)")
            : Layout.Wrap("(", string.Join(", ", variables), ")");
        var prefix = ValuePrinter.Description(node.Description)
            + Layout.Join(" ", keyword, node.Name?.Value + variableList, ValuePrinter.Directives(node.Directives));

        // A query that has nothing but selections is written in its short form.
        return (prefix == "query" ? "" : prefix + " ") + SelectionSet(node.SelectionSet);
    }

    public static string Fragment(FragmentDefinitionNode node) =>
        ValuePrinter.Description(node.Description)
        + $"fragment {node.Name} on {node.TypeCondition} "
        + Layout.Wrap("", ValuePrinter.Directives(node.Directives), " ")
        + SelectionSet(node.SelectionSet);

    public static string Variable(VariableDefinitionNode node) =>
        ValuePrinter.Description(node.Description)
        + $"${node.Variable.Name}: {node.Type}"
        + (node.DefaultValue is null ? "" : " = " + ValuePrinter.Value(node.DefaultValue))
        + Layout.Wrap(" ", ValuePrinter.Directives(node.Directives));

    public static string SelectionSet(SelectionSetNode node)
    {
        var text = new StringBuilder();
        Write(text, node, "\n");
        return text.ToString();
    }

    public static string Selection(SelectionNode node)
    {
        var text = new StringBuilder();
        Write(text, node, "\n");
        return text.ToString();
    }

    // Each line is written once, with its indentation: to indent what is inside level by level takes seconds for a deep document.
    private static void Write(StringBuilder text, SelectionSetNode node, string newLine)
    {
        if (node.Selections.IsEmpty)
        {
            return;
        }

        var inner = newLine + "  ";
        text.Append('{');
        foreach (var selection in node.Selections)
        {
            text.Append(inner);
            Write(text, selection, inner);
        }

        text.Append(newLine).Append('}');
    }

    private static void Write(StringBuilder text, SelectionNode node, string newLine)
    {
        // Line ends of block strings too, as graphql-js does.
        text.Append(Head(node).Replace("\n", newLine, StringComparison.Ordinal));
        var selectionSet = (node as FieldNode)?.SelectionSet ?? (node as InlineFragmentNode)?.SelectionSet;
        if (selectionSet is { Selections.IsEmpty: false })
        {
            text.Append(' ');
            Write(text, selectionSet, newLine);
        }
    }

    private static string Head(SelectionNode node) => node switch
    {
        FieldNode field => FieldHead(field),
        FragmentSpreadNode spread => $"...{spread.Name}{Layout.Wrap(" ", ValuePrinter.Directives(spread.Directives))}",
        InlineFragmentNode fragment => Layout.Join(
            " ",
            "...",
            fragment.TypeCondition is null ? "" : $"on {fragment.TypeCondition}",
            ValuePrinter.Directives(fragment.Directives)),
        _ => throw new ArgumentException($"{node.GetType().Name} is not a selection.", nameof(node)),
    };

    private static string FieldHead(FieldNode node)
    {
        var prefix = (node.Alias is { } alias ? $"{alias}: " : "") + node.Name;
        var line = prefix + ValuePrinter.Arguments(node.Arguments);
        if (line.Length > LineLengthMax)
        {
            line = prefix + Layout.Wrap("(\n", Layout.Indent(Layout.Join(node.Arguments, "\n", ValuePrinter.Argument)), "\n)");
        }

        return Layout.Join(" ", line, ValuePrinter.Directives(node.Directives));
    }
}
