using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Fragment-Spread-Target-Defined">Fragment Spread Target Defined</see>.
/// </summary>
public sealed class FragmentSpreadTargetDefinedTests
{
    [Fact]
    public void A_fragment_that_is_not_there() =>
        Documents.Refused("{ telescope { ...Undefined } }", """1:18 Unknown fragment "Undefined".""");

    [Fact]
    public void A_fragment_that_is_not_there_in_another_fragment() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { ...Undefined }
        """,
        """2:30 Unknown fragment "Undefined".""");

    [Fact]
    public void A_type_is_no_fragment() => Documents.Refused("{ telescope { ...Telescope } }", """1:18 Unknown fragment "Telescope".""");
}
