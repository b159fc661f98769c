using System.Text.Json.Nodes;
using GraphGateway.Subgraphs.Orders;
using GraphGateway.Subgraphs.Orders.Data;
using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Orders;

public sealed class OrdersMutationTests
{
    private const string Place = """
        mutation($input: PlaceOrderInput!) { placeOrder(input: $input) {
            order { id number status placedAt customer { id } total { amount currency } items { quantity unitPrice { amount } product { id stock } } }
            errors { __typename ... on Error { message } ... on InvalidInputError { field } ... on ProductNotFoundError { productId }
              ... on OutOfStockError { available product { id stock } } } } }
        """;

    private const string Cancel = """
        mutation($input: CancelOrderInput!) { cancelOrder(input: $input) {
            order { id status }
            errors { __typename ... on Error { message } ... on OrderNotFoundError { orderId } ... on OrderNotCancellableError { status } } } }
        """;

    private const string Stock = """{ a: productById(id: "1") { stock } b: productById(id: "3") { stock } }""";

    [Fact]
    public Task Places_an_order_and_cancels_it() => PlacesAndCancelsAsync(onPostgreSql: false);

    [PostgresFact]
    public Task Places_an_order_and_cancels_it_in_PostgreSQL() => PlacesAndCancelsAsync(onPostgreSql: true);

    [Fact]
    public Task The_last_piece_is_sold_once() => LastPieceAsync(onPostgreSql: false);

    [PostgresFact]
    public Task The_last_piece_is_sold_once_in_PostgreSQL() => LastPieceAsync(onPostgreSql: true);

    [Fact]
    public Task An_order_is_cancelled_once() => CancelledOnceAsync(onPostgreSql: false);

    [PostgresFact]
    public Task An_order_is_cancelled_once_in_PostgreSQL() => CancelledOnceAsync(onPostgreSql: true);

    [Fact]
    public async Task Takes_nothing_when_something_is_missing()
    {
        await using var service = await RunningService.StartAsync(OrdersService.Definition);
        var before = await service.QueryAsync(Stock);
        JsonText.Check(
            """
            {
              "data": {
                "placeOrder": {
                  "order": null,
                  "errors": [
                    { "__typename": "OutOfStockError", "message": "Classic Headphones is out of stock.", "available": 0, "product": { "id": "2", "stock": 0 } },
                    { "__typename": "ProductNotFoundError", "message": "There is no product with the id 501.", "productId": "501" },
                    { "__typename": "ProductNotFoundError", "message": "There is no product with the id x.", "productId": "x" }
                  ]
                }
              }
            }
            """,
            await service.QueryAsync(Place, """
                { "input": { "customerId": "1", "lines": [
                    { "productId": "1", "quantity": 2 }, { "productId": "2", "quantity": 1000 }, { "productId": "501" }, { "productId": "x" }] } }
                """));
        Assert.Equal(before, await service.QueryAsync(Stock));
    }

    [Fact]
    public async Task Says_all_that_is_wrong_with_an_order()
    {
        await using var service = await RunningService.StartAsync(OrdersService.Definition);
        JsonText.Check(
            """
            {
              "data": {
                "placeOrder": {
                  "order": null,
                  "errors": [
                    { "__typename": "InvalidInputError", "message": "This cannot be the id of a user.", "field": "customerId" },
                    { "__typename": "InvalidInputError", "message": "Give 1 to 1000.", "field": "lines[0].quantity" },
                    { "__typename": "InvalidInputError", "message": "Give 1 to 1000.", "field": "lines[1].quantity" },
                    { "__typename": "InvalidInputError", "message": "Give each product in one line.", "field": "lines[1].productId" }
                  ]
                }
              }
            }
            """,
            await service.QueryAsync(Place, """
                { "input": { "customerId": "nobody", "lines": [{ "productId": "1", "quantity": 0 }, { "productId": "1", "quantity": 1001 }] } }
                """));
        JsonText.Check(
            """
            { "data": { "placeOrder": { "order": null, "errors": [{ "__typename": "InvalidInputError", "message": "Give 1 to 50 lines.", "field": "lines" }] } } }
            """,
            await service.QueryAsync(Place, """{ "input": { "customerId": "1", "lines": [] } }"""));
    }

    [Fact]
    public async Task Cancels_neither_what_is_on_its_way_nor_what_is_unknown()
    {
        await using var service = await RunningService.StartAsync(OrdersService.Definition);
        JsonText.Check(
            """
            {
              "data": {
                "cancelOrder": {
                  "order": null,
                  "errors": [{ "__typename": "OrderNotCancellableError", "message": "An order that is delivered cannot be cancelled.", "status": "DELIVERED" }]
                }
              }
            }
            """,
            await service.QueryAsync(Cancel, """{ "input": { "orderId": "1" } }"""));
        JsonText.Check(
            """
            {
              "data": {
                "cancelOrder": { "order": null, "errors": [{ "__typename": "OrderNotFoundError", "message": "There is no order with the id 10001.", "orderId": "10001" }] }
              }
            }
            """,
            await service.QueryAsync(Cancel, """{ "input": { "orderId": "10001" } }"""));
    }

