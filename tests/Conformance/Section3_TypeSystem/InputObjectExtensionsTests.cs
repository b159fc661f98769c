using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Input-Object-Extensions">Input Object Extensions</see>.
/// </summary>
public sealed class InputObjectExtensionsTests
{
    [Fact]
    public void A_field_is_added() => Schemas.Valid(
        """
        type Query { a(b: I): Int }
        input I { a: Int }
        extend input I { b: Int! }
        """);

    [Fact]
    public void A_field_is_not_repeated() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { a: Int }
        extend input I { a: Int }
        """,
        """2:11 3:18 Field "I.a" can only be defined once.""");

    [Fact]
    public void A_directive_is_not_repeated() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        directive @d on INPUT_OBJECT
        input I @d { a: Int }
        extend input I @d
        """,
        """3:9 4:16 The directive "@d" can only be used once at this location.""");

    [Fact]
    public void It_is_of_an_input_object() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { a: Int }
        extend input Query { b: Int }
        """,
        """1:1 3:1 Cannot extend non-input object type "Query".""");

    [Fact]
    public void A_field_of_a_oneOf_input_object_can_be_null() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I @oneOf { a: Int }
        extend input I { b: Int! }
        """,
        "3:21 OneOf input field I.b must be nullable.");

    [Fact]
    public void And_has_no_default() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I @oneOf { a: Int }
        extend input I { b: Int = 1 }
        """,
        "3:18 OneOf input field I.b cannot have a default value.");

    [Fact]
    public void OneOf_is_not_for_extensions() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { a: Int }
        extend input I @oneOf
        """,
        """3:16 Directive "@oneOf" must not be provided by an extension of Input Object type I: apply it to its definition.""");
}
