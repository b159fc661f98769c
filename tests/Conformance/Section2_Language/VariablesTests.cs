using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Language.Variables">Variables</see>.
/// </summary>
public sealed class VariablesTests
{
    private const string Sdl =
        """
        type Query { telescope(id: Int): Telescope } type Telescope { photo(size: Int): String }
        """;

    private const string Data =
        """
        {"telescope": {"photo": {"$args": true}}}
        """;

    [Fact]
    public void A_variable_has_a_type_a_default_and_directives() => Grammar.Reads(
        "query Q($a: Int = 1 @b(c: 2), $d: [E!]!) { a }",
        """
        query Q($a: Int = 1 @b(c: 2), $d: [E!]!) {
          a
        }
        """);

    [Fact]
    public Task Its_value_comes_with_the_request() => Service.Answers(
        Sdl,
        Data,
        "query Q($size: Int) { telescope(id: 4) { photo(size: $size) } }",
        """{"data":{"telescope":{"photo":"{\"size\":60}"}}}""",
        """{"size": 60}""");

    [Fact]
    public Task Fragments_use_it_too() => Service.Answers(
        Sdl,
        Data,
        "query Q($size: Int) { telescope { ...F } } fragment F on Telescope { photo(size: $size) }",
        """{"data":{"telescope":{"photo":"{\"size\":60}"}}}""",
        """{"size": 60}""");

    [Fact]
    public void A_variable_has_a_type() => Grammar.Refuses("query ($a) { a }", """1:10 Syntax Error: Expected ":", found ")".""");

    [Fact]
    public void A_dollar_sign_has_a_name() => Grammar.Refuses("query ($: Int) { a }", """1:9 Syntax Error: Expected Name, found ":".""");

    [Fact]
    public void The_list_of_variables_is_not_empty() =>
        Grammar.Refuses("query () { a }", """1:8 Syntax Error: Expected "$", found ")".""");

    [Fact]
    public void A_name_without_a_dollar_sign_is_no_variable() =>
        Grammar.Refuses("query (a: Int) { a }", """1:8 Syntax Error: Expected "$", found Name "a".""");
}
