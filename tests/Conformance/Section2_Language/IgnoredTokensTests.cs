using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Ignored-Tokens">Ignored Tokens</see>.
/// </summary>
public sealed class IgnoredTokensTests
{
    [Fact]
    public void A_byte_order_mark_at_the_beginning() => Grammar.Reads(
        "\uFEFF{ a }",
        """
        {
          a
        }
        """);

    [Fact]
    public void A_byte_order_mark_between_tokens() => Grammar.Reads(
        "{ a \uFEFF b }",
        """
        {
          a
          b
        }
        """);

    [Fact]
    public void No_ignored_token_stands_inside_a_number() =>
        Grammar.Refuses("{ a(b: 1 .5) }", """1:10 Syntax Error: Unexpected character: ".".""");

    [Fact]
    public void Nor_in_three_dots() => Grammar.Refuses("{ .. .F }", """1:3 Syntax Error: Unexpected character: ".".""");

    [Fact]
    public void An_empty_document_has_no_definition() => Grammar.Refuses("", "1:1 Syntax Error: Unexpected <EOF>.");

    [Fact]
    public void Ignored_tokens_make_no_document() => Grammar.Refuses(" ,\t# x\n", "2:1 Syntax Error: Unexpected <EOF>.");
}
