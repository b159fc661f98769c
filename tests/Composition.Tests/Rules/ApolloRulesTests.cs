using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ApolloRulesTests
{
    [Fact]
    public void The_linked_version_of_Federation_is_known() => Rule.CheckApollo(
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
            extend schema @link(url: "https://specs.apollo.dev/federation/v3.0", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            """,
        problems:
            """
            a.graphqls:1:15 UNKNOWN_FEDERATION_LINK_VERSION The source links https://specs.apollo.dev/federation/v3.0; versions v2.0 to v2.12 of Federation are known.
              hint: Link one of them, such as https://specs.apollo.dev/federation/v2.9.
            """);

    [Fact]
    public void What_is_imported_exists() => Rule.CheckApollo(
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
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@keys", "shareable", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            """,
        problems:
            """
            a.graphqls:1:15 INVALID_LINK_DIRECTIVE_USAGE @link imports "@keys", which Federation does not have.
              hint: Check the name; directives are imported with their @.

            a.graphqls:1:15 INVALID_LINK_DIRECTIVE_USAGE @link imports "shareable", which Federation does not have.
              hint: Check the name; directives are imported with their @.
            """);

    [Fact]
    public void What_is_linked_as_necessary_is_known() => Rule.CheckApollo(
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
            extend schema @link(url: "https://example.org/guard/v1.0", for: SECURITY)
            """,
        problems:
            """
            a.graphqls:4:15 UNSUPPORTED_LINKED_FEATURE The source links https://example.org/guard/v1.0 for SECURITY, and it is not known here; what is necessary for that cannot be ignored.
              hint: Remove the link, or "for" if it can be ignored.
            """);

    [Fact]
    public void What_is_not_supported_is_refused_by_name() => Rule.CheckApollo(
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
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", {name: "@policy", as: "@rule"}, "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            type Bed { row: Int @authenticated  column: Int @rule(policies: [["x"]]) price: Int @federation__fromContext(field: "x") }
            """,
        problems:
            """
            a.graphqls:4:21 UNSUPPORTED_FEATURE a uses @authenticated, which this version does not support; it is refused because ignoring it would change what clients get.
              hint: Remove it.

            a.graphqls:4:49 UNSUPPORTED_FEATURE a uses @rule, which this version does not support; it is refused because ignoring it would change what clients get.
              hint: Remove it.

            a.graphqls:4:85 UNSUPPORTED_FEATURE a uses @federation__fromContext, which this version does not support; it is refused because ignoring it would change what clients get.
              hint: Remove it.
            """);

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
            a.graphqls:4:31 KEY_INVALID_FIELDS "id {" in @key on Lily is no selection of fields: Syntax Error: Expected Name, found <EOF>.
              hint: Write field names separated by spaces, and close all braces: "sku vendor { id }".

            a.graphqls:4:11 KEY_INVALID_FIELDS @key on Lily names the field "sku", which Lily does not have in a.
              hint: Add the field to Lily in a, or name another field.
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
              hint: Write the required fields as a string, such as "price weight".
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
              hint: Write field names separated by spaces, and close all braces.
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
            b.graphqls:6:13 REQUIRES_DIRECTIVE_IN_FIELDS_ARG "color @skip(if: true)" in @requires on Rose.tint has a directive; only fields can be required.
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
              hint: Remove "color" from @requires, or mark the field as @external.
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
            b.graphqls:5:17 OVERRIDE_SOURCE_HAS_OVERRIDE Rose.color has several @override (b from a, c from b): one takes it from a source that takes it from another.
              also c.graphqls:5:17
              hint: Keep @override in the source that shall own the field, and remove the field from the others.
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
            type Query { ok(x: Int): Int @shareable }
            """,
        problems:
            """
            a.graphqls:2:17 FIELD_ARGUMENT_DEFAULT_MISMATCH The argument "x" of Query.ok has different defaults: a says 1; b says no default.
              also b.graphqls:2:17
              hint: Use the same default everywhere.
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
            b.graphqls:5:3 SATISFIABILITY_ERROR No source can answer { rose { scent } }, at Rose.scent: b has it, but has no lookup to enter Rose by; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);
}
