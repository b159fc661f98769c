using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Input-Object-Field-Uniqueness">Input Object Field Uniqueness</see>.
/// </summary>
public sealed class InputObjectFieldUniquenessTests
{
    [Fact]
    public void One_field_twice() => Documents.Refused(
        """{ findTelescope(by: { name: "a", name: "b" }) { name } }""",
        """1:23 1:34 There can be only one input field named "name".""");

    [Fact]
    public void The_same_field_in_two_objects() =>
        Documents.Valid("""mutation { orderAll(instruments: [{ antenna: { name: "a" } }, { antenna: { name: "b" } }]) { name } }""");

    [Fact]
    public void One_field_twice_inside_another() => Documents.Refused(
        """mutation { order(instrument: { antenna: { name: "a", gain: 1, gain: 2 } }) { name } }""",
        """1:54 1:63 There can be only one input field named "gain".""");
}
