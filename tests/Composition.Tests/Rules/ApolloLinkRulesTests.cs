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
            a.graphqls:1:15 UNKNOWN_FEDERATION_LINK_VERSION The source links https://specs.apollo.dev/federation/v3.0; versions v2.0 to v2.14 of Federation are known.
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
            a.graphqls:1:15 INVALID_LINK_DIRECTIVE_USAGE @link imports "@keys", which Federation v2.9 does not have.
              hint: Check the name and the version that is linked; directives are imported with their @.

            a.graphqls:1:15 INVALID_LINK_DIRECTIVE_USAGE @link imports "shareable", which Federation v2.9 does not have.
              hint: Check the name and the version that is linked; directives are imported with their @.
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
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            """,
        bad:
            """
            # source a
            extend schema
              @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key"])
              @link(url: "https://specs.apollo.dev/connect/v0.1", import: ["@source", "@connect"])
              @source(name: "roses", http: { baseURL: "https://roses.test" })
            type Query { rose: Rose @connect(source: "roses", http: { GET: "/best" }, selection: "id color") }
            type Rose @key(fields: "id") { id: ID! color: String }
            """,
        problems:
            """
            a.graphqls:3:3 UNSUPPORTED_FEATURE The source links https://specs.apollo.dev/connect/v0.1 (connectors), which this version does not run.
              hint: Serve the data from a GraphQL service.
            """);

    [Fact]
    public void A_directive_is_imported_before_it_is_used() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{name: "@key", as: "@identity"}])
            type Query { rose: Rose }
            type Rose @identity(fields: "id") { id: ID! color: String @federation__tag(name: "public") }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.4", import: [{name: "@key", as: "@identity"}])
            type Query { rose: Rose @shareable }
            type Rose @key(fields: "id") { id: ID! color: String @authenticated @watered size: Int @sharable }
            """,
        problems:
            """
            a.graphqls:2:25 INVALID_GRAPHQL @shareable is used, and a neither defines nor links it.
              hint: Add "@shareable" to "import" of the @link to Federation, or write @federation__shareable.

            a.graphqls:3:11 INVALID_GRAPHQL @key is used, and a neither defines nor links it.
              hint: Write @identity: Federation's @key is imported under that name.

            a.graphqls:3:54 INVALID_GRAPHQL @authenticated is used, and a neither defines nor links it.
              hint: @authenticated comes with Federation v2.5, and v2.4 is linked: link that or a later one, and add "@authenticated" to "import".

            a.graphqls:3:69 INVALID_GRAPHQL @watered is used, and a neither defines nor links it.
              hint: Define the directive, or link the specification that does; or remove it.

            a.graphqls:3:88 INVALID_GRAPHQL @sharable is used, and a neither defines nor links it. Did you mean "@shareable"?
              hint: Define the directive, or link the specification that does; or remove it.
            """);

    [Fact]
    public void Root_types_are_composed_under_their_common_names() => Rule.CheckApollo(
        good:
            """
            # source a
            schema { query: Questions }
            type Questions { rose: Int }
            """,
        bad:
            """
            # source a
            schema { query: Questions }
            type Questions { rose: Query }
            type Query { color: String }
            """,
        problems:
            """
            a.graphqls:2:1 ROOT_QUERY_USED The query root type is Questions, which is composed as Query, and another type is named Query.
              also a.graphqls:3:1
              hint: Name the root type Query, and the other type something else.
            """);

    [Fact]
    public void Root_types_are_there_and_different() => Rule.CheckApollo(
        good:
            """
            # source a
            schema { query: Roses }
            type Roses { rose: Int }
            # source b
            schema { query: Query mutation: Writes }
            type Query { rose: Int }
            type Writes { plant: Int }
            """,
        bad:
            """
            # source a
            schema { query: Roses }
            type Query { rose: Int }
            # source b
            schema { query: Query mutation: Query }
            type Query { rose: Int }
            """,
        problems:
            """
            a.graphqls:1:17 INVALID_GRAPHQL Unknown type "Roses".
              hint: Mend the schema of a: it must be valid GraphQL on its own.

            b.graphqls:1:17 INVALID_GRAPHQL All root types must be different, "Query" type is used as query and mutation root types.
              also b.graphqls:1:33
              hint: Mend the schema of b: it must be valid GraphQL on its own.
            """);
}
