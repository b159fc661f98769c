using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;

namespace GraphGateway.Operations;

/// <summary>What GraphQL clients may ask for and this version refuses, by name.</summary>
public static class UnsupportedFeatures
{
    private static readonly string[] IncrementalDirectives = ["defer", "stream"];

    /// <summary><c>@defer</c> and <c>@stream</c>, unless the graph defines a directive of that name for itself.</summary>
    public static GraphQLError? Find(DocumentNode document, Schema schema)
    {
        foreach (var definition in document.Definitions)
        {
            var selectionSet = definition switch
            {
                OperationDefinitionNode operation => operation.SelectionSet,
                FragmentDefinitionNode fragment => fragment.SelectionSet,
                _ => null,
            };
            if (selectionSet is not null && FindDirective(selectionSet, schema) is { } directive)
            {
                return GraphQLError.At(
                    document.Source,
                    $"@{directive.Name.Value} is not supported: the answer always comes in one piece. Leave the directive out.",
                    ErrorCode.NotSupported,
                    directive.Start);
            }
        }

        return null;
    }

    /// <summary>Subscriptions.</summary>
    public static GraphQLError? Find(ValidOperation operation) =>
        operation.Definition.Operation == OperationType.Subscription
            ? GraphQLError.At(
                operation.Document.Document.Source,
                "Subscriptions are not supported.",
                ErrorCode.NotSupported,
                operation.Definition.Start)
            : null;

    private static DirectiveNode? FindDirective(SelectionSetNode selectionSet, Schema schema)
    {
        var open = new Stack<SelectionSetNode>([selectionSet]);
        while (open.TryPop(out var next))
        {
            foreach (var selection in next.Selections)
            {
                foreach (var directive in selection.Directives)
                {
                    if (IncrementalDirectives.Contains(directive.Name.Value) && schema.FindDirective(directive.Name.Value) is null)
                    {
                        return directive;
                    }
                }

                var below = selection switch
                {
                    FieldNode field => field.SelectionSet,
                    InlineFragmentNode fragment => fragment.SelectionSet,
                    _ => null,
                };
                if (below is not null)
                {
                    open.Push(below);
                }
            }
        }

        return null;
    }
}
