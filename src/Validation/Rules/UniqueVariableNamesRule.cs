using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// Variables of an operation have names of their own
/// (<see href="https://spec.graphql.org/September2025/#sec-Variable-Uniqueness">Spec §5.8.1</see>).
/// </summary>
internal sealed class UniqueVariableNamesRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (node.VariableDefinitions.Length < 2)
        {
            return;
        }

        foreach (var same in node.VariableDefinitions.GroupBy(variable => variable.Variable.Name.Value))
        {
            if (same.Skip(1).Any())
            {
                Context.Report(
                    $"There can be only one variable named \"${same.Key}\".", [.. same.Select(variable => variable.Variable.Name.Start)]);
            }
        }
    }
}
