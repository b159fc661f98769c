using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Unions">Unions</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Union-Extensions">Union Extensions</see>.
/// </summary>
public sealed class UnionsTests
{
    private const string Sdl =
        """
        type Query { found: Found }
        union Found = Star | Planet
        type Star { name: String age: Int }
        type Planet { moons: Int }
        """;

    private const string Data =
        """
        {"found": {"__typename": "Star", "name": "Sol", "age": 4}}
        """;

    [Fact]
    public Task A_field_cannot_be_asked_of_a_union() => Service.Answers(
        Sdl,
        Data,
        "{ found { name } }",
        """{"errors":[{"message":"Cannot query field \"name\" on type \"Found\". Did you mean to use an inline fragment on \"Star\"?","locations":[{"line":1,"column":11}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task But_in_fragments_on_its_members() => Service.Answers(
        Sdl,
        Data,
        "{ found { __typename ... on Star { name } ... on Planet { moons } } }",
        """{"data":{"found":{"__typename":"Star","name":"Sol"}}}""");

    [Fact]
    public void Members_may_begin_with_a_bar() => Grammar.Reads(
        """
        union Found =
          | Star
          | Planet
        """,
        "union Found = Star | Planet");

    [Fact]
    public void A_union_has_a_member() => Schemas.Refused(
        """
        type Query { a: Int }
        union U
        """,
        "2:1 Union type U must define one or more member types.");

    [Fact]
    public void Members_are_unique() => Schemas.Refused(
        """
        type Query { a: U }
        union U = Query | Query
        """,
        "2:11 2:19 Union type U can only include type Query once.");

    [Theory]
    [InlineData("type Query { a: U }\nunion U = Int\n", "2:11 Union type U can only include Object types, it cannot include Int.")]
    [InlineData("type Query { a: U }\nunion U = N\ninterface N { a: Int }", "2:11 Union type U can only include Object types, it cannot include N.")]
    [InlineData("type Query { a: U }\nunion U = I\ninput I { a: Int }", "2:11 Union type U can only include Object types, it cannot include I.")]
    [InlineData("type Query { a: U }\nunion U = E\nenum E { A }", "2:11 Union type U can only include Object types, it cannot include E.")]
    [InlineData("type Query { a: U }\nunion U = V\nunion V = Query", "2:11 Union type U can only include Object types, it cannot include V.")]
    [InlineData("type Query { a: U }\nunion U = Nothing\n", """2:11 Unknown type "Nothing". Did you mean "String"?""")]
    public void Members_are_objects(string text, string errors) => Schemas.Refused(text, errors);

    [Fact]
    public void An_extension_adds_a_member() => Schemas.Valid(
        """
        type Query { a: Int }
        type B { b: Int }
        union U = Query
        extend union U = B
        """);

    [Fact]
    public void An_extension_does_not_repeat_a_member() => Schemas.Refused(
        """
        type Query { a: Int }
        union U = Query
        extend union U = Query
        """,
        "2:11 3:18 Union type U can only include type Query once.");

    [Fact]
    public void An_extension_adds_objects_only() => Schemas.Refused(
        """
        type Query { a: Int }
        union U = Query
        extend union U = Int
        """,
        "3:18 Union type U can only include Object types, it cannot include Int.");

    [Fact]
    public void An_extension_is_of_a_union() => Schemas.Refused(
        """
        type Query { a: Int }
        extend union Query = Query
        """,
        """1:1 2:1 Cannot extend non-union type "Query".""");

    [Fact]
    public void A_member_is_a_name() => Grammar.Refuses("union U = [A]", """1:11 Syntax Error: Expected Name, found "[".""");
}
