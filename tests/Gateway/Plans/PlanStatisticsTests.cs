using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GraphGateway.Gateway.Tests.Plans;

/// <summary>What the executions of each plan came to, over HTTP. The source moves the clock, so that every figure is known.</summary>
public sealed class PlanStatisticsTests
{
    private const string Hello = """{"data":{"hello":"world"}}""";

    private static readonly string[] On = ["--Gateway:PlanStatistics=On"];

    [Fact]
    public async Task Executions_errors_requests_and_times_are_shown_by_plan_the_longest_first()
    {
        var clock = new FakeTimeProvider();
        await using var source = await SourceAsync(clock);
        await using var gateway = await RunningGateway.StartAsync(source, On, clock);
        await gateway.QueryAsync("query Quick($name: String) { hello(name: $name) }", """{"name":"5"}""");
        await gateway.QueryAsync("query Quick($name: String) { hello(name: $name) }", """{"name":"15"}""");
        await gateway.QueryAsync("query Slow($name: String) { hello(name: $name) }", """{"name":"40"}""");
        await gateway.QueryAsync("query Slow($name: String) { hello(name: $name) }", """{"name":"fail"}""");
        await gateway.QueryAsync("mutation { greet }");
        await gateway.QueryAsync("{ unknown }");

        Assert.Equal(
            """
            {"count":3,"plans":[
            {"id":"ID","operationName":"Slow","kind":"query","estimatedCost":101,"depth":1,
            "executions":{"count":2,"failed":1,"totalMilliseconds":40,"meanMilliseconds":20,"maxMilliseconds":40},
            "requests":[{"source":"users","steps":[0],"sent":{"count":2,"failed":1,"totalMilliseconds":40,"meanMilliseconds":20,"maxMilliseconds":40}}]},
            {"id":"ID","operationName":"Quick","kind":"query","estimatedCost":101,"depth":1,
            "executions":{"count":2,"failed":0,"totalMilliseconds":20,"meanMilliseconds":10,"maxMilliseconds":15},
            "requests":[{"source":"users","steps":[0],"sent":{"count":2,"failed":0,"totalMilliseconds":20,"meanMilliseconds":10,"maxMilliseconds":15}}]},
            {"id":"ID","operationName":null,"kind":"mutation","estimatedCost":101,"depth":1,
            "executions":{"count":1,"failed":0,"totalMilliseconds":0,"meanMilliseconds":0,"maxMilliseconds":0},
            "requests":[{"source":"users","steps":[0],"sent":{"count":1,"failed":0,"totalMilliseconds":0,"meanMilliseconds":0,"maxMilliseconds":0}}]}]}
            """.ReplaceLineEndings(""),
            Regex.Replace(await gateway.Client.GetStringAsync("/query-plans"), "\"id\":\"[0-9a-f]{32}\"", "\"id\":\"ID\""));
        Assert.Contains("""{"count":3,"plans":[{"id":""", await gateway.Client.GetStringAsync("/query-plans?first=1"), StringComparison.Ordinal);
        Assert.Equal("""{"count":3,"plans":[]}""", await gateway.Client.GetStringAsync("/query-plans?first=0"));
        using var refused = await gateway.Client.GetAsync("/query-plans?first=all");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    // With a status of success, and still no answer.
    [Fact]
    public async Task A_request_whose_answer_did_not_come_whole_has_failed()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source, [.. On, "--Gateway:Subgraphs:users:ResponseBytes=10"], new FakeTimeProvider());
        await gateway.QueryAsync("{ hello }");

        Assert.Contains(
            """
            "executions":{"count":1,"failed":1,"totalMilliseconds":0,"meanMilliseconds":0,"maxMilliseconds":0},
            "requests":[{"source":"users","steps":[0],"sent":{"count":1,"failed":1,"totalMilliseconds":0,"meanMilliseconds":0,"maxMilliseconds":0}}]}]}
            """.ReplaceLineEndings(""),
            await gateway.Client.GetStringAsync("/query-plans"),
            StringComparison.Ordinal);
    }

    // As many as the cache of operations keeps, and none of those that it let go.
    [Fact]
    public async Task Figures_go_with_their_plans()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source, [.. On, "--Gateway:Limits:OperationCacheBytes=100000"]);
        for (var i = 0; i < 60; i++)
        {
            await gateway.QueryAsync($"query Q{i} {{ hello }}");
        }

        using var json = JsonDocument.Parse(await gateway.Client.GetStringAsync("/query-plans"));
        Assert.InRange(gateway.Cache.Count, 1, 30);
        Assert.Equal(gateway.Cache.Count, json.RootElement.GetProperty("count").GetInt32());
        Assert.Contains("Q59", json.RootElement.GetProperty("plans").EnumerateArray().Select(plan => plan.GetProperty("operationName").GetString()));
    }

    [Fact]
    public async Task A_plan_is_shown_as_text_by_its_id()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source, On);
        await gateway.QueryAsync("{ hello }");
        var id = Regex.Match(await gateway.Client.GetStringAsync("/query-plans"), "\"id\":\"([0-9a-f]{32})\"").Groups[1].Value;
        Assert.Equal(
            """
            { hello }

            1 fetch, 1 deep, estimated cost 101
              0 users

            0 users, cost 101
              why: users serves Query.hello
              {
                hello
              }

            """.ReplaceLineEndings("\n"),
            await gateway.Client.GetStringAsync($"/query-plans/{id}"));
        using var missing = await gateway.Client.GetAsync("/query-plans/0");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Plans_are_not_shown_by_default()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source);
        await gateway.QueryAsync("{ hello }");
        using var answer = await gateway.Client.GetAsync("/query-plans");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    // Takes as many milliseconds as the name says.
    private static async Task<FakeSource> SourceAsync(FakeTimeProvider clock)
    {
        FakeSource? source = null;
        source = await FakeSource.StartAsync(context =>
        {
            var body = source!.Requests.Last().Body;
            if (Regex.Match(body, "\"name\":\"(\\d+)\"") is { Success: true } time)
            {
                clock.Advance(TimeSpan.FromMilliseconds(int.Parse(time.Groups[1].Value)));
            }

            context.Response.ContentType = "application/json";
            context.Response.StatusCode = body.Contains("fail", StringComparison.Ordinal) ? 500 : 200;
            return context.Response.WriteAsync(
                body.Contains("greet", StringComparison.Ordinal) ? """{"data":{"greet":"hi"}}"""
                : body.Contains("fail", StringComparison.Ordinal) ? """{"errors":[{"message":"no"}],"data":null}"""
                : Hello);
        });
        return source;
    }
}
