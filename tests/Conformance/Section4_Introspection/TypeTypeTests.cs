using Xunit;

namespace GraphGateway.Conformance.Section4;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-The-__Type-Type">The __Type Type</see>.
/// </summary>
public sealed class TypeTypeTests
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
    public Task A_scalar() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Instant") { kind name description specifiedByURL fields { name } interfaces { name } possibleTypes { name } enumValues { name } inputFields { name } ofType { name } isOneOf } }""",
        """{"data":{"__type":{"kind":"SCALAR","name":"Instant","description":null,"specifiedByURL":"https://scalars.graphql.org/andimarek/date-time","fields":null,"interfaces":null,"possibleTypes":null,"enumValues":null,"inputFields":null,"ofType":null,"isOneOf":null}}}""");

    [Fact]
    public Task A_scalar_of_the_spec() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Int") { kind name description specifiedByURL fields { name } interfaces { name } possibleTypes { name } enumValues { name } inputFields { name } ofType { name } isOneOf } }""",
        """{"data":{"__type":{"kind":"SCALAR","name":"Int","description":"The `Int` scalar type represents non-fractional signed whole numeric values. Int can represent values between -(2^31) and 2^31 - 1.","specifiedByURL":null,"fields":null,"interfaces":null,"possibleTypes":null,"enumValues":null,"inputFields":null,"ofType":null,"isOneOf":null}}}""");

    [Fact]
    public Task An_object() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Star") { kind name description specifiedByURL fields { name } interfaces { name } possibleTypes { name } enumValues { name } inputFields { name } ofType { name } isOneOf } }""",
        """{"data":{"__type":{"kind":"OBJECT","name":"Star","description":null,"specifiedByURL":null,"fields":[{"name":"id"},{"name":"name"},{"name":"kind"}],"interfaces":[{"name":"Body"},{"name":"Node"}],"possibleTypes":null,"enumValues":null,"inputFields":null,"ofType":null,"isOneOf":null}}}""");

    [Fact]
    public Task A_union() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Found") { kind name description specifiedByURL fields { name } interfaces { name } possibleTypes { name } enumValues { name } inputFields { name } ofType { name } isOneOf } }""",
        """{"data":{"__type":{"kind":"UNION","name":"Found","description":null,"specifiedByURL":null,"fields":null,"interfaces":null,"possibleTypes":[{"name":"Star"},{"name":"Planet"}],"enumValues":null,"inputFields":null,"ofType":null,"isOneOf":null}}}""");

    [Fact]
    public Task An_interface() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Body") { kind name description specifiedByURL fields { name } interfaces { name } possibleTypes { name } enumValues { name } inputFields { name } ofType { name } isOneOf } }""",
        """{"data":{"__type":{"kind":"INTERFACE","name":"Body","description":null,"specifiedByURL":null,"fields":[{"name":"id"},{"name":"name"}],"interfaces":[{"name":"Node"}],"possibleTypes":[{"name":"Star"},{"name":"Planet"}],"enumValues":null,"inputFields":null,"ofType":null,"isOneOf":null}}}""");

    [Fact]
    public Task An_enum() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Kind") { kind name description specifiedByURL fields { name } interfaces { name } possibleTypes { name } enumValues { name } inputFields { name } ofType { name } isOneOf } }""",
        """{"data":{"__type":{"kind":"ENUM","name":"Kind","description":null,"specifiedByURL":null,"fields":null,"interfaces":null,"possibleTypes":null,"enumValues":[{"name":"DWARF"},{"name":"GIANT"}],"inputFields":null,"ofType":null,"isOneOf":null}}}""");

    [Fact]
    public Task An_input_object() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Coordinate") { kind name description specifiedByURL fields { name } interfaces { name } possibleTypes { name } enumValues { name } inputFields { name } ofType { name } isOneOf } }""",
        """{"data":{"__type":{"kind":"INPUT_OBJECT","name":"Coordinate","description":null,"specifiedByURL":null,"fields":null,"interfaces":null,"possibleTypes":null,"enumValues":null,"inputFields":[{"name":"ra"},{"name":"dec"},{"name":"epoch"}],"ofType":null,"isOneOf":false}}}""");

    [Fact]
    public Task An_oneOf_input_object() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Search") { kind name description specifiedByURL fields { name } interfaces { name } possibleTypes { name } enumValues { name } inputFields { name } ofType { name } isOneOf } }""",
        """{"data":{"__type":{"kind":"INPUT_OBJECT","name":"Search","description":null,"specifiedByURL":null,"fields":null,"interfaces":null,"possibleTypes":null,"enumValues":null,"inputFields":[{"name":"name"},{"name":"kind"}],"ofType":null,"isOneOf":true}}}""");

    [Fact]
    public Task Lists_and_what_is_not_null() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Query") { fields { name type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { name } } } } } } } }""",
        """{"data":{"__type":{"fields":[{"name":"body","type":{"kind":"INTERFACE","name":"Body","ofType":null}},{"name":"found","type":{"kind":"NON_NULL","name":null,"ofType":{"kind":"LIST","name":null,"ofType":{"kind":"NON_NULL","name":null,"ofType":{"kind":"UNION","name":"Found","ofType":null}}}}}]}}}""");

    [Fact]
    public Task A_wrapped_type_has_nothing_else() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "Star") { fields { type { kind fields { name } interfaces { name } possibleTypes { name } enumValues { name } inputFields { name } isOneOf } } } }""",
        """{"data":{"__type":{"fields":[{"type":{"kind":"NON_NULL","fields":null,"interfaces":null,"possibleTypes":null,"enumValues":null,"inputFields":null,"isOneOf":null}},{"type":{"kind":"SCALAR","fields":null,"interfaces":null,"possibleTypes":null,"enumValues":null,"inputFields":null,"isOneOf":null}},{"type":{"kind":"ENUM","fields":null,"interfaces":null,"possibleTypes":null,"enumValues":[{"name":"DWARF"},{"name":"GIANT"}],"inputFields":null,"isOneOf":null}}]}}}""");

    [Fact]
    public Task An_introspection_type() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "__TypeKind") { kind enumValues { name } } }""",
        """{"data":{"__type":{"kind":"ENUM","enumValues":[{"name":"SCALAR"},{"name":"OBJECT"},{"name":"INTERFACE"},{"name":"UNION"},{"name":"ENUM"},{"name":"INPUT_OBJECT"},{"name":"LIST"},{"name":"NON_NULL"}]}}}""");

    [Fact]
    public Task Of_an_introspection_type_its_own_fields() => Service.Answers(
        Sdl,
        Data,
        """{ __type(name: "__Type") { fields { name type { kind name ofType { name } } args { name defaultValue } } } }""",
        """{"data":{"__type":{"fields":[{"name":"kind","type":{"kind":"NON_NULL","name":null,"ofType":{"name":"__TypeKind"}},"args":[]},{"name":"name","type":{"kind":"SCALAR","name":"String","ofType":null},"args":[]},{"name":"description","type":{"kind":"SCALAR","name":"String","ofType":null},"args":[]},{"name":"specifiedByURL","type":{"kind":"SCALAR","name":"String","ofType":null},"args":[]},{"name":"fields","type":{"kind":"LIST","name":null,"ofType":{"name":null}},"args":[{"name":"includeDeprecated","defaultValue":"false"}]},{"name":"interfaces","type":{"kind":"LIST","name":null,"ofType":{"name":null}},"args":[]},{"name":"possibleTypes","type":{"kind":"LIST","name":null,"ofType":{"name":null}},"args":[]},{"name":"enumValues","type":{"kind":"LIST","name":null,"ofType":{"name":null}},"args":[{"name":"includeDeprecated","defaultValue":"false"}]},{"name":"inputFields","type":{"kind":"LIST","name":null,"ofType":{"name":null}},"args":[{"name":"includeDeprecated","defaultValue":"false"}]},{"name":"ofType","type":{"kind":"OBJECT","name":"__Type","ofType":null},"args":[]},{"name":"isOneOf","type":{"kind":"SCALAR","name":"Boolean","ofType":null},"args":[]}]}}}""");
}
