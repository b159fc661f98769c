using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Fragment-Spread-Is-Possible">Fragment Spread Is Possible</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Object-Spreads-in-Object-Scope">Object Spreads in Object Scope</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Abstract-Spreads-in-Object-Scope">Abstract Spreads in Object Scope</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Object-Spreads-in-Abstract-Scope">Object Spreads in Abstract Scope</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Abstract-Spreads-in-Abstract-Scope">Abstract Spreads in Abstract Scope</see>.
/// </summary>
public sealed class FragmentSpreadIsPossibleTests
{
    [Fact]
    public void An_object_in_itself() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { ... on Telescope { aperture } }
        """);

    [Fact]
    public void An_object_in_another() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { ... on Antenna { gain } }
        """,
        """2:27 Fragment cannot be spread here as objects of type "Telescope" can never be of type "Antenna".""");

    [Fact]
    public void An_interface_in_an_object_that_implements_it() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { ...I }
        fragment I on Instrument { name }
        """);

    [Fact]
    public void A_union_in_its_member() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { ...U }
        fragment U on TelescopeOrAntenna { ... on Antenna { gain } }
        """);

    [Fact]
    public void An_interface_in_an_object_that_does_not_implement_it() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { ... on Person { name } }
        """,
        """2:27 Fragment cannot be spread here as objects of type "Telescope" can never be of type "Person".""");

    [Fact]
    public void A_union_in_an_object_that_is_no_member() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { ... on AstronomerOrRobot { __typename } }
        """,
        """2:27 Fragment cannot be spread here as objects of type "Telescope" can never be of type "AstronomerOrRobot".""");

    [Fact]
    public void An_object_in_its_interface() => Documents.Valid(
        """
        { instrument { ...F } }
        fragment F on Instrument { name ... on Telescope { aperture } }
        """);

    [Fact]
    public void A_member_in_its_union() => Documents.Valid(
        """
        { telescopeOrAntenna { ...F } }
        fragment F on TelescopeOrAntenna { ... on Antenna { gain } }
        """);

    [Fact]
    public void An_object_in_an_interface_that_it_does_not_implement() => Documents.Refused(
        """
        { astronomer { ...P } }
        fragment P on Person { ... on Telescope { aperture } }
        """,
        """2:24 Fragment cannot be spread here as objects of type "Person" can never be of type "Telescope".""");

    [Fact]
    public void An_object_in_a_union_that_it_is_no_member_of() => Documents.Refused(
        """
        { astronomer { ...U } }
        fragment U on AstronomerOrRobot { ... on Antenna { gain } }
        """,
        """2:35 Fragment cannot be spread here as objects of type "AstronomerOrRobot" can never be of type "Antenna".""");

    [Fact]
    public void A_union_in_an_interface_that_share_an_object() => Documents.Valid(
        """
        { instrument { ...F } }
        fragment F on Instrument { ...U }
        fragment U on TelescopeOrAstronomer { ... on Telescope { aperture } }
        """);

    [Fact]
    public void Interfaces_that_share_no_object() => Documents.Refused(
        """
        { instrument { ...F } }
        fragment F on Instrument { ...P }
        fragment P on Person { name }
        """,
        """2:28 Fragment "P" cannot be spread here as objects of type "Instrument" can never be of type "Person".""");

    [Fact]
    public void Unions_that_share_a_member() => Documents.Valid("{ telescopeOrAntenna { ... on TelescopeOrAstronomer { __typename } } }");

    [Fact]
    public void Unions_that_share_none() => Documents.Refused(
        "{ telescopeOrAntenna { ... on AstronomerOrRobot { __typename } } }",
        """1:24 Fragment cannot be spread here as objects of type "TelescopeOrAntenna" can never be of type "AstronomerOrRobot".""");

    [Fact]
    public void An_interface_in_an_interface_that_it_implements() => Documents.Valid(
        """
        { node { ...R } }
        fragment R on Resource { url }
        """,
        sdl: """

        type Query { node: Node }
        interface Node { id: ID! }
        interface Resource implements Node { id: ID! url: String }
        type Archive implements Node & Resource { id: ID! url: String }
        """);

    [Fact]
    public void An_interface_in_an_interface_that_it_implements_and_no_object_does() => Documents.Refused(
        """
        { node { ...R } }
        fragment R on Resource { url }
        """,
        """1:10 Fragment "R" cannot be spread here as objects of type "Node" can never be of type "Resource".""",
        sdl: """

        type Query { node: Node }
        interface Node { id: ID! }
        interface Resource implements Node { id: ID! url: String }
        type Plain implements Node { id: ID! }
        """);
}
