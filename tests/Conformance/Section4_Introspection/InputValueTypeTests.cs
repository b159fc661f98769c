using Xunit;

namespace GraphGateway.Conformance.Section4;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-The-__InputValue-Type">The __InputValue Type</see>.
/// </summary>
public sealed class InputValueTypeTests
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
    public Task Arguments() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Query") { fields { args(includeDeprecated: true) { name description type { kind ofType { name } } defaultValue isDeprecated deprecationReason } } } }""",
        """{"data":{"__type":{"fields":[{"args":[{"name":"id","description":null,"type":{"kind":"NON_NULL","ofType":{"name":"ID"}},"defaultValue":"\"sol\"","isDeprecated":false,"deprecationReason":null},{"name":"old","description":null,"type":{"kind":"SCALAR","ofType":null},"defaultValue":null,"isDeprecated":true,"deprecationReason":"Unused."}]},{"args":[{"name":"by","description":null,"type":{"kind":"LIST","ofType":{"name":null}},"defaultValue":null,"isDeprecated":false,"deprecationReason":null}]}]}}}""");

    [Fact]
    public Task Input_fields() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Coordinate") { inputFields { name type { kind name ofType { kind name } } defaultValue } } }""",
        """{"data":{"__type":{"inputFields":[{"name":"ra","type":{"kind":"NON_NULL","name":null,"ofType":{"kind":"SCALAR","name":"Float"}},"defaultValue":"0.5"},{"name":"dec","type":{"kind":"SCALAR","name":"Float","ofType":null},"defaultValue":null},{"name":"epoch","type":{"kind":"LIST","name":null,"ofType":{"kind":"NON_NULL","name":null}},"defaultValue":"[2000]"}]}}}""");

    [Fact]
    public Task Deprecated_ones_are_left_out_unless_asked_for() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Coordinate") { inputFields(includeDeprecated: true) { name isDeprecated deprecationReason } } }""",
        """{"data":{"__type":{"inputFields":[{"name":"ra","isDeprecated":false,"deprecationReason":null},{"name":"dec","isDeprecated":false,"deprecationReason":null},{"name":"epoch","isDeprecated":false,"deprecationReason":null},{"name":"old","isDeprecated":true,"deprecationReason":"No longer supported"}]}}}""");
}
