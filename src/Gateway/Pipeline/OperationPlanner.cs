using GraphGateway.Execution;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>From the bytes of a document to an operation, and from an operation to its plan: what is done once for each document.</summary>
internal sealed class OperationPlanner(Supergraph supergraph, GatewayOptions options, PlanExecutor executor)
{
    private readonly ParserOptions parserOptions = new()
    {
        MaxBytes = options.Limits.DocumentBytes,
        MaxTokens = options.Limits.Tokens,
        MaxDepth = options.Limits.Depth,
    };

    private readonly ValidationOptions validationOptions = new() { Suggestions = options.Introspection };

    /// <summary>1. Parse. 2. Refuse by name what this version does not do. 3. Validate. 4. Choose the operation.</summary>
    public OperationResolution Resolve(DocumentKey key)
    {
        // 1.
        var parsed = Parser.ParseDocument(new SourceText(key.Document), parserOptions);
        if (!parsed.IsSuccess)
        {
            return new OperationResolution(null, [parsed.Error]);
        }

        // 2.
        if (UnsupportedFeatures.Find(parsed.Value, supergraph.PublicSchema) is { } refusal)
        {
            return new OperationResolution(null, [refusal]);
        }

        // 3.
        var validated = Validator.Validate(supergraph.PublicSchema, parsed.Value, validationOptions);
        if (!validated.IsValid)
        {
            return new OperationResolution(null, validated.Errors);
        }

        // 4.
        var (operation, error) = validated.Document.SelectOperation(key.OperationName);
        if (operation is null)
        {
            return new OperationResolution(null, [error!]);
        }

        return UnsupportedFeatures.Find(operation) is { } unsupported
            ? new OperationResolution(null, [unsupported])
            : new OperationResolution(new PreparedOperation(operation, this), []);
    }

    /// <summary>1. Normalise. 2. Refuse introspection where it is off. 3. Plan. 4. Make the plan ready to run.</summary>
    public PlanResolution Plan(ValidOperation operation, ConditionValues conditions)
    {
        // 1.
        var normalized = Normalizer.Normalize(operation, conditions);
        if (!normalized.IsSuccess)
        {
            return new PlanResolution(null, [normalized.Error!]);
        }

        // 2.
        if (!options.Introspection && FindIntrospection(normalized.Operation) is { } field)
        {
            const string message = "Introspection is switched off.";
            return new PlanResolution(
                null, [GraphQLError.At(operation.Document.Document.Source, message, ErrorCode.IntrospectionDisabled, field.Node.Start)]);
        }

        // 3. and 4.
        return new PlanResolution(executor.Prepare(QueryPlanner.Plan(supergraph, normalized.Operation)), []);
    }

    private NormalizedField? FindIntrospection(NormalizedOperation operation) =>
        operation.SelectionSet.Fields.FirstOrDefault(field => IntrospectionExecutor.IsIntrospection(supergraph.PublicSchema, field.Definition));
}
