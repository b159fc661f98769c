using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;

namespace GraphGateway.Planning.Tests;

/// <summary>From an operation's text to its normal form, as the gateway does it.</summary>
internal static class TestOperation
{
    public static NormalizedOperation Normalize(Schema schema, string text, ParserOptions? options = null)
    {
        var parsed = Parser.ParseDocument(new SourceText(text), options);
        var validated = Validator.Validate(schema, parsed.Value ?? throw new InvalidOperationException(parsed.Error!.Message));
        var document = validated.Document ?? throw new InvalidOperationException(string.Join('\n', validated.Errors.Select(error => error.Message)));
        var result = Normalizer.Normalize(document.Operations.Single(), ConditionValues.None);
        return result.Operation ?? throw new InvalidOperationException(result.Error!.Message);
    }
}
