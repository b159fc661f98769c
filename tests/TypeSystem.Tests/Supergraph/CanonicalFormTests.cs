using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.TypeSystem.Tests;

public sealed class CanonicalFormTests
{
    private const string Head = """
        # Composed by graphgateway. Do not edit: change the source schemas and compose again.
        "Two services as one graph."
        schema @gateway__supergraph(version: 1) {
          query: Query
          mutation: Mutation
        }

        enum gateway__Source {
          USER_SERVICE @gateway__source(name: "user-service", url: "http://users/graphql", dialect: COMPOSITE, batching: [VARIABLES, REQUESTS], subscriptions: true, mutation: "Mutation")
          REVIEWS @gateway__source(name: "reviews", dialect: APOLLO, batching: [ALIASES], query: "Root")
        }


        """;

    private const string Body = """
        type Query
          @gateway__type(in: [USER_SERVICE, REVIEWS])
        {
          user(
            "What the service calls it."
            id: ID! = "1" @deprecated(reason: "No.")
          ): User @cost(weight: "10") @gateway__field(in: USER_SERVICE)
          search(text: String, first: Int = 10): [Found!]! @gateway__field(in: REVIEWS, arguments: ["text"])
        }

        type Mutation
          @gateway__type(in: USER_SERVICE)
        {
          rename(input: RenameInput!): User @gateway__field(in: USER_SERVICE)
        }

        "Somebody."
        type User implements Node & Named @tag(name: "core")
          @gateway__type(in: [USER_SERVICE, REVIEWS])
          @gateway__implements(in: [USER_SERVICE, REVIEWS], interface: "Node")
          @gateway__implements(in: USER_SERVICE, interface: "Named")
          @gateway__key(in: [USER_SERVICE, REVIEWS], fields: "id")
          @gateway__key(in: USER_SERVICE, fields: "home { zip } name(style: \"short\")", resolvable: false)
          @gateway__lookup(in: USER_SERVICE, key: "id", path: ["entry", "users"], field: "byId", arguments: [{name: "by", type: "UserBy!", map: "{ id }"}], returns: "Node", internal: true, nonNull: true)
          @gateway__lookup(in: REVIEWS, key: "id")
          @gateway__lookup(in: REVIEWS, key: "id", typeName: "Node")
        {
          id: ID! @gateway__field(in: [USER_SERVICE, REVIEWS])
          name(style: String): String
            @gateway__field(in: USER_SERVICE, type: "String!", label: "percent(5)", servesWhen: true)
            @gateway__field(in: REVIEWS, external: true)
          home: Home @inaccessible @gateway__field(in: USER_SERVICE)
          score: Float
            @gateway__field(in: USER_SERVICE, requires: "home { zip } ... on User { name }", requiredArguments: [{name: "zip", type: "String", map: "home.zip"}, {name: "size", type: "SizeInput", map: "{ w: home.zip } | name"}])
            @gateway__field(in: REVIEWS, requires: "name", label: "percent(5)", servesWhen: false)
          friends: [User!] @gateway__field(in: REVIEWS, provides: "name home { zip }")
        }

        type Home
          @gateway__type(in: USER_SERVICE)
        {
          zip: String @gateway__field(in: USER_SERVICE)
        }

        interface Node
          @gateway__type(in: USER_SERVICE)
          @gateway__type(in: REVIEWS, interfaceObject: true)
        {
          id: ID! @gateway__field(in: [USER_SERVICE, REVIEWS])
        }

        interface Named
          @gateway__type(in: USER_SERVICE)
        {
          id: ID! @gateway__field(in: USER_SERVICE)
        }

        union Found
          @gateway__type(in: [USER_SERVICE, REVIEWS])
          @gateway__member(in: [USER_SERVICE, REVIEWS], type: "User")
          @gateway__member(in: REVIEWS, type: "Home")
          = User | Home

        enum Kind
          @gateway__type(in: [USER_SERVICE, REVIEWS])
        {
          A @gateway__value(in: [USER_SERVICE, REVIEWS])
          "The second."
          B @deprecated(reason: "Gone.") @gateway__value(in: REVIEWS)
        }

        input RenameInput @oneOf
          @gateway__type(in: USER_SERVICE)
        {
          name: String @gateway__inputField(in: USER_SERVICE)
          kind: Kind @gateway__inputField(in: USER_SERVICE)
        }

        scalar Date @specifiedBy(url: "https://example.org/date")
          @gateway__type(in: REVIEWS)


        """;

    [Fact]
    public void What_is_read_is_written_again_byte_for_byte()
    {
        var supergraph = Read(Head + Body);

        var written = SupergraphWriter.Write(supergraph);

        Assert.Equal(Head + Body, written[..written.IndexOf("directive @", StringComparison.Ordinal)]);
        Assert.Equal(written, SupergraphWriter.Write(Read(written)));
    }

    [Fact]
    public void What_is_written_is_a_valid_schema_on_its_own()
    {
        var written = SupergraphWriter.Write(Read(Head + Body));

        var result = SchemaBuilder.Build(Parser.ParseDocument(new SourceText(written), ParserOptions.Schema).Value!);

        Assert.Empty(result.Errors.Select(error => error.Message));
    }