    private static async Task PlacesAndCancelsAsync(bool onPostgreSql)
    {
        await using var service = await RunningService.StartAsync(OrdersService.Definition, onPostgreSql);
        var before = await service.QueryAsync(Stock);
        JsonText.Check(
            """
            {
              "data": {
                "placeOrder": {
                  "order": {
                    "id": "10001",
                    "number": "ORD-010001",
                    "status": "PLACED",
                    "placedAt": "2026-02-03T04:05:06.789Z",
                    "customer": { "id": "7" },
                    "total": { "amount": 320.96, "currency": "EUR" },
                    "items": [
                      { "quantity": 1, "unitPrice": { "amount": 40.49 }, "product": { "id": "1", "stock": 145 } },
                      { "quantity": 3, "unitPrice": { "amount": 93.49 }, "product": { "id": "3", "stock": 61 } }
                    ]
                  },
                  "errors": []
                }
              }
            }
            """,
            await service.QueryAsync(Place, """
                { "input": { "customerId": "7", "lines": [{ "productId": "3", "quantity": 3 }, { "productId": "1" }] } }
                """));
        JsonText.Check(
            """
            { "data": { "orderByNumber": { "id": "10001", "placedAt": "2026-02-03T04:05:06.789Z" }, "orders": { "nodes": [{ "id": "10001" }] } } }
            """,
            await service.QueryAsync("""{ orderByNumber(orderNumber: "ORD-010001") { id placedAt } orders(last: 1, order: [{ placedAt: ASC }]) { nodes { id } } }"""));
        JsonText.Check(
            """
            { "data": { "cancelOrder": { "order": { "id": "10001", "status": "CANCELLED" }, "errors": [] } } }
            """,
            await service.QueryAsync(Cancel, """{ "input": { "orderId": "10001" } }"""));
        Assert.Equal(before, await service.QueryAsync(Stock));
    }

    // Twelve want what eight can have.
    private static async Task LastPieceAsync(bool onPostgreSql)
    {
        await using var service = await RunningService.StartAsync(OrdersService.Definition, onPostgreSql);
        var answer = await service.QueryAsync("""{ products(first: 1, where: { stock: { gte: 8 } }, order: [{ stock: ASC }, { id: ASC }]) { nodes { id stock } } }""");
        var product = JsonNode.Parse(answer)!["data"]!["products"]!["nodes"]![0]!;
        var stock = (int)product["stock"]!;
        var input = new JsonObject
        {
            ["input"] = new JsonObject { ["customerId"] = "1", ["lines"] = new JsonArray(new JsonObject { ["productId"] = (string)product["id"]!, ["quantity"] = 1 }) },
        }.ToJsonString();

        var attempts = await Task.WhenAll(Enumerable.Range(0, stock + 4).Select(_ => service.QueryAsync(Place, input)));

        var outcomes = attempts.Select(attempt => JsonNode.Parse(attempt)!["data"]!["placeOrder"]!).ToList();
        Assert.Equal(stock, outcomes.Count(outcome => outcome["order"] is not null));
        var errors = outcomes.Where(outcome => outcome["order"] is null).Select(outcome => Assert.Single(outcome["errors"]!.AsArray())!).ToList();
        Assert.Equal(4, errors.Count);
        Assert.All(errors, error => Assert.Equal(("OutOfStockError", 0), ((string)error["__typename"]!, (int)error["available"]!)));
        Assert.Equal(stock, outcomes.Select(outcome => (string?)outcome["order"]?["number"]).OfType<string>().Distinct().Count());
    }

    private static async Task CancelledOnceAsync(bool onPostgreSql)
    {
        await using var service = await RunningService.StartAsync(OrdersService.Definition, onPostgreSql);
        var before = await service.QueryAsync(Stock);
        await service.QueryAsync(Place, """{ "input": { "customerId": "7", "lines": [{ "productId": "1", "quantity": 2 }] } }""");

        var attempts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => service.QueryAsync(Cancel, """{ "input": { "orderId": "10001" } }""")));

        Assert.Single(attempts, attempt => attempt.Contains("\"errors\": []", StringComparison.Ordinal));
        Assert.Equal(5, attempts.Count(attempt => attempt.Contains("OrderNotCancellableError", StringComparison.Ordinal)));
        Assert.Equal(before, await service.QueryAsync(Stock));
    }
}
