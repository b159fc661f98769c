using GraphGateway.TestKit;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests.Sources;

/// <summary>Folders exactly as services' own tools write them, with all that they repeat: a team changes nothing to join.</summary>
public sealed class ExportedFolderTests : IDisposable
{
    // As "dotnet run -- schema export" of HotChocolate 16 writes it.
    private const string HotChocolate =
        """"
        schema {
          query: Query
          mutation: Mutation
        }

        "The node interface is implemented by entities that have a global unique identifier."
        interface Node {
          id: ID!
        }

        type Mutation {
          renameRose(input: RenameRoseInput!): RenameRosePayload! @cost(weight: "10")
        }

        "Information about pagination in a connection."
        type PageInfo @shareable {
          "Indicates whether more edges exist following the set defined by the clients arguments."
          hasNextPage: Boolean!
          endCursor: String
        }

        type Query {
          "Fetches an object given its ID."
          node("ID of the object." id: ID!): Node @lookup @shareable @cost(weight: "10")
          roseById(id: ID!): Rose @lookup @cost(weight: "10")
          roseBySlug(slug: String! @is(field: "slug")): Rose @lookup @internal
          roses("Returns the first _n_ elements from the list." first: Int "Returns the elements in the list that come after the specified cursor." after: String): RosesConnection @listSize(assumedSize: 50, slicingArguments: [ "first" ], slicingArgumentDefaultValue: 10, sizedFields: [ "edges", "nodes" ], requireOneSlicingArgument: false) @cost(weight: "10")
        }

        type RenameRosePayload {
          rose: Rose
          errors: [RenameRoseError!]
        }

        type Rose implements Node @key(fields: "id") @key(fields: "slug") {
          id: ID!
          slug: String!
          name: String @deprecated(reason: "Use `slug`.")
          planted: DateTime
          distance(from: Point! row: Int @require(field: "bed.row")): Float
        }

        "A connection to a list of items."
        type RosesConnection {
          pageInfo: PageInfo!
          "A flattened list of the nodes."
          nodes: [Rose!]
        }

        type RoseNotFoundError {
          message: String!
        }

        union RenameRoseError = RoseNotFoundError

        input Point {
          x: Float! = 0
          y: Float! = 0
        }

        input RenameRoseInput {
          id: ID!
          name: String!
        }

        "The purpose of the `cost` directive is to define a `weight` for GraphQL types, fields, and arguments."
        directive @cost("The `weight` argument defines what value to add to the overall cost for every appearance." weight: String!) on SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | ENUM | INPUT_FIELD_DEFINITION

        "The @internal directive is used to mark types and fields as internal within a source schema."
        directive @internal on OBJECT | FIELD_DEFINITION

        "The @is directive is utilized on lookup fields to describe how the arguments can be mapped."
        directive @is("The field selection map." field: FieldSelectionMap!) on ARGUMENT_DEFINITION

        "The @key directive is used to designate an entity's unique key."
        directive @key("The field selection set syntax." fields: FieldSelectionSet!) repeatable on OBJECT | INTERFACE

        "The purpose of the `@listSize` directive is to either inform the static analysis about the size of returned lists."
        directive @listSize(assumedSize: Int slicingArguments: [String!] slicingArgumentDefaultValue: Int sizedFields: [String!] requireOneSlicingArgument: Boolean! = true) on FIELD_DEFINITION

        "The @lookup directive is used within a source schema to specify output fields that can be used by the distributed GraphQL executor to resolve an entity by a stable key."
        directive @lookup on FIELD_DEFINITION

        "The @require directive is used to express data requirements with other source schemas."
        directive @require("The field selection map syntax." field: FieldSelectionMap!) on ARGUMENT_DEFINITION

        "The @shareable directive allows multiple source schemas to define the same field."
        directive @shareable repeatable on OBJECT | FIELD_DEFINITION

        "The `@specifiedBy` directive is used within the type system definition language to provide a URL."
        directive @specifiedBy("The specifiedBy URL points to a human-readable specification." url: String!) on SCALAR

        "The `DateTime` scalar type represents a date and time with time zone offset information."
        scalar DateTime @specifiedBy(url: "https://scalars.graphql.org/chillicream/date-time.html")

        scalar FieldSelectionMap

        scalar FieldSelectionSet
        """";

