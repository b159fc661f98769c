using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>What is said of graphs that cannot answer every query: labels of @override, and contexts.</summary>
public sealed class LabelsInWordsTests
{
    [Fact]
    public void One_side_of_a_label_that_cannot_be_entered() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])
            type Query { best: Rose }
            type Rose @key(fields: "id", resolvable: false) { id: ID! color: String @override(from: "a", label: "percent(5)") }
            """,
        problems:
            """
            a.graphqls:3:40 SATISFIABILITY_ERROR No source can answer { rose { color } }, at Rose.color: a serves it only while the label "percent(5)" is off; b has it, but says resolvable: false of its @key "id", so that Rose cannot be entered there. The query stands in a, while the label "percent(5)" is on.
              also b.graphqls:3:59
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_key_that_moves_by_a_label() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! sku: ID @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override", "@shareable"])
            type Query { best: Rose }
            type Rose @key(fields: "id", resolvable: false) { id: ID! sku: ID @shareable @override(from: "a", label: "percent(5)") }
            # source c
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Rose @key(fields: "sku") { sku: ID @shareable color: String }
            """,
        problems:
            """
            a.graphqls:3:40 SATISFIABILITY_ERROR No source can answer { rose { sku } }, at Rose.sku: a serves it only while the label "percent(5)" is off; b has it, but says resolvable: false of its @key "id", so that Rose cannot be entered there; c has it, but entering it by its @key needs "sku", which b has, where the query cannot get to, and a has only while the label "percent(5)" is off. The query stands in a, while the label "percent(5)" is on.
              also b.graphqls:3:59
              also c.graphqls:2:33
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            c.graphqls:2:52 SATISFIABILITY_ERROR No source can answer { rose { color } }, at Rose.color: c has it, but entering it by its @key needs "sku", which b has, where the query cannot get to, and a has only while the label "percent(5)" is off; a and b do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_requirement_and_a_label_on_one_field() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! scent: String tint: Int }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@override"])
            type Query { best: Rose }
            type Rose @key(fields: "sku") { sku: ID! scent: String @external tint: Int @override(from: "a", label: "percent(5)") mark: Int @requires(fields: "scent") }
            """,
        problems:
            """
            a.graphqls:3:54 SATISFIABILITY_ERROR No source can answer { rose { tint } }, at Rose.tint: a serves it only while the label "percent(5)" is off; b has it, but entering it by its @key needs "sku", which only b itself has. The query stands in a, while the label "percent(5)" is on.
              also b.graphqls:3:66
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:3:33 SATISFIABILITY_ERROR No source can answer { rose { sku } }, at Rose.sku: b has it, but entering it by its @key needs "sku", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:3:118 SATISFIABILITY_ERROR No source can answer { rose { mark } }, at Rose.mark: b has it, but entering it by its @key needs "sku", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            a.graphqls:3:32 SATISFIABILITY_ERROR No source can answer { best { id } }, at Rose.id: a has it, but entering it by its @key needs "id", which only a itself has; b does not have it. The query stands in b.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            a.graphqls:3:40 SATISFIABILITY_ERROR No source can answer { best { scent } }, at Rose.scent: a has it, but entering it by its @key needs "id", which only a itself has; b only mentions it as @external. The query stands in b.
              also b.graphqls:3:42
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    // What is below it is asked of the side that gives it.
    [Fact]
    public void A_requirement_below_a_field_that_moves_by_a_label() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible", "@shareable"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! owner: Owner @inaccessible }
            type Owner { name: String x: Int @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override", "@shareable"])
            type Rose @key(fields: "id") { id: ID! owner: Owner @override(from: "a", label: "percent(5)") }
            type Owner { x: Int @shareable }
            # source c
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
            type Rose @key(fields: "id") { id: ID! owner: Owner @external scent: Int @requires(fields: "owner { name }") }
            type Owner { name: String @external }
            """,
        problems:
            """
            c.graphqls:2:63 SATISFIABILITY_ERROR No source can answer { rose { scent } }, at Rose.scent: c requires "owner { name }", and a has Owner.name, where the query cannot get to; a and b do not have it. The query stands in a.
              hint: Let what c requires (Owner.name) be had from where the query stands, by a lookup or a key that is known there.
            """);

    [Fact]
    public void A_context_that_one_path_does_not_set() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])
            type Query { garden: Garden rose: Rose }
            type Garden @context(name: "garden") { id: ID! soil: String! rose: Rose }
            type Rose @key(fields: "id") { id: ID! advice(soil: String @fromContext(field: "$garden { soil }")): String }
            """,
        problems:
            """
            a.graphqls:4:40 SATISFIABILITY_ERROR No source can answer { rose { advice } }, at Rose.advice: a needs the context "garden", which nothing above sets there. The query stands in a.
              hint: Let every path to the field lead through a type of a that sets the context with @context(name: "garden").
            """);

    private static void AssertUnsatisfiable(string sources, string problems) => Assert.Equal(problems, Rule.Text(Rule.Compose(sources)));
}
