using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Objects">Objects</see>.
/// </summary>
public sealed class ObjectsTests
{
    private const string Sdl =
        """
        type Query { a: Int person: Person }
        type Person { name: String age: Int picture: String relationship: Person }
        """;

    private const string Data =
        """
        {"person": {"name": "Vera", "age": 42, "picture": "p", "relationship": {"name": "Kip"}}}
        """;

    [Fact]
    public Task All_fields() =>
        Service.Answers(Sdl, Data, "{ person { name age picture } }", """{"data":{"person":{"name":"Vera","age":42,"picture":"p"}}}""");

    [Fact]
    public Task A_subset_of_them_in_the_order_of_the_request() =>
        Service.Answers(Sdl, Data, "{ person { age name } }", """{"data":{"person":{"age":42,"name":"Vera"}}}""");

    [Fact]
    public Task An_object_needs_a_selection() => Service.Answers(
        Sdl,
        Data,
        "{ person { name relationship } }",
        """{"errors":[{"message":"Field \"relationship\" of type \"Person\" must have a selection of subfields. Did you mean \"relationship { ... }\"?","locations":[{"line":1,"column":17}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task Objects_in_objects() => Service.Answers(
        Sdl,
        Data,
        "{ person { name relationship { name } } }",
        """{"data":{"person":{"name":"Vera","relationship":{"name":"Kip"}}}}""");

    [Fact]
    public Task Fields_in_the_order_in_which_they_are_first_met() => Service.Answers(
        Sdl,
        Data,
        "{ person { foo: name ...F qux: age foo: name } } fragment F on Person { bar: age qux: age }",
        """{"data":{"person":{"foo":"Vera","bar":42,"qux":42}}}""");

    [Fact]
    public Task Fields_of_fragments_in_the_place_of_the_spread() => Service.Answers(
        Sdl,
        Data,
        "{ person { name ...A age ...B } } fragment A on Person { picture } fragment B on Person { kind: __typename }",
        """{"data":{"person":{"name":"Vera","picture":"p","age":42,"kind":"Person"}}}""");

    [Fact]
    public void An_object_has_a_field() => Schemas.Refused(
        """
        type Query { a: Int }
        type A
        """,
        "2:1 Type A must define one or more fields.");

    [Fact]
    public void Braces_are_not_empty() => Grammar.Refuses("type A { }", """1:10 Syntax Error: Expected Name, found "}".""");

    [Fact]
    public void Field_names_are_unique() =>
        Schemas.Refused("type Query { a: Int a: String }", """1:14 1:21 Field "Query.a" can only be defined once.""");

    [Fact]
    public void Argument_names_are_unique() =>
        Schemas.Refused("type Query { a(b: Int, b: Int): Int }", """1:16 1:24 Argument "Query.a(b:)" can only be defined once.""");

    [Fact]
    public void Interfaces_are_implemented_once() =>
        Schemas.Refused("type Query implements N & N { a: Int } interface N { a: Int }", "1:23 1:27 Type Query can only implement N once.");

    [Fact]
    public void Only_interfaces_are_implemented() => Schemas.Refused(
        "type Query implements A { a: Int } type A { a: Int }",
        "1:23 Type Query must only implement Interface types, it cannot implement A.");

    [Fact]
    public void No_field_name_begins_with_two_underscores() =>
        Schemas.Refused("type Query { __a: Int }", """1:14 Name "__a" must not begin with "__", which is reserved by GraphQL introspection.""");
}
