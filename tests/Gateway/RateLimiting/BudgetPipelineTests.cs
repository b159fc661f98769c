using GraphGateway.Gateway.Tests.Deduplication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Gateway.Tests.Redis;
using GraphGateway.TestKit;
using Xunit;
using static GraphGateway.Gateway.Tests.RateLimiting.BudgetedGateway;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>Budgets over HTTP: reserved before anything runs, settled on every way out.</summary>
public sealed class BudgetPipelineTests
{
    private const string Cost = "\"extensions\":{\"operationCost\":{\"fieldCost\":7,\"typeCost\":4}}}";

    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider clock = new();

    private static string[] Bronze(int perMinute, params string[] more) =>
        [$"RateLimits:Plans:bronze:PerMinute={perMinute}", "RateLimits:DefaultPlan=bronze", .. more];

    [Fact]
    public async Task The_estimate_is_reserved_and_what_was_not_used_comes_back()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, clock, Bronze(100, "RateLimits:Plans:bronze:PerDay=1000"));
        const string policy = "RateLimit-Policy: \"bronze-minute\";q=100;w=60, \"bronze-day\";q=1000;w=86400";
        Assert.Equal($"200 {policy} RateLimit: \"bronze-minute\";r=89;t=7\n{Data}", await gateway.AskAsync(Shelf));
        Assert.Equal($"200 {policy} RateLimit: \"bronze-minute\";r=81;t=12\n{Data}", await gateway.AskAsync(Shelf));
    }

    [Fact]
    public async Task Who_has_used_up_its_budget_is_told_when_to_come_again()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, clock, Bronze(11));
        const string policy = "RateLimit-Policy: \"bronze-minute\";q=11;w=60";
        Assert.Equal($"200 {policy} RateLimit: \"bronze-minute\";r=0;t=60\n{Data}", await gateway.AskAsync(Shelf));
        Assert.Equal(
            $$$"""
            429 {{{policy}}} RateLimit: "bronze-minute";r=3;t=44 Retry-After: 44
            {"errors":[{"message":"The request can cost 11; the budget \"bronze\" has 3 of 11 left. It can be sent again in 44 s.","extensions":{"code":"RATE_LIMITED"}}],{{{Cost}}}
            """,
            await gateway.AskAsync(Shelf));
        Assert.Single(source.Requests);
        clock.Advance(TimeSpan.FromSeconds(44));
        Assert.StartsWith("200 ", await gateway.AskAsync(Shelf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_waiting_helps_is_refused_with_another_code_and_no_time()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, clock, Bronze(10));
        Assert.Equal(
            $$$"""
            200 RateLimit-Policy: "bronze-minute";q=10;w=60
            {"errors":[{"message":"The request can cost 11; the budget \"bronze\" never has more than 10 at once. Ask for less at a time.","extensions":{"code":"COST_ESTIMATED_TOO_EXPENSIVE"}}],{{{Cost}}}
            """,
            await gateway.AskAsync(Shelf));
        Assert.Empty(source.Requests);
        Assert.Equal(10, await gateway.LeftAsync());
    }

    [Theory]
    [InlineData("{ shelf(first: 3) { title }", 100, "GRAPHQL_PARSING_FAILED")]
    [InlineData("{ nothing }", 100, "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("{ shelf(first: 4) { title } }", 100, "COST_ESTIMATED_TOO_EXPENSIVE")]
    [InlineData(Shelf, 92, "\"data\"")]
    public async Task What_is_refused_costs_nothing(string query, int left, string told)
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, clock, Bronze(100, "Cost:Mode=Enforce", "Cost:MaxFieldCost=7"));
        Assert.Contains(told, await gateway.AskAsync(query), StringComparison.Ordinal);
        Assert.Equal(left, await gateway.LeftAsync());
    }

    [Fact]
    public async Task To_ask_for_the_cost_alone_costs_nothing_and_the_cost_is_reported_beside_the_answer()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, clock, Bronze(11));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("200\n{" + Cost, await gateway.AskAsync(Shelf, ("GraphQL-Cost", "validate")));
        }

        Assert.EndsWith(
            """
            "extensions":{"operationCost":{"fieldCost":7,"typeCost":4,"actual":{"fieldCost":5,"typeCost":3}}}}
            """,
            await gateway.AskAsync(Shelf, ("GraphQL-Cost", "report")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_larger_than_estimated_is_charged_and_may_leave_a_debt()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"shelf":[BOOKS]}}""".Replace("BOOKS", string.Join(',', Enumerable.Repeat("""{"title":"a"}""", 20)), StringComparison.Ordinal));
        await using var gateway = await StartAsync(source, clock, Bronze(60));
        // 41 + 21 where 11 were reserved.
        Assert.StartsWith("200 ", await gateway.AskAsync(Shelf), StringComparison.Ordinal);
        Assert.StartsWith(
            "429 RateLimit-Policy: \"bronze-minute\";q=60;w=60 RateLimit: \"bronze-minute\";r=0;t=3 Retry-After: 3", await gateway.AskAsync("{ __typename }"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":{"shelf":null},"errors":[{"message":"No."}]}""", 98)]
    [InlineData("nonsense", 98)]
    public async Task An_answer_that_failed_costs_what_is_there(string answer, int left)
    {
        await using var source = await FakeSource.AnswersAsync(answer);
        await using var gateway = await StartAsync(source, clock, Bronze(100));
        Assert.StartsWith("200 ", await gateway.AskAsync(Shelf), StringComparison.Ordinal);
        Assert.Equal(left, await gateway.LeftAsync());
    }

    // Two books were fetched for it: 5 and 3, as with their answer.
    [Theory]
    [InlineData("{ shelf(first: 3) { title } sure }", """{"data":{"shelf":[{"title":"a"},{"title":"b"}],"sure":null}}""", 92)]
    [InlineData("{ shelf(first: 3) { title } sure }", """{"data":{"shelf":[{"title":"a"},{"title":"b"}],"sure":1}}""", 92)]
    [InlineData("{ shelf(first: 3) { title } sure }", """{"data":{"shelf":null,"sure":null}}""", 98)]
    public async Task A_field_that_fails_is_no_way_to_ask_for_nothing(string query, string answer, int left)
    {
        await using var source = await FakeSource.AnswersAsync(answer);
        await using var gateway = await StartAsync(source, clock, Bronze(100));
        Assert.StartsWith("200 ", await gateway.AskAsync(query), StringComparison.Ordinal);
        Assert.Equal(left, await gateway.LeftAsync());
    }

    [Fact]
    public async Task An_answer_that_is_too_large_costs_what_it_can()
    {
        await using var source = await FakeSource.AnswersAsync($$$"""{"data":{"shelf":[{"title":"{{{new string('a', 5000)}}}"}]}}""");
        await using var gateway = await StartAsync(source, clock, Bronze(100, "Limits:AnswerBytes=2000"));
        Assert.Contains("ANSWER_TOO_LARGE", await gateway.AskAsync(Shelf), StringComparison.Ordinal);
        Assert.Equal(89, await gateway.LeftAsync());
    }

    [Fact]
    public async Task Equal_requests_that_share_an_execution_pay_each()
    {
        await using var held = await HeldSource.StartAsync();
        await using var gateway = await StartAsync(held.Source, clock, Bronze(100, "Deduplication:ClientRequests=On"));
        using var shared = new SharedRequests(gateway);
        var first = gateway.AskAsync(Shelf);
        var asked = await held.AskedAsync();
        var second = gateway.AskAsync(Shelf);
        await shared.NextAsync();
        asked.Answer(Data);
        Assert.EndsWith(Data, await first, StringComparison.Ordinal);
        Assert.EndsWith(Data, await second, StringComparison.Ordinal);
        Assert.Equal(100 - 8 - 8, await gateway.LeftAsync());
    }

    [Fact]
    public async Task Where_only_is_measured_nobody_is_refused_and_clients_hear_nothing()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, clock, Bronze(11, "RateLimits:Mode=Measure"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal($"200\n{Data}", await gateway.AskAsync(Shelf));
        }
    }

    [Fact]
    public async Task Fields_are_left_out_where_the_setting_says_so_but_not_the_time_to_come_again()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, clock, Bronze(11, "RateLimits:Headers=Off", "Cost:Report=Off"));
        Assert.Equal($"200\n{Data}", await gateway.AskAsync(Shelf));
        Assert.Equal(
            """
            429 Retry-After: 44
            {"errors":[{"message":"The request can cost 11; the budget \"bronze\" has 3 of 11 left. It can be sent again in 44 s.","extensions":{"code":"RATE_LIMITED"}}]}
            """,
            await gateway.AskAsync(Shelf));
    }

    [Fact]
    public async Task An_operation_may_be_sent_as_often_as_its_own_limit_says_whatever_it_is_called()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(
            source, clock, Bronze(100, $"RateLimits:Operations:read shelf:Hash={OperationIdentity.HashOf(System.Text.Encoding.UTF8.GetBytes(Shelf)).ToUpperInvariant()}",
                "RateLimits:Operations:read shelf:PerMinute=2"));
        for (var left = 1; left >= 0; left--)
        {
            Assert.StartsWith(
                $"200 RateLimit-Policy: \"read shelf-minute\";q=2;w=60, \"bronze-minute\";q=100;w=60 RateLimit: \"read shelf-minute\";r={left};t={60 - (left * 30)}, \"bronze-minute\";r=",
                await gateway.AskAsync(Shelf),
                StringComparison.Ordinal);
        }

        Assert.Equal(
            $$$"""
            429 RateLimit-Policy: "read shelf-minute";q=2;w=60 RateLimit: "read shelf-minute";r=0;t=30 Retry-After: 30
            {"errors":[{"message":"The operation was sent as often as its limit \"read shelf\" allows. It can be sent again in 30 s.","extensions":{"code":"RATE_LIMITED"}}],{{{Cost}}}
            """,
            await gateway.AskAsync(Shelf));
        Assert.Equal(100 - 8 - 8, await gateway.LeftAsync());
    }

    [Fact]
    public async Task What_the_plan_refuses_does_not_count_as_sent()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(
            source, clock, Bronze(10, $"RateLimits:Operations:shelf:Hash={OperationIdentity.HashOf(System.Text.Encoding.UTF8.GetBytes(Shelf))}", "RateLimits:Operations:shelf:PerDay=1"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("COST_ESTIMATED_TOO_EXPENSIVE", await gateway.AskAsync(Shelf), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(100, 89)]
    [InlineData(0, 100)]
    public async Task Who_leaves_while_it_is_executed_pays_the_estimate_and_a_fault_of_ours_costs_nothing(int left, int expected)
    {
        var budget = BudgetScript.Budget("100/60000");
        var budgets = BudgetScript.Budgets(clock);
        Exception failure = left > 0 ? new OperationCanceledException() : new InvalidOperationException("A fault of ours.");
        using (var charge = new BudgetCharge(11))
        {
            charge.Hold((await budgets.ReserveAsync(new BudgetRequest(budget, "me", 11), default)).Reservation);
            await Assert.ThrowsAsync(failure.GetType(), async () => await charge.PayAsync(ValueTask.FromException<ResponseBody>(failure)));
        }

        Assert.Equal(expected, (await budgets.ReserveAsync(new BudgetRequest(budget, "me", 0), default)).Standing.Remaining);
    }

    [RedisFact]
    public async Task A_store_that_goes_in_the_middle_refuses_or_lets_pass_and_nobody_waits_for_ever()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        var server = await RedisServer.StartAsync();
        string[] settings = Bronze(1_000_000, "RateLimits:Store=Redis", $"RateLimits:Address={server.Url}", "RateLimits:StoreTimeout=20s");
        await using var closed = await StartAsync(source, TimeProvider.System, settings);
        await using var open = await StartAsync(source, TimeProvider.System, [.. settings, "RateLimits:OnStoreFailure=Open"]);
        Assert.StartsWith("200 ", await closed.AskAsync(Shelf), StringComparison.Ordinal);
        Assert.StartsWith("200 ", await open.AskAsync(Shelf), StringComparison.Ordinal);

        await server.DisposeAsync();
        // What was leased is spent first.
        var refused = "";
        while (!refused.StartsWith("503", StringComparison.Ordinal))
        {
            refused = await closed.AskAsync(Shelf).WaitAsync(Ample);
        }

        Assert.Equal(
            """
            503 RateLimit-Policy: "bronze-minute";q=1000000;w=60 Retry-After: 5
            {"errors":[{"message":"Budgets cannot be asked now. Try again.","extensions":{"code":"RATE_LIMIT_UNAVAILABLE"}}]}
            """,
            refused);
        var passed = "";
        while (passed != $"200 RateLimit-Policy: \"bronze-minute\";q=1000000;w=60\n{Data}")
        {
            passed = await open.AskAsync(Shelf).WaitAsync(Ample);
            Assert.StartsWith("200 ", passed, StringComparison.Ordinal);
        }
    }
}
