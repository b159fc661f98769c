using System.Text.Json.Nodes;
using GraphGateway.Subgraphs.Payments;
using GraphGateway.Subgraphs.Payments.Data;
using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Payments;

// The clock of these tests stands at 2026-02-03.
public sealed class PayTests
{
    private const string Pay = """
        mutation($input: PayInput!) { pay(input: $input) {
            payment { id status createdAt amount { amount currency } order { id } payer { id }
              method { __typename ... on CardPayment { brand lastDigits expiryMonth expiryYear } ... on BankTransfer { bankName ibanSuffix } ... on WalletPayment { provider } } }
            errors { __typename ... on Error { message } ... on InvalidInputError { field } ... on CardExpiredError { expiryMonth expiryYear }
              ... on IdempotencyConflictError { payment { order { id } amount { amount } } } } } }
        """;

    private const string ByCard = """{ "card": { "brand": "VISA", "lastDigits": "4242", "expiryMonth": 2, "expiryYear": 2026 } }""";

    [Fact]
    public Task Pays_once_for_a_key() => PaysOnceAsync(onPostgreSql: false);

    [PostgresFact]
    public Task Pays_once_for_a_key_in_PostgreSQL() => PaysOnceAsync(onPostgreSql: true);

    [Fact]
    public Task Pays_once_for_a_key_that_comes_many_times_at_once() => PaysOnceAtOnceAsync(onPostgreSql: false);

    [PostgresFact]
    public Task Pays_once_for_a_key_that_comes_many_times_at_once_in_PostgreSQL() => PaysOnceAtOnceAsync(onPostgreSql: true);

    [Theory]
    [InlineData("""{ "bankTransfer": { "bankName": "Nordbank", "ibanSuffix": "12AB" } }""", """{ "__typename": "BankTransfer", "bankName": "Nordbank", "ibanSuffix": "12AB" }""")]
    [InlineData("""{ "wallet": { "provider": "APPLE_PAY" } }""", """{ "__typename": "WalletPayment", "provider": "APPLE_PAY" }""")]
    [InlineData(ByCard, """{ "__typename": "CardPayment", "brand": "VISA", "lastDigits": "4242", "expiryMonth": 2, "expiryYear": 2026 }""")]
    public async Task Pays_by_every_method(string method, string expected)
    {
        await using var service = await RunningService.StartAsync(PaymentsService.Definition);
        var answer = JsonNode.Parse(await service.QueryAsync(Pay, Input("key", "9000", "12.5", method)))!["data"]!["pay"]!;
        Assert.Equal("[]", answer["errors"]!.ToJsonString());
        JsonText.Check(expected, JsonText.Of(answer["payment"]!["method"]));
    }

    [Theory]
    [InlineData("9001", "12.5", ByCard)]
    [InlineData("9000", "12.51", ByCard)]
    [InlineData("9000", "12.5", """{ "wallet": { "provider": "PAYPAL" } }""")]
    public async Task A_key_is_of_one_payment(string order, string amount, string method)
    {
        await using var service = await RunningService.StartAsync(PaymentsService.Definition);
        await service.QueryAsync(Pay, Input("key", "9000", "12.5", ByCard));
        JsonText.Check(
            """
            {
              "data": {
                "pay": {
                  "payment": null,
                  "errors": [
                    {
                      "__typename": "IdempotencyConflictError",
                      "message": "The idempotency key was used for another payment. Give a new payment a new key.",
                      "payment": { "order": { "id": "9000" }, "amount": { "amount": 12.50 } }
                    }
                  ]
                }
              }
            }
            """,
            await service.QueryAsync(Pay, Input("key", order, amount, method)));
    }

    [Fact]
    public async Task Takes_no_card_that_expired()
    {
        await using var service = await RunningService.StartAsync(PaymentsService.Definition);
        JsonText.Check(
            """
            {
              "data": {
                "pay": {
                  "payment": null,
                  "errors": [{ "__typename": "CardExpiredError", "message": "The card expired after 2026-01.", "expiryMonth": 1, "expiryYear": 2026 }]
                }
              }
            }
            """,
            await service.QueryAsync(Pay, Input("key", "9000", "12.5", """{ "card": { "brand": "AMEX", "lastDigits": "0005", "expiryMonth": 1, "expiryYear": 2026 } }""")));
    }

