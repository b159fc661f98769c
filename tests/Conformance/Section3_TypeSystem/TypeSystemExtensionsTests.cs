using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Type-System-Extensions">Type System Extensions</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Type-Extensions">Type Extensions</see>.
/// </summary>
public sealed class TypeSystemExtensionsTests
{
    [Fact]
    public void Every_kind_can_be_extended() => Schemas.Valid(
        """
        type Query { a: Int }
        schema { query: Query }
        scalar Ra
        interface Body { name: String }
        type Star implements Body { name: String }
        union Found = Star
        enum Color { RED }
        input Search { name: String }
        directive @tag on SCHEMA | SCALAR | OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT
        extend schema @tag
        extend scalar Ra @tag
        extend interface Body @tag
        extend type Star @tag { age: Int }
        extend union Found = Query
        extend enum Color { BLUE }
        extend input Search { color: Color }
        """);

    [Fact]
    public void An_extension_of_what_is_not_there() => Schemas.Refused(
        """
        type Query { a: Int }
        extend type Quary { b: Int }
        """,
        """2:13 Cannot extend type "Quary" because it is not defined. Did you mean "Query"?""");

    [Fact]
    public void An_extension_of_another_kind() => Schemas.Refused(
        """
        type Query { a: Int }
        extend interface Query { b: Int }
        """,
        """1:1 2:1 Cannot extend non-interface type "Query".""");

    [Fact]
    public void An_extension_adds_something() => Grammar.Refuses("extend type Query", "1:18 Syntax Error: Unexpected <EOF>.");

    [Fact]
    public void An_extension_has_no_description() => Grammar.Refuses(
        """
        "More." extend type Query { a: Int }
        """,
        "1:1 Syntax Error: Unexpected description, only GraphQL definitions support descriptions.");

    [Fact]
    public void What_an_extension_adds_is_there() => Assert.Equal(
        "c", Schemas.Valid("type Query { a: Int } extend type Query { c: Int }").QueryType!.FindField("c")!.Name);
}
