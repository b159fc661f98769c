using GraphGateway.Language;
using GraphGateway.Operations;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Objects that a source looks up by several fields, each with a key that can be null (Composite Schemas spec, @lookup): who has not the key of the first is asked for by
/// the next, where that costs no other fetch.
/// </summary>
public sealed class LookupTurnTests
{
    private const string Home =
        """
        --- a
        type Query { ps: [P] }
        type P @key(fields: "id") @key(fields: "sku") { id: ID sku: String }

        """;

    [Fact]
    public void The_second_is_for_those_without_the_key_of_the_first_in_the_same_request() => Check(
        Home + """
        --- b
        type Query { pById(id: ID!): P @lookup pBySku(sku: String!): P @lookup }
        type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String x: Int y: Int }
        """,
        "{ ps { x y } }",
        """
        0 a: { ps { id sku } }
        1 b after 0 with 2: query ($__gg_1_id: ID!) { pById(id: $__gg_1_id) { x y } } by ~id; The field needs its object's key "id", which is null here.
        2 b after 0 with 1, what 1 leaves: query ($__gg_1_sku: String!) { pBySku(sku: $__gg_1_sku) { x y } } by ~sku; The field needs a key of its object, "id" or "sku", and each of them is null here.
        """);

    [Fact]
    public void Where_the_source_takes_one_document_a_request_they_go_at_the_same_time() => Check(
        Home + """
        --- b batches VARIABLES
        type Query { pById(id: ID!): P @lookup pBySku(sku: String!): P @lookup }
        type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String x: Int }
        """,
        "{ ps { x } }",
        """
        0 a: { ps { id sku } }
        1 b after 0: query ($__gg_1_id: ID!) { pById(id: $__gg_1_id) { x } } by ~id; The field needs its object's key "id", which is null here.
        2 b after 0, what 1 leaves: query ($__gg_1_sku: String!) { pBySku(sku: $__gg_1_sku) { x } } by ~sku; The field needs a key of its object, "id" or "sku", and each of them is null here.
        """);

    [Fact]
    public void One_whose_key_is_never_null_is_the_last_and_none_comes_after_it() => Check(
        """
        --- a
        type Query { ps: [P] }
        type P @key(fields: "id") @key(fields: "sku") @key(fields: "code") { id: ID! sku: String code: String }
        --- b
        type Query { pBySku(sku: String!): P @lookup pById(id: ID!): P @lookup pByCode(code: String!): P @lookup }
        type P @key(fields: "sku") @key(fields: "id") @key(fields: "code") { id: ID! sku: String code: String x: Int }
        """,
        "{ ps { x } }",
        """
        0 a: { ps { sku id } }
        1 b after 0 with 2: query ($__gg_1_sku: String!) { pBySku(sku: $__gg_1_sku) { x } } by ~sku; The field needs its object's key "sku", which is null here.
        2 b after 0 with 1, what 1 leaves: query ($__gg_1_id: ID!) { pById(id: $__gg_1_id) { x } } by ~id; The field needs a key of its object, "sku" or "id", and each of them is null here.
        """);

    [Fact]
    public void Where_the_first_key_is_never_null_there_is_one() => Check(
        """
        --- a
        type Query { ps: [P] }
        type P @key(fields: "id") @key(fields: "sku") { id: ID! sku: String }
        --- b
        type Query { pById(id: ID!): P @lookup pBySku(sku: String!): P @lookup }
        type P @key(fields: "sku") @key(fields: "id") { id: ID! sku: String x: Int }
        """,
        "{ ps { x } }",
        """
        0 a: { ps { id } }
        1 b after 0: query ($__gg_1_id: ID!) { pById(id: $__gg_1_id) { x } } by ~id; The field needs its object's key "id", which is null here.
        """);

