using System.IO.Compression;
using GraphGateway.Language;
using GraphGateway.TestKit.Supergraphs;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.TypeSystem.Tests;

public sealed class FusionReaderTests
{
    private const string Garden =
        """
        schema {
          query: Query
        }

        type Query
          @fusion__type(schema: BEDS)
          @fusion__type(schema: ROSES) {
          bed(row: Int! @fusion__inputField(schema: BEDS)): Bed
            @fusion__field(schema: BEDS)
          viewer: Viewer
            @fusion__field(schema: ROSES)
          node(id: ID!): Plant
        }

        type Viewer @fusion__type(schema: ROSES) {
          name: String @fusion__field(schema: ROSES)
        }

        type Bed @fusion__type(schema: BEDS) {
          row: Int! @fusion__field(schema: BEDS)
          best: Rose
            @fusion__field(schema: BEDS, provides: "name")
          plants: [Plant]
            @fusion__field(schema: BEDS, sourceType: "[Plant!]!")
            @fusion__listSize(schema: BEDS, assumedSize: 10)
            @fusion__listSize(schema: ROSES, assumedSize: 20, sizedFields: ["a"], requireOneSlicingArgument: false)
        }

        interface Plant
          @fusion__type(schema: BEDS)
          @fusion__type(schema: ROSES)
          @fusion__lookup(schema: ROSES, key: "id", field: "plant(id: ID!): Plant", map: ["id"], path: "viewer.garden", internal: true) {
          id: ID!
            @fusion__field(schema: BEDS)
            @fusion__field(schema: ROSES)
        }

        type Rose implements Plant
          @fusion__type(schema: BEDS)
          @fusion__type(schema: ROSES)
          @fusion__implements(schema: BEDS, interface: "Plant")
          @fusion__implements(schema: ROSES, interface: "Plant")
          @fusion__lookup(schema: ROSES, key: "id bed { row }", field: "rose(id: ID!, in: Place!): Rose", map: ["id", "{ row: bed.row }"], path: null, internal: false) {
          id: ID!
            @fusion__field(schema: BEDS)
            @fusion__field(schema: ROSES)
          name: String
            @fusion__field(schema: BEDS, partial: true)
            @fusion__field(schema: ROSES)
            @fusion__cost(schema: ROSES, weight: "2.0")
            @fusion__cost(schema: BEDS, weight: "10")
          bed: Bed @fusion__field(schema: BEDS)
          price(currency: Currency! @fusion__inputField(schema: ROSES)): Float
            @fusion__field(schema: ROSES)
            @fusion__requires(schema: ROSES, requirements: "bed { row }", field: "price(currency: Currency!, row: Int): Float", map: [null, "bed.row"])
          secret: String
            @fusion__field(schema: ROSES)
            @fusion__inaccessible
        }

        union Found
          @fusion__type(schema: ROSES)
          @fusion__unionMember(schema: ROSES, member: "Rose") = Rose

        enum Currency @fusion__type(schema: ROSES) {
          EUR @fusion__enumValue(schema: ROSES)
        }

        input Place @fusion__type(schema: ROSES) {
          row: Int! @fusion__inputField(schema: ROSES)
        }

        enum fusion__Schema {
          BEDS @fusion__schema_metadata(name: "bed-service")
          ROSES @fusion__schema_metadata(name: "roses")
        }

        scalar fusion__FieldDefinition

        directive @fusion__inaccessible on FIELD_DEFINITION | OBJECT
        """;

    // As Fusion 16 writes it with enableGlobalObjectIdentification, and as its first versions did.
    [Theory]
    [InlineData(" @fusion__gateway_field")]
    [InlineData("")]
    public void Fields_that_the_gateway_answers_by_global_ids_are_known(string mark)
    {
        var graph = Read($$"""
            schema { query: Query }
            type Query @fusion__type(schema: A) {
              node(id: ID!): Node{{mark}}
              nodes(ids: [ID!]!): [Node]! @fusion__gateway_field
              roses: [Rose] @fusion__field(schema: A)
            }
            interface Node
              @fusion__type(schema: A)
              @fusion__lookup(schema: A, key: "id", field: "node(id: ID!): Node", map: ["id"], path: null, internal: false) {
              id: ID! @fusion__field(schema: A)
            }
            type Rose implements Node @fusion__type(schema: A) @fusion__implements(schema: A, interface: "Node") { id: ID! @fusion__field(schema: A) }
            type Bed implements Node @fusion__type(schema: B) @fusion__implements(schema: B, interface: "Node")
              @fusion__lookup(schema: B, key: "id", field: "bedById(id: ID!): Bed", map: ["id"], path: null, internal: true) { id: ID! @fusion__field(schema: B) }
            enum fusion__Schema { A @fusion__schema_metadata(name: "a") B @fusion__schema_metadata(name: "b") }
            """);

        Assert.Equal(["node", "nodes"], graph.FindType("Query")!.Fields.Where(field => field.IsGateways).Select(field => field.Name));
        var gateway = graph.WithGateway.Sources[^1];
        Assert.True(gateway.IsGateway);
        Assert.Equal("Rose", string.Join(' ', graph.WithGateway.FindType("Node")!.In(gateway)!.PossibleTypes));
    }

