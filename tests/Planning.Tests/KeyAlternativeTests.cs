using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Objects that a source knows by several keys, any of which can be null (for lookups, Composite Schemas spec, Appendix A, SelectedValue): a fetch has
/// further keys where they cost no other one.
/// </summary>
public sealed class KeyAlternativeTests
{
    [Fact]
    public void A_representation_has_the_first_key_that_is_not_null() => Check(
        """
        --- a apollo
        type Query { ps: [P] }
        type P @key(fields: "id") @key(fields: "sku") { id: ID sku: String }
        --- b apollo
        type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String x: Int }
        """,
        "{ ps { x } }",
        """
        a: { ps { sku id } }
        b after a: { ... on P { x } } } by { __typename, sku: ~sku } | { __typename, id: ~id }; The field needs a key of its object, "sku" or "id", and each of them is null here.
        """);

    // b gives ref, and id, too, for the sake of z, which is fetched last: so who is without the id is without ref.
    [Fact]
    public void A_key_that_is_never_there_where_those_before_it_are_absent_is_not_tried()
    {
        var plan = PlanTest.Plan(
            """
            --- a apollo
            type Query { p: P! }
            type P @key(fields: "sku") @key(fields: "a b") @key(fields: "kind slot") { sku: String a: Int b: String! kind: String! slot: Int }
            --- b apollo
            type P @key(fields: "id") @key(fields: "ref { code }") @key(fields: "sku") @key(fields: "a b") @key(fields: "kind slot") {
              id: ID! ref: Ref! sku: String a: Int b: String! kind: String! slot: Int x: Int like: P w: Int @external y: Int @requires(fields: "w")
            }
            type Ref { code: String! }
            --- c apollo
            type P @key(fields: "kind slot") @key(fields: "id") { kind: String! slot: Int id: ID! w: Int y: Int @external z: Int @requires(fields: "y") }
            """,
            "{ p { x z like { z } } }");
        Assert.Contains(plan.Steps, step => step.Reason == "b serves P.y; entered by sku, or where that is null by id; carries w");
    }

    [Fact]
    public void A_lookup_with_alternatives_is_asked_by_the_first_that_is_not_null() => Check(
        """
        --- a
        type Query { ps: [P] }
        type P @key(fields: "id") @key(fields: "sku") { id: ID sku: String }
        --- b
        type Query { p(by: PBy! @is(field: "{ id } | { sku }")): P @lookup }
        input PBy @oneOf { id: ID sku: String }
        type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String x: Int }
        """,
        "{ ps { x } }",
        """
        a: { ps { id sku } }
        b after a: query ($__gg_1_by: PBy!) { p(by: $__gg_1_by) { x } } by { id: ~id } | { sku: ~sku }; The field needs a key of its object, "{ id }" or "{ sku }", and each of them is null here.
        """);

    [Fact]
    public void A_key_that_is_never_null_is_the_last() => Check(
        """
        --- a apollo
        type Query { ps: [P] }
        type P @key(fields: "id") @key(fields: "sku") @key(fields: "code") { id: ID! sku: String code: String }
        --- b apollo
        type P @key(fields: "sku") @key(fields: "id") @key(fields: "code") { id: ID! sku: String code: String x: Int }
        """,
        "{ ps { x } }",
        """
        a: { ps { sku id } }
        b after a: { ... on P { x } } } by { __typename, sku: ~sku } | { __typename, id: ~id }; The field needs a key of its object, "sku" or "id", and each of them is null here.
        """);

    [Fact]
    public void A_key_that_costs_another_fetch_is_none() => Check(
        """
        --- a apollo
        type Query { ps: [P] }
        type P @key(fields: "sku") { sku: String }
        --- b apollo
        type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String x: Int }
        --- c apollo
        type P @key(fields: "sku") { id: ID sku: String }
        """,
        "{ ps { x } }",
        """
        a: { ps { sku } }
        b after a: { ... on P { x } } } by { __typename, sku: ~sku }; The field needs its object's key "sku", which is null here.
        """);

    [Fact]
    public void A_key_of_a_fetch_that_ends_before_in_any_case_counts() => Check(
        """
        --- a apollo
        type Query { ps: [P] }
        type P @key(fields: "sku") { sku: String }
        --- b apollo
        type P @key(fields: "code") @key(fields: "id") { id: ID code: String x: Int }
        --- c apollo
        type P @key(fields: "sku") { id: ID code: String sku: String }
        """,
        "{ ps { x } }",
        """
        a: { ps { sku } }
        c after a: { ... on P { code id } } } by { __typename, sku: ~sku }; The field needs its object's key "sku", which is null here.
        b after c: { ... on P { x } } } by { __typename, code: ~code } | { __typename, id: ~id }; The field needs a key of its object, "code" or "id", and each of them is null here.
        """);

