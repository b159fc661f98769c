using System.Text;
using GraphGateway.ControlPlane;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>
/// Nothing that a registry answers, and nothing that is wrong in its store, ends a gateway that follows it or keeps one from starting with what it had last; when it is right again it is
/// followed again.
/// </summary>
public sealed class DamagedRegistryTests
{
    private const string Both = """{"data":{"hello":"you","other":"me"}}""";
    private const string Hello = """{"data":{"hello":"you"}}""";
    private const string Problem = "application/problem+json";
    private const string Json = "application/json";
    private const string NoRegistry = ". Is it the address of a registry of this version, as `graphgateway registry serve` shows it?";

    [Theory]
    [InlineData(500, Problem, "null", "It answers with status 500" + NoRegistry)]
    [InlineData(500, Problem, "[]", "It answers with status 500" + NoRegistry)]
    [InlineData(500, Problem, "", "It answers with status 500" + NoRegistry)]
    [InlineData(404, Problem, """{"detail":null,"advice":null,"code":"NOT_FOUND"}""", "It answers with status 404" + NoRegistry)]
    [InlineData(500, Problem, """{"detail":"\ud800","advice":"x","code":"X"}""", "It answers with status 500" + NoRegistry)]
    [InlineData(500, Problem + "; charset=nonsense;;;", "null", "It answers with status 500" + NoRegistry)]
    [InlineData(200, Json, "null", "It answers with null" + NoRegistry)]
    [InlineData(200, Json, "[null]", "It answers with null in a list" + NoRegistry)]
    [InlineData(200, Json, """{"launch":-7,"hash":"abc"}""", "It answers with a launch that is none" + NoRegistry)]
    [InlineData(200, Json, """{"launch":99999999999999,"hash":"abc"}""", "It answers with something that this program does not know, at $.launch" + NoRegistry)]
    [InlineData(200, Json, """{"launch":7,"hash":null}""", "It answers with something that this program does not know, at $.hash" + NoRegistry)]
    [InlineData(200, Json, """{"launch":7,"hash":"LONG"}""", "It answers with a launch that is none" + NoRegistry)]
    [InlineData(200, Json, """{"launch":7,"hash":"a b\r\n?&#"}""", "The supergraph of #7 of dev of shop is not what was published: the registry is damaged, or it was rolled back just now.")]
    [InlineData(999, Json, "", "It answers with status 999" + NoRegistry)]
    public async Task What_a_registry_answers_stops_nothing(int status, string type, string body, string reason)
    {
        await using var source = await FakeSource.AnswersAsync(Both);
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        var isWrong = false;
        await using var registry = await FakeSource.StartAsync(context => isWrong ? AnswerAsync(context, status, type, body.Replace("LONG", new string('z', 60_000), StringComparison.Ordinal)) : AnswerAsync(context, gateway.Place));
        gateway.Elsewhere = registry.Url;
        await File.WriteAllTextAsync(gateway.KeyFile, ApiKeyText.Make());
        var said = reason.StartsWith("The supergraph", StringComparison.Ordinal) ? reason : $"{registry.Url}/: {reason}";

        // While it runs.
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        isWrong = true;
        await gateway.Log.SeenAsync($"The registry cannot be followed, and what is served stays: {said} (0 others since the last line)");
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        await gateway.StopAsync();

        // At the start.
        Assert.Equal([$"Gateway:Registry: the registry cannot be read: {said}", "Set Gateway:Registry:File, and the gateway starts with what it had last."], await gateway.StartAsync());
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        await gateway.Log.SeenAsync($"Gateway:Registry: the registry cannot be read: {said} The gateway starts with the last good one, {gateway.Copy}.");
        await gateway.Log.SeenAsync($"The registry cannot be followed, and what is served stays: {said} (0 others since the last line)");
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));

        // It is right again.
        var launch = await gateway.PublishAsync("users", null, "hello", "other");
        isWrong = false;
        await gateway.SeenAsync(launch);
        Assert.Equal(Both, await gateway.QueryAsync("{ hello other }"));
    }

    [Theory]
    [InlineData("launches SET hash = NULL", "The store is damaged: a row cannot be read (The data is NULL at ordinal 1. This method can't be called on NULL values. Check using IsDBNull before calling). A backup has it as it was.")]
    [InlineData("launches SET hash = 'other'", "The supergraph of #1 of dev of shop is not what was published: the registry is damaged, or it was rolled back just now.")]
    [InlineData(
        "supergraphs SET document = printf('%.*c', 70000000, '#'); UPDATE graphgateway_registry_launches SET hash = 'other'",
        "The supergraph of #1 has 70000000 bytes, and none that is published more than 67109888: the registry is damaged. Publish the versions of its sources again.")]
    [InlineData("stages SET live = 99999999999999", "Nothing is live in dev of shop. Is it the right registry, graph and stage?")]
    [InlineData("stages SET live = x'00ff'", "Nothing is live in dev of shop. Is it the right registry, graph and stage?")]
    public async Task What_is_damaged_in_a_store_stops_nothing(string damage, string reason)
    {
        await using var source = await FakeSource.AnswersAsync(Both);
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        await gateway.DamageAsync("CREATE TABLE kept AS SELECT l.hash, s.live FROM graphgateway_registry_launches l JOIN graphgateway_registry_stages s ON s.live = l.launch; UPDATE graphgateway_registry SET one = one");
        await gateway.DamageAsync($"UPDATE graphgateway_registry_{damage}");
        await gateway.Log.SeenAsync($"The registry cannot be followed, and what is served stays: {reason} (0 others since the last line)");
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        await gateway.StopAsync();

        Assert.NotEmpty(await gateway.StartAsync());
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        await gateway.Log.SeenAsync($"The registry cannot be followed, and what is served stays: {reason} (0 others since the last line)");
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));

        await gateway.DamageAsync("UPDATE graphgateway_registry_launches SET hash = (SELECT hash FROM kept); UPDATE graphgateway_registry_stages SET live = (SELECT live FROM kept)");
        await gateway.Log.SeenAsync("The registry is followed again");
        await gateway.SeenAsync(await gateway.PublishAsync("users", null, "hello", "other"));
        Assert.Equal(Both, await gateway.QueryAsync("{ hello other }"));
    }

    [Theory]
    [InlineData("graphgateway_registry SET version = 'x'", "The store is damaged: a row cannot be read (version is no number). A backup has it as it was.")]
    [InlineData("graphgateway_registry_stages SET live = 99999999999999", "The store is damaged: a row cannot be read (live is 99999999999999). A backup has it as it was.")]
    [InlineData("graphgateway_registry_stages SET last = 'x'", "The store is damaged: a row cannot be read (last is no number). A backup has it as it was.")]
    public async Task Where_what_clients_use_cannot_be_written_they_are_answered(string damage, string reason)
    {
        await using var source = await FakeSource.AnswersAsync(Both);
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        Assert.Empty(await gateway.StartAsync("--Gateway:Registry:UsageInterval=20ms"));
        await gateway.DamageAsync(
            "CREATE TABLE kept AS SELECT r.version, s.live, s.last FROM graphgateway_registry r, graphgateway_registry_stages s; UPDATE graphgateway_registry SET one = one");
        await gateway.DamageAsync($"UPDATE {damage}");
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        await gateway.Log.SeenAsync($"What clients use cannot be written into the registry and is kept for the next time: {reason} (0 more like it since the last line)");
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));

        await gateway.DamageAsync(
            "UPDATE graphgateway_registry SET version = (SELECT version FROM kept); UPDATE graphgateway_registry_stages SET live = (SELECT live FROM kept), last = (SELECT last FROM kept)");
        await gateway.SeenAsync(await gateway.PublishAsync("users", null, "hello", "other"));
        Assert.Equal(Both, await gateway.QueryAsync("{ hello other }"));
    }

    [Fact]
    public async Task A_fault_of_a_job_in_the_background_is_no_reason_to_answer_nobody()
    {
        using var folder = new TemporaryFolder();
        var build = await GatewayHost.BuildAsync(
            ["--urls", "http://127.0.0.1:0", $"--Gateway:Supergraph={folder.Write("live.graphql", RunningGateway.Supergraph)}", "--Gateway:Subgraphs:users:Url=http://127.0.0.1:1/"]);
        await using var application = build.Application!;
        Assert.Equal(BackgroundServiceExceptionBehavior.Ignore, application.Services.GetRequiredService<IOptions<HostOptions>>().Value.BackgroundServiceExceptionBehavior);
    }

    private static async Task AnswerAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
    }

    // As a registry does, but for the waiting.
    private static async Task AnswerAsync(HttpContext context, string place)
    {
        await using var registry = SchemaRegistry.At(place, readOnly: true);
        var live = await registry.LiveAsync("shop", "dev", default);
        if (context.Request.Path.Value!.EndsWith("/live", StringComparison.Ordinal))
        {
            await (context.Request.Query["after"] == $"{live!.Launch}"
                ? AnswerAsync(context, 204, Json, "")
                : AnswerAsync(context, 200, Json, $$"""{"launch":{{live.Launch}},"hash":"{{live.Hash}}"}"""));
            return;
        }

        await AnswerAsync(context, 200, "text/plain", (await registry.SupergraphAsync("shop", "dev", live!.Launch, default))!);
    }
}
