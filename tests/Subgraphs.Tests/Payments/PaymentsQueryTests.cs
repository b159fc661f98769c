using System.Text.Json.Nodes;
using GraphGateway.Subgraphs.Payments;
using GraphGateway.Subgraphs.Payments.Data;
using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Payments;

public sealed class PaymentsQueryTests(PaymentsFixture fixture) : IClassFixture<PaymentsFixture>
{
    // What the gateway sends for: orders { nodes { payments { status method { __typename } } amountDue { amount currency } } }
    private const string PaymentsOfOrder = """
        query($id: ID!, $total: MoneyInput!) { orderById(id: $id) { id payments { status method { __typename } } amountDue(total: $total) { amount currency } } }
        """;

    [Fact]
    public async Task Serves_what_it_publishes() =>
        Assert.Equal(PublishedSchema.Read("payments"), PublishedSchema.Normalize(await fixture.Service.Client.GetStringAsync("/graphql/schema.graphql")));

    [Fact]
    public async Task Payments_by_id_with_every_field() => JsonText.Check(
        """
        {
          "data": {
            "first": {
              "__typename": "Payment",
              "id": "1",
              "status": "CAPTURED",
              "amount": { "amount": 1014.42, "currency": "EUR" },
              "createdAt": "2021-03-31T10:34:40Z",
              "order": { "id": "1" },
              "payer": { "id": "5" },
              "method": { "__typename": "CardPayment", "brand": "AMEX", "lastDigits": "1579", "expiryMonth": 12, "expiryYear": 2023 }
            },
            "second": {
              "__typename": "Payment",
              "id": "3",
              "status": "CAPTURED",
              "amount": { "amount": 147.98, "currency": "EUR" },
              "createdAt": "2021-03-31T15:33:43Z",
              "order": { "id": "2" },
              "payer": { "id": "13" },
              "method": { "__typename": "WalletPayment", "provider": "APPLE_PAY" }
            },
            "third": {
              "__typename": "Payment",
              "id": "5",
              "status": "REFUNDED",
              "amount": { "amount": 76.85, "currency": "EUR" },
              "createdAt": "2021-04-01T00:24:02Z",
              "order": { "id": "4" },
              "payer": { "id": "15" },
              "method": { "__typename": "BankTransfer", "bankName": "Nordbank", "ibanSuffix": "7479" }
            }
          }
        }
        """,
        await fixture.Service.QueryAsync("""
            { first: paymentById(id: "1") { ...all } second: paymentById(id: "3") { ...all } third: paymentById(id: "5") { ...all } }
            fragment all on Payment {
              __typename id status amount { amount currency } createdAt order { id } payer { id }
              method { __typename ... on CardPayment { brand lastDigits expiryMonth expiryYear } ... on BankTransfer { bankName ibanSuffix } ... on WalletPayment { provider } } }
            """));

    [Fact]
    public async Task What_is_unknown_is_null() => JsonText.Check(
        """
        { "data": { "a": null, "b": null, "c": null, "d": { "id": "77777" }, "e": null, "f": { "id": "77777" } } }
        """,
        await fixture.Service.QueryAsync("""
            { a: paymentById(id: "99999") { id } b: paymentById(id: "x") { id } c: orderById(id: "x") { id } d: orderById(id: "77777") { id }
              e: userById(id: "x") { id } f: userById(id: "77777") { id } }
            """));

