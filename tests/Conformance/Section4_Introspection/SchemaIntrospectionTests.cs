using Xunit;

namespace GraphGateway.Conformance.Section4;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Schema-Introspection">Schema Introspection</see>.
/// </summary>
public sealed class SchemaIntrospectionTests
{
    private const string Sdl =
        """
        "The sky."
        schema { query: Query mutation: Move }
        "All that can be asked."
        type Query {
          "A body."
          body(id: ID! = "sol", old: Int @deprecated(reason: "Unused.")): Body
          found(by: [Search!]): [Found!]!
          gone: Int @deprecated(reason: "It is gone.")
        }
        type Move { slew(to: Coordinate!): Boolean }
        interface Node { id: ID! }
        interface Body implements Node { id: ID! name: String }
        type Star implements Body & Node { id: ID! name: String kind: Kind }
        type Planet implements Body & Node { id: ID! name: String }
        union Found = Star | Planet
        enum Kind { DWARF "Large." GIANT NOVA @deprecated }
        input Search @oneOf { name: String kind: Kind }
        input Coordinate { ra: Float! = 0.5 dec: Float epoch: [Int!] = [2000] old: Int @deprecated }
        scalar Instant @specifiedBy(url: "https://scalars.graphql.org/andimarek/date-time")
        directive @tag("How." name: String = "a", old: Int @deprecated) repeatable on FIELD | QUERY
        """;

    private const string Data =
        """
        {"body": {"__typename": "Star", "id": "1", "name": "Sol"}, "found": [{"__typename": "Planet", "id": "2"}, {"__typename": "Star", "id": "3"}]}
        """;

    [Fact]
    public Task The_schema_and_a_type() => Service.Answers(
        Sdl,
        Data,
        """{ __schema { queryType { name } } __type(name: "Star") { name } }""",
        """{"data":{"__schema":{"queryType":{"name":"Query"}},"__type":{"name":"Star"}}}""");

    [Fact]
    public Task They_are_fields_of_the_query_root_alone() => Service.Answers(
        Sdl,
        Data,
        "mutation { __schema { queryType { name } } }",
        """{"errors":[{"message":"Cannot query field \"__schema\" on type \"Move\".","locations":[{"line":1,"column":12}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task Not_of_another_type() => Service.Answers(
        Sdl,
        Data,
        """{ body { __type(name: "Star") { name } } }""",
        """{"errors":[{"message":"Cannot query field \"__type\" on type \"Body\".","locations":[{"line":1,"column":10}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task A_type_that_is_not_there_is_null() =>
        Service.Answers(Sdl, Data, """{ __type(name: "Comet") { name } }""", """{"data":{"__type":null}}""");

    [Fact]
    public Task The_name_is_required() => Service.Answers(
        Sdl,
        Data,
        "{ __type { name } }",
        """{"errors":[{"message":"Field \"__type\" argument \"name\" of type \"String!\" is required, but it was not provided.","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task The_name_can_be_a_variable() => Service.Answers(
        Sdl,
        Data,
        "query ($name: String!) { __type(name: $name) { kind name } }",
        """{"data":{"__type":{"kind":"ENUM","name":"Kind"}}}""",
        """{"name":"Kind"}""");

    [Fact]
    public Task Meta_fields_are_not_listed() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Query") { fields(includeDeprecated: true) { name } } }""",
        """{"data":{"__type":{"fields":[{"name":"body"},{"name":"found"},{"name":"gone"}]}}}""");

    [Fact]
    public Task Beside_data() => Service.Answers(
        Sdl,
        Data,
        "{ body { id } __schema { mutationType { name } } }",
        """{"data":{"body":{"id":"1"},"__schema":{"mutationType":{"name":"Move"}}}}""");
}
