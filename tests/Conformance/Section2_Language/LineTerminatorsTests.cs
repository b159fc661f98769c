using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Line-Terminators">Line Terminators</see>.
/// </summary>
public sealed class LineTerminatorsTests
{
    [Fact]
    public void Line_feeds_carriage_returns_and_both_together_end_lines() => Grammar.Reads(
        "{\n a\r b\r\n c }",
        """
        {
          a
          b
          c
        }
        """);

    [Fact]
    public void Each_counts_as_one_line() => Grammar.Refuses("{\n a\r b\r\n %c }", """4:2 Syntax Error: Unexpected character: "%".""");

    [Fact]
    public void A_carriage_return_and_a_line_feed_are_one_line_end() =>
        Grammar.Refuses("{ a\r\n\r\n?}", """3:1 Syntax Error: Unexpected character: "?".""");

    [Fact]
    public void None_stands_inside_a_string() => Grammar.Refuses(
        """
        { a(b: "c
        d") }
        """,
        "1:10 Syntax Error: Unterminated string.");

    [Fact]
    public void Not_even_a_carriage_return() => Grammar.Refuses("{ a(b: \"c\rd\") }", "1:10 Syntax Error: Unterminated string.");
}
