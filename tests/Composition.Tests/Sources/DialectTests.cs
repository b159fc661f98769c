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
    [InlineData("extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [\"@key\"])\n" + KeyAndNoLookup, Batching, SourceDialect.Apollo)]
    [InlineData(KeyAndNoLookup + "\nscalar _Any", Batching, SourceDialect.Apollo)]
    // What the settings say tells most.
    [InlineData(KeyAndNoLookup, """{"dialect": "composite", "transports": {"http": {"url": "http://reviews"}}}""", SourceDialect.Composite)]
    [InlineData(KeyAndNoLookup, """{"extensions": {"chillicream": {"apolloFederationSupport": {"version": "1.0"}}}, "transports": {"http": {"url": "http://reviews", "capabilities": {"batching": {"variableBatching": true}}}}}""", SourceDialect.Apollo)]
    [InlineData(KeyAndNoLookup, """{"dialect": "composite", "extensions": {"chillicream": {"apolloFederationSupport": {"version": "1.0"}}}, "transports": {"http": {"url": "http://reviews"}}}""", SourceDialect.Composite)]
    public void A_source_with_a_key_and_no_lookup(string schema, string settings, SourceDialect dialect)
    {
        folder.Write("reviews/schema.graphqls", schema);
        folder.Write("reviews/schema-settings.json", settings);

        var result = SourceFolder.Read(folder.Path).Compose();

        Assert.Equal("", Rule.Text(result));
        var supergraph = result.Supergraph!;
        Assert.Equal(dialect, Assert.Single(supergraph.Sources).Dialect);
        // One of Composite Schemas has no _entities to be asked by.
        Assert.Equal(dialect == SourceDialect.Apollo ? [LookupKind.Representations] : [], supergraph.FindType("Product")!.Lookups.Select(lookup => lookup.Kind));
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
        Assert.Equal(
            message + " If the service has lookups and no _entities, as HotChocolate's, write \"dialect\": \"composite\" in its schema-settings.json.",
            Shown());

        folder.Write("reviews/schema-settings.json", """{"dialect": "apollo", "transports": {"http": {"url": "http://reviews"}}}""");
        Assert.Equal(message, Shown());
    }

    private string Shown() => Rule.Text(SourceFolder.Read(folder.Path).Compose()).Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}
