using Xunit;

namespace GraphGateway.Conformance.Section4;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-The-__Schema-Type">The __Schema Type</see>.
/// </summary>
public sealed class SchemaTypeTests
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
    public Task Its_description_and_roots() => Service.Answers(
        Sdl,
        Data,
        "{ __schema { description queryType { name } mutationType { name } subscriptionType { name } } }",
        """{"data":{"__schema":{"description":"The sky.","queryType":{"name":"Query"},"mutationType":{"name":"Move"},"subscriptionType":null}}}""");

    [Fact]
    public Task Its_directives() => Service.Answers(
        Sdl,
        Data,
        "{ __schema { directives { name } } }",
        """{"data":{"__schema":{"directives":[{"name":"tag"},{"name":"include"},{"name":"skip"},{"name":"deprecated"},{"name":"specifiedBy"},{"name":"oneOf"}]}}}""");

    [Fact]
    public Task All_types_are_listed_those_of_introspection_too() => Service.Answers(
        "type Query { a: Star } type Star { b: String }",
        "{}",
        "{ __schema { types { name } } }",
        """{"data":{"__schema":{"types":[{"name":"Query"},{"name":"Star"},{"name":"String"},{"name":"Boolean"},{"name":"__Schema"},{"name":"__Type"},{"name":"__TypeKind"},{"name":"__Field"},{"name":"__InputValue"},{"name":"__EnumValue"},{"name":"__Directive"},{"name":"__DirectiveLocation"}]}}}""");
}
