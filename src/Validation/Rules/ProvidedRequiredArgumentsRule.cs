using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// Arguments that are non-null and have no default are given
/// (<see href="https://spec.graphql.org/September2025/#sec-Required-Arguments">Spec §5.4.3</see>).
/// </summary>
internal sealed class ProvidedRequiredArgumentsRule(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveField(FieldNode node)
    {
        foreach (var argument in Types.Field?.Arguments ?? [])
        {
            if (argument.IsRequired && !node.Arguments.Any(given => given.Name.Value == argument.Name))
            {
                Context.Report(
                    $"Field \"{node.Name}\" argument \"{argument.Name}\" of type \"{argument.Type}\" is required, but it was not provided.",
                    node.Start);
            }
        }
    }

    public override void LeaveDirective(DirectiveNode node)
    {
        foreach (var argument in Types.Directive?.Arguments ?? [])
        {
            if (argument.IsRequired && node.Argument(argument.Name) is null)
            {
                Context.Report(
                    $"Directive \"@{node.Name}\" argument \"{argument.Name}\" of type \"{argument.Type}\" is required, "
                    + "but it was not provided.",
                    node.Start);
            }
        }
    }
}
