using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.TypeSystem.Tests;

public sealed class JoinReaderTests
{
    internal const string Definitions = """
        directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
        directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean, overrideLabel: String, contextArguments: [join__ContextArgument!]) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
        directive @join__graph(name: String!, url: String!) on ENUM_VALUE
        directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
        directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
        directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
        directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
        input join__ContextArgument { name: String! }
        scalar join__FieldSet
        scalar link__Import
        enum link__Purpose { SECURITY EXECUTION }

        """;

    private const string Graphs = """
        enum join__Graph {
          ACCOUNTS @join__graph(name: "accounts", url: "http://accounts/graphql")
          REVIEWS @join__graph(name: "reviews", url: "")
        }

        """;

    [Fact]
    public void Keys_fields_and_members_of_join_0_3_are_read()
    {
        var supergraph = Read("""
            schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) {
              query: Query
            }
            type Query @join__type(graph: ACCOUNTS) @join__type(graph: REVIEWS) {
              me: User @join__field(graph: ACCOUNTS)
              version: String
            }
            type User implements Node
              @join__implements(graph: ACCOUNTS, interface: "Node")
              @join__type(graph: ACCOUNTS, key: "id") @join__type(graph: ACCOUNTS, key: "email", resolvable: false)
              @join__type(graph: REVIEWS, key: "id", extension: true) {
              id: ID! @join__field(graph: ACCOUNTS) @join__field(graph: REVIEWS, external: true)
              email: String! @join__field(graph: ACCOUNTS, type: "String") @join__field(graph: REVIEWS, external: true)
              score: Int @join__field(graph: REVIEWS, requires: "email")
              best: User @join__field(graph: REVIEWS, provides: "email")
              moved: Int @join__field(graph: REVIEWS, override: "accounts")
              moving: Int @join__field(graph: REVIEWS, override: "accounts", overrideLabel: "percent(5)")
                @join__field(graph: ACCOUNTS, usedOverridden: true, overrideLabel: "percent(5)")
              kept: Int @join__field(graph: REVIEWS, override: "accounts") @join__field(graph: ACCOUNTS, usedOverridden: true)
            }
            interface Node @join__type(graph: ACCOUNTS) { id: ID! }
            union Any @join__type(graph: ACCOUNTS) @join__unionMember(graph: ACCOUNTS, member: "User") = User
            enum Kind @join__type(graph: ACCOUNTS) @join__type(graph: REVIEWS) {
              A
              B @join__enumValue(graph: REVIEWS)
            }
            input In @join__type(graph: ACCOUNTS) { a: Int b: Int @join__field(graph: REVIEWS) }
            """);

        Assert.Equal(
            """
            type Query
              @gateway__type(in: [ACCOUNTS, REVIEWS])
            {
              me: User @gateway__field(in: ACCOUNTS)
              version: String @gateway__field(in: [ACCOUNTS, REVIEWS])
            }

            type User implements Node
              @gateway__type(in: [ACCOUNTS, REVIEWS])
              @gateway__implements(in: ACCOUNTS, interface: "Node")
              @gateway__key(in: [ACCOUNTS, REVIEWS], fields: "id")
              @gateway__key(in: ACCOUNTS, fields: "email", resolvable: false)
              @gateway__lookup(in: ACCOUNTS, key: "id")
              @gateway__lookup(in: REVIEWS, key: "id")
            {
              id: ID! @gateway__field(in: [ACCOUNTS, REVIEWS])
              email: String!
                @gateway__field(in: ACCOUNTS, type: "String")
                @gateway__field(in: REVIEWS, external: true)
              score: Int @gateway__field(in: REVIEWS, requires: "email")
              best: User @gateway__field(in: REVIEWS, provides: "email")
              moved: Int @gateway__field(in: REVIEWS)
              moving: Int
                @gateway__field(in: ACCOUNTS, label: "percent(5)", servesWhen: false)
                @gateway__field(in: REVIEWS, label: "percent(5)", servesWhen: true)
              kept: Int
                @gateway__field(in: ACCOUNTS, external: true)
                @gateway__field(in: REVIEWS)
            }

            interface Node
              @gateway__type(in: ACCOUNTS)
            {
              id: ID! @gateway__field(in: ACCOUNTS)
            }

            union Any
              @gateway__type(in: ACCOUNTS)
              @gateway__member(in: ACCOUNTS, type: "User")
              = User

            enum Kind
              @gateway__type(in: [ACCOUNTS, REVIEWS])
            {
              A @gateway__value(in: [ACCOUNTS, REVIEWS])
              B @gateway__value(in: REVIEWS)
            }

            input In
              @gateway__type(in: ACCOUNTS)
            {
              a: Int @gateway__inputField(in: ACCOUNTS)
              b: Int
            }

            """,
            TypesOf(supergraph));
        Assert.Null(supergraph.FindSource("reviews")!.Url);
        Assert.Null(supergraph.FullSchema.FindDirective("join__type"));
    }

