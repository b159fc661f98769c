using System.Collections.Frozen;
using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// A document that keeps every rule of the spec on its schema (<see href="https://spec.graphql.org/September2025/#sec-Validation">Spec
/// §5</see>). Only <see cref="Validator"/> makes one: who holds it need not check again.
/// </summary>
public sealed class ValidDocument
{
    internal ValidDocument(Schema schema, DocumentNode document, IReadOnlyDictionary<string, FragmentDefinitionNode> fragments)
    {
        Schema = schema;
        Document = document;
        Fragments = fragments.ToFrozenDictionary(StringComparer.Ordinal);
        Operations =
        [
            .. document.Definitions.OfType<OperationDefinitionNode>()
                .Select(operation => new ValidOperation(this, operation, schema.RootType(operation.Operation)!)),
        ];
    }

    /// <summary>The schema that the document is valid on.</summary>
    public Schema Schema { get; }

    /// <summary>The syntax tree.</summary>
    public DocumentNode Document { get; }

    /// <summary>All fragments by name; each is used, and none spreads itself.</summary>
    public FrozenDictionary<string, FragmentDefinitionNode> Fragments { get; }

    /// <summary>At least one, in document order.</summary>
    public ImmutableArray<ValidOperation> Operations { get; }

    /// <summary>
    /// The operation that a request means
    /// (<see href="https://spec.graphql.org/September2025/#GetOperation()">Spec §6.1, GetOperation</see>).
    /// The error has the code <c>GRAPHQL_UNKNOWN_OPERATION_NAME</c>.
    /// </summary>
    public OperationSelection SelectOperation(string? operationName)
    {
        if (operationName is null)
        {
            return Operations is [var only]
                ? new OperationSelection(only, null)
                : Unknown("Must provide operation name if query contains multiple operations.");
        }

        foreach (var operation in Operations)
        {
            if (operation.Definition.Name?.Value == operationName)
            {
                return new OperationSelection(operation, null);
            }
        }

        return Unknown($"Unknown operation named \"{operationName}\".");
    }

    private static OperationSelection Unknown(string message) =>
        new(null, new GraphQLError { Message = message, Code = ErrorCode.GraphqlUnknownOperationName });
}

/// <summary>An operation of a <see cref="ValidDocument"/>.</summary>
public sealed class ValidOperation
{
    internal ValidOperation(ValidDocument document, OperationDefinitionNode definition, ObjectType rootType)
    {
        Document = document;
        Definition = definition;
        RootType = rootType;
    }

    /// <summary>The document that it stands in, with the fragments that it may spread.</summary>
    public ValidDocument Document { get; }

    /// <summary>The syntax tree.</summary>
    public OperationDefinitionNode Definition { get; }

    /// <summary>The query, mutation or subscription root.</summary>
    public ObjectType RootType { get; }
}

/// <summary>The operation that a request means, or why there is none. Exactly one of the two is there.</summary>
public readonly record struct OperationSelection(ValidOperation? Operation, GraphQLError? Error);
