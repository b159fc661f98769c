using System.Text;
using Xunit;

namespace GraphGateway.Language.Tests;

/// <summary>Messages and locations are those of graphql-js 16.13.1.</summary>
public sealed class ParserErrorTests
{
    [Theory]
    [InlineData("", "Syntax Error: Unexpected <EOF>.", 1, 1)]
    [InlineData("{", "Syntax Error: Expected Name, found <EOF>.", 1, 2)]
    [InlineData("{}", "Syntax Error: Expected Name, found \"}\".", 1, 2)]
    [InlineData("\n  query Q", "Syntax Error: Expected \"{\", found <EOF>.", 2, 10)]
    [InlineData("{ a(b: ) }", "Syntax Error: Unexpected \")\".", 1, 8)]
    [InlineData("{ ... on }", "Syntax Error: Expected Name, found \"}\".", 1, 10)]
    [InlineData("fragment on on T { a }", "Syntax Error: Unexpected Name \"on\".", 1, 10)]
    [InlineData("fragment F in T { a }", "Syntax Error: Expected \"on\", found Name \"in\".", 1, 12)]
    [InlineData("{ field: {} }", "Syntax Error: Expected Name, found \"{\".", 1, 10)]
    [InlineData("notAnOperation Foo { field }", "Syntax Error: Unexpected Name \"notAnOperation\".", 1, 1)]
    [InlineData("...", "Syntax Error: Unexpected \"...\".", 1, 1)]
    [InlineData("{ a(b: \"x\" : 1) }", "Syntax Error: Expected Name, found \":\".", 1, 12)]
    [InlineData("{ \"x\" }", "Syntax Error: Expected Name, found String \"x\".", 1, 3)]
    [InlineData("query ($x: Int = $y) { a }", "Syntax Error: Unexpected variable \"$y\" in constant value.", 1, 18)]
    [InlineData("query ($x: Int = [$]) { a }", "Syntax Error: Unexpected \"$\".", 1, 19)]
    [InlineData("\"d\" { a }", "Syntax Error: Unexpected description, descriptions are not supported on shorthand queries.", 1, 1)]
    [InlineData("\"d\" extend type A { b: C }", "Syntax Error: Unexpected description, only GraphQL definitions support descriptions.", 1, 1)]
    [InlineData("\"d\" 1", "Syntax Error: Unexpected Int \"1\".", 1, 5)]
    [InlineData("extend query", "Syntax Error: Unexpected Name \"query\".", 1, 8)]
    [InlineData("extend directive @a on FIELD", "Syntax Error: Unexpected Name \"directive\".", 1, 8)]
    [InlineData("extend type A", "Syntax Error: Unexpected <EOF>.", 1, 14)]
    [InlineData("extend schema", "Syntax Error: Unexpected <EOF>.", 1, 14)]
    [InlineData("extend scalar A type B", "Syntax Error: Unexpected Name \"type\".", 1, 17)]
    [InlineData("schema { frob: A }", "Syntax Error: Unexpected Name \"frob\".", 1, 10)]
    [InlineData("schema @a", "Syntax Error: Expected \"{\", found <EOF>.", 1, 10)]
    [InlineData("type A { }", "Syntax Error: Expected Name, found \"}\".", 1, 10)]
    [InlineData("type A { b(): C }", "Syntax Error: Expected Name, found \")\".", 1, 12)]
    [InlineData("type A { b: [C }", "Syntax Error: Expected \"]\", found \"}\".", 1, 16)]
    [InlineData("enum E { true }", "Syntax Error: Name \"true\" is reserved and cannot be used for an enum value.", 1, 10)]
    [InlineData("union U = |", "Syntax Error: Expected Name, found <EOF>.", 1, 12)]
    [InlineData("directive @a on FIELD | NOWHERE", "Syntax Error: Unexpected Name \"NOWHERE\".", 1, 25)]
    [InlineData("type A implements & B & { c: D }", "Syntax Error: Expected Name, found \"{\".", 1, 25)]
    [InlineData("{ a(b: { c 1 }) }", "Syntax Error: Expected \":\", found Int \"1\".", 1, 12)]
    [InlineData("\"\"\"a\nb\"\"\" 5", "Syntax Error: Unexpected Int \"5\".", 2, 6)]
    [InlineData("{ \"\"\"a\n  b\"\"\" }", "Syntax Error: Expected Name, found BlockString \"a\nb\".", 1, 3)]
    public void A_syntax_error_says_what_stands_where(string text, string message, int line, int column) =>
        AssertError(Parser.ParseDocument(new SourceText(text)).Error, message, line, column);

