using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>What is said of graphs that cannot answer every query: what a source requires of others.</summary>
public sealed class RequirementsInWordsTests
{
    [Fact]
    public void A_requirement_that_is_nowhere_to_be_had() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { rose: Rose }
            type Rose { id: ID! @shareable }
            # source b
            type Query { roseById(id: ID!): Rose @lookup @internal }
            type Rose { id: ID! @shareable tint(color: String @require(field: "color"), row: Int @require(field: "bed.row")): Int }
            # source c
            type Query { best: Rose }
            type Rose { color: String bed: Bed @shareable }
            type Bed { row: Int }
            """,
        problems:
            """
            b.graphqls:2:32 UNSATISFIABLE_QUERY_PATH No source can answer { rose { tint } }, at Rose.tint: b requires "color bed { row }", and c has color and bed, where the query cannot get to; a and c do not have it. The query stands in a.
              hint: Let what b requires (color and bed) be had from where the query stands, by a lookup or a key that is known there.

            c.graphqls:2:13 UNSATISFIABLE_QUERY_PATH No source can answer { rose { color } }, at Rose.color: c has it, but no lookup to enter Rose by; a and b do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            c.graphqls:2:27 UNSATISFIABLE_QUERY_PATH No source can answer { rose { bed { __typename } } }, at Rose.bed: c has it, but no lookup to enter Rose by; a and b do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            a.graphqls:2:13 UNSATISFIABLE_QUERY_PATH No source can answer { best { id } }, at Rose.id: a has it, but no lookup to enter Rose by; b has it, but entering it by the lookup roseById needs "id", which a has, where the query cannot get to; c does not have it. The query stands in c.
              also b.graphqls:2:13
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_requirement_of_which_only_a_nested_part_is_missing() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! bed: Bed @shareable }
            type Bed { name: String @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
            type Rose @key(fields: "id") { id: ID! bed: Bed @external tint: Int @requires(fields: "bed { name row }") }
            type Bed { name: String @external row: Int @external }
            # source c
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [])
            type Query { bed: Bed }
            type Bed { row: Int }
            """,
        problems:
            """
            b.graphqls:2:59 SATISFIABILITY_ERROR No source can answer { rose { tint } }, at Rose.tint: b requires "bed { name row }", and c has Bed.row, where the query cannot get to; a and c do not have it. The query stands in a.
              hint: Let what b requires (Bed.row) be had from where the query stands, by a lookup or a key that is known there.

            a.graphqls:4:12 SATISFIABILITY_ERROR No source can answer { bed { name } }, at Bed.name: a has it, but no @key to enter Bed by; b only mentions it as @external; c does not have it. The query stands in c.
              also b.graphqls:3:12
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:3:35 SATISFIABILITY_ERROR No source can answer { rose { bed { row } } }, at Bed.row: b only mentions it as @external; c has it, but no @key to enter Bed by; a does not have it. The query stands in a.
              also c.graphqls:3:12
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_source_that_cannot_be_entered_again() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { roseById(id: ID!): Rose @lookup @internal }
            type Rose { id: ID! @shareable color: String }
            # source b
            type Query { rose: Rose }
            type Rose { id: ID! @shareable tint(color: String @require(field: "color")): Int }
            """,
        problems:
            """
            b.graphqls:2:32 UNSATISFIABLE_QUERY_PATH No source can answer { rose { tint } }, at Rose.tint: b requires "color" first, and has no lookup of Rose to be asked again with it; a does not have it. The query stands in b.
              hint: Let b be entered again: give it a lookup of Rose whose key is known where the query stands.
            """);

    [Fact]
    public void A_source_whose_key_cannot_be_had_to_enter_it_again() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { roseByName(name: String!): Rose @lookup @internal }
            type Rose { name: String! @shareable color: String }
            # source b
            type Query { rose: Rose bySku(sku: ID!): Rose @lookup @internal }
            type Rose { name: String! @shareable tint(color: String @require(field: "color")): Int }
            # source c
            type Query { ofC: Rose }
            type Rose { sku: ID! }
            """,
        problems:
            """
            b.graphqls:2:38 UNSATISFIABLE_QUERY_PATH No source can answer { rose { tint } }, at Rose.tint: b requires "color" first, and entering it again by the lookup bySku needs "sku", which c has, where the query cannot get to; a and c do not have it. The query stands in b.
              hint: Let b be entered again: give it a lookup of Rose whose key is known where the query stands.

            c.graphqls:2:13 UNSATISFIABLE_QUERY_PATH No source can answer { rose { sku } }, at Rose.sku: c has it, but no lookup to enter Rose by; a and b do not have it. The query stands in b.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_source_with_a_key_that_is_not_resolvable_and_a_requirement() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { best: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
            type Query { rose: Rose }
            type Rose @key(fields: "id", resolvable: false) { id: ID! color: String @external tint: Int @requires(fields: "color") }
            """,
        problems:
            """
            b.graphqls:3:83 SATISFIABILITY_ERROR No source can answer { best { tint } }, at Rose.tint: b has it, but says resolvable: false of its @key "id", so that Rose cannot be entered there; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void Requirements_in_a_circle() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
            type Rose @key(fields: "id") { id: ID! one: Int @requires(fields: "two") two: Int @external }
            # source c
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
            type Rose @key(fields: "id") { id: ID! two: Int @requires(fields: "one") one: Int @external }
            """,
        problems:
            """
            b.graphqls:2:40 SATISFIABILITY_ERROR No source can answer { rose { one } }, at Rose.one: b requires "two", which c has only with "one", which cannot be had here; c only mentions it as @external; a does not have it. The query stands in a.
              also c.graphqls:2:74
              hint: Let what b requires (two) be had from where the query stands, by a lookup or a key that is known there.

            b.graphqls:2:74 SATISFIABILITY_ERROR No source can answer { rose { two } }, at Rose.two: b only mentions it as @external; c requires "one", which b has only with "two", which cannot be had here; a does not have it. The query stands in a.
              also c.graphqls:2:40
              hint: Let what c requires (one) be had from where the query stands, by a lookup or a key that is known there.
            """);

    [Fact]
    public void A_field_that_only_the_asking_source_could_give() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { rose: Rose }
            type Rose { id: ID! @shareable }
            # source b
            type Query { roseById(id: ID!): Rose @lookup @internal }
            type Rose { id: ID! @shareable color: String @shareable tint(color: String @require(field: "color")): Int }
            # source c
            type Query { best: Rose }
            type Rose { id: ID! @shareable color: String @shareable }
            """,
        problems:
            """
            b.graphqls:2:57 UNSATISFIABLE_QUERY_PATH No source can answer { rose { tint } }, at Rose.tint: b requires of other sources "color", which c has, where the query cannot get to; a and c do not have it. The query stands in a.
              hint: Let what b requires (color) be had from where the query stands, by a lookup or a key that is known there.
            """);

    private static void AssertUnsatisfiable(string sources, string problems) => Assert.Equal(problems, Rule.Text(Rule.Compose(sources)));
}
