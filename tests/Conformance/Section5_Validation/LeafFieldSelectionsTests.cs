using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Leaf-Field-Selections">Leaf Field Selections</see>.
/// </summary>
public sealed class LeafFieldSelectionsTests
{
    [Fact]
    public void A_scalar_is_a_leaf() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { aperture }
        """);

    [Fact]
    public void A_leaf_has_no_selection() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { aperture { since } }
        """,
        """2:36 Field "aperture" must not have a selection since type "Int" has no subfields.""");

    [Fact]
    public void An_object_needs_one() => Documents.Refused(
        "query { astronomer }",
        """1:9 Field "astronomer" of type "Astronomer" must have a selection of subfields. Did you mean "astronomer { ... }"?""");

    [Fact]
    public void An_interface_needs_one() => Documents.Refused(
        "query { instrument }",
        """1:9 Field "instrument" of type "Instrument" must have a selection of subfields. Did you mean "instrument { ... }"?""");

    [Fact]
    public void A_union_needs_one() => Documents.Refused(
        "query { telescopeOrAntenna }",
        """1:9 Field "telescopeOrAntenna" of type "TelescopeOrAntenna" must have a selection of subfields. Did you mean "telescopeOrAntenna { ... }"?""");

    [Fact]
    public void An_object_with_its_selection() => Documents.Valid("query { astronomer { name } }");

    [Fact]
    public void A_list_of_objects_needs_one_too() => Documents.Refused(
        "query { astronomer { instruments } }",
        """1:22 Field "instruments" of type "[Instrument!]" must have a selection of subfields. Did you mean "instruments { ... }"?""");

    [Fact]
    public void A_scalar_that_cannot_be_null_is_a_leaf_too() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { name { length } }
        """,
        """2:32 Field "name" must not have a selection since type "String!" has no subfields.""");
}
