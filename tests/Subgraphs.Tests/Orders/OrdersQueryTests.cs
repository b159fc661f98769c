using System.Text.Json.Nodes;
using GraphGateway.Subgraphs.Orders;
using GraphGateway.Subgraphs.Orders.Data;
using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Orders;

public sealed class OrdersQueryTests(OrdersFixture fixture) : IClassFixture<OrdersFixture>
{
    // What the gateway sends for: users(first: 5) { nodes { orders(first: 3) { nodes { number total items { ... } } } } }
    private const string OrdersOfUser = """
        query($id: ID!) { userById(id: $id) { id lifetimeSpend { amount }
            orders(first: 3) { nodes { id number total { amount currency } items { quantity product { name } } } } } }
        """;

    [Fact]
    public async Task Serves_what_it_publishes() =>
        Assert.Equal(PublishedSchema.Read("orders"), PublishedSchema.Normalize(await fixture.Service.Client.GetStringAsync("/graphql/schema.graphql")));

    [Fact]
    public async Task An_order_by_id_with_every_field() => JsonText.Check(
        """
        {
          "data": {
            "orderById": {
              "__typename": "Order",
              "id": "1",
              "number": "ORD-000001",
              "status": "DELIVERED",
              "placedAt": "2021-03-31T10:23:40Z",
              "total": { "amount": 2028.84, "currency": "EUR" },
              "customer": { "id": "5" },
              "items": [
                {
                  "__typename": "OrderItem",
                  "id": "1",
                  "quantity": 1,
                  "unitPrice": { "amount": 82.99, "currency": "EUR" },
                  "total": { "amount": 82.99, "currency": "EUR" },
                  "product": {
                    "__typename": "Product",
                    "id": "294",
                    "sku": "FPEN-0294",
                    "name": "Premium Fountain Pen",
                    "category": "OFFICE",
                    "price": { "amount": 82.99, "currency": "EUR" },
                    "stock": 196
                  }
                },
                {
                  "__typename": "OrderItem",
                  "id": "2",
                  "quantity": 3,
                  "unitPrice": { "amount": 366.00, "currency": "EUR" },
                  "total": { "amount": 1098.00, "currency": "EUR" },
                  "product": {
                    "__typename": "Product",
                    "id": "170",
                    "sku": "KEYB-0170",
                    "name": "Vintage Keyboard",
                    "category": "ELECTRONICS",
                    "price": { "amount": 366.00, "currency": "EUR" },
                    "stock": 16
                  }
                },
                {
                  "__typename": "OrderItem",
                  "id": "3",
                  "quantity": 1,
                  "unitPrice": { "amount": 3.00, "currency": "EUR" },
                  "total": { "amount": 3.00, "currency": "EUR" },
                  "product": {
                    "__typename": "Product",
                    "id": "438",
                    "sku": "CLDR-0438",
                    "name": "Sunny Calendar",
                    "category": "OFFICE",
                    "price": { "amount": 3.00, "currency": "EUR" },
                    "stock": 114
                  }
                },
                {
                  "__typename": "OrderItem",
                  "id": "4",
                  "quantity": 1,
                  "unitPrice": { "amount": 414.95, "currency": "EUR" },
                  "total": { "amount": 414.95, "currency": "EUR" },
                  "product": {
                    "__typename": "Product",
                    "id": "434",
                    "sku": "WCAM-0434",
                    "name": "Sunny Webcam",
                    "category": "ELECTRONICS",
                    "price": { "amount": 414.95, "currency": "EUR" },
                    "stock": 122
                  }
                },
                {
                  "__typename": "OrderItem",
                  "id": "5",
                  "quantity": 1,
                  "unitPrice": { "amount": 429.90, "currency": "EUR" },
                  "total": { "amount": 429.90, "currency": "EUR" },
                  "product": {
                    "__typename": "Product",
                    "id": "386",
                    "sku": "SPKR-0386",
                    "name": "Grand Speaker",
                    "category": "ELECTRONICS",
                    "price": { "amount": 429.90, "currency": "EUR" },
                    "stock": 123
                  }
                }
              ]
            }
          }
        }
        """,
        await fixture.Service.QueryAsync("""
            { orderById(id: "1") {
                __typename id number status placedAt total { amount currency } customer { id }
                items { __typename id quantity unitPrice { amount currency } total { amount currency }
                  product { __typename id sku name category price { amount currency } stock } } } }
            """));

