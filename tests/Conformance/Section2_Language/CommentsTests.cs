using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Comments">Comments</see>.
/// </summary>
public sealed class CommentsTests
{
    [Fact]
    public void A_comment_ends_with_its_line() => Grammar.Reads(
        """
        # first
        { a # { b
         c } # last
        """,
        """
        {
          a
          c
        }
        """);

    [Fact]
    public void A_carriage_return_ends_it_too() => Grammar.Reads(
        "{ a # b\r c }",
        """
        {
          a
          c
        }
        """);

    [Fact]
    public void Number_signs_and_quotes_in_it_are_nothing() => Grammar.Reads(
        """
        { a ## "b
        }
        """,
        """
        {
          a
        }
        """);

    [Fact]
    public void In_a_string_a_number_sign_is_text() => Grammar.Reads(
        """{ a(b: "# c") }""",
        """
        {
          a(b: "# c")
        }
        """);

    [Fact]
    public void A_document_of_comments_only_has_no_definition() => Grammar.Refuses("# nothing", "1:10 Syntax Error: Unexpected <EOF>.");
}
