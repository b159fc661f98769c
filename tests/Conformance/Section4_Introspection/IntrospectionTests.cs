using Xunit;

namespace GraphGateway.Conformance.Section4;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Introspection">Introspection</see>.
/// </summary>
public sealed class IntrospectionTests
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
    public Task A_type_its_fields_and_their_types_in_one_query() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Star") { name fields { name type { name } } } }""",
        """{"data":{"__type":{"name":"Star","fields":[{"name":"id","type":{"name":null}},{"name":"name","type":{"name":"String"}},{"name":"kind","type":{"name":"Kind"}}]}}}""");

    [Fact]
    public Task Everything_comes_in_the_order_of_its_definition() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Star") { fields { name } interfaces { name } } a: __type(name: "Kind") { enumValues { name } } b: __type(name: "Coordinate") { inputFields { name } } c: __type(name: "Found") { possibleTypes { name } } d: __type(name: "Query") { fields { args { name } } } }""",
        """{"data":{"__type":{"fields":[{"name":"id"},{"name":"name"},{"name":"kind"}],"interfaces":[{"name":"Body"},{"name":"Node"}]},"a":{"enumValues":[{"name":"DWARF"},{"name":"GIANT"}]},"b":{"inputFields":[{"name":"ra"},{"name":"dec"},{"name":"epoch"}]},"c":{"possibleTypes":[{"name":"Star"},{"name":"Planet"}]},"d":{"fields":[{"args":[{"name":"id"}]},{"args":[{"name":"by"}]}]}}}""");

    [Fact]
    public Task What_can_be_deprecated_tells_it() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "__Field") { fields { name } } a: __type(name: "__InputValue") { fields { name } } b: __type(name: "__EnumValue") { fields { name } } }""",
        """{"data":{"__type":{"fields":[{"name":"name"},{"name":"description"},{"name":"args"},{"name":"type"},{"name":"isDeprecated"},{"name":"deprecationReason"}]},"a":{"fields":[{"name":"name"},{"name":"description"},{"name":"type"},{"name":"defaultValue"},{"name":"isDeprecated"},{"name":"deprecationReason"}]},"b":{"fields":[{"name":"name"},{"name":"description"},{"name":"isDeprecated"},{"name":"deprecationReason"}]}}}""");
}
