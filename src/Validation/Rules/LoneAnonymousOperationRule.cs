using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// An operation without a name is the only one
/// (<see href="https://spec.graphql.org/September2025/#sec-Lone-Anonymous-Operation">Spec §5.2.3.1</see>).
/// </summary>
internal sealed class LoneAnonymousOperationRule(ValidationContext context) : ValidationRule(context)
{
    private int operationCount;

    public override void EnterDocument(DocumentNode node) => operationCount = node.Definitions.OfType<OperationDefinitionNode>().Count();

    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (node.Name is null && operationCount > 1)
        {
            Context.Report("This anonymous operation must be the only defined operation.", node.Start);
        }
    }
}
