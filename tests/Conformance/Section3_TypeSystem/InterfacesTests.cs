using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Interfaces">Interfaces</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Interface-Extensions">Interface Extensions</see>.
/// </summary>
public sealed class InterfacesTests
{
    private const string Sdl =
        """
        type Query { found: [Named] }
        interface Named { name: String }
        type Person implements Named { name: String age: Int }
        type Company implements Named { name: String staff: Int }
        """;

    private const string Data =
        """
        {"found": [{"__typename": "Person", "name": "Vera", "age": 42}, {"__typename": "Company", "name": "Optics", "staff": 7}]}
        """;

    [Fact]
    public void Interfaces_implement_interfaces() => Schemas.Valid(
        """
        type Query implements Image & Resource & Node { id: ID url: String }
        interface Node { id: ID }
        interface Resource implements Node { id: ID url: String }
        interface Image implements Resource & Node { id: ID url: String }
        """);

    [Fact]
    public void Those_of_theirs_too() => Schemas.Refused(
        """
        type Query { a: Image }
        interface Node { id: ID }
        interface Resource implements Node { id: ID url: String }
        interface Image implements Resource { id: ID url: String }
        """,
        "3:31 4:28 Type Image must implement Node because it is implemented by Resource.");

    [Fact]
    public void Not_themselves() => Schemas.Refused(
        """
        type Query { a: Int }
        interface N implements N { a: Int }
        """,
        "2:24 Type N cannot implement itself because it would create a circular reference.");

    [Fact]
    public void Not_in_a_ring() => Schemas.Refused(
        """
        type Query { a: Int }
        interface N implements M { a: Int }
        interface M implements N { a: Int }
        """,
        """
        3:24 2:24 Type N cannot implement M because it would create a circular reference.
        2:24 3:24 Type M cannot implement N because it would create a circular reference.
        """);

    [Fact]
    public void An_interface_has_a_field() => Schemas.Refused(
        """
        type Query { a: Int }
        interface N
        """,
        "2:1 Type N must define one or more fields.");

    [Fact]
    public void Fields_have_names_of_their_own() => Schemas.Refused(
        """
        type Query { a: Int }
        interface N { b: Int b: Int }
        """,
        """2:15 2:22 Field "N.b" can only be defined once.""");

    [Fact]
    public void An_interface_has_the_fields_of_its_interfaces() => Schemas.Refused(
        """
        type Query { a: Int }
        interface N { b: Int }
        interface M implements N { c: Int }
        """,
        "2:15 3:1 Interface field N.b expected but M does not provide it.");

    [Fact]
    public void An_extension_adds_a_field_that_all_have() => Schemas.Valid(
        """
        type Query { a: Int }
        interface N { b: Int }
        type A implements N { b: Int }
        extend interface N { c: Int }
        extend type A { c: Int }
        """);

    [Fact]
    public void An_extension_adds_a_field_that_some_lack() => Schemas.Refused(
        """
        type Query { a: Int }
        interface N { b: Int }
        type A implements N { b: Int }
        extend interface N { c: Int }
        """,
        "4:22 3:1 Interface field N.c expected but A does not provide it.");

    [Fact]
    public void An_extension_does_not_repeat_a_field() => Schemas.Refused(
        """
        type Query { a: Int }
        interface N { b: Int }
        extend interface N { b: Int }
        """,
        """2:15 3:22 Field "N.b" can only be defined once.""");

    [Fact]
    public void An_extension_is_of_an_interface() => Schemas.Refused(
        """
        type Query { a: Int }
        extend interface Query { b: Int }
        """,
        """1:1 2:1 Cannot extend non-interface type "Query".""");

    [Fact]
    public Task Fields_of_the_interface_can_be_asked_of_all() =>
        Service.Answers(Sdl, Data, "{ found { name } }", """{"data":{"found":[{"name":"Vera"},{"name":"Optics"}]}}""");

    [Fact]
    public Task Fields_of_one_type_cannot() => Service.Answers(
        Sdl,
        Data,
        "{ found { name age } }",
        """{"errors":[{"message":"Cannot query field \"age\" on type \"Named\". Did you mean to use an inline fragment on \"Person\"?","locations":[{"line":1,"column":16}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task But_in_a_fragment_on_it() => Service.Answers(
        Sdl,
        Data,
        "{ found { name ... on Person { age } } }",
        """{"data":{"found":[{"name":"Vera","age":42},{"name":"Optics"}]}}""");
}
