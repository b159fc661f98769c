using GraphGateway.Gateway.Tests.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Authorization;

/// <summary>Policies are ASP.NET Core's: written in C#, registered by name, asked once for each request.</summary>
public sealed class PolicyTests
{
    private const string Query = "{ guarded again: guarded open }";
    private const string Allowed = """{"data":{"guarded":18,"again":18,"open":1}}""";

    [Theory]
    [InlineData("adults gardeners", true)]
    [InlineData("owners", true)]
    [InlineData("adults", false)]
    [InlineData("", false)]
    public async Task One_alternative_must_be_met_whole(string met, bool isAllowed)
    {
        var asked = new List<string>();
        var policies = met.Split(' ');
        await using var gateway = await StartAsync(asked, name => Task.FromResult(policies.Contains(name)));
        Assert.Equal(isAllowed, await gateway.AskAsync(Query, "") == Allowed);
        Assert.Equal(["adults ada /graphql", "gardeners ada /graphql", "owners ada /graphql"], asked);
        Assert.Equal("""{"data":{"open":1}}""", await gateway.AskAsync("{ open }", ""));
        Assert.Equal(3, asked.Count);
    }

    [Fact]
    public async Task The_next_request_asks_anew()
    {
        var isAllowed = true;
        await using var gateway = await StartAsync([], _ => Task.FromResult(isAllowed));
        Assert.Equal(Allowed, await gateway.AskAsync(Query, ""));
        isAllowed = false;
        Assert.Contains("UNAUTHORIZED_FIELD_OR_TYPE", await gateway.AskAsync(Query, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_throws_lets_nobody_in_and_is_logged()
    {
        using var log = new WholeLog();
        await using var gateway = await StartAsync([], _ => throw new InvalidOperationException("the directory is down"), log);
        var answer = await gateway.AskAsync(Query, "");
        Assert.Contains("UNAUTHORIZED_FIELD_OR_TYPE", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("18", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("directory", answer, StringComparison.Ordinal);
        Assert.Contains("the directory is down", log.Text, StringComparison.Ordinal);
        Assert.Contains("The policy adults could not be asked and lets nobody in", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_nobody_registered_lets_nobody_in_and_the_start_says_so()
    {
        using var log = new WholeLog();
        await using var gateway = await StartAsync([], _ => Task.FromResult(true), log);
        Assert.Contains("Register each with services.AddAuthorization(...).", log.Text, StringComparison.Ordinal);
        Assert.Contains("what they protect nobody gets: nobody.", log.Text, StringComparison.Ordinal);
        Assert.Equal(
            """{"errors":[{"message":"Unauthorized field or type","path":["unknown"],"extensions":{"code":"UNAUTHORIZED_FIELD_OR_TYPE"}}],"data":{"unknown":null,"open":1}}""",
            await gateway.AskAsync("{ unknown open }", "admin"));
    }

    private static Task<ProtectedGateway> StartAsync(List<string> asked, Func<string, Task<bool>> decide, WholeLog? log = null) => ProtectedGateway.StartAsync(
        services => services.AddAuthorization(options =>
        {
            foreach (var name in new[] { "adults", "gardeners", "owners" })
            {
                options.AddPolicy(name, policy => policy.RequireAssertion(context =>
                {
                    asked.Add($"{name} {context.User.FindFirst("sub")?.Value} {((HttpContext)context.Resource!).Request.Path}");
                    return decide(name);
                }));
            }
        }),
        log);
}
