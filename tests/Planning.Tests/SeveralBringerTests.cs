using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// A position of the answer is one for all types whose field comes from the same sources in the same way, and yet a fetch may bring, or add to, the objects below some of the types
/// alone: who asks for more of the objects asks for all of them.
/// </summary>
public sealed class SeveralBringerTests
{
    // r gives the id of books, x that of films; what d requires of books is asked of a at once, and films come later. c was asked for the boxes of books alone: v of the others was null.
    [Theory]
    [InlineData("{ items { box { v } ... on Book { y } } }")]
    [InlineData("{ items { ... on Book { y } box { v } } }")]
    public void Who_asks_for_more_of_objects_waits_for_all_that_bring_them_and_has_the_key_from_each(string operation) => Check(
        Later,
        operation,
        """
        0 r: { items { __typename ... on Book { id } ... on Film { sku } } }
        1 a after 0: { ... on Item { box { n code } } } } by { __typename, id: ~id }
        2 d after 1: query ($__gg_1_id: ID!, $__gg_2_n: Int) { book(id: $__gg_1_id) { z(n: $__gg_2_n) } } by ~id by box { ~n }
        3 e after 2: { ... on Book { y } } } by { __typename, id: ~id, z: ~z }
        4 x after 0: { ... on Film { id } } } by { __typename, sku: ~sku }
        5 a after 4: { ... on Item { box { code } } } } by { __typename, id: ~id }
        6 c after 1, 5: { ... on Box { v } } } by { __typename, code: ~code }
        """);

    // Books were asked for once more along with the films.
    [Fact]
    public void Who_is_asked_already_is_not_asked_once_more_along_with_others() => Check(
        Later,
        "{ items { box { n } ... on Book { y } } }",
        """
        0 r: { items { __typename ... on Book { id } ... on Film { sku } } }
        1 a after 0: { ... on Item { box { n } } } } by { __typename, id: ~id }
        2 d after 1: query ($__gg_1_id: ID!, $__gg_2_n: Int) { book(id: $__gg_1_id) { z(n: $__gg_2_n) } } by ~id by box { n }
        3 e after 2: { ... on Book { y } } } by { __typename, id: ~id, z: ~z }
        4 x after 0: { ... on Film { id } } } by { __typename, sku: ~sku }
        5 a after 4: { ... on Item { box { n } } } } by { __typename, id: ~id }
        """);

    // r brings the boxes of all items, and a the key of those of books, for u: c, which needs it of all boxes, was sent it of those alone.
    [Theory]
    [InlineData("{ items { ... on Book { u } box { r1 v } } }")]
    [InlineData("{ items { box { r1 v } ... on Book { u } } }")]
    public void Who_adds_to_some_of_the_objects_is_asked_for_a_key_of_all(string operation) => Check(
        """
        --- r apollo
        type Query { items: [Item] }
        interface Item { id: ID! box: Box @shareable }
        type Book implements Item @key(fields: "id") { id: ID! box: Box @shareable }
        type Film implements Item @key(fields: "id") { id: ID! box: Box @shareable }
        type Box { r1: Int }
        --- a apollo
        interface Item { box: Box @shareable }
        type Book implements Item @key(fields: "id") { id: ID! box: Box @shareable }
        type Film implements Item @key(fields: "id") { id: ID! box: Box @shareable }
        type Box @key(fields: "code") { code: ID! n: Int }
        --- c apollo
        type Box @key(fields: "code") { code: ID! v: Int }
        --- d
        type Query { book(id: ID!): Book @lookup film(id: ID!): Film @lookup }
        type Film @key(fields: "id") { id: ID! w: Int }
        type Book @key(fields: "id") { id: ID! u(n: Int @require(field: "box.v")): Int }
        """,
        operation,
        """
        0 r: { items { __typename box { r1 } id } }
        1 a after 0: { ... on Item { box { code } } } } by { __typename, id: ~id }
        2 c after 1: { ... on Box { v } } } by { __typename, code: ~code }
        3 d after 2: query ($__gg_1_id: ID!, $__gg_2_n: Int) { book(id: $__gg_1_id) { u(n: $__gg_2_n) } } by ~id by box { v }
        """);

