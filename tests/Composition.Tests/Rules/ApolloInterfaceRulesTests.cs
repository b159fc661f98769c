using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ApolloInterfaceRulesTests
{
    [Fact]
    public void A_key_of_an_interface_came_with_version_2_3() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
            type Query { plant: Plant }
            interface Plant @key(fields: "id") { id: ID! }
            type Rose implements Plant @key(fields: "id") { id: ID! }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.2", import: ["@key"])
            type Query { plant: Plant }
            interface Plant @key(fields: "id") { id: ID! }
            type Rose implements Plant @key(fields: "id") { id: ID! }
            """,
        problems:
            """
            a.graphqls:3:17 KEY_UNSUPPORTED_ON_INTERFACE @key on Plant, an interface, comes with Federation 2.3, and a links version 2.2.
              hint: Link version 2.3 or a later one, or remove the key.
            """);

    [Fact]
    public void What_an_interface_needs_its_objects_require() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { plant: Plant }
            interface Plant { id: ID! color: String }
            type Rose implements Plant @key(fields: "id") { id: ID! color: String }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external"])
            type Rose @key(fields: "id") { id: ID! color: String @external tint: Int @requires(fields: "color") }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external"])
            type Query { plant: Plant }
            interface Plant { id: ID! color: String tint: Int @requires(fields: "id") }
            type Rose implements Plant @key(fields: "id") { id: ID! color: String tint: Int }
            """,
        problems:
            """
            a.graphqls:3:51 REQUIRES_UNSUPPORTED_ON_INTERFACE Plant.tint has @requires, and Plant is an interface: only the objects that implement it resolve fields.
              hint: Move @requires to the field of each object that implements Plant.

            a.graphqls:3:51 REQUIRES_FIELDS_MISSING_EXTERNAL @requires on Plant.tint names Plant.id, which is not @external: a resolves it itself.
              also a.graphqls:3:19
              hint: Remove "id" from @requires, or mark the field as @external if it belongs to another source.
            """);

    [Fact]
    public void What_an_interface_provides_its_objects_do() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@provides", "@external"])
            type Query { garden: Garden }
            interface Garden { best: Rose }
            type Park implements Garden { best: Rose @provides(fields: "color") }
            type Rose @key(fields: "id") { id: ID! color: String @external }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@provides", "@external"])
            type Query { garden: Garden }
            interface Garden { best: Rose @provides(fields: "color") }
            type Park implements Garden { best: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @external }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            """,
        problems:
            """
            a.graphqls:3:31 PROVIDES_UNSUPPORTED_ON_INTERFACE Garden.best has @provides, and Garden is an interface: only the objects that implement it resolve fields.
              hint: Move @provides to the field of each object that implements Garden.
            """);

    [Fact]
    public void A_key_of_an_interface_is_one_of_its_objects() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { plant: Plant }
            interface Plant @key(fields: "id") { id: ID! }
            type Rose implements Plant @key(fields: "id") { id: ID! }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { plant: Plant }
            interface Plant @key(fields: "id") { id: ID! }
            type Rose implements Plant { id: ID! }
            """,
        problems:
            """
            a.graphqls:3:17 INTERFACE_KEY_NOT_ON_IMPLEMENTATION The interface Plant has the key "id" in a, and there are objects of it there without it: Rose.
              also a.graphqls:4:1
              hint: Add @key(fields: "id") to each of them.
            """);

    [Fact]
    public void Who_can_be_asked_for_an_interface_knows_all_its_objects() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { plant: Plant }
            interface Plant @key(fields: "id", resolvable: false) { id: ID! }
            type Rose implements Plant @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { lily: Lily }
            interface Plant { id: ID! }
            type Lily implements Plant @key(fields: "id") { id: ID! }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { plant: Plant }
            interface Plant @key(fields: "id") { id: ID! }
            type Rose implements Plant @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { lily: Lily }
            interface Plant { id: ID! }
            type Lily implements Plant @key(fields: "id") { id: ID! }
            """,
        problems:
            """
            a.graphqls:3:17 INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE a can be asked for Plant by the key "id" and does not know Lily, which implements it elsewhere: it could not say what such an entity is.
              also b.graphqls:4:1
              hint: Define Lily with the key in a, or add resolvable: false to the interface's key.
            """);
}
