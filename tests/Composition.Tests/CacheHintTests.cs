using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary><c>@cacheControl</c> of sources, of each dialect: what each source says stays with that source.</summary>
public sealed class CacheHintTests
{
    private const string Apollo = """
        # source a
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
        enum CacheControlScope { PUBLIC PRIVATE }
        directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
        type Query { rose(id: ID!): Rose @cacheControl(maxAge: 60) plant: Plant any: Any }
        interface Plant @cacheControl(maxAge: 20) { id: ID! }
        union Any @cacheControl(maxAge: -5) = Rose
        type Rose implements Plant @key(fields: "id") @cacheControl(maxAge: 240, scope: PUBLIC) {
          id: ID! @cacheControl(scope: PRIVATE)
          color: String @shareable @cacheControl(inheritMaxAge: true)
        }
        # source b
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
        enum CacheControlScope { PUBLIC PRIVATE }
        directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
        type Rose @key(fields: "id") @cacheControl(maxAge: 240, scope: PUBLIC) { id: ID! color: String @shareable @cacheControl(maxAge: 99999999999) }
        """;

    private const string Composite = """
        # source a
        enum CacheControlScope { PUBLIC PRIVATE }
        directive @cacheControl(maxAge: Int, sharedMaxAge: Int, inheritMaxAge: Boolean, scope: CacheControlScope, vary: [String!]) on OBJECT | FIELD_DEFINITION | INTERFACE | UNION
        type Query { rose(id: ID!): Rose @lookup @cacheControl(maxAge: 60, sharedMaxAge: 30) }
        type Rose @key(fields: "id") @cacheControl(sharedMaxAge: 9, scope: PRIVATE) { id: ID! color: String }
        """;

    [Fact]
    public void Of_Apollos_dialect() => Assert.Equal(
        """
        type Query
          @gateway__type(in: A)
        {
          rose(id: ID!): Rose
            @gateway__field(in: A)
            @gateway__cacheControl(in: A, maxAge: 60)
          plant: Plant @gateway__field(in: A)
          any: Any @gateway__field(in: A)
        }

        enum CacheControlScope
          @gateway__type(in: [A, B])
        {
          PUBLIC @gateway__value(in: [A, B])
          PRIVATE @gateway__value(in: [A, B])
        }

        interface Plant
          @gateway__type(in: A)
          @gateway__cacheControl(in: A, maxAge: 20)
        {
          id: ID! @gateway__field(in: A)
        }

        union Any
          @gateway__type(in: A)
          @gateway__member(in: A, type: "Rose")
          @gateway__cacheControl(in: A, maxAge: 0)
          = Rose

        type Rose implements Plant
          @gateway__type(in: [A, B])
          @gateway__implements(in: A, interface: "Plant")
          @gateway__key(in: [A, B], fields: "id")
          @gateway__cacheControl(in: [A, B], maxAge: 240, scope: PUBLIC)
          @gateway__lookup(in: A, key: "id")
          @gateway__lookup(in: B, key: "id")
        {
          id: ID!
            @gateway__field(in: [A, B])
            @gateway__cacheControl(in: A, scope: PRIVATE)
          color: String
            @gateway__field(in: [A, B])
            @gateway__cacheControl(in: A, inheritMaxAge: true)
            @gateway__cacheControl(in: B, maxAge: 2147483647)
        }
        """,
        Rule.ComposedTypes(Apollo, SourceDialect.Apollo));

    [Fact]
    public void Of_Composite_Schemas() => Assert.Equal(
        """
        type Query
          @gateway__type(in: A)
        {
          rose(id: ID!): Rose
            @gateway__field(in: A)
            @gateway__cacheControl(in: A, maxAge: 30)
        }

        enum CacheControlScope
          @gateway__type(in: A)
        {
          PUBLIC @gateway__value(in: A)
          PRIVATE @gateway__value(in: A)
        }

        type Rose
          @gateway__type(in: A)
          @gateway__key(in: A, fields: "id")
          @gateway__cacheControl(in: A, maxAge: 9, scope: PRIVATE)
          @gateway__lookup(in: A, key: "id", field: "rose", arguments: [{name: "id", type: "ID!", map: "id"}])
        {
          id: ID! @gateway__field(in: A)
          color: String @gateway__field(in: A)
        }
        """,
        Rule.ComposedTypes(Composite, SourceDialect.Composite));
}
