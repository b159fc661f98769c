using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Types">Types</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Wrapping-Types">Wrapping Types</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Input-and-Output-Types">Input and Output Types</see>.
/// </summary>
public sealed class WrappingTypesTests
{
    [Theory]
    [InlineData("type Query { a(b: Int): Int } enum E { A } input I { a: Int } scalar S")]
    [InlineData("type Query { a(b: S): Int } enum E { A } input I { a: Int } scalar S")]
    [InlineData("type Query { a(b: E): Int } enum E { A } input I { a: Int } scalar S")]
    [InlineData("type Query { a(b: I): Int } enum E { A } input I { a: Int } scalar S")]
    [InlineData("type Query { a(b: [Int]): Int } enum E { A } input I { a: Int } scalar S")]
    [InlineData("type Query { a(b: [[I!]]!): Int } enum E { A } input I { a: Int } scalar S")]
    [InlineData("type Query { a(b: E!): Int } enum E { A } input I { a: Int } scalar S")]
    public void Scalars_enums_and_input_objects_are_input_types(string text) => Schemas.Valid(text);

    [Theory]
    [InlineData("type Query { a(b: Query): Int } interface N { a: Int } union U = Query", "1:19 The type of Query.a(b:) must be Input Type but got: Query.")]
    [InlineData("type Query { a(b: N): Int } interface N { a: Int } union U = Query", "1:19 The type of Query.a(b:) must be Input Type but got: N.")]
    [InlineData("type Query { a(b: U): Int } interface N { a: Int } union U = Query", "1:19 The type of Query.a(b:) must be Input Type but got: U.")]
    [InlineData("type Query { a(b: [Query!]!): Int } interface N { a: Int } union U = Query", "1:19 The type of Query.a(b:) must be Input Type but got: [Query!]!.")]
    [InlineData("type Query { a(b: N!): Int } interface N { a: Int } union U = Query", "1:19 The type of Query.a(b:) must be Input Type but got: N!.")]
    public void Other_types_are_not(string text, string errors) => Schemas.Refused(text, errors);

    [Theory]
    [InlineData("type Query { a: Int } enum E { A } scalar S interface N { b: Int } union U = Query")]
    [InlineData("type Query { a: S } enum E { A } scalar S interface N { b: Int } union U = Query")]
    [InlineData("type Query { a: E } enum E { A } scalar S interface N { b: Int } union U = Query")]
    [InlineData("type Query { a: Query } enum E { A } scalar S interface N { b: Int } union U = Query")]
    [InlineData("type Query { a: N } enum E { A } scalar S interface N { b: Int } union U = Query")]
    [InlineData("type Query { a: U } enum E { A } scalar S interface N { b: Int } union U = Query")]
    [InlineData("type Query { a: [[Query!]]! } enum E { A } scalar S interface N { b: Int } union U = Query")]
    public void Scalars_enums_objects_interfaces_and_unions_are_output_types(string text) => Schemas.Valid(text);

    [Theory]
    [InlineData("type Query { a: I } input I { a: Int }", "1:17 The type of Query.a must be Output Type but got: I.")]
    [InlineData("type Query { a: [I] } input I { a: Int }", "1:17 The type of Query.a must be Output Type but got: [I].")]
    [InlineData("type Query { a: I! } input I { a: Int }", "1:17 The type of Query.a must be Output Type but got: I!.")]
    public void Input_objects_are_not(string text, string errors) => Schemas.Refused(text, errors);

    [Fact]
    public void A_type_that_is_not_there() => Schemas.Refused(
        "type Query { a: Nothing b(c: Nought): Int }",
        """
        1:17 Unknown type "Nothing". Did you mean "String"?
        1:30 Unknown type "Nought".
        """);
}
