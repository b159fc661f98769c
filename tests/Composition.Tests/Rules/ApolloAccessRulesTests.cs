using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ApolloAccessRulesTests
{
    [Fact]
    public void Who_may_see_a_value_its_object_says() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated"])
            type Query { plant: Plant }
            interface Plant { id: ID! price: Int }
            type Rose implements Plant { id: ID! price: Int @authenticated }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated"])
            type Query { plant: Plant }
            interface Plant { id: ID! price: Int @authenticated }
            type Rose implements Plant { id: ID! price: Int }
            """,
        problems:
            """
            a.graphqls:3:38 AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE Plant.price has @authenticated, and belongs to an interface: who may see a value depends on what object it is.
              hint: Move the directive to the objects that implement the interface; the interface is protected as they are.
            """);

    [Fact]
    public void What_is_computed_from_the_protected_is_protected() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! cost: Int @authenticated }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@authenticated"])
            type Rose @key(fields: "id") { id: ID! cost: Int @external price: Int @requires(fields: "cost") @authenticated }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! cost: Int @authenticated }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external"])
            type Rose @key(fields: "id") { id: ID! cost: Int @external price: Int @requires(fields: "cost") }
            """,
        problems:
            """
            b.graphqls:2:71 MISSING_TRANSITIVE_AUTH_REQUIREMENTS Rose.price is computed from Rose.cost (@requires), which not everybody may see, and Rose.price itself is less protected.
              also b.graphqls:2:60
              hint: Give Rose.price at least the @authenticated, @requiresScopes and @policy of Rose.cost.
            """);
}
