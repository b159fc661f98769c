using GraphGateway.Language;
using GraphGateway.TypeSystem;
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
    public void Contexts_cache_tags_and_directives_of_teams_own_are_written_and_read_back()
    {
        var supergraph = Rule.Compose(
            """
            # source a
            extend schema
              @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@context", "@fromContext", "@cacheTag", "@composeDirective"])
              @link(url: "https://example.org/care/v1.3", import: ["@care", {name: "@note", as: "@says"}])
              @link(url: "https://example.org/24-7/v2.0", as: "always")
              @composeDirective(name: "@care") @composeDirective(name: "@says") @composeDirective(name: "@always__x")
              @says(text: "all")
            directive @care(level: Level = LOW) repeatable on OBJECT | ARGUMENT_DEFINITION
            directive @says(text: String!) on SCHEMA | ENUM_VALUE | FIELD_DEFINITION
            directive @always__x on FIELD_DEFINITION
            enum Level { LOW @says(text: "little") HIGH }
            type Query { bed(id: ID! @care): Bed @cacheTag(format: "bed-{$args.id}") }
            type Bed @key(fields: "id") @context(name: "place") @context(name: "other") { id: ID! soil: String @always__x rose: Rose }
            type Pot @key(fields: "id") @context(name: "place") { id: ID! earth: String rose: Rose }
            type Rose @key(fields: "id") @care @care(level: HIGH) @cacheTag(format: "rose-{$key.id}") {
              id: ID!
              height(at: Int, soil: String @fromContext(field: "$place ... on Bed { soil } ... on Pot { earth }"), other: String @fromContext(field: "$other { soil }")): Int
            }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@cacheTag"])
            type Query { size: Int @cacheTag(format: "sizes") }
            type Rose @key(fields: "id") @cacheTag(format: "rose-{$key.id}") @cacheTag(format: "b") { id: ID! color: String }
            """,
            SourceDialect.Apollo).Supergraph!;

        var written = ApolloSupergraphWriter.Write(supergraph);

        Assert.Empty(written.Obstacles);
        var lines = written.Text!.Split('\n').Where(line => !line.StartsWith("directive @join__", StringComparison.Ordinal));
        Assert.StartsWith(
            """
            schema
              @link(url: "https://specs.apollo.dev/link/v1.0")
              @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
              @link(url: "https://specs.apollo.dev/cacheTag/v0.1", for: EXECUTION)
              @link(url: "https://specs.apollo.dev/context/v0.1", for: SECURITY)
              @link(url: "https://example.org/24-7/v2.0", as: "linked0", import: [{name: "@x", as: "@always__x"}])
              @link(url: "https://example.org/care/v1.3", import: ["@care", {name: "@note", as: "@says"}]) @says(text: "all")
            {
              query: Query
            }

            scalar context__ContextFieldValue

            directive @context(name: String!) repeatable on INTERFACE | OBJECT | UNION

            directive @context__fromContext(field: context__ContextFieldValue) on ARGUMENT_DEFINITION








            directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA

            directive @care(level: Level = LOW) repeatable on OBJECT | ARGUMENT_DEFINITION

            directive @says(text: String!) on SCHEMA | ENUM_VALUE | FIELD_DEFINITION

            directive @always__x on FIELD_DEFINITION

            enum join__Graph {
              A @join__graph(name: "a", url: "")
              B @join__graph(name: "b", url: "")
            }

            type Query
              @join__type(graph: A)
              @join__type(graph: B)
            {
              bed(id: ID! @care): Bed @join__field(graph: A) @join__directive(graphs: [A], name: "federation__cacheTag", args: {format: "bed-{$args.id}"})
              size: Int @join__field(graph: B) @join__directive(graphs: [B], name: "federation__cacheTag", args: {format: "sizes"})
            }

            enum Level
              @join__type(graph: A)
            {
              LOW @join__enumValue(graph: A) @says(text: "little")
              HIGH @join__enumValue(graph: A)
            }

            type Bed
              @join__type(graph: A, key: "id")
              @context(name: "a__place")
              @context(name: "a__other")
            {
              id: ID!
              soil: String @always__x
              rose: Rose
            }

            type Pot
              @join__type(graph: A, key: "id")
              @context(name: "a__place")
            {
              id: ID!
              earth: String
              rose: Rose
            }

            type Rose
              @join__type(graph: A, key: "id")
              @join__type(graph: B, key: "id")
              @join__directive(graphs: [A, B], name: "federation__cacheTag", args: {format: "rose-{$key.id}"})
              @join__directive(graphs: [B], name: "federation__cacheTag", args: {format: "b"}) @care @care(level: HIGH)
            {
              id: ID!
              height(at: Int): Int @join__field(graph: A, contextArguments: [{context: "a__place", name: "soil", type: "String", selection: "... on Bed { soil } ... on Pot { earth }"}, {context: "a__other", name: "other", type: "String", selection: "{ soil }"}])
              color: String @join__field(graph: B)
            }
            """,
            string.Join('\n', lines),
            StringComparison.Ordinal);
        var read = SupergraphReader.Read(new SourceText(written.Text!, "join"));
        Assert.Empty(read.Errors);
        Assert.Equal(SupergraphWriter.Write(supergraph), SupergraphWriter.Write(read.Supergraph!));
        Assert.Equal(written.Text, ApolloSupergraphWriter.Write(read.Supergraph!).Text);
        var canonical = SupergraphReader.Read(new SourceText(SupergraphWriter.Write(supergraph), "canonical"));
        Assert.Equal(SupergraphDump.Of(supergraph), SupergraphDump.Of(canonical.Supergraph!));
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

    [Fact]
    public void Types_of_a_composed_specification_are_hidden_in_every_form_of_the_supergraph()
    {
        var composed = Rule.Compose(
            """
            # source a
            extend schema
              @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@composeDirective"])
              @link(url: "https://example.org/garden/v1.0", import: ["@soil"])
              @composeDirective(name: "@soil")
            directive @soil(is: garden__Soil) on FIELD_DEFINITION
            enum garden__Soil { LOAM }
            type Query { rose: Int @soil(is: LOAM) }
            """).Supergraph!;
        var apollo = ApolloSupergraphWriter.Write(composed).Text!;
        var aliased = apollo.Replace("garden/v1.0\"", "garden/v1.0\", as: \"g\"", StringComparison.Ordinal).Replace("garden__", "g__", StringComparison.Ordinal);

        Assert.NotEqual(apollo, aliased);
        Assert.NotNull(composed.FullSchema.FindType("garden__Soil"));
        string[] forms = [SupergraphWriter.Write(composed), apollo, aliased];
        Assert.All(
            [composed, .. forms.Select(Read), .. forms.Select(form => Read(SupergraphWriter.Write(Read(form))))],
            supergraph => Assert.Equal(["Query"], supergraph.PublicSchema.Types.Where(type => !type.IsBuiltIn).Select(type => type.Name)));

        static Supergraph Read(string text) => SupergraphReader.Read(new SourceText(text)).Supergraph!;
    }
}
