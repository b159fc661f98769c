using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Boolean-Value">Boolean Value</see>.
/// </summary>
public sealed class BooleanValueTests
{
    [Theory]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    public void Two_keywords(string text, string json) => Grammar.Evaluates(text, json);

    [Theory]
    [InlineData("TRUE", "\"TRUE\"")]
    [InlineData("True", "\"True\"")]
    [InlineData("False", "\"False\"")]
    public void Written_otherwise_they_are_names(string text, string json) => Grammar.Evaluates(text, json);
}
