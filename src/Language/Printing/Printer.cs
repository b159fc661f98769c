namespace GraphGateway.Language;

/// <summary>
/// Writes syntax trees as GraphQL text, in the layout of graphql-js's <c>print</c>. What is printed parses to the same tree;
/// printing that again gives the same text.
/// </summary>
public static class Printer
{
    /// <summary>The text of a node of any kind, without a newline at the end.</summary>
    public static string Print(SyntaxNode node) => node switch
    {
        DocumentNode document => Document(document),
        TypeSystemNode definition => TypeSystemPrinter.Print(definition),
        OperationDefinitionNode operation => ExecutablePrinter.Operation(operation),
        FragmentDefinitionNode fragment => ExecutablePrinter.Fragment(fragment),
        VariableDefinitionNode variable => ExecutablePrinter.Variable(variable),
        SelectionSetNode selectionSet => ExecutablePrinter.SelectionSet(selectionSet),
        SelectionNode selection => ExecutablePrinter.Selection(selection),
        ValueNode value => ValuePrinter.Value(value),
        ObjectFieldNode field => ValuePrinter.ObjectField(field),
        ArgumentNode argument => ValuePrinter.Argument(argument),
        DirectiveNode directive => ValuePrinter.Directive(directive),
        TypeNode type => type.ToString()!,
        RootOperationTypeNode operationType => TypeSystemPrinter.RootOperationType(operationType),
        FieldDefinitionNode field => TypeSystemPrinter.Field(field),
        InputValueDefinitionNode inputValue => TypeSystemPrinter.InputValue(inputValue),
        EnumValueDefinitionNode enumValue => TypeSystemPrinter.EnumValue(enumValue),
        SelectedValueNode or SelectedValueEntryNode or SelectedPathNode or PathSegmentNode or SelectedObjectNode
            or SelectedObjectFieldNode or SelectedListNode => FieldSelectionMapPrinter.Print(node),
        _ => throw new ArgumentException($"{node?.GetType().Name ?? "null"} is not a node that can be printed.", nameof(node)),
    };

    // A type definition may end without braces; a query in its short form right after it would be read as its fields.
    private static string Document(DocumentNode document)
    {
        var parts = new string[document.Definitions.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var text = Print(document.Definitions[i]);
            var isTaken = i > 0 && document.Definitions[i - 1] is TypeSystemNode && text[0] == '{' && !parts[i - 1].EndsWith('}');
            parts[i] = isTaken ? "query " + text : text;
        }

        return string.Join("\n\n", parts);
    }
}
