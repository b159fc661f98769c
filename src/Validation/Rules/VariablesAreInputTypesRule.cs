using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// Variables are scalars, enums, input objects, or lists of them
/// (<see href="https://spec.graphql.org/September2025/#sec-Variables-Are-Input-Types">Spec §5.8.2</see>).
/// </summary>
internal sealed class VariablesAreInputTypesRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterVariableDefinition(VariableDefinitionNode node)
    {
        if (Context.Schema.TypeFrom(node.Type) is { Named.IsInputType: false })
        {
            Context.Report($"Variable \"${node.Variable.Name}\" cannot be non-input type \"{node.Type}\".", node.Type.Start);
        }
    }
}
