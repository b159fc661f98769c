using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>What Apollo's sources say beyond types and fields: who may see what, contexts, cache tags, directives of teams' own, other roots.</summary>
public sealed class ApolloMetadataTests
{
    private const string Garden =
        """
        # source a
        extend schema
          @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@authenticated", "@requiresScopes", "@policy", "@context", "@fromContext", "@cacheTag", "@composeDirective"])
          @link(url: "https://example.org/care/v1.0", import: ["@care"])
          @composeDirective(name: "@care")
        directive @care(level: Int!) on OBJECT
        schema { query: Questions }
        type Questions { garden(id: ID!): Garden @cacheTag(format: "garden-{$args.id}") }
        type Garden @key(fields: "id") @context(name: "garden") @care(level: 2) { id: ID! soil: String best: Rose @requiresScopes(scopes: [["a", "b"], ["c"]]) }
        interface Plant { price: Int }
        type Rose implements Plant @key(fields: "id") @policy(policies: [["p"]]) { id: ID! price: Int @authenticated height(soil: String @fromContext(field: "$garden { soil }"), at: Int): Int }
        # source b
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@requiresScopes", "@shareable"])
        type Garden @key(fields: "id") { id: ID! size: Int }
        type Rose @key(fields: "id") @requiresScopes(scopes: [["r"]]) { id: ID! color: String }
        """;

    [Fact]
    public void It_is_in_the_canonical_form_united_and_spread_to_interfaces() => Assert.Equal(
        """
        type Query
          @gateway__type(in: A)
        {
          garden(id: ID!): Garden
            @gateway__field(in: A)
            @gateway__cacheTag(in: A, format: "garden-{$args.id}")
        }

        type Garden @care(level: 2)
          @gateway__type(in: [A, B])
          @gateway__key(in: [A, B], fields: "id")
          @gateway__context(in: A, name: "garden")
          @gateway__lookup(in: A, key: "id")
          @gateway__lookup(in: B, key: "id")
        {
          id: ID! @gateway__field(in: [A, B])
          soil: String @gateway__field(in: A)
          best: Rose @requiresScopes(scopes: [["a", "b"], ["c"]]) @gateway__field(in: A)
          size: Int @gateway__field(in: B)
        }

        interface Plant @requiresScopes(scopes: [["r"]]) @policy(policies: [["p"]])
          @gateway__type(in: A)
        {
          price: Int @authenticated @gateway__field(in: A)
        }

        type Rose implements Plant @requiresScopes(scopes: [["r"]]) @policy(policies: [["p"]])
          @gateway__type(in: [A, B])
          @gateway__implements(in: A, interface: "Plant")
          @gateway__key(in: [A, B], fields: "id")
          @gateway__lookup(in: A, key: "id")
          @gateway__lookup(in: B, key: "id")
        {
          id: ID! @gateway__field(in: [A, B])
          price: Int @authenticated @gateway__field(in: A)
          height(at: Int): Int @gateway__field(in: A, contextArguments: [{name: "soil", type: "String", context: "garden", selection: "soil"}])
          color: String @gateway__field(in: B)
        }

        directive @care(level: Int!) on OBJECT

        directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM

        directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM

        directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
        """,
        Rule.ComposedTypes(Garden, SourceDialect.Apollo));

    [Fact]
    public void It_is_read_back_without_loss_and_clients_see_none_of_it()
    {
        var composed = Rule.Compose(Garden, SourceDialect.Apollo).Supergraph!;
        var text = SupergraphWriter.Write(composed);

        var read = SupergraphReader.Read(new SourceText(text, "supergraph.graphql")).Supergraph!;

        Assert.Equal(text, SupergraphWriter.Write(read));
        Assert.Equal(["Garden.best", "Plant", "Plant.price", "Rose", "Rose.price"], AccessRequirement.ProtectedMembers(read));
        Assert.Equal("Questions", read.Sources[0].QueryTypeName);
        Assert.Equal(["cost", "listSize"], read.PublicSchema.DirectiveDefinitions.Where(it => !it.IsBuiltIn).Select(it => it.Name));
        Assert.Equal(["at"], ((ObjectType)read.PublicSchema.FindType("Rose")!).FindField("height")!.Arguments.Select(it => it.Name));
    }

    [Theory]
    [InlineData("[[\"a\"]]", "[[\"b\"]]", "[[\"a\", \"b\"]]")]
    [InlineData("[[\"a\"], [\"b\"]]", "[[\"a\"]]", "[[\"a\"]]")]
    [InlineData("[[\"a\"], [\"b\"]]", "[[\"c\"], [\"d\"]]", "[[\"a\", \"c\"], [\"a\", \"d\"], [\"b\", \"c\"], [\"b\", \"d\"]]")]
    [InlineData("[[\"b\", \"a\"]]", "[[\"a\", \"b\"]]", "[[\"a\", \"b\"]]")]
    public void What_two_sources_require_both_holds(string a, string b, string both)
    {
        static string Source(string name, string scopes) =>
            $"# source {name}\nextend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [\"@requiresScopes\", \"@shareable\"])\n"
            + $"type Query {{ ok: Int @shareable @requiresScopes(scopes: {scopes}) }}\n";

        Assert.Contains($"@requiresScopes(scopes: {both})", Rule.ComposedTypes(Source("a", a) + Source("b", b), SourceDialect.Apollo), StringComparison.Ordinal);
    }
}
