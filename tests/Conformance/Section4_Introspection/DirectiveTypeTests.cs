using Xunit;

namespace GraphGateway.Conformance.Section4;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-The-__Directive-Type">The __Directive Type</see>.
/// </summary>
public sealed class DirectiveTypeTests
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
    public Task Name_locations_arguments_and_whether_it_is_repeatable() => Service.Answers(
        """directive @tag("How." name: String = "a", old: Int @deprecated) repeatable on FIELD | QUERY type Query { a: Int }""",
        "{}",
        "{ __schema { directives { name isRepeatable locations args { name defaultValue } } } }",
        """{"data":{"__schema":{"directives":[{"name":"tag","isRepeatable":true,"locations":["FIELD","QUERY"],"args":[{"name":"name","defaultValue":"\"a\""}]},{"name":"include","isRepeatable":false,"locations":["FIELD","FRAGMENT_SPREAD","INLINE_FRAGMENT"],"args":[{"name":"if","defaultValue":null}]},{"name":"skip","isRepeatable":false,"locations":["FIELD","FRAGMENT_SPREAD","INLINE_FRAGMENT"],"args":[{"name":"if","defaultValue":null}]},{"name":"deprecated","isRepeatable":false,"locations":["FIELD_DEFINITION","ARGUMENT_DEFINITION","INPUT_FIELD_DEFINITION","ENUM_VALUE"],"args":[{"name":"reason","defaultValue":"\"No longer supported\""}]},{"name":"specifiedBy","isRepeatable":false,"locations":["SCALAR"],"args":[{"name":"url","defaultValue":null}]},{"name":"oneOf","isRepeatable":false,"locations":["INPUT_OBJECT"],"args":[]}]}}}""");

    [Fact]
    public Task Its_arguments_are_described() => Service.Answers(
        Sdl,
        Data,
        "{ __schema { directives { args(includeDeprecated: true) { name description isDeprecated } } } }",
        """{"data":{"__schema":{"directives":[{"args":[{"name":"name","description":"How.","isDeprecated":false},{"name":"old","description":null,"isDeprecated":true}]},{"args":[{"name":"if","description":"Included when true.","isDeprecated":false}]},{"args":[{"name":"if","description":"Skipped when true.","isDeprecated":false}]},{"args":[{"name":"reason","description":"Explains why this element was deprecated, usually also including a suggestion for how to access supported similar data. Formatted using the Markdown syntax, as specified by [CommonMark](https://commonmark.org/).","isDeprecated":false}]},{"args":[{"name":"url","description":"The URL that specifies the behavior of this scalar.","isDeprecated":false}]},{"args":[]}]}}}""");
}
