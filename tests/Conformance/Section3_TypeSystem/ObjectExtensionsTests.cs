using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Object-Extensions">Object Extensions</see>.
/// </summary>
public sealed class ObjectExtensionsTests
{
    [Fact]
    public void Fields_and_interfaces_are_added() => Schemas.Valid(
        """
        type Query { a: Int }
        interface N { b: Int }
        extend type Query implements N { b: Int }
        """);

    [Fact]
    public void A_directive_alone() => Schemas.Valid(
        """
        type Query { a: Int }
        directive @d on OBJECT
        extend type Query @d
        """);

    [Fact]
    public void A_field_that_is_there_already() => Schemas.Refused(
        """
        type Query { a: Int }
        extend type Query { a: Int }
        """,
        """1:14 2:21 Field "Query.a" can only be defined once.""");

    [Fact]
    public void A_field_in_two_extensions() => Schemas.Refused(
        """
        type Query { a: Int }
        extend type Query { b: Int }
        extend type Query { b: Int }
        """,
        """2:21 3:21 Field "Query.b" can only be defined once.""");

    [Fact]
    public void An_interface_that_is_there_already() => Schemas.Refused(
        """
        type Query implements N { a: Int }
        interface N { a: Int }
        extend type Query implements N
        """,
        "1:23 3:30 Type Query can only implement N once.");

    [Fact]
    public void A_directive_that_is_there_already() => Schemas.Refused(
        """
        directive @d on OBJECT
        type Query @d { a: Int }
        extend type Query @d
        """,
        """2:12 3:19 The directive "@d" can only be used once at this location.""");

    [Fact]
    public void A_type_that_is_not_there() => Schemas.Refused(
        """
        type Query { a: Int }
        extend type Star { a: Int }
        """,
        """2:13 Cannot extend type "Star" because it is not defined.""");

    [Fact]
    public void A_type_of_another_kind() => Schemas.Refused(
        """
        type Query { a: Int }
        interface N { a: Int }
        extend type N { b: Int }
        """,
        """2:1 3:1 Cannot extend non-object type "N".""");

    [Fact]
    public void The_type_with_its_extensions_must_implement_its_interfaces() => Schemas.Refused(
        """
        type Query { a: Int }
        interface N { c: Int }
        extend type Query implements N
        """,
        "2:15 1:1 3:1 Interface field N.c expected but Query does not provide it.");
}
