using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>What is said of graphs that cannot answer every query: fields that are external, provided or taken over.</summary>
public sealed class ExternalInWordsTests
{
    [Fact]
    public void A_field_that_is_provided_on_another_path() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup @internal best: Rose }
            type Rose { id: ID! @shareable color: String @shareable }
            # source b
            type Query { given: Other @provides(fields: "rose { color }") plain: Other }
            type Other { rose: Rose }
            type Rose { sku: ID! color: String @external }
            """,
        problems:
            """
            b.graphqls:3:13 UNSATISFIABLE_QUERY_PATH No source can answer { best { sku } }, at Rose.sku: b has it, but no lookup to enter Rose by; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            a.graphqls:2:13 UNSATISFIABLE_QUERY_PATH No source can answer { given { rose { id } } }, at Rose.id: a has it, but entering it by the lookup rose needs "id", which only a itself has; b does not have it. The query stands in b.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            a.graphqls:2:32 UNSATISFIABLE_QUERY_PATH No source can answer { plain { rose { color } } }, at Rose.color: a has it, but entering it by the lookup rose needs "id", which only a itself has; b gives it only below a @provides, and there is none of it on this path. The query stands in b.
              also b.graphqls:3:22
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_field_that_is_provided_on_another_path_in_Apollo() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Query { best: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@provides"])
            type Query { given: Rose @provides(fields: "color") plain: Rose }
            type Rose @key(fields: "sku") { sku: ID! color: String @external }
            """,
        problems:
            """
            b.graphqls:3:33 SATISFIABILITY_ERROR No source can answer { best { sku } }, at Rose.sku: b has it, but entering it by its @key needs "sku", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            a.graphqls:3:32 SATISFIABILITY_ERROR No source can answer { given { id } }, at Rose.id: a has it, but entering it by its @key needs "id", which only a itself has; b does not have it. The query stands in b.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            a.graphqls:3:40 SATISFIABILITY_ERROR No source can answer { plain { color } }, at Rose.color: a has it, but entering it by its @key needs "id", which only a itself has; b gives it only below a @provides, and there is none of it on this path. The query stands in b.
              also b.graphqls:3:42
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_field_that_is_external_for_a_requirement() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { best: Rose }
            type Rose @key(fields: "sku") { sku: ID! color: String }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @external tint: Int @requires(fields: "color") }
            """,
        problems:
            """
            b.graphqls:3:32 SATISFIABILITY_ERROR No source can answer { best { id } }, at Rose.id: b has it, but entering it by its @key needs "id", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:3:64 SATISFIABILITY_ERROR No source can answer { best { tint } }, at Rose.tint: b has it, but entering it by its @key needs "id", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            a.graphqls:3:33 SATISFIABILITY_ERROR No source can answer { rose { sku } }, at Rose.sku: a has it, but entering it by its @key needs "sku", which only a itself has; b does not have it. The query stands in b.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            a.graphqls:3:42 SATISFIABILITY_ERROR No source can answer { rose { color } }, at Rose.color: a has it, but entering it by its @key needs "sku", which only a itself has; b only mentions it as @external. The query stands in b.
              also b.graphqls:3:40
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_field_that_was_taken_over() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { rose: Rose }
            type Rose { id: ID! @shareable color: String }
            # source b
            type Query { roseBySku(sku: ID!): Rose @lookup }
            type Rose { sku: ID! color: String @override(from: "a") }
            """,
        problems:
            """
            a.graphqls:2:32 UNSATISFIABLE_QUERY_PATH No source can answer { rose { color } }, at Rose.color: b has it, but entering it by the lookup roseBySku needs "sku", which only b itself has; a's own is taken over by b. The query stands in a.
              also b.graphqls:2:22
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:2:13 UNSATISFIABLE_QUERY_PATH No source can answer { rose { sku } }, at Rose.sku: b has it, but entering it by the lookup roseBySku needs "sku", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            a.graphqls:2:13 UNSATISFIABLE_QUERY_PATH No source can answer { roseBySku(sku: "1") { id } }, at Rose.id: a has it, but no lookup to enter Rose by; b does not have it. The query stands in b.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    private static void AssertUnsatisfiable(string sources, string problems) => Assert.Equal(problems, Rule.Text(Rule.Compose(sources)));
}
