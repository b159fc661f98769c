using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// A document for execution has operations and fragments only
/// (<see href="https://spec.graphql.org/September2025/#sec-Executable-Definitions">Spec §5.1.1</see>).
/// </summary>
internal sealed class ExecutableDefinitionsRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterDocument(DocumentNode node)
    {
        foreach (var definition in node.Definitions)
        {
            if (definition is TypeSystemNode)
            {
                var name = definition switch
                {
                    TypeDefinitionNode type => $"\"{type.Name}\"",
                    DirectiveDefinitionNode directive => $"\"{directive.Name}\"",
                    _ => "schema",
                };
                Context.Report($"The {name} definition is not executable.", definition.Start);
            }
        }
    }
}
