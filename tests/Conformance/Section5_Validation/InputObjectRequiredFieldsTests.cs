using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Input-Object-Required-Fields">Input Object Required Fields</see>.
/// </summary>
public sealed class InputObjectRequiredFieldsTests
{
    [Fact]
    public void A_required_field_that_is_given() =>
        Documents.Valid("""mutation { order(instrument: { antenna: { name: "a" } }) { name } }""");

    [Fact]
    public void A_required_field_that_is_left_out() => Documents.Refused(
        "mutation { order(instrument: { antenna: { gain: 1 } }) { name } }",
        """1:41 Field "AntennaInput.name" of required type "String!" was not provided.""");

    [Fact]
    public void Null_is_no_value_for_a_required_field() => Documents.Refused(
        "mutation { order(instrument: { antenna: { name: null } }) { name } }",
        """1:49 Expected value of type "String!", found null.""");

    [Fact]
    public void A_field_with_a_default_may_be_left_out() =>
        Documents.Valid("{ f(i: { b: 1 }) }", sdl: "type Query { f(i: I): Int } input I { a: Int! = 1 b: Int }");

    [Fact]
    public void But_it_cannot_be_null_either() => Documents.Refused(
        "{ f(i: { a: null }) }",
        """1:13 Expected value of type "Int!", found null.""",
        sdl: "type Query { f(i: I): Int } input I { a: Int! = 1 b: Int }");
}
