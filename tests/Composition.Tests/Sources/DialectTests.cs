using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests.Sources;

/// <summary>Which dialect a source writes that has a key and no lookup, as each of the two has them.</summary>
public sealed class DialectTests : IDisposable
{
    private const string KeyAndNoLookup =
        """
        type Query { bestProducts: [Product] }
        type Product @key(fields: "id") { id: ID! averageStars: Float }
        """;

    private const string Linked = "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [\"@key\"])\n";

    private const string Definitions =
        """

        directive @key("The field selection set syntax." fields: FieldSelectionSet!) repeatable on OBJECT | INTERFACE
        scalar FieldSelectionSet
        """;

    private const string Batching =
        """{"transports": {"http": {"url": "http://reviews", "capabilities": {"batching": {"variableBatching": true, "requestBatching": true, "aliasBatching": true}}}}}""";

    private const string Url = """{"transports": {"http": {"url": "http://reviews"}}}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    // What the schema defines tells, and then what HotChocolate writes into the settings.
    [InlineData(KeyAndNoLookup + Definitions, Url, SourceDialect.Composite)]
    [InlineData(KeyAndNoLookup + "\nscalar FieldSelectionMap", Url, SourceDialect.Composite)]
    [InlineData(KeyAndNoLookup, Batching, SourceDialect.Composite)]
    [InlineData(KeyAndNoLookup + "\nextend type Product @shareable", Batching, SourceDialect.Composite)]
    [InlineData(KeyAndNoLookup, """{"transports": {"http": {"url": "http://reviews", "capabilities": {"batching": {"requestBatching": true}}}}}""", SourceDialect.Composite)]
    // Every server can repeat a field.
    [InlineData(KeyAndNoLookup, """{"transports": {"http": {"url": "http://reviews", "capabilities": {"batching": {"aliasBatching": true}}}}}""", SourceDialect.Apollo)]
    [InlineData(KeyAndNoLookup, Url, SourceDialect.Apollo)]
    // What is Apollo's alone tells more: HotChocolate has services of that dialect, too.
    [InlineData(Linked + KeyAndNoLookup, Batching, SourceDialect.Apollo)]
    [InlineData(KeyAndNoLookup + "\nscalar _Any", Batching, SourceDialect.Apollo)]
    // A team of Apollo's may have directives of its own with names that Composite Schemas use.
    [InlineData(Linked + "directive @internal on FIELD_DEFINITION\nextend type Product { cost: Int @internal }\n" + KeyAndNoLookup, Url, SourceDialect.Apollo)]
    [InlineData("directive @internal on FIELD_DEFINITION\nscalar _Any\nextend type Product { cost: Int @internal }\n" + KeyAndNoLookup, Url, SourceDialect.Apollo)]
    // What the settings say tells most.
    [InlineData(KeyAndNoLookup, """{"dialect": "composite", "transports": {"http": {"url": "http://reviews"}}}""", SourceDialect.Composite)]
    [InlineData(KeyAndNoLookup, """{"extensions": {"chillicream": {"apolloFederationSupport": {"version": "1.0"}}}, "transports": {"http": {"url": "http://reviews", "capabilities": {"batching": {"variableBatching": true}}}}}""", SourceDialect.Apollo)]
    [InlineData(KeyAndNoLookup, """{"dialect": "composite", "extensions": {"chillicream": {"apolloFederationSupport": {"version": "1.0"}}}, "transports": {"http": {"url": "http://reviews"}}}""", SourceDialect.Composite)]
    public void A_source_with_a_key_and_no_lookup(string schema, string settings, SourceDialect dialect)
    {
        folder.Write("reviews/schema.graphqls", schema);
        folder.Write("reviews/schema-settings.json", settings);

        var result = SourceFolder.Read(folder.Path).Compose();

        // Where a key alone tells, the other dialect could be meant.
        var isAssumed = schema == KeyAndNoLookup && dialect == SourceDialect.Apollo && !settings.Contains("apolloFederationSupport", StringComparison.Ordinal);
        Assert.Equal(isAssumed ? [ProblemCode.DialectAssumed] : [], result.Problems.Select(problem => problem.Code));
        var supergraph = result.Supergraph!;
        Assert.Equal(dialect, Assert.Single(supergraph.Sources).Dialect);
        // One of Composite Schemas has no _entities to be asked by.
        Assert.Equal(dialect == SourceDialect.Apollo ? [LookupKind.Representations] : [], supergraph.FindType("Product")!.Lookups.Select(lookup => lookup.Kind));
    }

    [Fact]
    public void What_only_Apollo_has_tells_more_than_a_directive_called_internal()
    {
        var supergraph = Rule.Compose(
            """
            # source products
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            directive @internal on FIELD_DEFINITION
            type Query { product: Product }
            type Product @key(fields: "id") { id: ID! weight: Int cost: Int @internal }
            # source shipping
            directive @internal on FIELD_DEFINITION
            type Product @extends @key(fields: "id") { id: ID! @external weight: Int @external shipping: Int @requires(fields: "weight") raw: Int @internal }
            # source reviews
            type Query { ratings: Ratings! @internal best: Product }
            type Ratings @internal { product(id: ID!): Product @lookup }
            type Product { id: ID! stars: Int }
            """).Supergraph!;

        Assert.Equal(
            ["products APOLLO", "shipping APOLLO", "reviews COMPOSITE"],
            supergraph.Sources.Select(source => $"{source.Name} {source.Dialect.ToString().ToUpperInvariant()}"));
    }

    [Fact]
    public void A_source_is_written_in_one_dialect()
    {
        var result = Rule.Compose(
            """
            # source products
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { product(id: ID!): Product @lookup }
            type Product @key(fields: "id") { id: ID! name(size: Int @require(field: "size")): String }
            """);

        Assert.Equal(
            """
            products.graphqls:2:40 INVALID_GRAPHQL @lookup is used, and products neither defines nor links it.
              hint: @lookup is of Composite Schemas, and products links Apollo Federation: a source is written in one of them. Remove the link, or the directive.

