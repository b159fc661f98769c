using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ApolloLinkRulesTests
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
}
