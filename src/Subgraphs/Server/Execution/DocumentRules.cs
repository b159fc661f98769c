using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Subgraphs.Server;

/// <summary>What a document must fulfil before it is executed (Spec §5).</summary>
internal static class DocumentRules
{
    /// <summary>What is wrong with the document; empty when it can run.</summary>
    public static ImmutableArray<GraphQLError> Check(BoundSchema schema, DocumentNode document)
    {
        var errors = ImmutableArray.CreateBuilder<GraphQLError>();
        foreach (var operation in document.Definitions.OfType<OperationDefinitionNode>())
        {
            if (schema.Schema.RootType(operation.Operation) is null)
            {
                var kind = operation.Operation.ToString().ToLowerInvariant();
                errors.Add(GraphQLError.At(
                    document.Source, $"Schema is not configured to execute {kind} operation.", ErrorCode.GraphqlValidationFailed, operation.Start));
            }
        }

        return errors.DrainToImmutable();
    }
}
