using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Field-Selection-Merging">Field Selection Merging</see>.
/// </summary>
public sealed class FieldSelectionMergingTests
{
    private const string Sdl =
        """
        type Query { thing: Thing }
        interface Thing { id: ID }
        type A implements Thing { id: ID s: String i: Int must: String! list: [String] sub: Sub color: Color deep: [[String!]] }
        type B implements Thing { id: ID s: String i: Int must: String list: String sub: [Sub] color: Hue deep: [[String]] }
        type C implements Thing { id: ID s: ID sub: Other must: Int! list: [Int] deep: [[String!]] }
        type Sub { name: String n: Int }
        type Other { name: String n: String }
        enum Color { RED }
        enum Hue { RED }
        """;

    [Fact]
    public void Identical_fields_merge() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { name name }
        """);

    [Fact]
    public void Identical_aliases_and_fields_merge() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { otherName: name otherName: name }
        """);

    [Fact]
    public void An_alias_that_hides_another_field_does_not() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { name: nickname name }
        """,
        """2:27 2:42 Fields "name" conflict because "nickname" and "name" are different fields. Use different aliases on the fields to fetch both if this was intentional.""");

    [Fact]
    public void Identical_arguments_merge() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { canMove(motion: PARK) canMove(motion: PARK) }
        """);

    [Fact]
    public void Identical_variables_merge() =>
        Documents.Valid("query ($m: Motion!) { telescope { canMove(motion: $m) canMove(motion: $m) } }");

    [Fact]
    public void Arguments_merge_in_any_order() => Documents.Valid("{ arguments { two(x: 1, y: 2) two(y: 2, x: 1) } }");

    [Fact]
    public void Different_values_do_not_merge() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { canMove(motion: PARK) canMove(motion: TRACK) }
        """,
        """2:27 2:49 Fields "canMove" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.""");

    [Fact]
    public void A_value_and_a_variable_do_not_merge() => Documents.Refused(
        "query ($m: Motion!) { telescope { canMove(motion: PARK) canMove(motion: $m) } }",
        """1:35 1:57 Fields "canMove" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.""");

    [Fact]
    public void Different_variables_do_not_merge() => Documents.Refused(
        "query ($a: Motion!, $b: Motion!) { telescope { canMove(motion: $a) canMove(motion: $b) } }",
        """1:48 1:68 Fields "canMove" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.""");

    [Fact]
    public void An_argument_and_none_do_not_merge() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { isOpen(atNight: true) isOpen }
        """,
        """2:27 2:49 Fields "isOpen" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.""");

    [Fact]
    public void Different_fields_of_types_that_no_object_has_both_of() => Documents.Valid(
        """
        { instrument { ...F } }
        fragment F on Instrument {
          ... on Telescope { size: aperture }
          ... on Antenna { size: gain }
        }
        """);

    [Fact]
    public void Different_arguments_on_types_that_no_object_has_both_of() => Documents.Valid(
        """
        { instrument { ...F } }
        fragment F on Instrument {
          ... on Telescope { canMove(motion: PARK) }
          ... on Antenna { canMove(sweep: SCAN) }
        }
        """);

    [Fact]
    public void Even_then_the_shapes_of_the_answers_must_agree() => Documents.Refused(
        """
        { instrument { ...F } }
        fragment F on Instrument {
          ... on Telescope { value: nickname }
          ... on Antenna { value: gain }
        }
        """,
        """3:22 4:20 Fields "value" conflict because they return conflicting types "String" and "Int". Use different aliases on the fields to fetch both if this was intentional.""");

    [Fact]
    public void Different_fields_where_one_of_the_types_is_abstract() => Documents.Refused(
        "{ instrument { ... on Telescope { name: nickname } name } }",
        """1:35 1:52 Fields "name" conflict because "nickname" and "name" are different fields. Use different aliases on the fields to fetch both if this was intentional.""");

    [Fact]
    public void Selections_below_are_merged_and_compared() => Documents.Refused(
        "{ telescope { owner { name } } telescope { owner { name: __typename } } }",
        """1:3 1:15 1:23 1:32 1:44 1:52 Fields "telescope" conflict because subfields "owner" conflict because subfields "name" conflict because "name" and "__typename" are different fields. Use different aliases on the fields to fetch both if this was intentional.""");

    [Fact]
    public void Selections_below_are_compared_through_fragments() => Documents.Refused(
        """
        { telescope { ...A ...B } }
        fragment A on Telescope { owner { x: name } }
        fragment B on Telescope { owner { x: __typename } }
        """,
        """2:27 2:35 3:27 3:35 Fields "owner" conflict because subfields "x" conflict because "name" and "__typename" are different fields. Use different aliases on the fields to fetch both if this was intentional.""");

    [Fact]
    public void Both_conflicts_of_one_place_are_told() => Documents.Refused(
        "{ telescope { x: name y: name } telescope { x: nickname y: aperture } }",
        """1:3 1:15 1:23 1:33 1:45 1:57 Fields "telescope" conflict because subfields "x" conflict because "name" and "nickname" are different fields and subfields "y" conflict because "name" and "aperture" are different fields. Use different aliases on the fields to fetch both if this was intentional.""");

    [Theory]
    [InlineData("{ thing { ... on A { x: s } ... on B { x: i } } }", """1:22 1:40 Fields "x" conflict because they return conflicting types "String" and "Int". Use different aliases on the fields to fetch both if this was intentional.""")]
    [InlineData("{ thing { ... on A { x: s } ... on C { x: s } } }", """1:22 1:40 Fields "x" conflict because they return conflicting types "String" and "ID". Use different aliases on the fields to fetch both if this was intentional.""")]
    [InlineData("{ thing { ... on A { x: must } ... on B { x: must } } }", """1:22 1:43 Fields "x" conflict because they return conflicting types "String!" and "String". Use different aliases on the fields to fetch both if this was intentional.""")]
    [InlineData("{ thing { ... on A { x: list } ... on B { x: list } } }", """1:22 1:43 Fields "x" conflict because they return conflicting types "[String]" and "String". Use different aliases on the fields to fetch both if this was intentional.""")]
    [InlineData("{ thing { ... on A { x: color } ... on B { x: color } } }", """1:22 1:44 Fields "x" conflict because they return conflicting types "Color" and "Hue". Use different aliases on the fields to fetch both if this was intentional.""")]
    [InlineData("{ thing { ... on A { x: deep } ... on B { x: deep } } }", """1:22 1:43 Fields "x" conflict because they return conflicting types "[[String!]]" and "[[String]]". Use different aliases on the fields to fetch both if this was intentional.""")]
    [InlineData("{ thing { ... on A { x: sub { name } } ... on B { x: sub { name } } } }", """1:22 1:51 Fields "x" conflict because they return conflicting types "Sub" and "[Sub]". Use different aliases on the fields to fetch both if this was intentional.""")]
    [InlineData("{ thing { ... on A { x: sub { n } } ... on C { x: sub { n } } } }", """1:22 1:31 1:48 1:57 Fields "x" conflict because subfields "n" conflict because they return conflicting types "Int" and "String". Use different aliases on the fields to fetch both if this was intentional.""")]
    [InlineData("{ thing { ... on A { x: s } ... on C { x: sub { n } } } }", """1:22 1:40 Fields "x" conflict because they return conflicting types "String" and "Other". Use different aliases on the fields to fetch both if this was intentional.""")]
    [InlineData("{ thing { ... on A { x: list } ... on C { x: list } } }", """1:22 1:43 Fields "x" conflict because they return conflicting types "[String]" and "[Int]". Use different aliases on the fields to fetch both if this was intentional.""")]
    public void Shapes_that_differ_do_not_merge(string text, string errors) => Documents.Refused(text, errors, Sdl);

    [Theory]
    [InlineData("{ thing { ... on A { x: s } ... on B { x: s } } }")]
    [InlineData("{ thing { ... on A { x: sub { name } } ... on C { x: sub { name } } } }")]
    [InlineData("{ thing { ... on A { x: deep } ... on C { x: deep } } }")]
    [InlineData("{ thing { ... on A { x: sub { n } } ... on C { x: sub { name } } } }")]
    public void Shapes_that_agree_do(string text) => Documents.Valid(text, Sdl);
}