    [Fact]
    public void Every_part_of_the_contract_is_read()
    {
        var supergraph = Read(Head + Body);

        var users = supergraph.FindSource("user-service")!;
        Assert.Equal(SourceBatching.Variables | SourceBatching.Requests, users.Batching);
        Assert.Equal("http://users/graphql", users.Url!.OriginalString);
        Assert.True(users.SupportsSubscriptions);
        Assert.Equal("Root", supergraph.FindSource("reviews")!.QueryTypeName);

        var user = supergraph.FindType("User")!;
        Assert.Equal(["Node", "Named"], user.In(users)!.Interfaces.ToArray());
        Assert.Equal([true, false], user.In(users)!.Keys.Select(key => key.IsResolvable));
        var lookup = user.Lookups[0];
        Assert.Equal(("byId", "Node", LookupKind.Field, true, true), (lookup.FieldName, lookup.ReturnTypeName, lookup.Kind, lookup.IsInternal, lookup.IsNonNull));
        Assert.False(user.Lookups[1].IsNonNull);
        Assert.Equal(["entry", "users"], lookup.Path.ToArray());
        Assert.Equal([LookupKind.Field, LookupKind.Representations, LookupKind.Representations], user.Lookups.Select(it => it.Kind));
        Assert.Equal(["User", "User", "Node"], user.Lookups.Select(it => it.TypeName));

        var score = supergraph.FindField("User", "score")!;
        Assert.Equal("home.zip", Printer.Print(score.In(users)!.Requirement!.Arguments[0].Map));
        Assert.Equal(new OverrideCondition("percent(5)", ServesWhen: false), score.Sources[1].Override);
        Assert.Equal("name home { zip }", Syntax.Fields(supergraph.FindField("User", "friends")!.Sources[0].Provides!));
        Assert.Equal(["text"], supergraph.FindField("Query", "search")!.Sources[0].Arguments.ToArray());
        Assert.Equal(["User"], supergraph.FindType("Node")!.In(users)!.PossibleTypes.ToArray());
        Assert.Equal(["User", "Home"], supergraph.FindType("Found")!.Sources[1].PossibleTypes.ToArray());
        Assert.Equal(["A"], supergraph.FindType("Kind")!.In(users)!.EnumValues.ToArray());
        Assert.Equal(["name", "kind"], supergraph.FindType("RenameInput")!.In(users)!.InputFields.ToArray());
    }

    [Fact]
    public void Clients_see_neither_inaccessible_members_nor_directives_of_composition()
    {
        var supergraph = Read(Head + Body);

        Assert.NotNull(supergraph.FullSchema.FindType("User") is ObjectType full ? full.FindField("home") : null);
        var user = Assert.IsType<ObjectType>(supergraph.PublicSchema.FindType("User"));
        Assert.Null(user.FindField("home"));
        Assert.Empty(user.Directives);
        Assert.Equal("cost", Assert.Single(supergraph.PublicSchema.QueryType!.FindField("user")!.Directives).Name.Value);
        Assert.Null(supergraph.PublicSchema.FindDirective("inaccessible"));
        Assert.Null(supergraph.PublicSchema.FindType("gateway__Source"));
        Assert.Null(supergraph.FullSchema.FindType("gateway__Argument"));
    }

    [Theory]
    [InlineData(
        "type Query { a: Int }",
        "The document is a schema, but no supergraph: it does not say which source serves what. Make one with \"graphgateway compose FOLDER --output FILE\", where each folder in FOLDER holds schema.graphqls and schema-settings.json.")]
    [InlineData(
        "schema @gateway__supergraph(version: 2) { query: Query } type Query { a: Int }",
        "The supergraph is of version 2 of its form; this program reads version 1. Compose it again with the version of graphgateway that runs it.")]
    [InlineData(
        "schema @link(url: \"https://specs.apollo.dev/join/v0.9\") { query: Query } type Query { a: Int }",
        "The supergraph uses version 0.9 of Apollo's join specification; versions 0.1 to 0.5 are read. Compose it with another version of Apollo's composition, or compose the source schemas with graphgateway.")]
    [InlineData(
        "directive @resolver(select: String) on OBJECT directive @source(subgraph: String) on OBJECT type Query { a: Int }",
        "The document is a fusion graph of HotChocolate Fusion 1 (@resolver, @variable), a format that is no longer used. Compose the source schemas with graphgateway instead.")]
    [InlineData("type Query {", "Syntax Error: Expected Name, found <EOF>.")]
    public void What_cannot_be_read_is_refused_by_name(string text, string message)
    {
        var result = SupergraphReader.Read(new SourceText(text));

        Assert.Null(result.Supergraph);
        Assert.Equal(message, Assert.Single(result.Errors).Message);
    }

    [Fact]
    public void A_damaged_file_is_refused_with_all_places()
    {
        var damaged = """
            schema @gateway__supergraph(version: 1) { query: Query }
            enum gateway__Source { A @gateway__source(dialect: APOLLO) }
            type Query @gateway__type(in: B) @gateway__key(in: A, fields: "{") {
              a: Int @gateway__field(in: A, requires: "b", requiredArguments: [{name: "x"}])
            }
            """;

        var result = SupergraphReader.Read(new SourceText(damaged));

        Assert.Equal(
            [
                "2:26 @gateway__source needs the string \"name\".",
                "3:12 The source B is not listed in gateway__Source.",
                "4:10 An entry of \"requiredArguments\" needs name, type and map.",
                "4:33 \"requires\" of @gateway__field: Query has no field \"b\".",
            ],
            result.Errors.Select(error => $"{error.Locations[0].Line}:{error.Locations[0].Column} {error.Message}"));
    }

    private static Supergraph Read(string text)
    {
        var result = SupergraphReader.Read(new SourceText(text));
        Assert.Empty(result.Errors.Select(error => error.Message));
        return result.Supergraph!;
    }
}
