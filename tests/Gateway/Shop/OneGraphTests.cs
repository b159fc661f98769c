using System.Text.Json.Nodes;
using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Shop;

/// <summary>One graph over three services: what a frontend engineer does with the demo.</summary>
[Collection(ShopCollection.Name)]
public sealed class OneGraphTests(RunningShop shop)
{
    private const string AcrossThreeServices = """
        query($users: Int!) { users(first: $users) { nodes { name orders(first: 3) { nodes { number total { amount currency }
            items { quantity product { name } } payments { status method { __typename } } amountDue { amount currency } } } } } }
        """;

    [Fact]
    public async Task A_query_over_three_services_takes_three_requests_and_as_many_statements_for_50_users_as_for_5()
    {
        var statementsFor5 = await CountAsync(users: 5);
        var statementsFor50 = await CountAsync(users: 50);

        Assert.Equal(new Dictionary<string, int> { ["users"] = 1, ["orders"] = 3, ["payments"] = 2 }, statementsFor5);
        Assert.Equal(statementsFor5, statementsFor50);
    }

    [Fact]
    public async Task A_query_over_three_services_gets_the_data_of_all_three() =>
        JsonText.Check(
            """
            {
              "data": {
                "users": {
                  "nodes": [
                    {
                      "name": "Mila García",
                      "orders": {
                        "nodes": [
                          {
                            "number": "ORD-009965",
                            "total": { "amount": 1306.64, "currency": "EUR" },
                            "items": [
                              { "quantity": 1, "product": { "name": "Quiet Keyboard" } },
                              { "quantity": 1, "product": { "name": "Premium Lamp" } },
                              { "quantity": 3, "product": { "name": "Compact Keyboard" } },
                              { "quantity": 1, "product": { "name": "Everyday Scale" } },
                              { "quantity": 1, "product": { "name": "Classic Lamp" } }
                            ],
                            "payments": [{ "status": "REFUNDED", "method": { "__typename": "WalletPayment" } }],
                            "amountDue": { "amount": 1306.64, "currency": "EUR" }
                          }
                        ]
                      }
                    },
                    {
                      "name": "Isaac Meier",
                      "orders": {
                        "nodes": [
                          {
                            "number": "ORD-009480",
                            "total": { "amount": 203.78, "currency": "EUR" },
                            "items": [{ "quantity": 2, "product": { "name": "Sunny Atlas" } }, { "quantity": 2, "product": { "name": "Nordic Kite" } }],
                            "payments": [{ "status": "CAPTURED", "method": { "__typename": "BankTransfer" } }],
                            "amountDue": { "amount": 101.89, "currency": "EUR" }
                          }
                        ]
                      }
                    }
                  ]
                }
              }
            }
            """,
            await shop.QueryAsync(
                """
                { users(first: 2) { nodes { name orders(first: 1) { nodes { number total { amount currency }
                    items { quantity product { name } } payments { status method { __typename } } amountDue { amount currency } } } } } }
                """));

    [Fact]
    public async Task A_field_that_needs_two_other_services_gets_what_it_needs()
    {
        shop.ClearCounts();

        JsonText.Check(
            """{ "data": { "userByEmail": { "name": "Mila García", "riskScore": 5 } } }""",
            await shop.QueryAsync("""{ userByEmail(email: "mila.garcia.1@example.com") { name riskScore } }"""));
        Assert.Equal(["users", "orders", "payments"], shop.Traffic.Requests.Select(request => request.Source));
    }

    [Fact]
    public async Task Fetches_that_do_not_need_each_other_run_at_the_same_time()
    {
        var arrived = new List<string>();
        var bothAreThere = new TaskCompletionSource();
        shop.Traffic.Hold = source =>
        {
            lock (arrived)
            {
                arrived.Add(source);
                if (arrived.Count == 2)
                {
                    bothAreThere.SetResult();
                }
            }

            return bothAreThere.Task.WaitAsync(TestPatience.Limit);
        };
        try
        {
            JsonText.Check(
                """{ "data": { "userById": { "name": "Mila García" }, "orderById": { "number": "ORD-000001" } } }""",
                await shop.QueryAsync("""{ userById(id: "1") { name } orderById(id: "1") { number } }"""));
            Assert.Equal(["orders", "users"], arrived.Order(StringComparer.Ordinal));
        }
        finally
        {
            shop.Traffic.Hold = null;
        }
    }

    [Fact]
    public async Task A_condition_that_is_false_saves_the_fetch()
    {
        shop.ClearCounts();

        JsonText.Check(
            """{ "data": { "userById": { "name": "Mila García" } } }""",
            await shop.QueryAsync(
                """query($more: Boolean!) { userById(id: "1") { name orders(first: 1) @include(if: $more) { totalCount } } }""",
                """{ "more": false }"""));
        Assert.Equal(["users"], shop.Traffic.Requests.Select(request => request.Source));
    }

    private async Task<Dictionary<string, int>> CountAsync(int users)
    {
        shop.ClearCounts();
        var answer = JsonNode.Parse(await shop.QueryAsync(AcrossThreeServices, $$"""{ "users": {{users}} }"""))!;
        Assert.Null(answer["errors"]);
        Assert.Equal(users, answer["data"]!["users"]!["nodes"]!.AsArray().Count);
        Assert.Equal(["users", "orders", "payments"], shop.Traffic.Requests.Select(request => request.Source));
        return shop.Statements.ToDictionary(log => log.Key, log => log.Value.All.Count);
    }
}
