using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ApolloSourceRulesTests
{
    [Fact]
    public void A_key_has_no_arguments() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id(x: Int): ID! color: String }
            """,
        problems:
            """
            a.graphqls:3:11 KEY_FIELDS_HAS_ARGS @key on Rose uses Rose.id, which has arguments.
              also a.graphqls:3:32
              hint: Use fields without arguments.
            """);

    [Fact]
    public void A_key_names_fields_that_are_there_and_can_be_read() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            type Lily @key(fields: "sku") @key(fields: "id {") { id: ID! }
            """,
        problems:
            """
            a.graphqls:4:11 KEY_INVALID_FIELDS @key on Lily names the field "sku", which Lily does not have in a.
              hint: Add the field to Lily in a, or name another field.

            a.graphqls:4:31 KEY_INVALID_FIELDS "id {" in @key on Lily is no selection of fields: Syntax Error: Expected Name, found <EOF>.
              hint: Write field names separated by spaces, and close all braces: "id" or "sku vendor { id }".
            """);

    [Fact]
    public void What_is_required_is_a_string() => Rule.CheckApollo(
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
              color: String @external
              tint: Int @requires(fields: "color")
            }
            """,
        bad:
            """
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose }
            type Rose @key(fields: "id") {
              id: ID!
              color: String
              tint: Int @requires(fields: 1)
            }
            """,
        problems:
            """
            b.graphqls:6:13 REQUIRES_INVALID_FIELDS_TYPE "fields" of @requires on Rose.tint is not a string.
              hint: Write the fields as a string, such as "price weight".
            """);

    [Fact]
    public void What_is_required_is_there_and_can_be_read() => Rule.CheckApollo(
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
              color: String @external
              tint: Int @requires(fields: "color")
            }
            """,
        bad:
            """
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose }
            type Rose @key(fields: "id") {
              id: ID!
              a: Int @requires(fields: "scent")
              b: Int @requires(fields: "id {")
            }
            """,
        problems:
            """
            b.graphqls:5:10 REQUIRES_INVALID_FIELDS @requires on Rose.a names the field "scent", which Rose does not have in b.
              hint: Add the field to Rose in b as @external, or name another field.

            b.graphqls:6:10 REQUIRES_INVALID_FIELDS "id {" in @requires on Rose.b is no selection of fields: Syntax Error: Expected Name, found <EOF>.
              hint: Write field names separated by spaces, and close all braces: "price weight".
            """);

    [Fact]
    public void What_is_required_has_no_directives() => Rule.CheckApollo(
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
              color: String @external
              tint: Int @requires(fields: "color")
            }
            """,
        bad:
            """
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
              tint: Int @requires(fields: "color @skip(if: true)")
            }
            """,
        problems:
            """
            b.graphqls:6:13 REQUIRES_DIRECTIVE_IN_FIELDS_ARG "color @skip(if: true)" in @requires on Rose.tint has a directive; it consists of fields alone.
              hint: Remove the directive.
            """);

    [Fact]
    public void What_is_required_is_another_source_s() => Rule.CheckApollo(
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
              color: String @external
              tint: Int @requires(fields: "color")
            }
            """,
        bad:
            """
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose }
            type Rose @key(fields: "id") {
              id: ID!
              color: String
              tint: Int @requires(fields: "color")
            }
            """,
        problems:
            """
            b.graphqls:6:13 REQUIRES_FIELDS_MISSING_EXTERNAL @requires on Rose.tint names Rose.color, which is not @external: b resolves it itself.
              also b.graphqls:5:3
              hint: Remove "color" from @requires, or mark the field as @external if it belongs to another source.
            """);

    [Fact]
    public void What_is_external_is_used() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose @provides(fields: "color") }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
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
              color: String @external
            }
            """,
        problems:
            """
            b.graphqls:5:17 EXTERNAL_UNUSED Rose.color is @external, but no @key, @requires or @provides of b uses it.
              hint: Remove the field from b.
            """);

    [Fact]
    public void A_query_type_without_fields_is_not_external() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query
            type Rose @key(fields: "id") { id: ID! size: Int }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external"])
            type Query @external
            type Rose @key(fields: "id") { id: ID! size: Int }
            """,
        problems:
            """
            b.graphqls:2:12 EXTERNAL_UNUSED Query is @external and has no field in b that another source could resolve.
              hint: Remove @external.
            """);

    [Fact]
    public void A_label_is_a_name_or_a_percentage() => Rule.CheckApollo(
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
              color: String @override(from: "a", label: "percent(5)")
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
              color: String @override(from: "a", label: "percent(500)")
            }
            """,
        problems:
            """
            b.graphqls:5:17 OVERRIDE_LABEL_INVALID Rose.color has @override with the label "percent(500)", which is none.
              hint: Write a name that begins with a letter (letters, digits, _ - : . /), or percent(NUMBER) with a number from 0 to 100.
            """);

    [Fact]
    public void A_field_is_taken_over_from_another_source() => Rule.CheckApollo(
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
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { best: Rose }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @override(from: "b")
            }
            """,
        problems:
            """
            b.graphqls:5:17 OVERRIDE_FROM_SELF_ERROR Rose.color has @override(from: "b"), and b is the source that says so.
              hint: Name the source that the field is taken over from, or remove @override.
            """);

    [Fact]
    public void An_interface_object_has_a_key() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { plant: Plant }
            interface Plant @key(fields: "id") { id: ID! }
            type Rose implements Plant @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { ok: Int }
            type Plant @key(fields: "id") @interfaceObject { id: ID! stars: Int }
            """,
        bad:
            """
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { ok: Int }
            type Plant @interfaceObject { id: ID! stars: Int }
            """,
        problems:
            """
            b.graphqls:3:1 INTERFACE_OBJECT_USAGE_ERROR Plant has @interfaceObject and no @key, so that b can never be asked for it.
              hint: Add the @key that the interface Plant has in the other sources.
            """);

    [Fact]
    public void Apollo_provides_fields_of_a_union_s_members() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@provides", "@external", "@shareable"])
            type Query { plants: [Plant] @provides(fields: "... on Rose { color }") }
            union Plant = Rose | Fern
            type Rose @key(fields: "id") { id: ID! color: String @external }
            type Fern @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@provides", "@external", "@shareable"])
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@provides", "@external", "@shareable"])
            type Query { plants: [Plant] @provides(fields: "... on Fern { color }") }
            union Plant = Rose | Fern
            type Rose @key(fields: "id") { id: ID! }
            type Fern @key(fields: "id") { id: ID! }
            """,
        problems:
            """
            a.graphqls:2:30 PROVIDES_INVALID_FIELDS @provides on Query.plants names the field "color", which Fern does not have in a.
              hint: Add the field to Fern in a as @external, or name another field.
            """);
}