    // As the source has them, also where the graph is less or more strict; of an input object that the schema does not have nothing is known.
    [Fact]
    public void Fields_of_input_objects_that_take_no_null_are_told_by_source()
    {
        var graph = Read("""
            schema { query: Query }
            type Query @fusion__type(schema: A) { roses: [Rose] @fusion__field(schema: A) }
            type Rose
              @fusion__type(schema: A)
              @fusion__type(schema: B)
              @fusion__lookup(schema: B, key: "id", field: "rose(id: ID!): Rose", map: ["id"], path: null, internal: true) {
              id: ID! @fusion__field(schema: A) @fusion__field(schema: B)
              bed: Bed @fusion__field(schema: A)
              price: Int
                @fusion__field(schema: B)
                @fusion__requires(schema: B, requirements: "bed { row side }", field: "price(at: Place, own: Unknown): Int", map: ["{ row: bed.row sides: bed.side corner: bed.{ x: row } }", "{ row: bed.row }"])
            }
            type Bed @fusion__type(schema: A) { row: Int @fusion__field(schema: A) side: [String] @fusion__field(schema: A) }
            input Place @fusion__type(schema: A) @fusion__type(schema: B) {
              row: Int! @fusion__inputField(schema: A) @fusion__inputField(schema: B, sourceType: "Int")
              sides: [String] @fusion__inputField(schema: A) @fusion__inputField(schema: B, sourceType: "[String!]")
              corner: Corner @fusion__inputField(schema: B)
            }
            input Corner @fusion__type(schema: B) { x: Int! @fusion__inputField(schema: B) }
            enum fusion__Schema { A @fusion__schema_metadata(name: "a") B @fusion__schema_metadata(name: "b") }
            """);

        var arguments = graph.FindField("Rose", "price")!.Sources.Single().Requirement!.Arguments;
        Assert.Equal(
            ["at: sides [String!], corner Corner, corner.x Int!", "own: "],
            arguments.Select(argument => $"{argument.Name}: {string.Join(", ", argument.StrictFields.Select(field => $"{field.Path} {field.Type}"))}"));
    }

    [Fact]
    public void An_execution_schema_says_which_source_has_what_and_how_it_is_looked_up()
    {
        var text = SupergraphWriter.Write(Read(Garden));

        Assert.Equal(
            """
            enum gateway__Source {
              BED_SERVICE @gateway__source(name: "bed-service", dialect: COMPOSITE, batching: [ALIASES])
              ROSES @gateway__source(name: "roses", dialect: COMPOSITE, batching: [ALIASES])
            }

            type Query
              @gateway__type(in: [BED_SERVICE, ROSES])
            {
              bed(row: Int!): Bed @gateway__field(in: BED_SERVICE)
              viewer: Viewer @gateway__field(in: ROSES)
              node(id: ID!): Plant
            }

            type Viewer
              @gateway__type(in: ROSES)
            {
              name: String @gateway__field(in: ROSES)
            }

            type Bed
              @gateway__type(in: BED_SERVICE)
            {
              row: Int! @gateway__field(in: BED_SERVICE)
              best: Rose @gateway__field(in: BED_SERVICE, provides: "name")
              plants: [Plant] @listSize(assumedSize: 20, sizedFields: ["a"], requireOneSlicingArgument: false) @gateway__field(in: BED_SERVICE, type: "[Plant!]!")
            }

            interface Plant
              @gateway__type(in: [BED_SERVICE, ROSES])
              @gateway__key(in: ROSES, fields: "id")
              @gateway__lookup(in: ROSES, key: "id", path: ["viewer", "garden"], field: "plant", arguments: [{name: "id", type: "ID!", map: "id"}], internal: true)
            {
              id: ID! @gateway__field(in: [BED_SERVICE, ROSES])
            }

            type Rose implements Plant
              @gateway__type(in: [BED_SERVICE, ROSES])
              @gateway__implements(in: [BED_SERVICE, ROSES], interface: "Plant")
              @gateway__key(in: ROSES, fields: "id bed { row }")
              @gateway__lookup(in: ROSES, key: "id bed { row }", field: "rose", arguments: [{name: "id", type: "ID!", map: "id"}, {name: "in", type: "Place!", map: "{ row: bed.row }", strictFields: ["row: Int!"]}])
              @gateway__lookup(in: ROSES, key: "id", path: ["viewer", "garden"], field: "plant", arguments: [{name: "id", type: "ID!", map: "id"}], returns: "Plant", internal: true)
            {
              id: ID! @gateway__field(in: [BED_SERVICE, ROSES])
              name: String @cost(weight: "10")
                @gateway__field(in: BED_SERVICE, external: true)
                @gateway__field(in: ROSES)
              bed: Bed @gateway__field(in: BED_SERVICE)
              price(currency: Currency!): Float @gateway__field(in: ROSES, requires: "bed { row }", requiredArguments: [{name: "row", type: "Int", map: "bed.row"}])
              secret: String @inaccessible @gateway__field(in: ROSES)
            }

            union Found
              @gateway__type(in: ROSES)
              @gateway__member(in: ROSES, type: "Rose")
              = Rose

            enum Currency
              @gateway__type(in: ROSES)
            {
              EUR @gateway__value(in: ROSES)
            }

            input Place
              @gateway__type(in: ROSES)
            {
              row: Int! @gateway__inputField(in: ROSES)
            }
            """,
            text[text.IndexOf("enum gateway__Source", StringComparison.Ordinal)..text.IndexOf("\n\ndirective ", StringComparison.Ordinal)]);
    }