    [Fact]
    public void Three_in_turn_of_which_one_takes_two_keys() => Check(
        """
        --- a
        type Query { ps: [P] }
        type P @key(fields: "id") @key(fields: "sku") @key(fields: "code") @key(fields: "n m") { id: ID sku: String code: String n: Int m: Int! }
        --- b
        type Query { pById(id: ID!): P @lookup p(by: PBy! @is(field: "{ sku } | { code }")): P @lookup pByNumbers(n: Int!, m: Int!): P @lookup }
        input PBy @oneOf { sku: String code: String }
        type P @key(fields: "id") @key(fields: "sku") @key(fields: "code") @key(fields: "n m") { id: ID sku: String code: String n: Int m: Int! x: Int y: Int }
        """,
        "{ ps { x y } }",
        """
        0 a: { ps { id sku code n m } }
        1 b after 0 with 2, 3: query ($__gg_1_id: ID!) { pById(id: $__gg_1_id) { x y } } by ~id; The field needs its object's key "id", which is null here.
        2 b after 0 with 1, 3, what 1 leaves: query ($__gg_1_by: PBy!) { p(by: $__gg_1_by) { x y } } by { sku: ~sku } | { code: ~code }; The field needs a key of its object, "id" or "{ sku }" or "{ code }", and each of them is null here.
        3 b after 0 with 1, 2, what 1, 2 leaves: query ($__gg_1_n: Int!, $__gg_2_m: Int!) { pByNumbers(n: $__gg_1_n, m: $__gg_2_m) { x y } } by ~n; The field needs a key of its object, "id" or "{ sku }" or "{ code }" or "n", and each of them is null here. by ~m; The field needs a key of its object, "id" or "{ sku }" or "{ code }" or "m", and each of them is null here.
        """);

    [Fact]
    public void A_key_that_has_all_of_the_first_helps_nobody() => Check(
        """
        --- a
        type Query { ps: [P] }
        type P @key(fields: "id") @key(fields: "id sku") { id: ID sku: String! }
        --- b
        type Query { pById(id: ID!): P @lookup pByBoth(id: ID!, sku: String!): P @lookup }
        type P @key(fields: "id") @key(fields: "id sku") { id: ID sku: String! x: Int }
        """,
        "{ ps { x } }",
        """
        0 a: { ps { id } }
        1 b after 0: query ($__gg_1_id: ID!) { pById(id: $__gg_1_id) { x } } by ~id; The field needs its object's key "id", which is null here.
        """);

    [Fact]
    public void A_key_that_costs_another_fetch_is_none() => Check(
        """
        --- a
        type Query { ps: [P] }
        type P @key(fields: "sku") { sku: String }
        --- b
        type Query { pBySku(sku: String!): P @lookup pById(id: ID!): P @lookup }
        type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String x: Int }
        --- c
        type Query { pBySku(sku: String!): P @lookup @internal }
        type P @key(fields: "sku") { id: ID sku: String }
        """,
        "{ ps { x } }",
        """
        0 a: { ps { sku } }
        1 b after 0: query ($__gg_1_sku: String!) { pBySku(sku: $__gg_1_sku) { x } } by ~sku; The field needs its object's key "sku", which is null here.
        """);

    [Fact]
    public void Each_type_has_its_own_lookups() => Check(
        """
        --- a
        type Query { is: [I] }
        interface I { id: ID }
        type P implements I @key(fields: "id") @key(fields: "sku") { id: ID sku: String }
        type Q implements I @key(fields: "id") { id: ID }
        --- b
        type Query { i(id: ID!): I @lookup pBySku(sku: String!): P @lookup }
        interface I { id: ID x: Int }
        type P implements I @key(fields: "sku") @key(fields: "id") { id: ID sku: String x: Int }
        type Q implements I @key(fields: "id") { id: ID x: Int }
        """,
        "{ is { ... on P { x } ... on Q { x } } }",
        """
        0 a: { is { __typename id ... on P { sku } } }
        1 b after 0 with 2: query ($__gg_1_id: ID!) { i(id: $__gg_1_id) { ... on P { x } ... on Q { x } } } by ~id; The field needs its object's key "id", which is null here.
        2 b after 0 with 1, what 1 leaves: query ($__gg_1_sku: String!) { pBySku(sku: $__gg_1_sku) { x } } by ~sku; The field needs a key of its object, "id" or "sku", and each of them is null here.
        """);

    [Fact]
    public void What_comes_after_waits_for_both() => Check(
        Home + """
        --- b
        type Query { pById(id: ID!): P @lookup pBySku(sku: String!): P @lookup }
        type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String code: String! owner: U }
        type U @key(fields: "id") { id: ID! }
        --- c
        type Query { p(code: String!): P @lookup u(id: ID!): U @lookup }
        type P @key(fields: "code") { code: String! z: Int }
        type U @key(fields: "id") { id: ID! name: String }
        """,
        "{ ps { z owner { name } } }",
        """
        0 a: { ps { id sku } }
        1 b after 0 with 2: query ($__gg_1_id: ID!) { pById(id: $__gg_1_id) { owner { id } code } } by ~id; The field needs its object's key "id", which is null here.
        2 b after 0 with 1, what 1 leaves: query ($__gg_1_sku: String!) { pBySku(sku: $__gg_1_sku) { owner { id } code } } by ~sku; The field needs a key of its object, "id" or "sku", and each of them is null here.
        3 c after 1, 2 with 4: query ($__gg_1_id: ID!) { u(id: $__gg_1_id) { name } } by ~id; The field needs its object's key "id", which is null here.
        4 c after 1, 2 with 3: query ($__gg_1_code: String!) { p(code: $__gg_1_code) { z } } by ~code; The field needs its object's key "code", which is null here.
        """);

