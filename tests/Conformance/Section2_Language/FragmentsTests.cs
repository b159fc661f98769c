using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Language.Fragments">Fragments</see>.
/// </summary>
public sealed class FragmentsTests
{
    private const string Sdl =
        """
        type Query { telescope: Telescope }
        type Telescope { near(first: Int): [Star] far(first: Int): [Star] }
        type Star { id: ID name: String photo(size: Int): String }
        """;

    private const string Data =
        """
        {"telescope": {"near": [{"id": 1, "name": "Sol", "photo": {"$args": true}}], "far": [{"id": 2, "name": "Deneb", "photo": {"$args": true}}]}}
        """;

    [Theory]
    [InlineData("query { telescope { near(first: 10) { id name photo(size: 50) } far(first: 10) { id name photo(size: 50) } } }", null, """{"data":{"telescope":{"near":[{"id":"1","name":"Sol","photo":"{\"size\":50}"}],"far":[{"id":"2","name":"Deneb","photo":"{\"size\":50}"}]}}}""")]
    [InlineData("query { telescope { near(first: 10) { ...Star } far(first: 10) { ...Star } } } fragment Star on Star { id name photo(size: 50) }", null, """{"data":{"telescope":{"near":[{"id":"1","name":"Sol","photo":"{\"size\":50}"}],"far":[{"id":"2","name":"Deneb","photo":"{\"size\":50}"}]}}}""")]
    [InlineData("query { telescope { near(first: 10) { ...Star } far(first: 10) { ...Star } } } fragment Star on Star { id name ...Photo } fragment Photo on Star { photo(size: 50) }", null, """{"data":{"telescope":{"near":[{"id":"1","name":"Sol","photo":"{\"size\":50}"}],"far":[{"id":"2","name":"Deneb","photo":"{\"size\":50}"}]}}}""")]
    public Task Without_fragments_with_them_and_with_nested_ones_the_answer_is_the_same(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);

    [Fact]
    public void A_spread_can_have_directives() => Grammar.Reads(
        "{ ...F @tag }",
        """
        {
          ...F @tag
        }
        """);

    [Fact]
    public void No_fragment_is_called_on() =>
        Grammar.Refuses("fragment on on Star { id }", """1:10 Syntax Error: Unexpected Name "on".""");

    [Fact]
    public void A_spread_of_on_is_an_inline_fragment() => Grammar.Refuses("{ ...on }", """1:9 Syntax Error: Expected Name, found "}".""");

    [Fact]
    public void A_fragment_has_a_type_condition() =>
        Grammar.Refuses("fragment F { id }", """1:12 Syntax Error: Expected "on", found "{".""");

    [Fact]
    public void A_fragment_has_no_variables() =>
        Grammar.Refuses("fragment F($a: Int) on Star { id }", """1:11 Syntax Error: Expected "on", found "(".""");

    [Fact]
    public void A_fragment_has_a_selection_set() =>
        Grammar.Refuses("fragment F on Star", """1:19 Syntax Error: Expected "{", found <EOF>.""");
}
