using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Float-Value">Float Value</see>.
/// </summary>
public sealed class FloatValueTests
{
    [Theory]
    [InlineData("1.0", "1.0")]
    [InlineData("0.5", "0.5")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("1e50", "1e50")]
    [InlineData("1E5", "1E5")]
    [InlineData("6.0221413e23", "6.0221413e23")]
    [InlineData("1e+5", "1e+5")]
    [InlineData("1e-5", "1e-5")]
    [InlineData("-0.0e-0", "-0.0e-0")]
    [InlineData("123.456E78", "123.456E78")]
    public void Floats(string text, string json) => Grammar.Evaluates(text, json);

    [Theory]
    [InlineData("1.", "1:3 Syntax Error: Invalid number, expected digit but got: <EOF>.")]
    [InlineData(".5", """1:1 Syntax Error: Unexpected character: ".".""")]
    [InlineData("1.e5", """1:3 Syntax Error: Invalid number, expected digit but got: "e".""")]
    [InlineData("1e", "1:3 Syntax Error: Invalid number, expected digit but got: <EOF>.")]
    [InlineData("1e+", "1:4 Syntax Error: Invalid number, expected digit but got: <EOF>.")]
    [InlineData("1.23.4", """1:5 Syntax Error: Invalid number, expected digit but got: ".".""")]
    [InlineData("1.2e3.4", """1:6 Syntax Error: Invalid number, expected digit but got: ".".""")]
    [InlineData("0x1.2p3", """1:2 Syntax Error: Invalid number, expected digit but got: "x".""")]
    [InlineData("01.5", """1:2 Syntax Error: Invalid number, unexpected digit after 0: "1".""")]
    [InlineData("1.5a", """1:4 Syntax Error: Invalid number, expected digit but got: "a".""")]
    [InlineData("1e5x", """1:4 Syntax Error: Invalid number, expected digit but got: "x".""")]
    [InlineData("-.5", """1:2 Syntax Error: Invalid number, expected digit but got: ".".""")]
    [InlineData("1.0e5.", """1:6 Syntax Error: Invalid number, expected digit but got: ".".""")]
    public void Sequences_that_are_none(string text, string error) => Grammar.RefusesValue(text, error);
}