    [Theory]
    [InlineData("é", "Syntax Error: Unexpected character: U+00E9.", 1, 1)]
    [InlineData("\n\n    ?\n", "Syntax Error: Unexpected character: \"?\".", 3, 5)]
    [InlineData("'a'", "Syntax Error: Unexpected single quote character ('), did you mean to use a double quote (\")?", 1, 1)]
    [InlineData("{ a(b: \"é😀\\x\") }", "Syntax Error: Invalid character escape sequence: \"\\x\".", 1, 12)]
    [InlineData("\u0007", "Syntax Error: Unexpected character: U+0007.", 1, 1)]
    [InlineData("😀", "Syntax Error: Unexpected character: U+1F600.", 1, 1)]
    [InlineData(".", "Syntax Error: Unexpected character: \".\".", 1, 1)]
    [InlineData("<", "Syntax Error: Unexpected character: \"<\".", 1, 1)]
    [InlineData("\"", "Syntax Error: Unterminated string.", 1, 2)]
    [InlineData("\"abc", "Syntax Error: Unterminated string.", 1, 5)]
    [InlineData("\"abc\ndef\"", "Syntax Error: Unterminated string.", 1, 5)]
    [InlineData("\"\"\"abc\n\"\"", "Syntax Error: Unterminated string.", 2, 3)]
    [InlineData("\"bad \\u1 esc\"", "Syntax Error: Invalid Unicode escape sequence: \"\\u1 es\".", 1, 6)]
    [InlineData("\"bad \\uXXXX esc\"", "Syntax Error: Invalid Unicode escape sequence: \"\\uXXXX\".", 1, 6)]
    [InlineData("\"bad \\u{} esc\"", "Syntax Error: Invalid Unicode escape sequence: \"\\u{}\".", 1, 6)]
    [InlineData("\"bad \\u{FFFFFFFFF} esc\"", "Syntax Error: Invalid Unicode escape sequence: \"\\u{FFFFFFFF\".", 1, 6)]
    [InlineData("\"bad \\u{110000} esc\"", "Syntax Error: Invalid Unicode escape sequence: \"\\u{110000}\".", 1, 6)]
    [InlineData("\"bad \\uD83D esc\"", "Syntax Error: Invalid Unicode escape sequence: \"\\uD83D\".", 1, 6)]
    [InlineData("\"bad \\uD83D\\uD83D\"", "Syntax Error: Invalid Unicode escape sequence: \"\\uD83D\".", 1, 6)]
    [InlineData("\"bad \\u{é\"", "Syntax Error: Invalid Unicode escape sequence: \"\\u{é\".", 1, 6)]
    [InlineData("\"bad \\", "Syntax Error: Invalid character escape sequence: \"\\\".", 1, 6)]
    [InlineData("00", "Syntax Error: Invalid number, unexpected digit after 0: \"0\".", 1, 2)]
    [InlineData("+1", "Syntax Error: Unexpected character: \"+\".", 1, 1)]
    [InlineData("1.", "Syntax Error: Invalid number, expected digit but got: <EOF>.", 1, 3)]
    [InlineData("1.A", "Syntax Error: Invalid number, expected digit but got: \"A\".", 1, 3)]
    [InlineData("-A", "Syntax Error: Invalid number, expected digit but got: \"A\".", 1, 2)]
    [InlineData("1.0e\"", "Syntax Error: Invalid number, expected digit but got: '\"'.", 1, 5)]
    [InlineData("1x", "Syntax Error: Invalid number, expected digit but got: \"x\".", 1, 2)]
    [InlineData("1.2.3", "Syntax Error: Invalid number, expected digit but got: \".\".", 1, 4)]
    public void A_lexical_error_says_which_character(string text, string message, int line, int column) =>
        AssertError(Parser.ParseDocument(new SourceText(text)).Error, message, line, column);

