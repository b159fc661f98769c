using System.Text;
using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Source-Text">Source Text</see>.
/// </summary>
public sealed class SourceTextTests
{
    [Fact]
    public void Any_Unicode_scalar_value_may_stand_in_comments_and_strings() => Grammar.ReadsAlike(
        "{ telescope(name: \"\u00e9\u671b\U0001F52D\") # \U0001F52D \u00e9\n}", "{ telescope(name: \"\u00e9\u671b\U0001F52D\") }");

    [Theory]
    [InlineData(0x00, "U+0000")]
    [InlineData(0x07, "U+0007")]
    [InlineData(0x0B, "U+000B")]
    [InlineData(0x1F, "U+001F")]
    [InlineData(0x7F, "U+007F")]
    public void A_control_character_between_tokens_is_refused(int codePoint, string name) =>
        Grammar.Refuses($"{{ a {(char)codePoint} b }}", $"1:5 Syntax Error: Unexpected character: {name}.");

    [Theory]
    [InlineData("\u00e9", "U+00E9")]
    [InlineData("\u00a0", "U+00A0")]
    [InlineData("\U0001F52D", "U+1F52D")]
    public void Beyond_ASCII_there_are_no_tokens(string character, string name) =>
        Grammar.Refuses($"{{ {character} }}", $"1:3 Syntax Error: Unexpected character: {name}.");

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_no_source_characters() =>
        Grammar.Refuses([.. Encoding.UTF8.GetBytes("{ a(b: \""), 0xED, 0xA0, 0x80, .. "\") }"u8], "1:9 Syntax Error: Document is not valid UTF-8.");
}
