using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-White-Space">White Space</see>.
/// </summary>
public sealed class WhiteSpaceTests
{
    [Fact]
    public void Spaces_and_tabs_may_stand_anywhere_between_tokens() => Grammar.Reads(
        " \t{\t telescope ( id :\t1 ) { name\t} \t} ",
        """
        {
          telescope(id: 1) {
            name
          }
        }
        """);

    [Fact]
    public void They_may_be_left_out_where_tokens_end_by_themselves() => Grammar.Reads(
        "query Q($id:ID!=1){telescope(id:$id){name}}",
        """
        query Q($id: ID! = 1) {
          telescope(id: $id) {
            name
          }
        }
        """);

    [Fact]
    public void A_space_that_only_looks_like_one_is_none() =>
        Grammar.Refuses("{ a\u00A0b }", "1:4 Syntax Error: Unexpected character: U+00A0.");

    [Fact]
    public void None_may_stand_inside_a_token() =>
        Grammar.Refuses("{ a(b: - 1) }", """1:9 Syntax Error: Invalid number, expected digit but got: " ".""");

    [Fact]
    public void Inside_a_string_they_are_text() => Grammar.Reads(
        "{ a(b: \"  c\t\") }",
        """
        {
          a(b: "  c\t")
        }
        """);
}
