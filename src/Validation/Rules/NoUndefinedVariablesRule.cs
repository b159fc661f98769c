using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// An operation defines the variables that it uses, those in its fragments included
/// (<see href="https://spec.graphql.org/September2025/#sec-All-Variable-Uses-Defined">Spec §5.8.3</see>).
/// </summary>
internal sealed class NoUndefinedVariablesRule(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveOperation(OperationDefinitionNode node)
    {
        var defined = node.VariableDefinitions.Select(variable => variable.Variable.Name.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var usage in Context.Fragments.UsagesIn(node))
        {
            var name = usage.Node.Name.Value;
            if (!defined.Contains(name))
            {
                var where = node.Name is { } operation ? $" by operation \"{operation}\"" : "";
                Context.Report($"Variable \"${name}\" is not defined{where}.", usage.Node.Start, node.Start);
            }
        }
    }
}
