using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Input-Objects">Input Objects</see>.
/// Type validation.
/// </summary>
public sealed class InputObjectValidationTests
{
    [Fact]
    public void An_input_object_has_a_field() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I
        """,
        "2:1 Input Object type I must define one or more fields.");

    [Fact]
    public void Fields_have_names_of_their_own() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { a: Int a: Int }
        """,
        """2:11 2:18 Field "I.a" can only be defined once.""");

    [Fact]
    public void No_field_name_begins_with_two_underscores() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { __a: Int }
        """,
        """2:11 Name "__a" must not begin with "__", which is reserved by GraphQL introspection.""");

    [Fact]
    public void Fields_are_of_input_types() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { a: Query }
        """,
        "2:14 The type of I.a must be Input Type but got: Query.");

    [Fact]
    public void A_required_field_is_not_deprecated() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { a: Int! @deprecated }
        """,
        "2:19 2:14 Required input field I.a cannot be deprecated.");

    [Fact]
    public void A_default_is_of_the_type_of_its_field() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { a: Int = "x" }
        """,
        """
        2:20 I.a has invalid default value: Int cannot represent non-integer value: "x"
        """);

    [Fact]
    public void An_input_object_may_refer_to_itself() => Schemas.Valid(
        """
        type Query { a(b: I): Int }
        input I { self: I }
        """);

    [Fact]
    public void In_a_list_too() => Schemas.Valid(
        """
        type Query { a(b: I): Int }
        input I { self: [I!]! }
        """);

    [Fact]
    public void But_somewhere_it_must_end() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { self: I! }
        """,
        """2:11 Cannot reference Input Object "I" within itself through a series of non-null fields: "self".""");

    [Fact]
    public void In_a_ring_too() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { j: J! }
        input J { k: K! }
        input K { i: I! }
        """,
        """2:11 3:11 4:11 Cannot reference Input Object "I" within itself through a series of non-null fields: "j.k.i".""");

    [Fact]
    public void One_link_of_the_ring_may_be_null() => Schemas.Valid(
        """
        type Query { a(b: I): Int }
        input I { j: J! }
        input J { k: K }
        input K { i: I! }
        """);

    [Fact]
    public void One_link_of_the_ring_may_be_a_list() => Schemas.Valid(
        """
        type Query { a(b: I): Int }
        input I { j: J! }
        input J { k: [K!]! }
        input K { i: I! }
        """);

    [Fact]
    public void Defaults_that_refer_to_themselves() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { self: I = {} }
        """,
        "2:11 Invalid circular reference. The default value of Input Object field I.self references itself.");

    [Fact]
    public void Defaults_that_refer_to_themselves_in_a_ring() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { j: J = {} }
        input J { i: I = {} }
        """,
        "2:11 3:11 Invalid circular reference. The default value of Input Object field I.j references itself via the default values of: J.i.");

    [Fact]
    public void Defaults_that_refer_to_themselves_in_a_list() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { self: [I] = [{}] }
        """,
        "2:11 Invalid circular reference. The default value of Input Object field I.self references itself.");

    [Fact]
    public void Defaults_that_end() => Schemas.Valid(
        """
        type Query { a(b: I): Int }
        input I { self: I = { self: null } }
        """);
}
