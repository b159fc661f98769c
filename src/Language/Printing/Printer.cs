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
        DocumentNode document => Layout.Join(document.Definitions, "\n\n", Print),
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
}