    [Fact]
    public async Task Other_lookups_by_their_keys() => JsonText.Check(
        """
        {
          "data": { "byNumber": { "id": "2" }, "byId": { "sku": "HEAD-0042", "name": "Compact Headphones" }, "bySku": { "id": "9", "name": "Classic Cookbook" } }
        }
        """,
        await fixture.Service.QueryAsync("""
            { byNumber: orderByNumber(orderNumber: "ORD-000002") { id }
              byId: productById(id: "42") { sku name }
              bySku: productBySku(sku: "COOK-0009") { id name } }
            """));

    [Fact]
    public async Task What_is_unknown_is_null() => JsonText.Check(
        """
        { "data": { "a": null, "b": null, "c": null, "d": null, "e": null, "f": null, "g": { "id": "77777" } } }
        """,
        await fixture.Service.QueryAsync("""
            { a: orderById(id: "10001") { id } b: orderById(id: "x") { id } c: orderByNumber(orderNumber: "ORD-1") { id }
              d: productById(id: "501") { id } e: productBySku(sku: "cook-0009") { id } f: userById(id: "x") { id } g: userById(id: "77777") { id } }
            """));

    [Fact]
    public async Task A_user_s_orders_are_paged_from_the_newest_on()
    {
        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var answer = await fixture.Service.QueryAsync(
                "query($after: String) { userById(id: \"3\") { orders(first: 12, after: $after) { totalCount nodes { placedAt } pageInfo { hasNextPage endCursor } } } }",
                new JsonObject { ["after"] = after }.ToJsonString());
            var page = JsonNode.Parse(answer)!["data"]!["userById"]!["orders"]!;
            seen.AddRange(page["nodes"]!.AsArray().Select(node => (string)node!["placedAt"]!));
            Assert.Equal(30, (int)page["totalCount"]!);
            if (!(bool)page["pageInfo"]!["hasNextPage"]!)
            {
                break;
            }

            after = (string)page["pageInfo"]!["endCursor"]!;
        }

