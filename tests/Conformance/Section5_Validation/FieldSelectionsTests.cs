using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Field-Selections">Field Selections</see>.
/// </summary>
public sealed class FieldSelectionsTests
{
    [Fact]
    public void A_field_that_the_type_does_not_have() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { gain }
        """,
        """2:27 Cannot query field "gain" on type "Telescope".""");

    [Fact]
    public void An_alias_does_not_make_a_field() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { aperture: apretur }
        """,
        """2:27 Cannot query field "apretur" on type "Telescope". Did you mean "aperture"?""");

    [Fact]
    public void An_alias_may_be_any_name() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { gain: aperture __anything: name }
        """);

    [Fact]
    public void A_field_of_an_interface() => Documents.Valid(
        """
        { instrument { ...F } }
        fragment F on Instrument { name }
        """);

    [Fact]
    public void A_field_of_the_types_that_implement_the_interface_is_not_the_interfaces() => Documents.Refused(
        """
        { instrument { ...F } }
        fragment F on Instrument { nickname }
        """,
        """2:28 Cannot query field "nickname" on type "Instrument". Did you mean to use an inline fragment on "Antenna" or "Telescope"?""");

    [Fact]
    public void A_union_has_fields_only_through_fragments() => Documents.Valid(
        """
        { telescopeOrAntenna { ...F } }
        fragment F on TelescopeOrAntenna {
          __typename
          ... on Instrument { name }
          ... on Telescope { aperture }
        }
        """);

    [Fact]
    public void A_union_has_no_fields_of_its_own() => Documents.Refused(
        """
        { telescopeOrAntenna { ...F } }
        fragment F on TelescopeOrAntenna { name aperture }
        """,
        """
        2:36 Cannot query field "name" on type "TelescopeOrAntenna". Did you mean to use an inline fragment on "Instrument", "Antenna", or "Telescope"?
        2:41 Cannot query field "aperture" on type "TelescopeOrAntenna". Did you mean to use an inline fragment on "Telescope"?
        """);

    [Fact]
    public void A_field_that_only_an_object_has_met_through_the_interface_and_its_own_type() => Documents.Valid(
        """
        { instrument { ...F } }
        fragment F on Instrument { ... on Telescope { aperture } ... on Antenna { gain } }
        """);

    [Fact]
    public void Meta_fields_of_the_query_root() =>
        Documents.Valid("""{ __schema { queryType { name } } __type(name: "Telescope") { name } }""");

    [Fact]
    public void Meta_fields_of_the_schema_are_not_on_other_types() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { __schema { queryType { name } } }
        """,
        """2:27 Cannot query field "__schema" on type "Telescope".""");

    [Fact]
    public void The_typename_is_on_every_composite_type() =>
        Documents.Valid("{ __typename telescope { __typename } instrument { __typename } telescopeOrAntenna { __typename } }");
}
