using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Int-Value">Int Value</see>.
/// </summary>
public sealed class IntValueTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "-0")]
    [InlineData("1", "1")]
    [InlineData("-123", "-123")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("-98765432109876543210", "-98765432109876543210")]
    public void Integers(string text, string json) => Grammar.Evaluates(text, json);

    [Theory]
    [InlineData("00", """1:2 Syntax Error: Invalid number, unexpected digit after 0: "0".""")]
    [InlineData("01", """1:2 Syntax Error: Invalid number, unexpected digit after 0: "1".""")]
    [InlineData("-", "1:2 Syntax Error: Invalid number, expected digit but got: <EOF>.")]
    [InlineData("--1", """1:2 Syntax Error: Invalid number, expected digit but got: "-".""")]
    [InlineData("+1", """1:1 Syntax Error: Unexpected character: "+".""")]
    [InlineData("-a", """1:2 Syntax Error: Invalid number, expected digit but got: "a".""")]
    [InlineData("0x123", """1:2 Syntax Error: Invalid number, expected digit but got: "x".""")]
    [InlineData("123L", """1:4 Syntax Error: Invalid number, expected digit but got: "L".""")]
    [InlineData("1_000", """1:2 Syntax Error: Invalid number, expected digit but got: "_".""")]
    [InlineData("0b1", """1:2 Syntax Error: Invalid number, expected digit but got: "b".""")]
    [InlineData("1a", """1:2 Syntax Error: Invalid number, expected digit but got: "a".""")]
    [InlineData("- 1", """1:2 Syntax Error: Invalid number, expected digit but got: " ".""")]
    public void Sequences_that_are_none(string text, string error) => Grammar.RefusesValue(text, error);
}
