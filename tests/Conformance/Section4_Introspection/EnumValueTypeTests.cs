using Xunit;

namespace GraphGateway.Conformance.Section4;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-The-__EnumValue-Type">The __EnumValue Type</see>.
/// </summary>
public sealed class EnumValueTypeTests
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
    public Task Names_descriptions_and_deprecation() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Kind") { enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } } }""",
        """{"data":{"__type":{"enumValues":[{"name":"DWARF","description":null,"isDeprecated":false,"deprecationReason":null},{"name":"GIANT","description":"Large.","isDeprecated":false,"deprecationReason":null},{"name":"NOVA","description":null,"isDeprecated":true,"deprecationReason":"No longer supported"}]}}}""");

    [Fact]
    public Task Deprecated_ones_are_left_out_unless_asked_for() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Kind") { enumValues { name } } }""",
        """{"data":{"__type":{"enumValues":[{"name":"DWARF"},{"name":"GIANT"}]}}}""");
}
