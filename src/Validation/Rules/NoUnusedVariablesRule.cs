using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// An operation uses the variables that it defines
/// (<see href="https://spec.graphql.org/September2025/#sec-All-Variables-Used">Spec §5.8.4</see>).
/// </summary>
internal sealed class NoUnusedVariablesRule(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveOperation(OperationDefinitionNode node)
    {
        if (node.VariableDefinitions.IsEmpty)
        {
            return;
        }

        var used = Context.Fragments.UsagesIn(node).Select(usage => usage.Node.Name.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var variable in node.VariableDefinitions)
        {
            var name = variable.Variable.Name.Value;
            if (!used.Contains(name))
            {
                var where = node.Name is { } operation ? $" in operation \"{operation}\"" : "";
                Context.Report($"Variable \"${name}\" is never used{where}.", variable.Start);
            }
        }
    }
}
