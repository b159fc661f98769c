using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// The schema has a root type for the kind of each operation
/// (<see href="https://spec.graphql.org/September2025/#sec-Operation-Type-Existence">Spec §5.2.1.1</see>).
/// graphql-js leaves it to execution, so that it is asked last, of documents in which nothing else is wrong: others get the errors of
/// graphql-js, and no more.
/// </summary>
internal sealed class OperationTypeExistenceRule(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveDocument(DocumentNode node)
    {
        if (Context.ErrorCount > 0)
        {
            return;
        }

        foreach (var operation in node.Definitions.OfType<OperationDefinitionNode>())
        {
            if (Context.Schema.RootType(operation.Operation) is null)
            {
                var kind = operation.Operation.ToString().ToLowerInvariant();
                Context.Report($"Schema is not configured to execute {kind} operation.", operation.Start);
            }
        }
    }
}
