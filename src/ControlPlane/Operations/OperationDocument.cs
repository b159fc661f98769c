using System.Collections.Immutable;
using System.Text;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;

namespace GraphGateway.ControlPlane;

/// <summary>A document with operations, read and validated as a gateway does it.</summary>
internal static class OperationDocument
{
    // Of @skip and @include with variables, which can be combined in many ways.
    private const int MaxOutcomes = 8;

    /// <summary>The document where the schema takes it, else what is wrong; and the names of its operations, in order.</summary>
    /// <param name="text">The document.</param>
    /// <param name="schema">What clients see.</param>
    /// <param name="options">What the parser reads; null for what it reads where nothing is set.</param>
    public static (ValidDocument? Document, ImmutableArray<string> Names, ImmutableArray<GraphQLError> Errors) Read(string text, Schema schema, ParserOptions? options = null)
    {
        var parsed = Parser.ParseDocument(new SourceText(Encoding.UTF8.GetBytes(text)), options ?? ParserOptions.Default);
        if (!parsed.IsSuccess)
        {
            return (null, [], [parsed.Error]);
        }

        var operations = parsed.Value.Definitions.OfType<OperationDefinitionNode>().ToList();
        ImmutableArray<string> names = [.. operations.Select(operation => operation.Name?.Value).OfType<string>()];
        if (operations.Count == 0)
        {
            return (null, names, [new GraphQLError { Message = "The document has no operation.", Code = ErrorCode.GraphqlUnknownOperationName }]);
        }

        if (UnsupportedFeatures.Find(parsed.Value, schema) is { } unsupported)
        {
            return (null, names, [unsupported]);
        }

        var validated = Validator.Validate(schema, parsed.Value);
        return validated.IsValid ? (validated.Document, names, []) : (null, names, validated.Errors);
    }

    /// <summary>What its conditions can come to, as far as it is looked at.</summary>
    public static IEnumerable<ConditionValues> OutcomesOf(ValidOperation operation) => OperationConditions.Of(operation).Outcomes(MaxOutcomes);
}
