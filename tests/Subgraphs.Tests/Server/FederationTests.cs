using GraphGateway.Subgraphs.Server;
using Xunit;

namespace GraphGateway.Subgraphs.Tests;

/// <summary>The protocol of Apollo Federation: <c>_service</c> and <c>_entities</c>.</summary>
public sealed class FederationTests
{
    private const string Sdl =
        """
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", { name: "@shareable", as: "@shared" }])

        type Query {
          top: FederatedProduct
        }

        type FederatedProduct @key(fields: "upc") @key(fields: "sku") {
          upc: String!
          sku: String!
          price: Int @shared
          weight: Int @federation__external
        }

        type Hidden @key(fields: "id", resolvable: false) {
          id: ID!
        }
        """;

    private static ServerHarness Create() => ServerHarness.Create(
        Sdl,
        server => server.AddTypes(typeof(FederatedProduct), typeof(FederatedProductResolvers), typeof(FederatedQuery), typeof(FederatedHidden)));

    [Fact]
    public async Task The_service_gives_its_own_sdl_without_what_federation_adds()
    {
        await using var server = Create();
        var answer = await server.QueryAsync("{ _service { sdl } }");
        Assert.Equal(
            GraphGateway.Language.Printer.Print(GraphGateway.Language.Parser.ParseDocument(new GraphGateway.Language.SourceText(Sdl)).Value!),
            System.Text.Json.JsonDocument.Parse(answer).RootElement.GetProperty("data").GetProperty("_service").GetProperty("sdl").GetString());
    }

    [Fact]
    public async Task Entities_come_in_the_order_of_their_representations_and_fail_one_by_one()
    {
        await using var server = Create();
        await server.ExpectAsync(
            """
            query ($representations: [_Any!]!) {
              _entities(representations: $representations) { __typename ... on FederatedProduct { upc sku price weight } }
            }
            """,
            """{"errors":[{"message":"No entity of type \"Hidden\" can be found by the fields of this representation.","locations":[{"line":2,"column":3}],"path":["_entities",3],"extensions":{"code":"BAD_USER_INPUT"}},{"message":"A representation must be an object with \"__typename\".","locations":[{"line":2,"column":3}],"path":["_entities",4],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"_entities":[{"__typename":"FederatedProduct","upc":"b","sku":"sku-b","price":2,"weight":7},null,{"__typename":"FederatedProduct","upc":"a","sku":"sku-a","price":1,"weight":null},null,null]}}""",
            """
            {"representations":[
              {"__typename":"FederatedProduct","upc":"b","weight":7},
              {"__typename":"FederatedProduct","upc":"nonsense"},
              {"__typename":"FederatedProduct","sku":"sku-a"},
              {"__typename":"Hidden","id":"1"},
              {}
            ]}
            """);
    }

    [Fact]
    public async Task An_interface_with_a_key_is_asked_for_by_its_own_name()
    {
        await using var server = ServerHarness.Create(
            """
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
            type Query { media: Media }
            interface Media @key(fields: "id") { id: ID! }
            type Book implements Media @key(fields: "id") { id: ID! }
            """,
            builder => builder
                .ResolveOthers(context => new ValueTask<object?>(((IReadOnlyDictionary<string, object?>)context.Parent!)["id"]))
                .ResolveEntity("Media", context => new ValueTask<object?>(new Dictionary<string, object?>
                {
                    ["__typename"] = "Book",
                    ["id"] = ((IReadOnlyDictionary<string, object?>)context.Parent!)["id"],
                })));
        await server.ExpectAsync(
            "query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on Media { id } } }",
            """{"data":{"_entities":[{"__typename":"Book","id":"7"}]}}""",
            """{"representations":[{"__typename":"Media","id":"7"}]}""");
    }
}

[GraphQLType("FederatedProduct")]
public sealed record FederatedProduct(string Upc, string Sku, int? Price, int? Weight);

[GraphQLType("Hidden")]
public sealed record FederatedHidden(string Id);

[GraphQLType("FederatedProduct")]
public static class FederatedProductResolvers
{
    [EntityResolver]
    public static async Task<FederatedProduct?> ByUpcAsync(string upc, int? weight)
    {
        await Task.Yield();
        return upc switch { "a" => new(upc, "sku-a", 1, weight), "b" => new(upc, "sku-b", 2, weight), _ => null };
    }

    [EntityResolver]
    public static FederatedProduct? BySku(string sku) => sku == "sku-a" ? new("a", sku, 1, null) : null;
}

[GraphQLType("Query")]
public static class FederatedQuery
{
    public static FederatedProduct? Top() => null;
}
