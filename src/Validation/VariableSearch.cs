using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>PERF: whether a definition uses variables at all, which spares the others a walk that keeps types.</summary>
internal static class VariableSearch
{
    /// <summary>True when a variable stands in an argument of a field or a directive, fragments not followed.</summary>
    public static bool HasVariables(DefinitionNode definition) => definition switch
    {
        OperationDefinitionNode operation => InDirectives(operation.Directives) || InSelections(operation.SelectionSet),
        FragmentDefinitionNode fragment => InDirectives(fragment.Directives) || InSelections(fragment.SelectionSet),
        _ => false,
    };

    private static bool InSelections(SelectionSetNode set)
    {
        foreach (var selection in set.Selections)
        {
            if (InDirectives(selection.Directives))
            {
                return true;
            }

            var isFound = selection switch
            {
                FieldNode field => InArguments(field.Arguments) || (field.SelectionSet is { } inner && InSelections(inner)),
                InlineFragmentNode inline => InSelections(inline.SelectionSet),
                _ => false,
            };
            if (isFound)
            {
                return true;
            }
        }

        return false;
    }

    private static bool InDirectives(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            if (InArguments(directive.Arguments))
            {
                return true;
            }
        }

        return false;
    }

    private static bool InArguments(ImmutableArray<ArgumentNode> arguments)
    {
        foreach (var argument in arguments)
        {
            if (InValue(argument.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool InValue(ValueNode value) => value switch
    {
        VariableNode => true,
        ListValueNode list => list.Values.Any(InValue),
        ObjectValueNode fields => fields.Fields.Any(field => InValue(field.Value)),
        _ => false,
    };
}
