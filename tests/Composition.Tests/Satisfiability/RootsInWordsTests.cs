using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>What is said of graphs that cannot answer every query: root types, mutations and values without a key.</summary>
public sealed class RootsInWordsTests
{
    [Fact]
    public void A_payload_that_one_source_has() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { ok: Int }
            type Mutation { plant: Payload }
            type Payload { rose: Rose }
            type Rose { id: ID! @shareable }
            # source b
            type Query { rose: Rose }
            type Rose { id: ID! @shareable color: String }
            """,
        problems:
            """
            b.graphqls:2:32 UNSATISFIABLE_QUERY_PATH No source can answer mutation { plant { rose { color } } }, at Rose.color: b has it, but no lookup to enter Rose by; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void An_argument_that_takes_one_of_several_values() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { rose(by: By!): Rose }
            type Rose { id: ID! @shareable }
            input By @oneOf { id: ID name: String }
            # source b
            type Query { best: Rose }
            type Rose { id: ID! @shareable color: String }
            """,
        problems:
            """
            b.graphqls:2:32 UNSATISFIABLE_QUERY_PATH No source can answer { rose(by: {id: "1"}) { color } }, at Rose.color: b has it, but no lookup to enter Rose by; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_mutation_of_two_sources() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { ok: Int }
            type Mutation { plant(row: Int!): Payload @shareable }
            type Payload { row: Int sent: Boolean @shareable }
            # source b
            type Query { fine: Int }
            type Mutation { plant(row: Int!): Payload @shareable }
            type Payload { column: Int sent: Boolean @shareable }
            """,
        problems:
            """
            b.graphqls:3:16 UNSATISFIABLE_QUERY_PATH No source can answer mutation { plant(row: 1) { column row } }, and Mutation.plant is done by one source alone. Where a does it, Payload.column is missing: b has it, but no lookup to enter Payload by; a does not have it. The query stands in a. Where b does it, Payload.row is missing: a has it, but no lookup to enter Payload by; b does not have it. The query stands in b.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_mutation_of_two_Apollo_sources_and_a_third_that_both_cannot_enter() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Query { ok: Int }
            type Mutation { plant: Payload @shareable }
            type Payload @shareable { rose: Rose }
            type Rose @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Query { fine: Int }
            type Mutation { plant: Payload @shareable }
            type Payload @shareable { rose: Rose }
            type Rose @key(fields: "id") { id: ID! }
            # source c
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Rose @key(fields: "id", resolvable: false) { id: ID! color: String }
            """,
        problems:
            """
            c.graphqls:2:59 SATISFIABILITY_ERROR No source can answer mutation { plant { rose { color } } }, and Mutation.plant is done by one source alone. Where a does it, Rose.color is missing: c has it, but says resolvable: false of its @key "id", so that Rose cannot be entered there; a and b do not have it. The query stands in a. Where b does it, Rose.color is missing: c has it, but says resolvable: false of its @key "id", so that Rose cannot be entered there; a and b do not have it. The query stands in b.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    // What stands in the message is a query that a client can send: fields of one name and of two types need two names.
    [Fact]
    public void A_mutation_of_two_sources_that_lack_fields_of_one_name_and_of_two_types() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { ok: Int }
            type Mutation { plant: Plant @shareable }
            interface Plant { sent: Boolean }
            type Rose implements Plant { sent: Boolean @shareable color: Int }
            type Tree implements Plant { sent: Boolean @shareable }
            # source b
            type Query { fine: Int }
            type Mutation { plant: Plant @shareable }
            interface Plant { sent: Boolean }
            type Rose implements Plant { sent: Boolean @shareable }
            type Tree implements Plant { sent: Boolean @shareable color: [Color] }
            type Color { name: String }
            """,
        problems:
            """
            b.graphqls:5:55 UNSATISFIABLE_QUERY_PATH No source can answer mutation { plant { ... on Tree { color { __typename } } ... on Rose { color2: color } } }, and Mutation.plant is done by one source alone. Where a does it, Tree.color is missing: b has it, but no lookup to enter Tree by; a does not have it. The query stands in a. Where b does it, Rose.color is missing: a has it, but no lookup to enter Rose by; b does not have it. The query stands in b.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_subscription() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { ok: Int }
            type Subscription { planted: Rose }
            type Rose @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { best: Rose }
            type Rose @key(fields: "id", resolvable: false) { id: ID! color: String }
            """,
        problems:
            """
            b.graphqls:3:59 SATISFIABILITY_ERROR No source can answer subscription { planted { color } }, at Rose.color: b has it, but says resolvable: false of its @key "id", so that Rose cannot be entered there; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_value_type_that_two_sources_split() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { at: Point @shareable }
            type Point { x: Int }
            # source b
            type Query { there: Point }
            type Point { y: Int }
            """,
        problems:
            """
            b.graphqls:2:14 UNSATISFIABLE_QUERY_PATH No source can answer { at { y } }, at Point.y: b has it, but no lookup to enter Point by; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            a.graphqls:2:14 UNSATISFIABLE_QUERY_PATH No source can answer { there { x } }, at Point.x: a has it, but no lookup to enter Point by; b does not have it. The query stands in b.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_deep_path_with_arguments_and_a_circle() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { garden(input: Where!, kind: Kind!): Garden }
            input Where { row: Int! name: String }
            enum Kind { WILD TAME }
            type Garden { beds(first: Int!): [Bed!]! }
            type Bed { garden: Garden rose: Rose }
            type Rose { id: ID! @shareable bed: Bed }
            # source b
            type Query { roses: [Rose] }
            type Rose { id: ID! @shareable color: String }
            """,
        problems:
            """
            a.graphqls:6:32 UNSATISFIABLE_QUERY_PATH No source can answer { roses { bed { __typename } } }, at Rose.bed: a has it, but no lookup to enter Rose by; b does not have it. The query stands in b.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:2:32 UNSATISFIABLE_QUERY_PATH No source can answer { garden(input: {row: 1}, kind: WILD) { beds(first: 1) { rose { color } } } }, at Rose.color: b has it, but no lookup to enter Rose by; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void What_clients_do_not_see_is_no_key_that_they_must_know() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { rose: Rose }
            type Rose { id: ID! @inaccessible name: String }
            # source b
            type Query { roseBySku(sku: ID!): Rose @lookup @internal }
            type Rose { sku: ID! @inaccessible color: String }
            """,
        problems:
            """
            b.graphqls:2:36 UNSATISFIABLE_QUERY_PATH No source can answer { rose { color } }, at Rose.color: b has it, but entering it by the lookup roseBySku needs "sku", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    private static void AssertUnsatisfiable(string sources, string problems) => Assert.Equal(problems, Rule.Text(Rule.Compose(sources)));
}