    // a requires of each type what it has of its own: two selections of one fetch bring the boxes. The key that e needs, and what it requires, was asked in the first one alone.
    [Theory]
    [InlineData("{ items { box { v } } }", """
        0 r: { items { __typename id ... on Book { w } ... on Film { w } } }
        1 a after 0: { ... on Book { box { code } } ... on Film { box { code } } } } by { __typename, id: ~id, w: ~w }
        2 e after 1: { ... on Box { v } } } by { __typename, code: ~code }
        """)]
    [InlineData("{ items { box { inner { v } } } }", """
        0 r: { items { __typename id ... on Book { w } ... on Film { w } } }
        1 a after 0: { ... on Book { box { inner { code } } } ... on Film { box { inner { code } } } } } by { __typename, id: ~id, w: ~w }
        2 e after 1: { ... on Box { v } } } by { __typename, code: ~code }
        """)]
    [InlineData("{ items { box { u } } }", """
        0 r: { items { __typename id ... on Book { w } ... on Film { w } } }
        1 a after 0: { ... on Book { box { n code } } ... on Film { box { code n } } } } by { __typename, id: ~id, w: ~w }
        2 e after 1: { ... on Box { u } } } by { __typename, code: ~code, n: ~n }
        """)]
    public void Who_asks_for_more_of_objects_that_one_fetch_brings_in_several_selections_has_the_key_from_each(string operation, string plan) => Check(
        """
        --- r apollo
        type Query { items: [Item] }
        interface Item { id: ID! }
        type Book implements Item @key(fields: "id") { id: ID! w: Int }
        type Film implements Item @key(fields: "id") { id: ID! w: Int }
        --- a apollo
        interface Item { id: ID! box: Box }
        type Book implements Item @key(fields: "id") { id: ID! w: Int @external box: Box @requires(fields: "w") }
        type Film implements Item @key(fields: "id") { id: ID! w: Int @external box: Box @requires(fields: "w") }
        type Box @key(fields: "code") { code: ID! n: Int inner: Box }
        --- e apollo
        type Box @key(fields: "code") { code: ID! n: Int @external v: Int u: Int @requires(fields: "n") }
        """,
        operation,
        plan);

    // The same is provided below both: one selection, for all of them.
    [Fact]
    public void What_is_provided_alike_below_several_types_is_one_selection() => Check(
        """
        --- a apollo
        type Query { items: [Item] }
        interface Item { box: Box }
        type Book implements Item { box: Box @provides(fields: "n") }
        type Film implements Item { box: Box @provides(fields: "n") }
        type Box @key(fields: "code") { code: ID! n: Int @external }
        --- e apollo
        type Box @key(fields: "code") { code: ID! n: Int @shareable v: Int }
        """,
        "{ items { box { n v } } }",
        """
        0 a: { items { __typename ... on Book { box { n code } } ... on Film { box { n code } } } }
        1 e after 0: { ... on Box { v } } } by { __typename, code: ~code }
        """);

    private const string Later =
        """
        --- r apollo
        type Query { items: [Item] film: Film @provides(fields: "id") }
        interface Item { sku: ID! }
        type Book implements Item @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! }
        type Film implements Item @key(fields: "sku") { id: ID! @external sku: ID! }
        --- x apollo
        type Book @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! }
        type Film @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! }
        --- a apollo
        interface Item { box: Box }
        type Book implements Item @key(fields: "id") { id: ID! box: Box }
        type Film implements Item @key(fields: "id") { id: ID! box: Box }
        type Box @key(fields: "code") { code: ID! n: Int }
        --- c apollo
        type Box @key(fields: "code") { code: ID! v: Int }
        --- d
        type Query { book(id: ID!): Book @lookup film(id: ID!): Film @lookup }
        type Film @key(fields: "id") { id: ID! w: Int }
        type Book @key(fields: "id") { id: ID! z(n: Int @require(field: "box.n")): Int }
        --- e apollo
        type Book @key(fields: "id") { id: ID! z: Int @external y: Int @requires(fields: "z") }
        """;

    private static void Check(string sources, string operation, string expected)
    {
        var plan = PlanTest.Plan(sources, operation);
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), string.Join('\n', plan.Steps.Select(step =>
            $"{step.Id} {step.Source}{(step.DependsOn.IsEmpty ? "" : " after " + string.Join(", ", step.DependsOn))}: {OneLine(step.Document.Text)}"
            + string.Concat(step.Inputs.Select(input => $" by {TemplateText.Of(input.Value, plan.Supergraph.FullSchema, step.TargetTypes)}")))));
        // A fragment on Book says the same as one on Item to a source that is asked for books alone.
        Assert.DoesNotContain(PlanMutants.Of(plan), mutant => !mutant.What.Contains("... on Item", StringComparison.Ordinal) && PlanVerifier.Verify(mutant.Plan).IsEmpty);
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Replace("query($representations: [_Any!]!) { _entities(representations: $representations) ", "", StringComparison.Ordinal)
        .Replace("query {", "{", StringComparison.Ordinal).Replace("query(", "query (", StringComparison.Ordinal);
}