    [Fact]
    public void What_is_required_goes_with_every_key_and_a_key_can_be_required_itself() => Check(
        """
        --- a apollo
        type Query { ps: [P] }
        type P @key(fields: "id") @key(fields: "sku") { id: ID sku: String w: Int part: Part }
        type Part { code: String }
        --- b apollo
        type P @key(fields: "sku") @key(fields: "id") @key(fields: "part { code }") { id: ID sku: String part: Part w: Int @external x: Int @requires(fields: "w sku") }
        type Part { code: String }
        """,
        "{ ps { x } }",
        """
        a: { ps { w sku id part { code } } }
        b after a: { ... on P { x } } } by { __typename, sku: ~sku, w: ~w } | { __typename, id: ~id, w: ~w, sku: ~sku } | { __typename, part: ~part { code: ~code }, w: ~w, sku: ~sku }; The field needs a key of its object, "sku" or "id" or "part", and each of them is null here.
        """);

    [Fact]
    public void Each_type_has_its_own_keys() => Check(
        """
        --- a apollo
        type Query { is: [I] }
        interface I { id: ID }
        type P implements I @key(fields: "id") @key(fields: "sku") { id: ID sku: String }
        type Q implements I @key(fields: "id") { id: ID }
        --- b apollo
        type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String x: Int }
        type Q @key(fields: "id") { id: ID x: Int }
        """,
        "{ is { ... on P { x } ... on Q { x } } }",
        """
        a: { is { __typename id ... on P { sku } } }
        b after a: { ... on P { x } ... on Q { x } } } by { __typename, <P> sku: ~sku, <Q> id: ~id } | <P> { __typename, id: ~id }; The field needs a key of its object, "sku id" or "id", and each of them is null here.
        """);

    // c is entered by a itself: where that is null there is no id, which c never gives as null. So id is no other key, and the last is tag.
    [Fact]
    public void A_key_that_comes_by_the_one_that_is_null_is_none_and_does_not_keep_away_the_next() => Check(
        """
        --- a apollo
        type Query { ps: [P!]! }
        type P @key(fields: "sku") @key(fields: "tag") { sku: Int tag: String! }
        --- b apollo
        type P @key(fields: "id") @key(fields: "sku") @key(fields: "tag") { id: ID! sku: Int tag: String! size: Int f: String @external x: Int @requires(fields: "f") }
        --- c apollo
        type P @key(fields: "sku") @key(fields: "id") { sku: Int id: ID! f: String }
        """,
        "{ ps { size x } }",
        """
        a: { ps { sku tag } }
        c after a: { ... on P { f } } } by { __typename, sku: ~sku }; The field needs its object's key "sku", which is null here.
        b after c: { ... on P { size x } } } by { __typename, sku: ~sku, f: ~f } | { __typename, tag: ~tag, f: ~f }; The field needs a key of its object, "sku" or "tag", and each of them is null here.
        """);

    // Through c, which gives d its key.
    [Fact]
    public void A_key_that_comes_by_the_one_that_is_null_over_others_is_none() => Check(
        """
        --- a apollo
        type Query { ps: [P!]! }
        type P @key(fields: "sku") @key(fields: "tag") { sku: Int tag: String! }
        --- b apollo
        type P @key(fields: "id") @key(fields: "sku") @key(fields: "tag") { id: ID! sku: Int tag: String! size: Int f: String @external x: Int @requires(fields: "f") }
        --- c apollo
        type P @key(fields: "sku") { sku: Int code: ID! }
        --- d apollo
        type P @key(fields: "code") @key(fields: "id") { code: ID! id: ID! f: String }
        """,
        "{ ps { size x } }",
        """
        a: { ps { sku tag } }
        c after a: { ... on P { code } } } by { __typename, sku: ~sku }; The field needs its object's key "sku", which is null here.
        d after c: { ... on P { f } } } by { __typename, code: ~code }; The field needs its object's key "code", which is null here.
        b after d: { ... on P { size x } } } by { __typename, sku: ~sku, f: ~f } | { __typename, tag: ~tag, f: ~f }; The field needs a key of its object, "sku" or "tag", and each of them is null here.
        """);

    // c never gives id as null, and yet it is not there where sku is null; d is asked by code, and gives tag there.
    [Fact]
    public void A_key_that_is_never_null_in_a_source_that_may_not_be_asked_has_others_after_it() => Check(
        """
        --- a apollo
        type Query { ps: [P!]! }
        type P @key(fields: "sku") @key(fields: "code") { sku: Int code: ID! }
        --- b apollo
        type P @key(fields: "id") @key(fields: "tag") { id: ID! tag: String! size: Int f: String @external g: String @external x: Int @requires(fields: "f g") }
        --- c apollo
        type P @key(fields: "sku") @key(fields: "id") { sku: Int id: ID! f: String }
        --- d apollo
        type P @key(fields: "code") @key(fields: "tag") { code: ID! tag: String! g: String }
        """,
        "{ ps { size x } }",
        """
        a: { ps { sku code } }
        c after a: { ... on P { id f } } } by { __typename, sku: ~sku }; The field needs its object's key "sku", which is null here.
        d after a: { ... on P { g tag } } } by { __typename, code: ~code }; The field needs its object's key "code", which is null here.
        b after c after d: { ... on P { size x } } } by { __typename, id: ~id, f: ~f, g: ~g } | { __typename, tag: ~tag, f: ~f, g: ~g }; The field needs a key of its object, "id" or "tag", and each of them is null here.
        """);

