using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests.RoundTrip;

/// <summary>That Apollo's gateway runs what is written is tried in tests/Interop; here is what it cannot run, and what nobody may lose.</summary>
public sealed class ApolloSupergraphTests
{
    [Fact]
    public void What_guards_members_is_written_with_its_link_and_read_back()
    {
        var supergraph = Rule.Compose(
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes", "@policy", "@tag", "@cost"])
            type Query { rose: Rose @authenticated }
            type Rose @key(fields: "id") @policy(policies: [["gardener"], ["owner", "adult"]]) { id: ID! color: String @requiresScopes(scopes: [["read:rose"]]) @tag(name: "t") @cost(weight: 3) }
            """).Supergraph!;

        var written = ApolloSupergraphWriter.Write(supergraph);

        Assert.Empty(written.Obstacles);
        Assert.StartsWith(
            """
            schema
              @link(url: "https://specs.apollo.dev/link/v1.0")
              @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
              @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)
              @link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY)
              @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY)
              @link(url: "https://specs.apollo.dev/tag/v0.3")
              @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@cost"])
            {
              query: Query
            }

            directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
            """,
            written.Text,
            StringComparison.Ordinal);
        var read = SupergraphReader.Read(new SourceText(written.Text!, "join"));
        Assert.Empty(read.Errors);
        Assert.Equal(SupergraphWriter.Write(supergraph), SupergraphWriter.Write(read.Supergraph!));
        Assert.Equal(AccessRequirement.ProtectedMembers(supergraph), AccessRequirement.ProtectedMembers(read.Supergraph!));
    }

    [Fact]
    public void What_no_Apollo_gateway_could_do_is_an_obstacle()
    {
        var supergraph = Rule.Compose(
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            type Query { roseById(id: ID!): Rose @lookup @internal }
            type Rose { id: ID! price(color: String @require(field: "color")): Int }
            """).Supergraph!;

        Assert.Contains(
            "b is entered at Rose by a lookup (Query.roseById); an Apollo gateway enters a subgraph only by _entities.",
            ApolloSupergraphWriter.Write(supergraph).Obstacles.Select(obstacle => obstacle.Message));
        Assert.Contains(
            "b is fed the argument color of Rose.price from other sources (@require); an Apollo gateway passes required fields only in a representation (@requires).",
            ApolloSupergraphWriter.Write(supergraph).Obstacles.Select(obstacle => obstacle.Message));
    }
}
