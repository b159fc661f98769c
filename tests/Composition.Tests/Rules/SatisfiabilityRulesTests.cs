using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class SatisfiabilityRulesTests
{
    [Fact]
    public void Every_query_can_be_answered() => Rule.Check(
        good:
            """
            # source a
            type Query { bed: Bed }
            type Bed { rose: Rose }
            type Rose @key(fields: "id") { id: ID! }
            # source b
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id") { id: ID! color: String }
            """,
        bad:
            """
            # source a
            type Query { bed(row: Int!): Bed }
            type Bed { plant: Plant }
            interface Plant { id: ID! }
            type Rose implements Plant @key(fields: "id") { id: ID! }
            # source b
            type Query { rose(sku: ID!): Rose @lookup rose2: Rose lily: Lily }
            type Rose @key(fields: "id") { id: ID! sku: ID! color: String }
            type Lily { id: ID! }
            # source c
            type Query { roses(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") { id: ID! scent(color: String @require(field: "color")): String }
            """,
        problems:
            """
            b.graphqls:2:40 UNSATISFIABLE_QUERY_PATH No source can answer { bed(row: 1) { plant { ... on Rose { sku } } } }, at Rose.sku: b has it, but entering it needs "sku", which cannot be had here; a and c do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:2:49 UNSATISFIABLE_QUERY_PATH No source can answer { bed(row: 1) { plant { ... on Rose { color } } } }, at Rose.color: b has it, but entering it needs "sku", which cannot be had here; a and c do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            c.graphqls:2:40 UNSATISFIABLE_QUERY_PATH No source can answer { bed(row: 1) { plant { ... on Rose { scent } } } }, at Rose.scent: c requires "color", which no other source can give here; a and b do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);
}
