using System.Net;
using GraphGateway.Gateway.Tests.Authentication;
using Xunit;

namespace GraphGateway.Gateway.Tests.Authorization;

/// <summary>What becomes of a request for too much: modes, statuses, and what is told of it.</summary>
public sealed class AuthorizationModeTests
{
    private const string Query = "{ rose { name cheap: price } open }";

    [Fact]
    public async Task Filter_answers_the_rest()
    {
        await using var gateway = await ProtectedGateway.StartAsync();
        Assert.Equal(
            """{"errors":[{"message":"Unauthorized field or type","path":["rose","cheap"],"extensions":{"code":"UNAUTHORIZED_FIELD_OR_TYPE"}}],"data":{"rose":{"name":"Peace","cheap":null},"open":1}}""",
            await gateway.AskAsync(Query, null));
        Assert.Equal("a: { rose { name } open }", gateway.Asked());
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "Bearer realm=\"graphgateway\"")]
    [InlineData("buy", HttpStatusCode.Forbidden, "")]
    public async Task Reject_asks_nobody(string? scopes, HttpStatusCode status, string challenge)
    {
        await using var gateway = await ProtectedGateway.StartAsync("--Gateway:Authorization:Mode=Reject");
        using var response = await gateway.SendAsync(Query, scopes);
        Assert.Equal((status, challenge), (response.StatusCode, response.Headers.WwwAuthenticate.ToString()));
        Assert.Equal(
            """{"errors":[{"message":"Unauthorized field or type","locations":[{"line":1,"column":15}],"extensions":{"code":"UNAUTHORIZED_FIELD_OR_TYPE"}}]}""",
            await response.Content.ReadAsStringAsync());
        Assert.Equal("", gateway.Asked());
        Assert.Equal("""{"data":{"rose":{"name":"Peace","cheap":9},"open":1}}""", await gateway.AskAsync(Query, "sales"));
        Assert.Equal("""{"data":{"open":1}}""", await gateway.AskAsync("query($x: Boolean!) { open staff @include(if: $x) }", null, """{"x":false}"""));
    }

    [Fact]
    public async Task A_dry_run_answers_and_tells()
    {
        using var log = new WholeLog();
        await using var gateway = await ProtectedGateway.StartAsync(null, log, "--Gateway:Authorization:Mode=DryRun");
        const string answer =
            """{"data":{"rose":{"name":"Peace","cheap":9},"open":1},"extensions":{"authorizationErrors":[{"message":"Unauthorized field or type","path":["rose","cheap"],"extensions":{"code":"UNAUTHORIZED_FIELD_OR_TYPE"}}]}}""";
        Assert.Equal(answer, await gateway.AskAsync(Query, null));
        Assert.Equal(answer, await gateway.AskAsync(Query, "buy"));
        Assert.Equal("""{"data":{"rose":{"name":"Peace","cheap":9},"open":1}}""", await gateway.AskAsync(Query, "sales"));
        Assert.Contains("Authorization would withhold from operation anonymous Rose.price (dry run; once for each plan)", log.Text, StringComparison.Ordinal);
        Assert.Contains("Authorization is a dry run (Gateway:Authorization:Mode): clients get what they may not see.", log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Filter", HttpStatusCode.OK)]
    [InlineData("Reject", HttpStatusCode.Forbidden)]
    public async Task Without_authentication_nobody_is_known_and_the_log_says_so(string mode, HttpStatusCode status)
    {
        using var log = new WholeLog();
        await using var gateway = await ProtectedGateway.StartAsync(null, log, "no authentication", $"--Gateway:Authorization:Mode={mode}");
        using var response = await gateway.SendAsync("{ staff open }", "sales");
        Assert.Equal((status, ""), (response.StatusCode, response.Headers.WwwAuthenticate.ToString()));
        Assert.DoesNotContain("Ann", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("no authentication is configured", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_depends_on_who_asks_is_for_nobody_elses_cache()
    {
        await using var gateway = await ProtectedGateway.StartAsync();
        using var isProtected = await gateway.SendAsync("{ rose { name cheap: price } }", "sales");
        using var open = await gateway.SendAsync("{ open }", null);
        Assert.Equal(("no-store, private", ""), ($"{isProtected.Headers.CacheControl}", $"{open.Headers.CacheControl}"));
        using var gotProtected = await gateway.Gateway.Client.GetAsync("/graphql?query={staff}");
        using var got = await gateway.Gateway.Client.GetAsync("/graphql?query={open}");
        Assert.Equal(("no-store, private", "no-store"), ($"{gotProtected.Headers.CacheControl}", $"{got.Headers.CacheControl}"));
    }

    [Theory]
    [InlineData("All", null, "Query Rose Weed Secret staff grade price")]
    [InlineData("Allowed", null, "Query Rose")]
    [InlineData("Allowed", "buy read", "Query Rose Weed Secret staff grade price")]
    public async Task Introspection_tells_what_the_setting_says(string setting, string? scopes, string expected)
    {
        await using var gateway = await ProtectedGateway.StartAsync($"--Gateway:Authorization:Schema={setting}");
        var answer = await gateway.AskAsync("{ __schema { types { name fields { name } possibleTypes { name } } } secret: __type(name: \"Secret\") { name } }", scopes);
        string[] names = ["Query", "Rose", "Weed", "Secret", "staff", "grade", "price"];
        Assert.Equal(expected, string.Join(' ', names.Where(name => answer.Contains($"\"{name}\"", StringComparison.Ordinal))));
        Assert.DoesNotContain(setting == "All" ? "nothing" : "\"cost\"", answer, StringComparison.Ordinal);
        using var sdl = await gateway.Gateway.Client.GetAsync(new Uri("/graphql/schema.graphql", UriKind.Relative));
        Assert.Equal(setting == "All" ? HttpStatusCode.OK : HttpStatusCode.NotFound, sdl.StatusCode);
        Assert.Equal(setting == "All", (await gateway.AskAsync("{ staf }", null)).Contains("staff", StringComparison.Ordinal));
    }
}
