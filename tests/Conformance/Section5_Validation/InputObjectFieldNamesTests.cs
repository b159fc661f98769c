using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Input-Object-Field-Names">Input Object Field Names</see>.
/// </summary>
public sealed class InputObjectFieldNamesTests
{
    [Fact]
    public void A_field_of_the_input_object() => Documents.Valid("""{ findTelescope(by: { name: "Hale" }) { name } }""");

    [Fact]
    public void A_field_that_it_does_not_have() => Documents.Refused(
        """{ findTelescope(by: { favoriteColor: "Red" }) { name } }""",
        """1:23 Field "favoriteColor" is not defined by type "TelescopeSearch".""");

    [Fact]
    public void A_field_that_it_does_not_have_in_a_list() => Documents.Refused(
        """mutation { orderAll(instruments: [{ radar: { name: "R" } }]) { name } }""",
        """1:37 Field "radar" is not defined by type "InstrumentOrder".""");
}