    private const string HotChocolateSettings =
        """
        {
          "name": "roses",
          "transports": {
            "http": {
              "clientName": "fusion",
              "url": "{{API_URL}}",
              "capabilities": {
                "batching": {
                  "variableBatching": true,
                  "requestBatching": true,
                  "aliasBatching": true
                },
                "onError": "propagate"
              }
            }
          },
          "extensions": { "nitro": { "apiId": "QXBpCmcwMTk5MGUz" } },
          "environments": {
            "dev": { "API_URL": "http://localhost:5110/graphql" },
            "prod": { "API_URL": "https://roses.example.org/graphql" }
          }
        }
        """;

    // As "rover subgraph introspect" prints a subgraph of Apollo Server.
    private const string Apollo =
        """"
        extend schema
          @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external", "@requires", "FieldSet"])

        directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA

        directive @key(fields: FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE

        directive @requires(fields: FieldSet!) on FIELD_DEFINITION

        directive @external(reason: String) on OBJECT | FIELD_DEFINITION

        directive @shareable repeatable on OBJECT | FIELD_DEFINITION

        directive @federation__tag(name: String!) repeatable on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | SCHEMA

        scalar FieldSet

        scalar link__Import

        enum link__Purpose {
          """
          `SECURITY` features provide metadata necessary to securely resolve fields.
          """
          SECURITY

          """
          `EXECUTION` features provide metadata necessary for operation execution.
          """
          EXECUTION
        }

        scalar _Any

        type _Service {
          sdl: String
        }

        union _Entity = Rose | Bed

        type Query {
          beds: [Bed!]!
          _entities(representations: [_Any!]!): [_Entity]!
          _service: _Service!
        }

        type Bed @key(fields: "row") {
          row: Int!
          roses: [Rose!]
        }

        type Rose
          @key(fields: "id")
        {
          id: ID!
          slug: String! @external
          label: String @requires(fields: "slug")
          bed: Bed
        }
        """";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_HotChocolate_service_and_an_Apollo_subgraph_make_one_graph_as_they_are()
    {
        folder.Write("roses/schema.graphqls", HotChocolate);
        folder.Write("roses/schema-settings.json", HotChocolateSettings);
        folder.Write("beds/schema.graphqls", Apollo);
        folder.Write("beds/schema-settings.json", """{"transports": {"http": {"url": "http://beds"}}}""");

        var result = SourceFolder.Read(folder.Path, "prod").Compose();

        Assert.True(result.Problems.IsEmpty, string.Join("\n", result.Problems));
        var supergraph = result.Supergraph!;
        Assert.Equal(
            ["beds Apollo http://beds/ Aliases", "roses Composite https://roses.example.org/graphql Variables, Requests, Aliases"],
            supergraph.Sources.Select(source => $"{source.Name} {source.Dialect} {source.Url} {source.Batching}"));
        Assert.Equal(
            ["beds Representations id", "roses Field id", "roses Field id", "roses Field slug"],
            supergraph.FindType("Rose")!.Lookups.Select(lookup => $"{lookup.Source.Name} {lookup.Kind} {Syntax.Fields(lookup.Key)}"));
        Assert.Equal(["node", "roseById", "roses", "beds"], supergraph.PublicSchema.QueryType!.Fields.Select(field => field.Name).OrderBy(Order));
        Assert.Null(supergraph.PublicSchema.FindType("FieldSelectionMap"));
        Assert.Null(supergraph.PublicSchema.FindType("_Any"));
        Assert.Equal(["from"], ((ObjectType)supergraph.PublicSchema.FindType("Rose")!).FindField("distance")!.Arguments.Select(argument => argument.Name));
    }

    [Fact]
    public void Schemas_that_were_exported_into_one_folder_are_sources_each_with_its_settings()
    {
        folder.Write("roses.graphqls", HotChocolate);
        folder.Write("roses-settings.json", HotChocolateSettings);
        folder.Write("flower-beds.graphqls", Apollo);
        folder.Write("flower-beds-settings.json", """{"$schema": "https://example.org/settings.json", "transports": {"http": {"url": "http://beds"}}}""");
        folder.Write("notes.graphqls", "type Nothing { a: Int }");

        var result = SourceFolder.Read(folder.Path, "prod").Compose();

        Assert.True(result.Problems.IsEmpty, string.Join("\n", result.Problems));
        Assert.Equal(
            ["flower-beds Apollo http://beds/", "roses Composite https://roses.example.org/graphql"],
            result.Supergraph!.Sources.Select(source => $"{source.Name} {source.Dialect} {source.Url}"));
    }

    private static int Order(string name) => Array.IndexOf(["node", "roseById", "roses", "beds"], name);
}
