using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ApolloTogetherRulesTests
{
    [Fact]
    public void Apollo_has_no_chains_of_override() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @override(from: "a")
            }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @override(from: "a")
            }
            # source c
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { last: Rose }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @override(from: "b")
            }
            """,
        problems:
            """
            c.graphqls:5:17 OVERRIDE_SOURCE_HAS_OVERRIDE Rose.color has several @override (c from b, b from a): one takes it from a source that takes it from another.
              also b.graphqls:5:17
              hint: Keep @override in the source that shall own the field, and remove the field from the others.

            b.graphqls:5:3 INVALID_FIELD_SHARING Rose.color is resolved by b and c, and not marked as @shareable in b and c.
              also c.graphqls:5:3
              hint: Mark it as @shareable in all of them if they give the same value; otherwise keep it in one, or rename it in the others.
            """);

    [Fact]
    public void A_field_with_several_owners_is_marked_in_all_of_them() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @shareable
            }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose }
            type Rose @key(fields: "id") {
              id: ID!
              color: String
            }
            """,
        problems:
            """
            a.graphqls:3:40 INVALID_FIELD_SHARING Rose.color is resolved by a and b, and not marked as @shareable in b.
              also b.graphqls:5:3
              hint: Mark it as @shareable in all of them if they give the same value; otherwise keep it in one, or rename it in the others.
            """);

    [Fact]
    public void A_field_has_types_that_fit_together() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String! @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @shareable
            }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: Int @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @shareable
            }
            """,
        problems:
            """
            a.graphqls:3:40 FIELD_TYPE_MISMATCH Rose.color has types that do not fit together: a says Int; b says String.
              also b.graphqls:5:3
              hint: Return the same named type everywhere, or in one source an interface or union that covers the others.
            """);

    [Fact]
    public void An_argument_has_one_default() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { ok(x: Int = 1): Int @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { ok(x: Int = 1): Int @shareable }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { ok(x: Int = 1): Int @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { ok(x: Int = 2): Int @shareable }
            """,
        problems:
            """
            a.graphqls:2:17 FIELD_ARGUMENT_DEFAULT_MISMATCH The argument "x" of Query.ok has different defaults: a says 1; b says 2.
              also b.graphqls:2:17
              hint: Use the same default everywhere; where one source has none, the composed graph has none.
            """);

    [Fact]
    public void An_enum_that_travels_both_ways_has_the_same_values_everywhere() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { out: Color }
            enum Color { RED BLUE }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { too: Color }
            enum Color { RED GREEN }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { out: Color }
            enum Color { RED BLUE }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { in(c: Color): Int }
            enum Color { RED GREEN }
            """,
        problems:
            """
            a.graphqls:3:18 ENUM_VALUE_MISMATCH The enum value Color.BLUE is known to a and not to b.
              also b.graphqls:3:1
              hint: Add the value everywhere, or mark it as @inaccessible where it is.

            b.graphqls:3:18 ENUM_VALUE_MISMATCH The enum value Color.GREEN is known to b and not to a.
              also a.graphqls:3:1
              hint: Add the value everywhere, or mark it as @inaccessible where it is.
            """);

    [Fact]
    public void Every_query_can_be_answered() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose }
            type Rose @key(fields: "id") {
              id: ID!
              scent: String
            }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose }
            type Rose @key(fields: "id", resolvable: false) {
              id: ID!
              scent: String
            }
            """,
        problems:
            """
            b.graphqls:5:3 SATISFIABILITY_ERROR No source can answer { rose { scent } }, at Rose.scent: b has it, but says resolvable: false of its @key "id", so that Rose cannot be entered there; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);
}