    [Fact]
    public void What_is_required_goes_with_each() => Check(
        Home.Replace("sku: String }", "sku: String w: Int }", StringComparison.Ordinal) + """
        --- b
        type Query { pById(id: ID!): P @lookup pBySku(sku: String!): P @lookup }
        type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String x(w: Int @require(field: "w")): Int }
        """,
        "{ ps { x } }",
        """
        0 a: { ps { w id sku } }
        1 b after 0 with 2: query ($__gg_1_id: ID!, $__gg_2_w: Int) { pById(id: $__gg_1_id) { x(w: $__gg_2_w) } } by ~id; The field needs its object's key "id", which is null here. by ~w;
        2 b after 0 with 1, what 1 leaves: query ($__gg_1_sku: String!, $__gg_2_w: Int) { pBySku(sku: $__gg_1_sku) { x(w: $__gg_2_w) } } by ~sku; The field needs a key of its object, "id" or "sku", and each of them is null here. by ~w;
        """);

    // What the objects cost is counted once.
    [Fact]
    public void The_plan_says_it()
    {
        var plan = PlanTest.Plan(
            Home + """
            --- b batches NOTHING
            type Query { pById(id: ID!): P @lookup pBySku(sku: String!): P @lookup }
            type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String x: Int }
            """,
            "{ ps { x } }");
        Assert.Equal(
            """
            3 fetches, 2 deep, estimated cost 331
              0 a
                1 b at ps[]
                2 b at ps[]

            0 a, cost 121
              why: a serves Query.ps
              {
                ps {
                  id
                  sku
                }
              }

            1 b at ps[] after 0, cost 110
              why: b serves P.x; entered by id
              for each P
              $__gg_1_id: ID! = ~id
              query ($__gg_1_id: ID!) {
                pById(id: $__gg_1_id) {
                  x
                }
              }

            2 b at ps[] after 0, cost 100
              why: b serves P.x; entered by sku where there is no id
              for each P that has no key for 1
              $__gg_1_sku: String! = ~sku
              query ($__gg_1_sku: String!) {
                pBySku(sku: $__gg_1_sku) {
                  x
                }
              }

            """.ReplaceLineEndings("\n"),
            PlanPrinter.Print(plan));
        Assert.Contains(""""id":2,"source":"b","kind":"Lookup","dependsOn":[0],"insteadOf":[1],"path":"ps"""", PlanJsonWriter.Write(plan), StringComparison.Ordinal);
        var index = new CostIndex(plan.Supergraph.FullSchema, CostReading.OneFigure, defaultListSize: 10);
        Assert.Equal("a 10, b 10", string.Join(", ", SourceCost.Of(plan, _ => index)
            .Select(cost => FormattableString.Invariant($"{cost.Source.Name} {cost.Cost.Estimate(VariableValues.Empty).Sum}"))));
    }

    // b is entered for x, which waits for w, and apart from that for like, of which more is wanted. Who is entered for z by another key has it from the first of both.
    // Mutants without the fetches by id are as right: ref is never null, and all could be asked by it.
    [Fact]
    public void A_key_that_one_fetch_of_the_source_gives_is_not_asked_of_a_later_one() => Planned(
        """
        --- a
        type Query { ps: [P] }
        type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String }
        --- b
        type Query { pByRef(code: String! @is(field: "ref.code")): P @lookup pById(id: ID!): P @lookup pBySku(sku: String!): P @lookup }
        type P @key(fields: "ref { code }") @key(fields: "id") @key(fields: "sku") {
          id: ID sku: String ref: Ref! like: P x(w: Int @require(field: "w")): Int z(y: Int @require(field: "y")): Int
        }
        type Ref { code: String! }
        --- c
        type Query { pById(id: ID!): P @lookup }
        type P @key(fields: "id") { id: ID w: Int y(x: Int @require(field: "x")): Int v(z: Int @require(field: "z")): Int }
        """,
        "{ ps { v like { v } } }",
        """
        0 a: { ps { id sku } }
        1 c after 0 with 10: query ($__gg_1_id: ID!) { pById(id: $__gg_1_id) { w } } by ~id; The field needs its object's key "id", which is null here.
        2 b after 0 with 3: query ($__gg_1_id: ID!) { pById(id: $__gg_1_id) { like { id ref { code } } ref { code } } } by ~id; The field needs its object's key "id", which is null here.
        3 b after 0 with 2, what 2 leaves: query ($__gg_1_sku: String!) { pBySku(sku: $__gg_1_sku) { like { id ref { code } } ref { code } } } by ~sku; The field needs a key of its object, "id" or "sku", and each of them is null here.
        4 b after 1, 2, 3 with 5, 11: query ($__gg_1_id: ID!, $__gg_2_w: Int) { pById(id: $__gg_1_id) { x(w: $__gg_2_w) } } by ~id; The field needs its object's key "id", which is null here. by ~w;
        5 b after 1, 2, 3 with 4, 11, what 4 leaves: query ($__gg_1_code: String!, $__gg_2_w: Int) { pByRef(code: $__gg_1_code) { x(w: $__gg_2_w) } } by ~ref { ~code }; The field needs a key of its object, "id" or "ref.code", and each of them is null here. by ~w;
        6 c after 4, 5 with 12: query ($__gg_1_id: ID!, $__gg_2_x: Int) { pById(id: $__gg_1_id) { y(x: $__gg_2_x) } } by ~id; The field needs its object's key "id", which is null here. by ~x;
        7 b after 6 with 8, 13: query ($__gg_1_id: ID!, $__gg_2_y: Int) { pById(id: $__gg_1_id) { z(y: $__gg_2_y) } } by ~id; The field needs its object's key "id", which is null here. by ~y;
        8 b after 6 with 7, 13, what 7 leaves: query ($__gg_1_code: String!, $__gg_2_y: Int) { pByRef(code: $__gg_1_code) { z(y: $__gg_2_y) } } by ~ref { ~code }; The field needs a key of its object, "id" or "ref.code", and each of them is null here. by ~y;
        9 c after 7, 8 with 14: query ($__gg_1_id: ID!, $__gg_2_z: Int) { pById(id: $__gg_1_id) { v(z: $__gg_2_z) } } by ~id; The field needs its object's key "id", which is null here. by ~z;
        10 c after 2, 3 with 1: query ($__gg_1_id: ID!) { pById(id: $__gg_1_id) { w } } by ~id; The field needs its object's key "id", which is null here.
        11 b after 10 with 4, 5: query ($__gg_1_code: String!, $__gg_2_w: Int) { pByRef(code: $__gg_1_code) { x(w: $__gg_2_w) } } by ~ref { ~code }; The field needs its object's key "ref.code", which is null here. by ~w;
        12 c after 11 with 6: query ($__gg_1_id: ID!, $__gg_2_x: Int) { pById(id: $__gg_1_id) { y(x: $__gg_2_x) } } by ~id; The field needs its object's key "id", which is null here. by ~x;
        13 b after 12 with 7, 8: query ($__gg_1_code: String!, $__gg_2_y: Int) { pByRef(code: $__gg_1_code) { z(y: $__gg_2_y) } } by ~ref { ~code }; The field needs its object's key "ref.code", which is null here. by ~y;
        14 c after 13 with 9: query ($__gg_1_id: ID!, $__gg_2_z: Int) { pById(id: $__gg_1_id) { v(z: $__gg_2_z) } } by ~id; The field needs its object's key "id", which is null here. by ~z;
        """);

    private static void Check(string sources, string operation, string expected)
    {
        var plan = Planned(sources, operation, expected);
        Assert.Empty(PlanMutants.Of(plan).Where(mutant => PlanVerifier.Verify(mutant.Plan).IsEmpty).Select(mutant => mutant.What));
    }

    private static QueryPlan Planned(string sources, string operation, string expected)
    {
        var plan = PlanTest.Plan(sources, operation);
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), string.Join('\n', plan.Steps.Select(step => Line(plan, step))).Trim());
        return plan;
    }

    private static string Line(QueryPlan plan, FetchStep step)
    {
        var together = plan.Steps.Where(other => step.Request is not null && other.Request == step.Request && other != step).Select(other => other.Id);
        return $"{step.Id} {step.Source}{List(" after ", step.DependsOn)}{List(" with ", together)}{List(", what ", step.InsteadOf)}{(step.InsteadOf.IsEmpty ? "" : " leaves")}: {OneLine(step.Document.Text)}"
            + string.Concat(step.Inputs.Select(input => $" by {TemplateText.Of(input.Value, plan.Supergraph.FullSchema, step.TargetTypes)}; {input.WhenNull}".TrimEnd()));
    }

    private static string List(string before, IEnumerable<int> ids) => ids.Any() ? before + string.Join(", ", ids) : "";

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Replace("query {", "{", StringComparison.Ordinal).Replace("query(", "query (", StringComparison.Ordinal);
}