    [Fact]
    public void What_an_interface_object_serves_can_be_reached_from_every_implementation()
    {
        var supergraph = Read("""
            schema @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
            type Query @join__type(graph: ACCOUNTS) @join__type(graph: REVIEWS) { media: [Media] @join__field(graph: ACCOUNTS) }
            interface Media @join__type(graph: ACCOUNTS, key: "id") @join__type(graph: REVIEWS, key: "id", isInterfaceObject: true) {
              id: ID!
              stars: Int @join__field(graph: REVIEWS)
            }
            type Book implements Media @join__implements(graph: ACCOUNTS, interface: "Media") @join__type(graph: ACCOUNTS, key: "id") {
              id: ID!
              stars: Int @join__field
            }
            """);

        Assert.Contains(
            """
            type Book implements Media
              @gateway__type(in: ACCOUNTS)
              @gateway__implements(in: ACCOUNTS, interface: "Media")
              @gateway__key(in: ACCOUNTS, fields: "id")
              @gateway__lookup(in: ACCOUNTS, key: "id")
              @gateway__lookup(in: REVIEWS, key: "id", typeName: "Media")
            {
              id: ID! @gateway__field(in: [ACCOUNTS, REVIEWS])
              stars: Int @gateway__field(in: REVIEWS)
            }
            """,
            TypesOf(supergraph),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Owners_and_value_types_of_join_0_1_are_read()
    {
        var supergraph = SupergraphReader.Read(new SourceText("""
            schema @core(feature: "https://specs.apollo.dev/core/v0.1") @core(feature: "https://specs.apollo.dev/join/v0.1") { query: Query }
            directive @core(feature: String!) repeatable on SCHEMA
            directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet) on FIELD_DEFINITION
            directive @join__type(graph: join__Graph!, key: join__FieldSet) repeatable on OBJECT | INTERFACE
            directive @join__owner(graph: join__Graph!) on OBJECT | INTERFACE
            directive @join__graph(name: String!, url: String!) on ENUM_VALUE
            scalar join__FieldSet
            enum join__Graph { ACCOUNTS @join__graph(name: "accounts" url: "http://a") REVIEWS @join__graph(name: "reviews" url: "http://r") }
            type Query { me: User @join__field(graph: ACCOUNTS) top: [Price] @join__field(graph: REVIEWS) best: User @join__field(graph: REVIEWS, provides: "name") }
            type User @join__owner(graph: ACCOUNTS) @join__type(graph: ACCOUNTS, key: "id") @join__type(graph: REVIEWS, key: "id") {
              id: ID! @join__field(graph: ACCOUNTS)
              name: String
              price: Price @join__field(graph: REVIEWS)
            }
            type Price { amount: Float kind: Kind }
            enum Kind { NET GROSS }
            """)).Supergraph!;

        Assert.Equal(
            """
            type Query
              @gateway__type(in: [ACCOUNTS, REVIEWS])
            {
              me: User @gateway__field(in: ACCOUNTS)
              top: [Price] @gateway__field(in: REVIEWS)
              best: User @gateway__field(in: REVIEWS, provides: "name")
            }

            type User
              @gateway__type(in: [ACCOUNTS, REVIEWS])
              @gateway__key(in: [ACCOUNTS, REVIEWS], fields: "id")
              @gateway__lookup(in: ACCOUNTS, key: "id")
              @gateway__lookup(in: REVIEWS, key: "id")
            {
              id: ID! @gateway__field(in: [ACCOUNTS, REVIEWS])
              name: String
                @gateway__field(in: ACCOUNTS)
                @gateway__field(in: REVIEWS, external: true)
              price: Price @gateway__field(in: REVIEWS)
            }

            type Price
              @gateway__type(in: REVIEWS)
            {
              amount: Float @gateway__field(in: REVIEWS)
              kind: Kind @gateway__field(in: REVIEWS)
            }

            enum Kind
              @gateway__type(in: REVIEWS)
            {
              NET @gateway__value(in: REVIEWS)
              GROSS @gateway__value(in: REVIEWS)
            }

            """,
            TypesOf(supergraph));
    }

    [Fact]
    public void Renamed_directives_are_known_by_their_own_name()
    {
        var supergraph = Read("""
            schema @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
              @link(url: "https://specs.apollo.dev/inaccessible/v0.2", as: "hidden", for: SECURITY) { query: Query }
            directive @hidden on FIELD_DEFINITION
            type Query @join__type(graph: ACCOUNTS) { a: Int b: Int @hidden }
            """);

        Assert.NotNull(supergraph.FullSchema.QueryType!.FindField("b"));
        Assert.Null(supergraph.PublicSchema.QueryType!.FindField("b"));
    }

    [Theory]
    [InlineData(
        "schema @link(url: \"https://specs.apollo.dev/join/v0.3\") @link(url: \"https://specs.apollo.dev/futureGuard/v0.1\", for: SECURITY) { query: Query } type Query @join__type(graph: ACCOUNTS) { a: Int }",
        "The supergraph uses the feature \"futureGuard\" (https://specs.apollo.dev/futureGuard/v0.1), which this version does not know; because it is marked as necessary for security or execution it cannot be ignored.")]
    [InlineData(
        "schema @link(url: \"https://specs.apollo.dev/join/v0.5\") { query: Query } type Query @join__type(graph: ACCOUNTS) { a(x: Int): Int @join__field(graph: ACCOUNTS, contextArguments: [{name: \"x\"}]) }",
        "An entry of \"contextArguments\" needs name, type, context and selection.")]
    [InlineData(
        "schema @link(url: \"https://specs.apollo.dev/join/v0.3\") { query: Query } type Query @join__type(graph: NONE) { a: Int }",
        "The graph NONE is not listed in join__Graph.")]
    public void What_is_not_understood_is_refused_by_name(string text, string message)
    {
        var result = SupergraphReader.Read(new SourceText(Definitions + Graphs + text));

        Assert.Null(result.Supergraph);
        Assert.Equal(message, result.Errors[0].Message);
    }

    private static Supergraph Read(string text)
    {
        var result = SupergraphReader.Read(new SourceText(Definitions + Graphs + text));
        Assert.Empty(result.Errors.Select(error => error.Message));
        return result.Supergraph!;
    }

    // The types' part of the canonical form: all that was read, as text.
    private static string TypesOf(Supergraph supergraph)
    {
        var text = SupergraphWriter.Write(supergraph);
        var start = text.IndexOf("\n}\n\n", text.IndexOf("enum gateway__Source", StringComparison.Ordinal), StringComparison.Ordinal) + 4;
        return text[start..(text.IndexOf("\"This document is a supergraph", StringComparison.Ordinal) - 1)];
    }
}
