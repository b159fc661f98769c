using System.Collections.Immutable;
using System.Net;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Planning;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Plans;

/// <summary>The setting <c>VerifyPlans</c>.</summary>
public sealed class PlanVerificationTests
{
    private const string Hello = """{"data":{"hello":"Hi"}}""";

    [Theory]
    [InlineData("On", """{"queryPlan":{"requests":1,"depth":1,"estimatedCost":101,"verified":true,"steps":[""")]
    [InlineData("Off", """{"queryPlan":{"requests":1,"depth":1,"estimatedCost":101,"steps":[""")]
    public async Task A_plan_that_is_right_is_used_and_the_view_of_it_says_whether_it_was_verified(string setting, string view)
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:VerifyPlans={setting}", "--Gateway:QueryPlan=On"]);

        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Contains(view, await gateway.QueryAsync("{ hello }", header: ("GraphQL-Query-Plan", "include")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_whose_plan_is_wrong_is_refused_before_any_source_is_asked_and_the_log_says_why()
    {
        using var log = new Health.LogWatch();
        await using var source = await FakeSource.AnswersAsync(Hello);
        var verified = 0;
        await using var gateway = await RunningGateway.StartAsync(
            source, ["--Gateway:VerifyPlans=On"], log: log, services: services => services.AddSingleton<Func<QueryPlan, ImmutableHashSet<string>?, ImmutableArray<string>>>(FindFault));

        for (var i = 0; i < 2; i++)
        {
            using var response = await gateway.SendAsync("{ hello }");
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            Assert.Equal(
                """{"errors":[{"message":"The plan for this operation did not pass its verification, so no source was asked. This is a fault of the gateway; its log has the details.","extensions":{"code":"PLAN_NOT_VERIFIED"}}]}""",
                await response.Content.ReadAsStringAsync());
        }

        Assert.Empty(source.Requests);
        Assert.Equal(1, verified);
        await log.SeenStartAsync("The plan of an operation is wrong, and the operation is refused; please report it: step 0: it is not to be; Query.hello is wrong\n");

        ImmutableArray<string> FindFault(QueryPlan plan, ImmutableHashSet<string>? labels)
        {
            verified++;
            return [$"step {plan.Steps[0].Id}: it is not to be", "Query.hello is wrong"];
        }
    }

    [Fact]
    public async Task Where_the_setting_is_off_nothing_is_verified()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(
            source, services: services => services.AddSingleton<Func<QueryPlan, ImmutableHashSet<string>?, ImmutableArray<string>>>((_, _) => ["wrong"]));

        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
    }
}
