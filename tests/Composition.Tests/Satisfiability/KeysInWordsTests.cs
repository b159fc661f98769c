using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>What is said of graphs that cannot answer every query: sources that cannot be entered: keys and lookups.</summary>
public sealed class KeysInWordsTests
{
    [Fact]
    public void A_source_without_a_lookup() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose { id: ID! }
            # source b
            type Query { best: Rose }
            type Rose { id: ID! @shareable color: String }
            """,
        problems:
            """
            b.graphqls:2:32 UNSATISFIABLE_QUERY_PATH No source can answer { rose(id: "1") { color } }, at Rose.color: b has it, but no lookup to enter Rose by; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_source_without_a_key() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
            type Query { best: Rose }
            type Rose { id: ID! @shareable color: String }
            """,
        problems:
            """
            b.graphqls:3:32 SATISFIABILITY_ERROR No source can answer { rose { color } }, at Rose.color: b has it, but no @key to enter Rose by; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_key_that_is_not_resolvable() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { best: Rose }
            type Rose @key(fields: "id", resolvable: false) { id: ID! color: String }
            """,
        problems:
            """
            b.graphqls:3:59 SATISFIABILITY_ERROR No source can answer { rose { color } }, at Rose.color: b has it, but says resolvable: false of its @key "id", so that Rose cannot be entered there; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_key_that_only_the_source_itself_has() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Rose @key(fields: "sku") { sku: ID! color: String }
            """,
        problems:
            """
            b.graphqls:2:33 SATISFIABILITY_ERROR No source can answer { rose { sku } }, at Rose.sku: b has it, but entering it by its @key needs "sku", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:2:42 SATISFIABILITY_ERROR No source can answer { rose { color } }, at Rose.color: b has it, but entering it by its @key needs "sku", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_compound_key_of_which_two_sources_have_a_part_each() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { rose: Rose }
            type Rose { name: String @shareable }
            # source b
            type Query { roseIn(name: String!, year: Int!, row: Int!): Rose @lookup @internal }
            type Rose { name: String! @shareable year: Int! @shareable row: Int! @shareable color: String }
            # source c
            type Query { ofC: Rose }
            type Rose { year: Int! @shareable }
            # source d
            type Query { ofD: Rose }
            type Rose { row: Int! @shareable }
            """,
        problems:
            """
            b.graphqls:2:38 UNSATISFIABLE_QUERY_PATH No source can answer { rose { year } }, at Rose.year: b has it, but entering it by the lookup roseIn needs "name year row", and c has year, where the query cannot get to, and d has row, where the query cannot get to; c has it, but no lookup to enter Rose by; a and d do not have it. The query stands in a.
              also c.graphqls:2:13
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:2:60 UNSATISFIABLE_QUERY_PATH No source can answer { rose { row } }, at Rose.row: b has it, but entering it by the lookup roseIn needs "name year row", and c has year, where the query cannot get to, and d has row, where the query cannot get to; d has it, but no lookup to enter Rose by; a and c do not have it. The query stands in a.
              also d.graphqls:2:13
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:2:81 UNSATISFIABLE_QUERY_PATH No source can answer { rose { color } }, at Rose.color: b has it, but entering it by the lookup roseIn needs "name year row", and c has year, where the query cannot get to, and d has row, where the query cannot get to; a, c and d do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            a.graphqls:2:13 UNSATISFIABLE_QUERY_PATH No source can answer { ofC { name } }, at Rose.name: a has it, but no lookup to enter Rose by; b has it, but entering it by the lookup roseIn needs "name year row", and a has name, where the query cannot get to, and d has row, where the query cannot get to; c and d do not have it. The query stands in c.
              also b.graphqls:2:13
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_nested_key_of_which_the_inner_field_is_missing() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! @shareable bed: Bed @shareable }
            type Bed { name: String @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Rose @key(fields: "bed { row }") { id: ID! @shareable bed: Bed @shareable color: String }
            type Bed { row: Int }
            """,
        problems:
            """
            b.graphqls:2:80 SATISFIABILITY_ERROR No source can answer { rose { color } }, at Rose.color: b has it, but entering it by its @key needs "bed { row }", and only b itself has Bed.row; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:3:12 SATISFIABILITY_ERROR No source can answer { rose { bed { row } } }, at Bed.row: b has it, but no @key to enter Bed by; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_key_with_inline_fragments() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { rose: Rose }
            type Rose { owner: Owner @shareable }
            union Owner = Person | Firm
            type Person { name: String @shareable }
            type Firm { name: String @shareable }
            # source b
            type Query { roseOf(owner: OwnerInput! @is(field: "{ person: owner<Person>.id } | { firm: owner<Firm>.tax }")): Rose @lookup @internal }
            input OwnerInput @oneOf { person: ID firm: ID }
            type Rose { owner: Owner @shareable color: String }
            union Owner = Person | Firm
            type Person { id: ID }
            type Firm { tax: ID }
            """,
        problems:
            """
            b.graphqls:3:37 UNSATISFIABLE_QUERY_PATH No source can answer { rose { color } }, at Rose.color: b has it, but entering it by the lookup roseOf needs "owner { ... on Person { id } }", and only b itself has Person.id; or by the lookup roseOf needs "owner { ... on Firm { tax } }", and only b itself has Firm.tax; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:5:15 UNSATISFIABLE_QUERY_PATH No source can answer { rose { owner { ... on Person { id } } } }, at Person.id: b has it, but no lookup to enter Person by; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:6:13 UNSATISFIABLE_QUERY_PATH No source can answer { rose { owner { ... on Firm { tax } } } }, at Firm.tax: b has it, but no lookup to enter Firm by; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_key_that_takes_two_steps_of_which_the_second_fails() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Rose @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! }
            # source c
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Rose @key(fields: "sku code") { sku: ID! code: ID! color: String }
            """,
        problems:
            """
            c.graphqls:2:47 SATISFIABILITY_ERROR No source can answer { rose { code } }, at Rose.code: c has it, but entering it by its @key needs "sku code", and only c itself has code; a and b do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            c.graphqls:2:57 SATISFIABILITY_ERROR No source can answer { rose { color } }, at Rose.color: c has it, but entering it by its @key needs "sku code", and only c itself has code; a and b do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void Two_ways_in_and_neither_open() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { rose: Rose }
            type Rose { name: String }
            # source b
            type Query {
              byId(id: ID!): Rose @lookup @internal
              garden: Garden @internal
            }
            type Garden @internal { bySku(sku: ID!): Rose @lookup }
            type Rose { id: ID! sku: ID! color: String }
            """,
        problems:
            """
            b.graphqls:6:13 UNSATISFIABLE_QUERY_PATH No source can answer { rose { id } }, at Rose.id: b has it, but entering it by the lookup byId needs "id", which only b itself has; or by the lookup garden.bySku needs "sku", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:6:21 UNSATISFIABLE_QUERY_PATH No source can answer { rose { sku } }, at Rose.sku: b has it, but entering it by the lookup byId needs "id", which only b itself has; or by the lookup garden.bySku needs "sku", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:6:30 UNSATISFIABLE_QUERY_PATH No source can answer { rose { color } }, at Rose.color: b has it, but entering it by the lookup byId needs "id", which only b itself has; or by the lookup garden.bySku needs "sku", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_one_of_lookup() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { rose: Rose }
            type Rose { name: String }
            # source b
            type Query { find(by: RoseBy! @is(field: "{ id } | { sku }")): Rose @lookup @internal }
            input RoseBy @oneOf { id: ID sku: ID }
            type Rose { id: ID! sku: ID! color: String }
            """,
        problems:
            """
            b.graphqls:3:13 UNSATISFIABLE_QUERY_PATH No source can answer { rose { id } }, at Rose.id: b has it, but entering it by the lookup find needs "id", which only b itself has; or by the lookup find needs "sku", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:3:21 UNSATISFIABLE_QUERY_PATH No source can answer { rose { sku } }, at Rose.sku: b has it, but entering it by the lookup find needs "id", which only b itself has; or by the lookup find needs "sku", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:3:30 UNSATISFIABLE_QUERY_PATH No source can answer { rose { color } }, at Rose.color: b has it, but entering it by the lookup find needs "id", which only b itself has; or by the lookup find needs "sku", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void An_abstract_lookup() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { rose: Rose }
            type Rose { name: String }
            # source b
            type Query { node(id: ID!): Node @lookup @internal }
            interface Node { id: ID! }
            type Rose implements Node { id: ID! color: String }
            """,
        problems:
            """
            b.graphqls:3:29 UNSATISFIABLE_QUERY_PATH No source can answer { rose { id } }, at Rose.id: b has it, but entering it by the lookup node needs "id", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:3:37 UNSATISFIABLE_QUERY_PATH No source can answer { rose { color } }, at Rose.color: b has it, but entering it by the lookup node needs "id", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void Sources_of_both_dialects() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! }
            # source b
            type Query { roseBySku(sku: ID!): Rose @lookup }
            type Rose { sku: ID! @shareable color: String }
            # source c
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Rose @key(fields: "sku") { sku: ID! @shareable scent: String }
            """,
        problems:
            """
            b.graphqls:2:13 UNSATISFIABLE_QUERY_PATH No source can answer { rose { sku } }, at Rose.sku: b has it, but entering it by the lookup roseBySku needs "sku", which c has, where the query cannot get to; c has it, but entering it by its @key needs "sku", which b has, where the query cannot get to; a does not have it. The query stands in a.
              also c.graphqls:2:33
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:2:33 UNSATISFIABLE_QUERY_PATH No source can answer { rose { color } }, at Rose.color: b has it, but entering it by the lookup roseBySku needs "sku", which c has, where the query cannot get to; a and c do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            c.graphqls:2:53 SATISFIABILITY_ERROR No source can answer { rose { scent } }, at Rose.scent: c has it, but entering it by its @key needs "sku", which b has, where the query cannot get to; a and b do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            a.graphqls:3:32 SATISFIABILITY_ERROR No source can answer { roseBySku(sku: "1") { id } }, at Rose.id: a has it, but entering it by its @key needs "id", which only a itself has; b and c do not have it. The query stands in b.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    private static void AssertUnsatisfiable(string sources, string problems) => Assert.Equal(problems, Rule.Text(Rule.Compose(sources)));
}