    [Fact]
    public async Task Says_all_that_is_wrong_with_a_payment()
    {
        await using var service = await RunningService.StartAsync(PaymentsService.Definition);
        JsonText.Check(
            """
            {
              "data": {
                "pay": {
                  "payment": null,
                  "errors": [
                    { "__typename": "InvalidInputError", "message": "Give 1 to 100 characters.", "field": "idempotencyKey" },
                    { "__typename": "InvalidInputError", "message": "This cannot be the id of an order.", "field": "orderId" },
                    { "__typename": "InvalidInputError", "message": "This cannot be the id of a user.", "field": "payerId" },
                    { "__typename": "InvalidInputError", "message": "Give more than zero, with at most two decimal places.", "field": "amount.amount" },
                    { "__typename": "InvalidInputError", "message": "The shop takes EUR.", "field": "amount.currency" },
                    { "__typename": "InvalidInputError", "message": "Give four digits.", "field": "method.card.lastDigits" },
                    { "__typename": "InvalidInputError", "message": "Give 1 to 12.", "field": "method.card.expiryMonth" },
                    { "__typename": "InvalidInputError", "message": "Give a year with four digits.", "field": "method.card.expiryYear" }
                  ]
                }
              }
            }
            """,
            await service.QueryAsync(Pay, """
                { "input": { "idempotencyKey": "", "orderId": "x", "payerId": "0", "amount": { "amount": 0.001, "currency": "USD" },
                    "method": { "card": { "brand": "VISA", "lastDigits": "42", "expiryMonth": 13, "expiryYear": 26 } } } }
                """));
        JsonText.Check(
            """
            {
              "data": {
                "pay": {
                  "payment": null,
                  "errors": [
                    { "__typename": "InvalidInputError", "message": "Give more than zero, with at most two decimal places.", "field": "amount.amount" },
                    { "__typename": "InvalidInputError", "message": "Give 1 to 100 characters.", "field": "method.bankTransfer.bankName" },
                    { "__typename": "InvalidInputError", "message": "Give four letters or digits.", "field": "method.bankTransfer.ibanSuffix" }
                  ]
                }
              }
            }
            """,
            await service.QueryAsync(Pay, Input("key", "9000", "-1", """{ "bankTransfer": { "bankName": " ", "ibanSuffix": "12-B" } }""")));
    }

    [Fact]
    public async Task What_is_paid_is_no_longer_due()
    {
        await using var service = await RunningService.StartAsync(PaymentsService.Definition);
        JsonText.Check(
            """
            { "data": { "pay": { "payment": { "order": { "payments": [{ "id": "12247" }], "amountDue": { "amount": 7.50 } } } } } }
            """,
            await service.QueryAsync(
                "mutation($input: PayInput!) { pay(input: $input) { payment { order { payments { id } amountDue(total: { amount: 20, currency: EUR }) { amount } } } } }",
                Input("key", "77777", "12.5", ByCard)));
    }

    private static async Task PaysOnceAsync(bool onPostgreSql)
    {
        await using var service = await RunningService.StartAsync(PaymentsService.Definition, onPostgreSql);
        var before = await CountAsync(service);
        var first = await service.QueryAsync(Pay, Input("key", "9000", "12.5", ByCard));
        JsonText.Check(
            """
            {
              "data": {
                "pay": {
                  "payment": {
                    "id": "12247",
                    "status": "CAPTURED",
                    "createdAt": "2026-02-03T04:05:06.789Z",
                    "amount": { "amount": 12.50, "currency": "EUR" },
                    "order": { "id": "9000" },
                    "payer": { "id": "9" },
                    "method": { "__typename": "CardPayment", "brand": "VISA", "lastDigits": "4242", "expiryMonth": 2, "expiryYear": 2026 }
                  },
                  "errors": []
                }
              }
            }
            """,
            first);
        // 12.5 and 12.50 are one amount.
        Assert.Equal(first, await service.QueryAsync(Pay, Input("key", "9000", "12.50", ByCard)));
        Assert.Equal(before + 1, await CountAsync(service));
    }

    private static async Task PaysOnceAtOnceAsync(bool onPostgreSql)
    {
        await using var service = await RunningService.StartAsync(PaymentsService.Definition, onPostgreSql);
        var before = await CountAsync(service);

        var attempts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => service.QueryAsync(Pay, Input("key", "9000", "12.5", ByCard))));

        JsonText.Check(await service.QueryAsync(Pay, Input("key", "9000", "12.5", ByCard)), Assert.Single(attempts.Distinct()));
        Assert.Contains("\"errors\": []", attempts[0], StringComparison.Ordinal);
        Assert.Equal(before + 1, await CountAsync(service));
    }

    private static string Input(string key, string order, string amount, string method) =>
        $$"""{ "input": { "idempotencyKey": "{{key}}", "orderId": "{{order}}", "payerId": "9", "amount": { "amount": {{amount}}, "currency": "EUR" }, "method": {{method}} } }""";

    private static async Task<int> CountAsync(RunningService<PaymentsDb> service) =>
        (int)JsonNode.Parse(await service.QueryAsync("{ payments { totalCount } }"))!["data"]!["payments"]!["totalCount"]!;
}
