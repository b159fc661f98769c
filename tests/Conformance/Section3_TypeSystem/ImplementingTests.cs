using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Objects">Objects</see>.
/// Implementing interfaces (IsValidImplementation).
/// </summary>
public sealed class ImplementingTests
{
    [Fact]
    public void The_same_field() => Schemas.Valid(
        """
        type Query implements N { a: Int }
        interface N { a: Int }
        """);

    [Fact]
    public void A_field_is_missing() => Schemas.Refused(
        """
        type Query implements N { a: Int }
        interface N { a: Int b: Int }
        """,
        "2:22 1:1 Interface field N.b expected but Query does not provide it.");

    [Fact]
    public void A_field_of_another_type() => Schemas.Refused(
        """
        type Query implements N { a: String }
        interface N { a: Int }
        """,
        "2:18 1:30 Interface field N.a expects type Int but Query.a is type String.");

    [Fact]
    public void A_stricter_type() => Schemas.Valid(
        """
        type Query implements N { a: Int! }
        interface N { a: Int }
        """);

    [Fact]
    public void A_laxer_type() => Schemas.Refused(
        """
        type Query implements N { a: Int }
        interface N { a: Int! }
        """,
        "2:18 1:30 Interface field N.a expects type Int! but Query.a is type Int.");

    [Fact]
    public void A_subtype() => Schemas.Valid(
        """
        type Query implements N { a: A }
        interface N { a: M } interface M { b: Int } type A implements M { b: Int }
        """);

    [Fact]
    public void A_member_of_the_union() => Schemas.Valid(
        """
        type Query implements N { a: Query }
        interface N { a: U } union U = Query
        """);

    [Fact]
    public void An_interface_that_implements_it() => Schemas.Valid(
        """
        type Query implements N { a: L }
        interface N { a: M }
        interface M { b: Int } interface L implements M { b: Int }
        """);

    [Fact]
    public void A_list_where_one_is_asked() => Schemas.Refused(
        """
        type Query implements N { a: [Int] }
        interface N { a: Int }
        """,
        "2:18 1:30 Interface field N.a expects type Int but Query.a is type [Int].");

    [Fact]
    public void One_where_a_list_is_asked() => Schemas.Refused(
        """
        type Query implements N { a: Int }
        interface N { a: [Int] }
        """,
        "2:18 1:30 Interface field N.a expects type [Int] but Query.a is type Int.");

    [Fact]
    public void A_list_of_a_stricter_type() => Schemas.Valid(
        """
        type Query implements N { a: [Int!]! }
        interface N { a: [Int] }
        """);

    [Fact]
    public void The_same_arguments() => Schemas.Valid(
        """
        type Query implements N { a(b: Int): Int }
        interface N { a(b: Int): Int }
        """);

    [Fact]
    public void An_argument_is_missing() => Schemas.Refused(
        """
        type Query implements N { a: Int }
        interface N { a(b: Int): Int }
        """,
        "2:17 1:27 Interface field argument N.a(b:) expected but Query.a does not provide it.");

    [Fact]
    public void An_argument_of_another_type() => Schemas.Refused(
        """
        type Query implements N { a(b: String): Int }
        interface N { a(b: Int): Int }
        """,
        "2:20 1:32 Interface field argument N.a(b:) expects type Int but Query.a(b:) is type String.");

    [Fact]
    public void An_argument_of_a_stricter_type() => Schemas.Refused(
        """
        type Query implements N { a(b: Int!): Int }
        interface N { a(b: Int): Int }
        """,
        "2:20 1:32 Interface field argument N.a(b:) expects type Int but Query.a(b:) is type Int!.");

    [Fact]
    public void One_more_argument() => Schemas.Valid(
        """
        type Query implements N { a(b: Int): Int }
        interface N { a: Int }
        """);

    [Fact]
    public void One_more_argument_that_is_required() => Schemas.Refused(
        """
        type Query implements N { a(b: Int!): Int }
        interface N { a: Int }
        """,
        "1:29 2:15 Object field Query.a includes required argument b that is missing from the Interface field N.a.");

    [Fact]
    public void One_more_argument_that_is_required_and_has_a_default() => Schemas.Valid(
        """
        type Query implements N { a(b: Int! = 1): Int }
        interface N { a: Int }
        """);

    [Fact]
    public void One_more_field() => Schemas.Valid(
        """
        type Query implements N { a: Int b: Int }
        interface N { a: Int }
        """);

    [Fact]
    public void A_field_that_is_deprecated_where_the_interfaces_is_not() => Schemas.Refused(
        """
        type Query implements N { a: Int @deprecated }
        interface N { a: Int }
        """,
        "1:34 1:30 Interface field N.a is not deprecated, so implementation field Query.a must not be deprecated.");

    [Fact]
    public void All_interfaces_of_an_interface() => Schemas.Refused(
        """
        type Query implements L { a: Int }
        interface M { a: Int }
        interface L implements M { a: Int }
        """,
        "3:24 1:23 Type Query must implement M because it is implemented by L.");

    [Fact]
    public void All_of_them_are_named() => Schemas.Valid(
        """
        type Query implements L & M { a: Int }
        interface M { a: Int }
        interface L implements M { a: Int }
        """);
}
