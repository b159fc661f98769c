using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-List-Value">List Value</see>.
/// </summary>
public sealed class ListValueTests
{
    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("[1, 2, 3]", "[1,2,3]")]
    [InlineData("[1 2,3,,]", "[1,2,3]")]
    [InlineData("[[1], []]", "[[1],[]]")]
    [InlineData("""[1, "a", null, $b]""", """[1,"a",null,"$b"]""")]
    public void Lists(string text, string json) => Grammar.Evaluates(text, json);

    [Theory]
    [InlineData("[", "1:2 Syntax Error: Unexpected <EOF>.")]
    [InlineData("[1", "1:3 Syntax Error: Unexpected <EOF>.")]
    [InlineData("]", """1:1 Syntax Error: Unexpected "]".""")]
    [InlineData("[1)", """1:3 Syntax Error: Unexpected ")".""")]
    public void Sequences_that_are_none(string text, string error) => Grammar.RefusesValue(text, error);
}
