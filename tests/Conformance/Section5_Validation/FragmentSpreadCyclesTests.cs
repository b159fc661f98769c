using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Fragment-Spreads-Must-Not-Form-Cycles">Fragment Spreads Must Not Form Cycles</see>.
/// </summary>
public sealed class FragmentSpreadCyclesTests
{
    [Fact]
    public void Two_fragments_that_spread_each_other() => Documents.Refused(
        """
        { telescope { ...Names } }
        fragment Names on Telescope { name ...Sizes }
        fragment Sizes on Telescope { aperture ...Names }
        """,
        """2:36 3:40 Cannot spread fragment "Names" within itself via "Sizes".""");

    [Fact]
    public void Cycles_through_the_data() => Documents.Refused(
        """
        { telescope { ...T } }
        fragment T on Telescope { name owner { ...O } }
        fragment O on Astronomer { name telescopes { ...T } }
        """,
        """2:40 3:46 Cannot spread fragment "T" within itself via "O".""");

    [Fact]
    public void A_fragment_that_spreads_itself() =>
        Documents.Refused("{ telescope { ...F } } fragment F on Telescope { ...F }", """1:50 Cannot spread fragment "F" within itself.""");

    [Fact]
    public void A_fragment_that_spreads_itself_inside_an_inline_fragment() => Documents.Refused(
        "{ telescope { ...F } } fragment F on Telescope { ... on Telescope { ...F } }",
        """1:69 Cannot spread fragment "F" within itself.""");

    [Fact]
    public void One_fragment_in_two_places_is_no_cycle() => Documents.Valid(
        """
        { telescope { ...A ...B } }
        fragment A on Telescope { ...C }
        fragment B on Telescope { ...C }
        fragment C on Telescope { name }
        """);

    [Fact]
    public void Three_in_a_ring() => Documents.Refused(
        """
        { telescope { ...A } }
        fragment A on Telescope { ...B }
        fragment B on Telescope { ...C }
        fragment C on Telescope { ...A }
        """,
        """2:27 3:27 4:27 Cannot spread fragment "A" within itself via "B", "C".""");
}
