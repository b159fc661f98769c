using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-String-Value">String Value</see>.
/// </summary>
public sealed class StringValueTests
{
    [Theory]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"a\"", "\"a\"")]
    [InlineData("\" a  b \"", "\" a  b \"")]
    [InlineData("\"é \u671B\"", "\"é \u671B\"")]
    [InlineData("\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t\"", "\"\\\" \\\\ / \\b \\f \\n \\r \\t\"")]
    [InlineData("\"\\u0041\\u00e9\\u671B\"", "\"Aé\u671B\"")]
    [InlineData("\"\\u{41}\\u{1F52D}\\u{00000041}\"", "\"A\\uD83D\\uDD2DA\"")]
    [InlineData("\"\\uD83D\\uDD2D\"", "\"\\uD83D\\uDD2D\"")]
    [InlineData("\"\\u{10FFFF}\"", "\"\\uDBFF\\uDFFF\"")]
    [InlineData("\"#\"", "\"#\"")]
    [InlineData("\"a\u0007b\"", "\"a\\u0007b\"")]
    [InlineData("\"'\"", "\"'\"")]
    public void Strings(string text, string json) => Grammar.Evaluates(text, json);

    [Theory]
    [InlineData("\"", "1:2 Syntax Error: Unterminated string.")]
    [InlineData("\"a", "1:3 Syntax Error: Unterminated string.")]
    [InlineData("\"a\n\"", "1:3 Syntax Error: Unterminated string.")]
    [InlineData("\"\\\"", "1:4 Syntax Error: Unterminated string.")]
    [InlineData("\"\\x41\"", """1:2 Syntax Error: Invalid character escape sequence: "\x".""")]
    [InlineData("\"\\a\"", """1:2 Syntax Error: Invalid character escape sequence: "\a".""")]
    [InlineData("\"\\u\"", """1:2 Syntax Error: Invalid Unicode escape sequence: "\u"".""")]
    [InlineData("\"\\u004\"", """1:2 Syntax Error: Invalid Unicode escape sequence: "\u004"".""")]
    [InlineData("\"\\u00G0\"", """1:2 Syntax Error: Invalid Unicode escape sequence: "\u00G0".""")]
    [InlineData("\"\\uDEAD\"", """1:2 Syntax Error: Invalid Unicode escape sequence: "\uDEAD".""")]
    [InlineData("\"\\uD83D\"", """1:2 Syntax Error: Invalid Unicode escape sequence: "\uD83D".""")]
    [InlineData("\"\\uD83D\\u0041\"", """1:2 Syntax Error: Invalid Unicode escape sequence: "\uD83D".""")]
    [InlineData("\"\\uDD2D\\uD83D\"", """1:2 Syntax Error: Invalid Unicode escape sequence: "\uDD2D".""")]
    [InlineData("\"\\u{110000}\"", """1:2 Syntax Error: Invalid Unicode escape sequence: "\u{110000}".""")]
    [InlineData("\"\\u{}\"", """1:2 Syntax Error: Invalid Unicode escape sequence: "\u{}".""")]
    [InlineData("\"\\u{D800}\"", """1:2 Syntax Error: Invalid Unicode escape sequence: "\u{D800}".""")]
    [InlineData("\"\\u{41\"", """1:2 Syntax Error: Invalid Unicode escape sequence: "\u{41"".""")]
    [InlineData("\"\\u{41G}\"", """1:2 Syntax Error: Invalid Unicode escape sequence: "\u{41G".""")]
    [InlineData("\"\\U0041\"", """1:2 Syntax Error: Invalid character escape sequence: "\U".""")]
    [InlineData("\"\"\"a", "1:5 Syntax Error: Unterminated string.")]
    [InlineData("\"\"\"a\"", "1:6 Syntax Error: Unterminated string.")]
    [InlineData("\"\"\"\"\"\"\"\"", """1:7 Syntax Error: Expected <EOF>, found String "".""")]
    public void Sequences_that_are_none(string text, string error) => Grammar.RefusesValue(text, error);

    [Theory]
    [InlineData("\"\"\"\"\"\"", "\"\"")]
    [InlineData("\"\"\"a\"\"\"", "\"a\"")]
    [InlineData("\"\"\" a \"\"\"", "\" a \"")]
    [InlineData("\"\"\"a \"b\" c\"\"\"", "\"a \\\"b\\\" c\"")]
    [InlineData("\"\"\"a \\\"\"\" b\"\"\"", "\"a \\\"\\\"\\\" b\"")]
    [InlineData("\"\"\"\\n \\u0041\"\"\"", "\"\\\\n \\\\u0041\"")]
    [InlineData("\"\"\"\n    Hello,\n      World!\n\n    Yours,\n      GraphQL.\n  \"\"\"", "\"Hello,\\n  World!\\n\\nYours,\\n  GraphQL.\"")]
    [InlineData("\"\"\"a\n  b\n    c\n  d\"\"\"", "\"a\\nb\\n  c\\nd\"")]
    [InlineData("\"\"\"\n\n\n  a\n\n  b\n\n\n\"\"\"", "\"a\\n\\nb\"")]
    [InlineData("\"\"\"a\r\n  b\r  c\"\"\"", "\"a\\nb\\nc\"")]
    [InlineData("\"\"\"\n   \n\t a\n\t  b\n\"\"\"", "\"a\\n b\"")]
    [InlineData("\"\"\"   \n  \"\"\"", "\"\"")]
    [InlineData("\"\"\"\n  a  \n   b \n\"\"\"", "\"a  \\n b \"")]
    [InlineData("\"\"\"\ta\n\tb\"\"\"", "\"\\ta\\nb\"")]
    public void Block_strings(string text, string json) => Grammar.Evaluates(text, json);

    [Fact]
    public void A_block_string_and_the_quoted_string_of_the_same_text_are_identical()
    {
        const string json = """
            {"message":"Hello,\n  World!\n\nYours,\n  GraphQL."}
            """;

        Grammar.Evaluates(
            """"
            {message: """
                Hello,
                  World!

                Yours,
                  GraphQL.
              """}
            """",
            json);
        Grammar.Evaluates("""{message: "Hello,\n  World!\n\nYours,\n  GraphQL."}""", json);
    }

    [Fact]
    public void A_printed_string_escapes_control_characters() => Grammar.Reads(
        "{ a(b: \"\\u0000\\u001F\\u007F\\u0080\\u009F \\u{1F52D}\") }",
        "{\n  a(b: \"\\u0000\\u001F\\u007F\\u0080\\u009F \U0001F52D\")\n}");
}