        Assert.Equal(30, seen.Distinct().Count());
        Assert.Equal(seen.OrderDescending(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task A_user_s_orders_by_condition_and_order() => JsonText.Check(
        """
        {
          "data": {
            "userById": {
              "lifetimeSpend": { "amount": 13496.93, "currency": "EUR" },
              "dearest": {
                "totalCount": 30,
                "nodes": [{ "number": "ORD-003314", "total": { "amount": 1909.97 } }, { "number": "ORD-000010", "total": { "amount": 1348.25 } }]
              },
              "cancelled": { "totalCount": 0, "nodes": [] },
              "oldest": {
                "nodes": [{ "placedAt": "2021-04-08T13:04:19Z" }, { "placedAt": "2021-04-02T00:58:08Z" }],
                "pageInfo": { "hasPreviousPage": true, "hasNextPage": false }
              }
            }
          }
        }
        """,
        await fixture.Service.QueryAsync("""
            { userById(id: "3") {
                lifetimeSpend { amount currency }
                dearest: orders(first: 2, order: [{ total: DESC }]) { totalCount nodes { number total { amount } } }
                cancelled: orders(where: { status: { eq: CANCELLED } }) { totalCount nodes { number } }
                oldest: orders(last: 2) { nodes { placedAt } pageInfo { hasPreviousPage hasNextPage } } } }
            """));

    [Fact]
    public async Task Somebody_who_never_ordered_has_spent_nothing() => JsonText.Check(
        """
        { "data": { "userById": { "lifetimeSpend": { "amount": 0.00 }, "orders": { "totalCount": 0, "nodes": [], "edges": [] } } } }
        """,
        await fixture.Service.QueryAsync("""{ userById(id: "77777") { lifetimeSpend { amount } orders { totalCount nodes { id } edges { cursor } } } }"""));

    [Theory]
    [InlineData("orders(first: 3, order: [{ total: DESC }]) { nodes { id } }", "1814 4095 3826")]
    [InlineData("orders(first: 3, where: { total: { gte: 9.99, lt: 10.01 } }) { nodes { id } }", "1099 2932 3090")]
    [InlineData("orders(first: 2, where: { placedAt: { gte: \"2025-12-31T00:00:00Z\" }, status: { neq: CANCELLED } }) { nodes { id } }", "9996 9997")]
    [InlineData("orders(first: 2, where: { number: { endsWith: \"9\" } }, order: [{ placedAt: DESC }]) { nodes { id } }", "9999 9989")]
    [InlineData("products(first: 3, order: [{ price: DESC }, { id: ASC }]) { nodes { id } }", "466 210 362")]
    [InlineData("products(first: 3, where: { stock: { eq: 0 }, category: { in: [BOOKS, TOYS] } }) { nodes { id } }", "64 137 144")]
    [InlineData("products(first: 3, where: { price: { lt: 9 }, name: { contains: \"Scale\" } }) { nodes { id } }", "")]
    [InlineData("products(first: 3, where: { price: { eq: 9.99 } }) { nodes { id } }", "17 113 289")]
    [InlineData("products(first: 3, where: { sku: { startsWith: \"LAMP\" }, stock: { gt: 100 } }, order: [{ stock: ASC }]) { nodes { id } }", "364 284 444")]
    public async Task Lists_what_fulfils_the_conditions(string field, string ids)
    {
        var answer = JsonNode.Parse(await fixture.Service.QueryAsync($"{{ list: {field} }}"))!;
        var nodes = answer["data"]?["list"]?["nodes"] ?? throw new InvalidOperationException(answer.ToJsonString());
        Assert.Equal(ids, string.Join(' ', nodes.AsArray().Select(node => (string)node!["id"]!)));
    }

    [Theory]
    [InlineData("9.994", "An amount has at most two decimal places.")]
    [InlineData("1000000000000.01", "An amount is at most 1000000000000.")]
    public async Task An_amount_that_cannot_be_is_an_error(string amount, string message)
    {
        var answer = JsonNode.Parse(await fixture.Service.QueryAsync($"{{ products(where: {{ price: {{ eq: {amount} }} }}) {{ nodes {{ id }} }} }}"))!;
        Assert.Equal((message, "BAD_USER_INPUT"), ((string)answer["errors"]![0]!["message"]!, (string)answer["errors"]![0]!["extensions"]!["code"]!));
    }

    [Fact]
    public async Task Money_is_compared_and_sorted_by_its_value() => JsonText.Check(
        """
        {
          "data": {
            "products": {
              "totalCount": 19,
              "nodes": [{ "id": "429", "price": { "amount": 97.99 } }, { "id": "469", "price": { "amount": 98.49 } }, { "id": "27", "price": { "amount": 98.99 } }]
            }
          }
        }
        """,
        await fixture.Service.QueryAsync("""
            { products(first: 3, where: { price: { gt: 95.5, lt: 110 } }, order: [{ price: ASC }]) { totalCount nodes { id price { amount } } } }
            """));

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    public async Task A_batch_of_users_is_four_statements(int users)
    {
        fixture.Service.Statements.Clear();
        var answers = await fixture.Service.BatchAsync(OrdersOfUser, Enumerable.Range(1, users).Select(id => new { id = $"{id}" }));

        Assert.Equal(users, answers.Length);
        Assert.All(answers, answer => Assert.NotEmpty(answer["data"]!["userById"]!["orders"]!["nodes"]!.AsArray()));
        // Orders, what was spent, items, products.
        Assert.Equal(4, fixture.Service.Statements.All.Count);
    }

    [PostgresFact]
    public async Task A_batch_of_users_is_the_same_in_PostgreSQL()
    {
        await using var postgres = await RunningService.StartAsync(OrdersService.Definition, onPostgreSql: true);
        postgres.Statements.Clear();
        var users = Enumerable.Range(1, 50).Select(id => new { id = $"{id}" }).ToArray();
        var expected = await fixture.Service.BatchAsync(OrdersOfUser, users);
        var actual = await postgres.BatchAsync(OrdersOfUser, users);

        Assert.Equal(expected.Select(answer => answer.ToJsonString()), actual.Select(answer => answer.ToJsonString()));
        Assert.Equal(4, postgres.Statements.All.Count);
    }

    [Fact]
    public async Task Reads_only_the_columns_that_are_selected()
    {
        fixture.Service.Statements.Clear();
        await fixture.Service.QueryAsync("""{ orderById(id: "1") { items { product { name } } } }""");
        JsonText.Check(
            """
            SELECT "o"."Id"
            FROM "Orders" AS "o"
            WHERE "o"."Id" = @Value1
            ;
            SELECT "i"."OrderId", "i"."ProductId"
            FROM "Items" AS "i"
            WHERE "i"."OrderId" = @Value1
            ORDER BY "i"."Id"
            ;
            SELECT "p"."Id", "p"."Name"
            FROM "Products" AS "p"
            WHERE "p"."Id" IN (@Value1, @Value2, @Value3, @Value4, @Value5)
            """,
            string.Join("\n;\n", fixture.Service.Statements.All));
    }
}
