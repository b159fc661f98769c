using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Input-Values">Input Values</see>.
/// </summary>
public sealed class InputValuesTests
{
    [Theory]
    [InlineData("$a", "\"$a\"")]
    [InlineData("1", "1")]
    [InlineData("1.5", "1.5")]
    [InlineData("\"a\"", "\"a\"")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("RED", "\"RED\"")]
    [InlineData("[1]", "[1]")]
    [InlineData("{a: 1}", """{"a":1}""")]
    public void Values_of_all_kinds(string text, string json) => Grammar.Evaluates(text, json);

    [Theory]
    [InlineData("$a", """1:1 Syntax Error: Unexpected variable "$a" in constant value.""")]
    [InlineData("[$a]", """1:2 Syntax Error: Unexpected variable "$a" in constant value.""")]
    [InlineData("{a: [$b]}", """1:6 Syntax Error: Unexpected variable "$b" in constant value.""")]
    public void Constant_values_have_no_variables(string text, string error) => Grammar.RefusesConst(text, error);

    [Fact]
    public void A_default_is_constant() =>
        Grammar.Refuses("query ($a: Int = $b) { a }", """1:18 Syntax Error: Unexpected variable "$b" in constant value.""");

    [Fact]
    public void A_directives_argument_on_a_variable_is_constant() =>
        Grammar.Refuses("query ($a: Int @b(c: $a)) { a }", """1:22 Syntax Error: Unexpected variable "$a" in constant value.""");

    [Theory]
    [InlineData("", "1:1 Syntax Error: Unexpected <EOF>.")]
    [InlineData("...", """1:1 Syntax Error: Unexpected "...".""")]
    [InlineData("(1)", """1:1 Syntax Error: Unexpected "(".""")]
    [InlineData("@a", """1:1 Syntax Error: Unexpected "@".""")]
    [InlineData("!", """1:1 Syntax Error: Unexpected "!".""")]
    [InlineData("1 2", """1:3 Syntax Error: Expected <EOF>, found Int "2".""")]
    public void What_is_no_value(string text, string error) => Grammar.RefusesValue(text, error);
}