    // Where sku is null c is asked by tag: then there is an id.
    [Fact]
    public void A_key_from_a_source_that_has_another_way_counts() => Check(
        """
        --- a apollo
        type Query { ps: [P!]! }
        type P @key(fields: "sku") @key(fields: "tag") { sku: Int tag: String }
        --- b apollo
        type P @key(fields: "id") @key(fields: "sku") { id: ID! sku: Int size: Int f: String @external x: Int @requires(fields: "f") }
        --- c apollo
        type P @key(fields: "sku") @key(fields: "tag") @key(fields: "id") { sku: Int tag: String id: ID! f: String }
        """,
        "{ ps { size x } }",
        """
        a: { ps { sku tag } }
        c after a: { ... on P { f id } } } by { __typename, sku: ~sku } | { __typename, tag: ~tag }; The field needs a key of its object, "sku" or "tag", and each of them is null here.
        b after c: { ... on P { size x } } } by { __typename, sku: ~sku, f: ~f } | { __typename, id: ~id, f: ~f }; The field needs a key of its object, "sku" or "id", and each of them is null here.
        """);

    // b is entered for x, which waits for w, and apart from that for like, of which more is wanted: that one gives ref, too.
    [Fact]
    public void A_key_that_one_fetch_of_the_source_gives_is_not_asked_of_a_later_one() => Check(
        """
        --- a apollo
        type Query { ps: [P] }
        type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String }
        --- b apollo
        type P @key(fields: "id") @key(fields: "ref { code }") @key(fields: "sku") {
          id: ID sku: String ref: Ref! like: P w: Int @external y: Int @external x: Int @requires(fields: "w") z: Int @requires(fields: "y")
        }
        type Ref { code: String! }
        --- c apollo
        type P @key(fields: "id") { id: ID w: Int x: Int @external y: Int @requires(fields: "x") z: Int @external v: Int @requires(fields: "z") }
        """,
        "{ ps { v like { v } } }",
        """
        a: { ps { id sku } }
        c after a: { ... on P { w } } } by { __typename, id: ~id }; The field needs its object's key "id", which is null here.
        b after a: { ... on P { like { id ref { code } } ref { code } } } } by { __typename, id: ~id } | { __typename, sku: ~sku }; The field needs a key of its object, "id" or "sku", and each of them is null here.
        b after c after b: { ... on P { x } } } by { __typename, id: ~id, w: ~w } | { __typename, ref: ~ref { code: ~code }, w: ~w }; The field needs a key of its object, "id" or "ref", and each of them is null here.
        c after b: { ... on P { y } } } by { __typename, id: ~id, x: ~x }; The field needs its object's key "id", which is null here.
        b after c: { ... on P { z } } } by { __typename, id: ~id, y: ~y } | { __typename, ref: ~ref { code: ~code }, y: ~y }; The field needs a key of its object, "id" or "ref", and each of them is null here.
        c after b: { ... on P { v } } } by { __typename, id: ~id, z: ~z }; The field needs its object's key "id", which is null here.
        c after b: { ... on P { w } } } by { __typename, id: ~id }; The field needs its object's key "id", which is null here.
        b after c: { ... on P { x } } } by { __typename, id: ~id, w: ~w } | { __typename, ref: ~ref { code: ~code }, w: ~w }; The field needs a key of its object, "id" or "ref", and each of them is null here.
        c after b: { ... on P { y } } } by { __typename, id: ~id, x: ~x }; The field needs its object's key "id", which is null here.
        b after c: { ... on P { z } } } by { __typename, id: ~id, y: ~y } | { __typename, ref: ~ref { code: ~code }, y: ~y }; The field needs a key of its object, "id" or "ref", and each of them is null here.
        c after b: { ... on P { v } } } by { __typename, id: ~id, z: ~z }; The field needs its object's key "id", which is null here.
        """);

    private static void Check(string sources, string operation, string expected)
    {
        var plan = PlanTest.Plan(sources, operation);
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), string.Join('\n', plan.Steps.Select(step =>
            $"{step.Source}{string.Concat(step.DependsOn.Select(id => $" after {plan.Steps[id].Source}"))}: {OneLine(step.Document.Text)}"
            + string.Concat(step.Inputs.Select(input => $" by {TemplateText.Of(input.Value, plan.Supergraph.FullSchema, step.TargetTypes)}; {input.WhenNull}")))));
        Assert.Empty(PlanMutants.Of(plan).Where(mutant => PlanVerifier.Verify(mutant.Plan).IsEmpty).Select(mutant => mutant.What));
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Replace("query($representations: [_Any!]!) { _entities(representations: $representations) ", "", StringComparison.Ordinal)
        .Replace("query {", "{", StringComparison.Ordinal).Replace("query(", "query (", StringComparison.Ordinal);
}
