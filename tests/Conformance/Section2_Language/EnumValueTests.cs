using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Enum-Value">Enum Value</see>.
/// </summary>
public sealed class EnumValueTests
{
    [Theory]
    [InlineData("MOBILE_WEB", "\"MOBILE_WEB\"")]
    [InlineData("red", "\"red\"")]
    [InlineData("_", "\"_\"")]
    [InlineData("on", "\"on\"")]
    public void Names_without_quotes(string text, string json) => Grammar.Evaluates(text, json);

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("null")]
    public void Three_names_are_no_enum_values(string name) => Grammar.Refuses(
        $"enum Color {{ {name} }}", $"1:14 Syntax Error: Name \"{name}\" is reserved and cannot be used for an enum value.");
}
