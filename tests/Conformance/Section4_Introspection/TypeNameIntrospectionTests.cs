using Xunit;

namespace GraphGateway.Conformance.Section4;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Type-Name-Introspection">Type Name Introspection</see>.
/// </summary>
public sealed class TypeNameIntrospectionTests
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
    public Task On_an_object_an_interface_and_a_union() => Service.Answers(
        Sdl,
        Data,
        "{ __typename body { __typename } found { __typename } }",
        """{"data":{"__typename":"Query","body":{"__typename":"Star"},"found":[{"__typename":"Planet"},{"__typename":"Star"}]}}""");

    [Fact]
    public Task With_an_alias_and_merged() =>
        Service.Answers(Sdl, Data, "{ kind: __typename kind: __typename }", """{"data":{"kind":"Query"}}""");

    [Fact]
    public Task In_a_fragment() => Service.Answers(
        Sdl,
        Data,
        "{ found { ...F } } fragment F on Found { __typename }",
        """{"data":{"found":[{"__typename":"Planet"},{"__typename":"Star"}]}}""");

    [Fact]
    public Task On_a_mutation_root() => Service.Answers(Sdl, Data, "mutation { __typename }", """{"data":{"__typename":"Move"}}""");

    [Fact]
    public Task It_has_no_selection() => Service.Answers(
        Sdl,
        Data,
        "{ __typename { a } }",
        """{"errors":[{"message":"Field \"__typename\" must not have a selection since type \"String!\" has no subfields.","locations":[{"line":1,"column":14}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task Not_in_the_root_of_a_subscription() => Service.Answers(
        "type Query { a: Int } type Subscription { b: Int }",
        "{}",
        "subscription { __typename }",
        """{"errors":[{"message":"Anonymous Subscription must not select an introspection top level field.","locations":[{"line":1,"column":16}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");
}
