using Xunit;

namespace GraphGateway.Conformance.Section4;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-The-__Field-Type">The __Field Type</see>.
/// </summary>
public sealed class FieldTypeTests
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
    public Task Name_description_arguments_type_and_deprecation() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Query") { fields(includeDeprecated: true) { name description args { name } type { kind name } isDeprecated deprecationReason } } }""",
        """{"data":{"__type":{"fields":[{"name":"body","description":"A body.","args":[{"name":"id"}],"type":{"kind":"INTERFACE","name":"Body"},"isDeprecated":false,"deprecationReason":null},{"name":"found","description":null,"args":[{"name":"by"}],"type":{"kind":"NON_NULL","name":null},"isDeprecated":false,"deprecationReason":null},{"name":"gone","description":null,"args":[],"type":{"kind":"SCALAR","name":"Int"},"isDeprecated":true,"deprecationReason":"It is gone."}]}}}""");

    [Fact]
    public Task Deprecated_fields_are_left_out_unless_asked_for() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Query") { a: fields { name } b: fields(includeDeprecated: false) { name } c: fields(includeDeprecated: true) { name } } }""",
        """{"data":{"__type":{"a":[{"name":"body"},{"name":"found"}],"b":[{"name":"body"},{"name":"found"}],"c":[{"name":"body"},{"name":"found"},{"name":"gone"}]}}}""");

    [Fact]
    public Task Null_asks_for_nothing_more() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Query") { fields(includeDeprecated: null) { name } } }""",
        """{"data":{"__type":{"fields":[{"name":"body"},{"name":"found"}]}}}""");
}