    [Fact]
    public void An_archive_says_where_the_sources_answer_and_what_they_batch()
    {
        var archive = FusionText.Archive(Garden, [("bed-service", "http://beds/graphql"), ("roses", "http://roses/graphql")]);

        var result = SupergraphReader.Read(new SourceText(archive, "gateway.far"));

        Assert.Empty(result.Errors);
        Assert.Equal(
            ["bed-service http://beds/graphql Variables, Aliases", "roses http://roses/graphql Variables, Aliases"],
            result.Supergraph!.Sources.Select(source => $"{source.Name} {source.Url} {source.Batching}"));
        Assert.Null(result.Supergraph.PublicSchema.FindType("fusion__Schema"));
    }

    [Fact]
    public void An_Apollo_subgraph_in_it_is_entered_by_representations()
    {
        var supergraph = Read(
            """
            type Query @fusion__type(schema: A) { rose: Rose @fusion__field(schema: A) }
            type Rose
              @fusion__type(schema: A)
              @fusion__lookup(schema: A, key: "id", field: "fusion__lookup_roseById(id: ID!): Rose", map: ["id"], path: null, internal: true) {
              id: ID! @fusion__field(schema: A, sourceExternal: true)
              price: Int @fusion__field(schema: A) @fusion__requires(schema: A, requirements: "id", field: "price(id: ID!): Int", map: ["id"])
            }
            enum fusion__Schema { A @fusion__schema_metadata(name: "a", kind: "ApolloFederation") }
            """);

        Assert.Equal(SourceDialect.Apollo, supergraph.Sources[0].Dialect);
        Assert.Equal(LookupKind.Representations, Assert.Single(supergraph.FindType("Rose")!.Lookups).Kind);
        Assert.Empty(supergraph.FindField("Rose", "price")!.Sources[0].Requirement!.Arguments);
    }

    [Theory]
    [InlineData("@fusion__policy(names: \"x\")", "2:80: The execution schema uses @fusion__policy, which this version does not know; because it can guard data or change what a field means, it cannot be ignored.")]
    [InlineData("@fusion__field(schema: B)", "2:80: The schema of @fusion__field is not listed in fusion__Schema.")]
    [InlineData("@fusion__requires(schema: A, field: \"a: Int\", map: [])", "2:80: @fusion__requires needs the selection \"requirements\".")]
    [InlineData("@fusion__requires(schema: A, requirements: \"b\", field: \"a(x: Int): Int\", map: [])", "2:80: @fusion__requires needs a map for each argument of its field.")]
    [InlineData("@fusion__requires(schema: A, requirements: \"b\", field: \"a(x: Int)\", map: [])", "2:80: \"a(x: Int)\" in @fusion__requires is no definition of a field.")]
    public void What_cannot_be_read_is_told_at_its_place(string directive, string message)
    {
        var result = SupergraphReader.Read(new SourceText(
            $"enum fusion__Schema {{ A @fusion__schema_metadata(name: \"a\") }}\ntype Query @fusion__type(schema: A) {{ a(x: Int): Int @fusion__field(schema: A) {directive} b: Int }}"));

        Assert.Null(result.Supergraph);
        var error = result.Errors[0];
        Assert.Equal(message, $"{error.Locations[0].Line}:{error.Locations[0].Column}: {error.Message}");
    }

    [Fact]
    public void A_zip_that_is_no_archive_is_refused_by_name()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("fusion.graphql");
        }

        var result = SupergraphReader.Read(new SourceText(bytes.ToArray()));

        Assert.Equal(
            "The file is a zip, but no archive of HotChocolate Fusion 16 (.far): it has no archive-metadata.json. A package of Fusion 1 (.fgp) is not read; compose the source schemas with graphgateway instead.",
            Assert.Single(result.Errors).Message);
        var broken = SupergraphReader.Read(new SourceText("PK\u0003\u0004..."));
        Assert.StartsWith("The archive cannot be read: ", Assert.Single(broken.Errors).Message, StringComparison.Ordinal);
    }

    private static Supergraph Read(string text)
    {
        var result = SupergraphReader.Read(new SourceText(text, "gateway.graphqls"));
        Assert.Empty(result.Errors);
        return result.Supergraph!;
    }
}