            products.graphqls:3:58 INVALID_GRAPHQL @require is used, and products neither defines nor links it. Did you mean "@requires"?
              hint: @require is of Composite Schemas, and products links Apollo Federation: a source is written in one of them. Remove the link, or the directive.
            """,
            Rule.Text(result));
    }

    [Theory]
    // The other sources tell that the graph is one of Apollo's, or not; and so does a mention of what belongs to another source.
    [InlineData("extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\")\ntype Query { a: Int }", false)]
    [InlineData("extend type Product @key(fields: \"id\") { id: ID! @external a: Int }", false)]
    [InlineData("type Query { a: Int }", true)]
    [InlineData("type Query { a(id: ID!): A @lookup }\ntype A @key(fields: \"id\") { id: ID! }", true)]
    public void A_key_alone_is_warned_of_unless_the_graph_is_Apollos(string other, bool isWarned)
    {
        folder.Write("reviews/schema.graphqls", KeyAndNoLookup);
        folder.Write("reviews/schema-settings.json", Url);
        folder.Write("other/schema.graphqls", other);
        folder.Write("other/schema-settings.json", Url);

        Assert.Equal(
            isWarned ? [ProblemCode.DialectAssumed] : [],
            SourceFolder.Read(folder.Path).Compose().Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Where_nothing_tells_the_hint_names_the_setting()
    {
        const string schema = "type Query { bestProducts: [Product] }\ntype Product @key(fields: \"id\") @shareable { id: ID! averageStars: Float }";
        const string message =
            """
            reviews/schema.graphqls:2:33 INVALID_GRAPHQL @shareable is used, and reviews neither defines nor links it.
              hint: @shareable comes with Federation 2: add extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"]).
            """;
        folder.Write("reviews/schema.graphqls", schema);
        folder.Write("reviews/schema-settings.json", Url);
        const string assumed =
            """


            reviews/schema.graphqls:2:1 warning DIALECT_ASSUMED reviews is read as a source of Apollo Federation 1: Product has a @key, and there is neither a @lookup nor a @link.
              hint: Write "dialect": "apollo" in schema-settings.json, or "dialect": "composite" if the service has lookups and no _entities, as HotChocolate's.
            """;
        Assert.Equal(
            message + " If the service has lookups and no _entities, as HotChocolate's, write \"dialect\": \"composite\" in its schema-settings.json." + assumed,
            Shown());

        folder.Write("reviews/schema-settings.json", """{"dialect": "apollo", "transports": {"http": {"url": "http://reviews"}}}""");
        Assert.Equal(message, Shown());
    }

    // Its key makes it one of Apollo's, in which the directive counts where it is linked: whoever wrote it must be told that it protects nothing.
    [Fact]
    public void A_source_of_Federation_1_that_defines_access_directives_itself_is_warned_of()
    {
        folder.Write(
            "reviews/schema.graphqls",
            """
            directive @authenticated on FIELD_DEFINITION
            directive @policy(policies: [[String!]!]!) on OBJECT
            type Query { a: Int @authenticated b: Int @authenticated }
            type Product @key(fields: "id") @policy(policies: [["hr"]]) { id: ID! }
            """);
        folder.Write("reviews/schema-settings.json", """{"dialect": "apollo", "transports": {"http": {"url": "http://reviews"}}}""");

        Assert.Equal(
            """
            reviews/schema.graphqls:3:21 warning ACCESS_DIRECTIVE_NOT_LINKED @authenticated is a directive of reviews's own, since no @link says that it is Federation's: it holds nobody back.
              hint: Link it: extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated"]). Or give yours another name.

            reviews/schema.graphqls:4:33 warning ACCESS_DIRECTIVE_NOT_LINKED @policy is a directive of reviews's own, since no @link says that it is Federation's: it holds nobody back.
              hint: Link it: extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@policy"]). Or give yours another name.
            """,
            Shown());
    }

    private string Shown() => Rule.Text(SourceFolder.Read(folder.Path).Compose()).Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}