    [Fact]
    public async Task An_order_s_payments_and_what_is_left_to_pay() => JsonText.Check(
        """
        {
          "errors": [
            {
              "message": "Payments are in euros: what is left of a total in another currency is not known.",
              "locations": [{ "line": 4, "column": 33 }],
              "path": ["foreign", "amountDue"]
            }
          ],
          "data": {
            "paid": {
              "payments": [{ "id": "1", "amount": { "amount": 1014.42 }, "status": "CAPTURED" }, { "id": "2", "amount": { "amount": 1014.42 }, "status": "CAPTURED" }],
              "none": { "amount": 0.00, "currency": "EUR" },
              "some": { "amount": 7971.17, "currency": "EUR" }
            },
            "unpaid": { "payments": [], "amountDue": { "amount": 12.50, "currency": "EUR" } },
            "foreign": { "amountDue": null }
          }
        }
        """,
        await fixture.Service.QueryAsync("""
            { paid: orderById(id: "1") { payments { id amount { amount } status } none: amountDue(total: { amount: 1, currency: EUR }) { amount currency }
                some: amountDue(total: { amount: 10000.01, currency: EUR }) { amount currency } }
              unpaid: orderById(id: "77777") { payments { id } amountDue(total: { amount: 12.5, currency: EUR }) { amount currency } }
              foreign: orderById(id: "1") { amountDue(total: { amount: 12.5, currency: USD }) { amount } } }
            """));

    [Fact]
    public async Task A_risk_score_of_what_three_services_know() => JsonText.Check(
        """
        { "data": { "userById": { "safe": 5, "newcomer": 70, "unknown": null }, "nobody": { "riskScore": 37 } } }
        """,
        await fixture.Service.QueryAsync("""
            { userById(id: "3") {
                safe: riskScore(loyaltyTier: PLATINUM, memberSince: "2021-03-06T02:12:23Z", lifetimeSpend: { amount: 13496.93, currency: EUR })
                newcomer: riskScore(loyaltyTier: BRONZE, memberSince: "2026-01-31T00:00:00Z", lifetimeSpend: { amount: 0, currency: EUR })
                unknown: riskScore(loyaltyTier: GOLD, memberSince: "2021-03-06T02:12:23Z", lifetimeSpend: null) }
              nobody: userById(id: "77777") { riskScore(loyaltyTier: SILVER, memberSince: "2025-06-01T00:00:00Z", lifetimeSpend: { amount: 100, currency: EUR }) } }
            """));

    [Fact]
    public async Task A_user_s_payments_by_condition_and_order() => JsonText.Check(
        """
        {
          "data": {
            "userById": {
              "newest": {
                "totalCount": 39,
                "nodes": [{ "id": "12236", "createdAt": "2025-12-30T05:47:07Z" }, { "id": "9624", "createdAt": "2024-12-21T14:52:58Z" }],
                "pageInfo": { "hasNextPage": true }
              },
              "failed": { "totalCount": 3, "nodes": [{ "id": "4744", "status": "FAILED" }, { "id": "3708", "status": "FAILED" }, { "id": "2283", "status": "FAILED" }] },
              "least": { "nodes": [{ "id": "2898", "amount": { "amount": 58.95 } }, { "id": "260", "amount": { "amount": 58.98 } }] }
            }
          }
        }
        """,
        await fixture.Service.QueryAsync("""
            { userById(id: "3") {
                newest: payments(first: 2) { totalCount nodes { id createdAt } pageInfo { hasNextPage } }
                failed: payments(where: { status: { eq: FAILED } }) { totalCount nodes { id status } }
                least: payments(first: 2, order: [{ amount: ASC }]) { nodes { id amount { amount } } } } }
            """));

    [Theory]
    [InlineData("first: 3, where: { status: { in: [PENDING] } }", "12179 12180 12182")]
    [InlineData("first: 3, order: [{ amount: DESC }]", "2208 5000 4677")]
    [InlineData("last: 2, order: [{ createdAt: ASC }]", "12245 12246")]
    [InlineData("first: 3, where: { amount: { gte: 999, lt: 1010.5 }, createdAt: { lt: \"2022-06-01T00:00:00Z\" } }", "100 210 557")]
    [InlineData("first: 3, where: { id: { in: [\"7\", \"5\"] }, or: [{ status: { neq: FAILED } }] }", "5 7")]
    public async Task Lists_what_fulfils_the_conditions(string arguments, string ids)
    {
        var answer = JsonNode.Parse(await fixture.Service.QueryAsync($"{{ payments({arguments}) {{ nodes {{ id }} }} }}"))!;
        var nodes = answer["data"]?["payments"]?["nodes"] ?? throw new InvalidOperationException(answer.ToJsonString());
        Assert.Equal(ids, string.Join(' ', nodes.AsArray().Select(node => (string)node!["id"]!)));
    }