    [Fact]
    public void Bytes_that_are_not_utf8_are_a_syntax_error_at_the_first_of_them()
    {
        byte[] text = [.. Encoding.UTF8.GetBytes("{ a(b: \"é"), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\") }")];

        AssertError(Parser.ParseDocument(new SourceText(text)).Error, "Syntax Error: Document is not valid UTF-8.", 1, 10);
    }

    [Fact]
    public void More_tokens_than_the_limit_are_an_error_at_the_first_one_too_many()
    {
        var options = new ParserOptions { MaxTokens = 4 };
        Assert.True(Parser.ParseDocument(new SourceText("{ a b }"), options).IsSuccess);

        var error = Parser.ParseDocument(new SourceText("{ a b c }"), options).Error;

        AssertError(error, "Syntax Error: Document contains more that 4 tokens. Parsing aborted.", 1, 9, ErrorCode.TokenLimitExceeded);
    }

    [Fact]
    public void A_document_knows_its_tokens() =>
        Assert.Equal(9, Parser.ParseDocument(new SourceText("# Comment\n{ a(b: 1), c } ")).Value!.TokenCount);

    [Theory]
    [InlineData("", "{a")]
    [InlineData("{a(b:", "[")]
    [InlineData("query($a:", "[")]
    [InlineData("", "{...")]
    [InlineData("{a(b:", "{c:")]
    public void Deep_nesting_stops_at_the_limit_and_never_overflows_the_stack(string opening, string level)
    {
        var nested = opening + string.Concat(Enumerable.Repeat(level, 100_000));
        var options = new ParserOptions { MaxBytes = 0, MaxTokens = 0, MaxDepth = 50 };

        var limited = Parser.ParseDocument(new SourceText(nested), options).Error;
        var unlimited = Parser.ParseDocument(new SourceText(nested), options with { MaxDepth = 0 }).Error;
        var beyond = Parser.ParseDocument(new SourceText(nested), options with { MaxDepth = 100_000 }).Error;

        Assert.Equal("Syntax Error: Document is nested deeper than 50 levels. Parsing aborted.", limited?.Message);
        Assert.Equal(ErrorCode.MaxDepthExceeded, limited?.Code);
        Assert.Equal("Syntax Error: Document is nested deeper than 1000 levels. Parsing aborted.", unlimited?.Message);
        Assert.Equal(unlimited?.Message, beyond?.Message);
    }

    [Theory]
    [InlineData("", "{a", "}", 1_000)]
    [InlineData("{a(b:", "[", "]", 999)]
    [InlineData("{a(b:", "{c:[", "]}", 499)]
    public void What_is_nested_to_the_ceiling_is_printed_on_a_small_stack(string opening, string level, string closing, int levels)
    {
        var closed = opening.Length == 0 ? "" : ")}";
        var nested = opening + string.Concat(Enumerable.Repeat(level, levels)) + string.Concat(Enumerable.Repeat(closing, levels)) + closed;
        var options = new ParserOptions { MaxBytes = 0, MaxTokens = 0, MaxDepth = 0 };
        var isSame = false;

        // Two thirds of what the runtime gives a thread where it gives least.
        var thread = new Thread(
            () =>
            {
                var printed = Printer.Print(Parser.ParseDocument(new SourceText(nested), options).Value!);
                isSame = printed == Printer.Print(Parser.ParseDocument(new SourceText(printed), options).Value!);
            },
            maxStackSize: 1024 * 1024);
        thread.Start();
        thread.Join();

        Assert.True(isSame);
    }

    [Fact]
    public void A_text_longer_than_the_limit_is_an_error()
    {
        var error = Parser.ParseDocument(new SourceText("{ abc }"), new ParserOptions { MaxBytes = 6 }).Error;

        AssertError(error, "Syntax Error: Document contains more than 6 bytes. Parsing aborted.", 1, 1);
    }

    private static void AssertError(
        GraphQLError? error, string message, int line, int column, ErrorCode code = ErrorCode.GraphqlParsingFailed)
    {
        Assert.NotNull(error);
        Assert.Equal(message, error.Message);
        Assert.Equal(new SourceLocation(line, column), Assert.Single(error.Locations));
        Assert.Equal(code, error.Code);
    }
}
