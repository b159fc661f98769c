using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Names">Names</see>.
/// </summary>
public sealed class NamesTests
{
    [Theory]
    [InlineData("{ a1 }", "{\n  a1\n}")]
    [InlineData("{ _ }", "{\n  _\n}")]
    [InlineData("{ __typename }", "{\n  __typename\n}")]
    [InlineData("{ A_b_9 }", "{\n  A_b_9\n}")]
    [InlineData("{ query }", "{\n  query\n}")]
    [InlineData("{ on }", "{\n  on\n}")]
    [InlineData("{ true }", "{\n  true\n}")]
    [InlineData("{ null }", "{\n  null\n}")]
    [InlineData("{ fragment }", "{\n  fragment\n}")]
    public void Letters_digits_and_underscores_make_a_name(string text, string printed) => Grammar.Reads(text, printed);

    [Fact]
    public void Names_differ_by_case_and_by_underscores() => Grammar.Reads(
        "{ name Name NAME na_me }",
        """
        {
          name
          Name
          NAME
          na_me
        }
        """);

    [Fact]
    public void A_name_does_not_begin_with_a_digit() =>
        Grammar.Refuses("{ 1a }", """1:4 Syntax Error: Invalid number, expected digit but got: "a".""");

    [Fact]
    public void A_name_has_no_hyphen() => Grammar.Refuses("{ a-b }", """1:5 Syntax Error: Invalid number, expected digit but got: "b".""");

    [Fact]
    public void A_name_has_no_letters_beyond_ASCII() => Grammar.Refuses("{ café }", "1:6 Syntax Error: Unexpected character: U+00E9.");

    [Fact]
    public void A_name_is_as_long_as_it_can_be() => Grammar.Reads(
        "{ ab1c }",
        """
        {
          ab1c
        }
        """);

    [Theory]
    [InlineData("type __Lens { a: Int } type Query { a: Int }", "1:1 Name \"__Lens\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("type Query { __a: Int }", "1:14 Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("type Query { a(__b: Int): Int }", "1:16 Name \"__b\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    public void Names_of_a_type_system_do_not_begin_with_two_underscores(string sdl, string errors) => Schemas.Refused(sdl, errors);
}