    [Fact]
    public async Task Pages_of_payments() => JsonText.Check(
        """
        {
          "data": {
            "payments": {
              "totalCount": 12246,
              "edges": [{ "cursor": "WyI0NDU0ZjA3NSIsIjEiXQ", "node": { "id": "1" } }],
              "pageInfo": { "hasNextPage": true, "hasPreviousPage": false, "startCursor": "WyI0NDU0ZjA3NSIsIjEiXQ", "endCursor": "WyI0NDU0ZjA3NSIsIjEiXQ" }
            }
          }
        }
        """,
        await fixture.Service.QueryAsync("{ payments(first: 1) { totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"));

    [Theory]
    [InlineData(15)]
    [InlineData(150)]
    public async Task A_batch_of_orders_is_two_statements(int orders)
    {
        fixture.Service.Statements.Clear();
        var answers = await fixture.Service.BatchAsync(PaymentsOfOrder, Orders(orders));

        Assert.Equal(orders, answers.Length);
        Assert.All(answers, answer => Assert.NotEmpty(answer["data"]!["orderById"]!["payments"]!.AsArray()));
        // The payments, and the sums of what was captured.
        Assert.Equal(2, fixture.Service.Statements.All.Count);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    public async Task A_batch_of_users_is_two_statements(int users)
    {
        fixture.Service.Statements.Clear();
        await fixture.Service.BatchAsync(
            """
            query($id: ID!, $spend: MoneyInput) { userById(id: $id) {
                payments(first: 2) { nodes { status } } riskScore(loyaltyTier: GOLD, memberSince: "2021-03-06T02:12:23Z", lifetimeSpend: $spend) } }
            """,
            Enumerable.Range(1, users).Select(id => new { id = $"{id}", spend = new { amount = 10.5m * id, currency = "EUR" } }));

        Assert.Equal(2, fixture.Service.Statements.All.Count);
    }

    [PostgresFact]
    public async Task A_batch_of_orders_is_the_same_in_PostgreSQL()
    {
        await using var postgres = await RunningService.StartAsync(PaymentsService.Definition, onPostgreSql: true);
        postgres.Statements.Clear();
        var expected = await fixture.Service.BatchAsync(PaymentsOfOrder, Orders(50));
        var actual = await postgres.BatchAsync(PaymentsOfOrder, Orders(50));

        Assert.Equal(expected.Select(answer => answer.ToJsonString()), actual.Select(answer => answer.ToJsonString()));
        Assert.Equal(2, postgres.Statements.All.Count);
    }

    [Fact]
    public async Task Reads_only_the_columns_that_are_selected()
    {
        fixture.Service.Statements.Clear();
        await fixture.Service.QueryAsync("""{ orderById(id: "1") { payments { status } amountDue(total: { amount: 1, currency: EUR }) { amount } } }""");
        JsonText.Check(
            """
            SELECT "p"."OrderId" AS "Order", COALESCE(SUM("p"."Amount"), 0) AS "Sum"
            FROM "Payments" AS "p"
            WHERE "p"."OrderId" = @orders1 AND "p"."Status" = 1
            GROUP BY "p"."OrderId"
            ;
            SELECT "p"."OrderId", "p"."Status"
            FROM "Payments" AS "p"
            WHERE "p"."OrderId" = @Value1
            ORDER BY "p"."Id"
            """,
            string.Join("\n;\n", fixture.Service.Statements.All.Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<object> Orders(int count) =>
        Enumerable.Range(1, count).Select(id => new { id = $"{id}", total = new { amount = 100.25m + id, currency = "EUR" } });
}
