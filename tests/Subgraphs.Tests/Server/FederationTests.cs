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

    [Theory]
    [InlineData("""{}""", "A representation must be an object with \\\"__typename\\\".")]
    [InlineData("""{"__typename":7,"upc":"a"}""", "A representation must be an object with \\\"__typename\\\".")]
    [InlineData("\"a\"", "A representation must be an object with \\\"__typename\\\".")]
    [InlineData("""{"__typename":"Nothing","id":1}""", "\\\"Nothing\\\" is no entity of this schema. Its entities: FederatedProduct.")]
    [InlineData("""{"__typename":"Query"}""", "\\\"Query\\\" is no entity of this schema. Its entities: FederatedProduct.")]
    [InlineData("""{"__typename":"FederatedProduct"}""", "No entity of type \\\"FederatedProduct\\\" can be found by the fields of this representation: it needs one of { upc }, { sku }.")]
    [InlineData("""{"__typename":"FederatedProduct","upc":null,"weight":1}""", "No entity of type \\\"FederatedProduct\\\" can be found by the fields of this representation: it needs one of { upc }, { sku }.")]
    public async Task A_representation_that_fits_no_entity_is_told_what_would(string representation, string message)
    {
        await using var server = Create();
        await server.ExpectAsync(
            "query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }",
            $$$"""{"errors":[{"message":"{{{message}}}","locations":[{"line":1,"column":24}],"path":["_entities",0],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"_entities":[null]}}""",
            $$"""{"r":[{{representation}}]}""");
    }

    [Fact]
    public async Task The_same_representation_twice_is_answered_twice_and_none_is_none()
    {
        await using var server = Create();
        await server.ExpectAsync(
            "query ($r: [_Any!]!) { _entities(representations: $r) { ... on FederatedProduct { sku } } }",
            """{"data":{"_entities":[{"sku":"sku-a"},{"sku":"sku-b"},{"sku":"sku-a"}]}}""",
            """{"r":[{"__typename":"FederatedProduct","upc":"a"},{"__typename":"FederatedProduct","upc":"b"},{"__typename":"FederatedProduct","upc":"a"}]}""");
        await server.ExpectAsync("{ _entities(representations: []) { __typename } }", """{"data":{"_entities":[]}}""");
    }

    [Fact]
    public async Task A_key_of_the_wrong_type_is_that_entitys_error()
    {
        await using var server = Create();
        await server.ExpectAsync(
            "query ($r: [_Any!]!) { _entities(representations: $r) { ... on FederatedProduct { sku } } }",
            """{"errors":[{"message":"The value { a: 1 } cannot be used here.","locations":[{"line":1,"column":24}],"path":["_entities",0],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"_entities":[null,{"sku":"sku-a"}]}}""",
            """{"r":[{"__typename":"FederatedProduct","upc":{"a":1}},{"__typename":"FederatedProduct","upc":"a"}]}""");
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
            """{"errors":[{"message":"\"Hidden\" is no entity of this schema. Its entities: FederatedProduct.","locations":[{"line":2,"column":3}],"path":["_entities",3],"extensions":{"code":"BAD_USER_INPUT"}},{"message":"A representation must be an object with \"__typename\".","locations":[{"line":2,"column":3}],"path":["_entities",4],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"_entities":[{"__typename":"FederatedProduct","upc":"b","sku":"sku-b","price":2,"weight":7},null,{"__typename":"FederatedProduct","upc":"a","sku":"sku-a","price":1,"weight":null},null,null]}}""",
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
