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
            b.graphqls:2:40 UNSATISFIABLE_QUERY_PATH No source can answer { bed(row: 1) { plant { ... on Rose { sku } } } }, at Rose.sku: b has it, but entering it by the lookup rose needs "sku", which only b itself has; a and c do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:2:49 UNSATISFIABLE_QUERY_PATH No source can answer { bed(row: 1) { plant { ... on Rose { color } } } }, at Rose.color: b has it, but entering it by the lookup rose needs "sku", which only b itself has; a and c do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            c.graphqls:2:40 UNSATISFIABLE_QUERY_PATH No source can answer { bed(row: 1) { plant { ... on Rose { scent } } } }, at Rose.scent: c requires "color", which b has, where the query cannot get to; a and b do not have it. The query stands in a.
              hint: Let what c requires (color) be had from where the query stands, by a lookup or a key that is known there.
            """);

    [Fact]
    public void Of_a_key_that_is_known_in_part_the_missing_part_is_named() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose { name: String @shareable year: Int @shareable }
            # source b
            type Query { roseIn(name: String!, year: Int!): Rose @lookup @internal }
            type Rose { name: String! @shareable year: Int! @shareable color: String }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose }
            type Rose { name: String @shareable }
            # source b
            type Query { roseIn(name: String!, year: Int!): Rose @lookup @internal }
            type Rose { name: String! @shareable year: Int! @shareable color: String }
            # source c
            type Query { roseOf(year: Int!): Rose @lookup @internal }
            type Rose { year: Int! @shareable }
            """,
        problems:
            """
            b.graphqls:2:38 UNSATISFIABLE_QUERY_PATH No source can answer { rose { year } }, at Rose.year: b has it, but entering it by the lookup roseIn needs "name year", and c has year, where the query cannot get to; c has it, but entering it by the lookup roseOf needs "year", which b has, where the query cannot get to; a does not have it. The query stands in a.
              also c.graphqls:2:13
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.

            b.graphqls:2:60 UNSATISFIABLE_QUERY_PATH No source can answer { rose { color } }, at Rose.color: b has it, but entering it by the lookup roseIn needs "name year", and c has year, where the query cannot get to; a and c do not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void Query_is_not_entered_again_with_what_one_of_its_fields_requires() => Rule.Check(
        good:
            """
            # source a
            type Query { n: Int @shareable m: Int @shareable }
            # source b
            type Query { n: Int @shareable m(p: Int @require(field: "n")): Int @shareable }
            """,
        bad:
            """
            # source a
            type Query { n: Int }
            # source b
            type Query { m(p: Int @require(field: "n")): Int }
            """,
        problems:
            """
            b.graphqls:1:14 UNSATISFIABLE_QUERY_PATH No source can answer { m }, at Query.m: b requires "n" first, and Query cannot be asked again with it; a does not have it. The query stands in a and b.
              hint: Let clients give the argument, or move the field to a type that the source looks up.
            """);

    // Where it is Relay's node(id:), the gateway answers it (GlobalObjectTests).
    [Fact]
    public void One_of_the_sources_that_share_a_lookup_is_asked_and_knows_its_own_objects_alone() => Rule.Check(
        good:
            """
            # source users
            type Query { thing(id: ID!): Node @lookup @shareable things(ids: [ID!]!): [Node]! @shareable }
            interface Node { id: ID! }
            type User implements Node @key(fields: "id") { id: ID! name: String }
            # source orders
            type Query { thing(id: ID!): Node @lookup @internal orders: [Order] }
            interface Node { id: ID! }
            type Order implements Node @key(fields: "id") { id: ID! total: Int }
            """,
        bad:
            """
            # source users
            type Query { thing(id: ID!): Node @lookup @shareable things(ids: [ID!]!): [Node]! @shareable }
            interface Node { id: ID! }
            type User implements Node @key(fields: "id") { id: ID! name: String }
            # source orders
            type Query { thing(id: ID!): Node @lookup @shareable things(ids: [ID!]!): [Node]! @shareable }
            interface Node { id: ID! }
            type Order implements Node @key(fields: "id") { id: ID! total: Int }
            """,
        problems:
            """
            users.graphqls:1:14 SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES { thing(id: "1") { __typename } } can be answered by several sources, and not alike at Query.thing: users returns User; orders returns Order. It is a lookup in users and orders, and a lookup answers null for an object that its source does not know.
              also orders.graphqls:1:14
              hint: Mark Query.thing as @internal in all of them but one: the gateway still looks up by it there. Clients find the other objects by fields of their types.

            users.graphqls:1:54 SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES { things(ids: ["1"]) { __typename } } can be answered by several sources, and never alike at Query.things: users returns User; orders returns Order.
              also orders.graphqls:1:54
              hint: Let all sources of Query.things return objects of one type at least, or keep the field in one of them.
            """);

    [Fact]
    public void A_shared_lookup_is_asked_where_all_objects_are_known() => Rule.Check(
        good:
            """
            # source users
            type Query { thing(id: ID!): Node @lookup @internal }
            interface Node { id: ID! }
            type User implements Node @key(fields: "id") { id: ID! name: String }
            # source orders
            type Query { thing(id: ID!): Node @lookup @shareable }
            interface Node { id: ID! }
            type Order implements Node @key(fields: "id") { id: ID! total: Int }
            type User implements Node @key(fields: "id") { id: ID! spend: Int }
            """,
        bad:
            """
            # source users
            type Query { thing(id: ID!): Node @lookup @shareable }
            interface Node { id: ID! }
            type User implements Node @key(fields: "id") { id: ID! name: String }
            # source orders
            type Query { thing(id: ID!): Node @lookup @shareable }
            interface Node { id: ID! }
            type Order implements Node @key(fields: "id") { id: ID! total: Int }
            type User implements Node @key(fields: "id") { id: ID! spend: Int }
            """,
        problems:
            """
            users.graphqls:1:14 SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES { thing(id: "1") { __typename } } can be answered by several sources, and not alike at Query.thing: users returns User; orders returns User or Order. It is a lookup in users, and a lookup answers null for an object that its source does not know.
              also orders.graphqls:1:14
              hint: Mark Query.thing as @internal in users: the gateway still looks up by it there. Clients find the other objects by fields of their types.
            """);
}
