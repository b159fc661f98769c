using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Field-Arguments">Field Arguments</see>.
/// </summary>
public sealed class FieldArgumentsTests
{
    private const string Sdl =
        """
        type Query { photo(size: Int = 5): String must(size: Int!): Int }
        """;

    [Fact]
    public Task An_argument_is_given_to_the_field() =>
        Service.Answers(Sdl, """{"photo": {"$args": true}, "must": 1}""", "{ photo(size: 100) }", """{"data":{"photo":"{\"size\":100}"}}""");

    [Fact]
    public Task Or_its_default() =>
        Service.Answers(Sdl, """{"photo": {"$args": true}, "must": 1}""", "{ photo }", """{"data":{"photo":"{\"size\":5}"}}""");

    [Fact]
    public Task A_required_one_must_be_given() => Service.Answers(
        Sdl,
        """{"photo": {"$args": true}, "must": 1}""",
        "{ must }",
        """{"errors":[{"message":"Field \"must\" argument \"size\" of type \"Int!\" is required, but it was not provided.","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public void A_default_has_the_type_of_its_argument() => Schemas.Refused(
        """type Query { a(b: Int = "x"): Int }""",
        """
        1:25 Query.a(b:) has invalid default value: Int cannot represent non-integer value: "x"
        """);

    [Fact]
    public void An_arguments_name_does_not_begin_with_two_underscores() => Schemas.Refused(
        "type Query { a(__b: Int): Int }",
        """1:16 Name "__b" must not begin with "__", which is reserved by GraphQL introspection.""");
}
