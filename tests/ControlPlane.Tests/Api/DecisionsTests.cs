using System.Text.Json.Nodes;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>Who decides about launches that wait: what such a key sees, and what it can do.</summary>
public sealed class DecisionsTests : IDisposable
{
    private const string Stage = "/api/graphs/shop/stages/dev";

    private readonly TemporaryFolder folder = new();

    private string Place => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task Who_may_promote_sees_what_waits_in_its_stage_and_nothing_of_others()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        var key = await api.KeyAsync("promote:shop/dev");
        await api.SendAsync("POST", "/api/graphs/shop/stages/qa/publish", api.FirstKey, Body("users", "type Query { me: String }"));
        await api.SendAsync("POST", $"{Stage}/publish", api.FirstKey, Body("users", "type Query { me: String }"));
        await api.SendAsync("POST", $"{Stage}/publish", api.FirstKey, Body("users", "type Query { you: String }", waits: true));
        Assert.Equal(["dev"], (await GetAsync("/api/stages")).AsArray().Select(stage => (string?)stage!["stage"]!["stage"]));
        Assert.Equal(1, (int?)(await GetAsync(Stage))["launch"]!["number"]);
        Assert.Equal(["#2 awaiting", "#1 live"], (await GetAsync($"{Stage}/launches")).AsArray().Select(launch => $"#{launch!["number"]} {launch["status"]}"));
        Assert.Equal(["users@2"], (await GetAsync($"{Stage}/launches/2"))["sources"]!.AsArray().Select(source => $"{source!["source"]}@{source["version"]}"));
        Assert.Equal(["FIELD_REMOVED", "FIELD_ADDED"], (await GetAsync($"{Stage}/diff?to=2"))["changes"]!.AsArray().Select(change => (string?)change!["code"]));
        Assert.Equal("type Query { you: String }", (string?)(await GetAsync($"{Stage}/launches/2/sources/users"))["content"]!["schema"]);
        Assert.Equal(200, (await api.SendAsync("GET", $"{Stage}/launches/2/supergraph", key)).Status);
        foreach (var path in new[] { "/api/graphs/shop/stages/qa", "/api/graphs/shop/stages/qa/launches", "/api/graphs/shop/sources/users/versions", $"{Stage}/usage/members" })
        {
            Assert.Equal((path, 403), (path, (await api.SendAsync("GET", path, key)).Status));
        }

        async Task<JsonNode> GetAsync(string path)
        {
            var (status, answer) = await api.SendAsync("GET", path, key);
            Assert.Equal((path, 200), (path, status));
            return JsonNode.Parse(answer)!;
        }
    }

    [Fact]
    public async Task A_launch_that_waits_is_rejected_by_who_may_promote_and_its_own_by_who_published_it()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        var (orders, users, both, promoter) = (await api.KeyAsync("publish:shop/dev/orders"), await api.KeyAsync("publish:shop/dev/users"), await api.KeyAsync("publish:shop/dev"), await api.KeyAsync("promote:shop/dev"));
        await api.SendAsync("POST", $"{Stage}/publish", api.FirstKey, Body("users", "type Query { me: String }"));
        await api.SendAsync("POST", $"{Stage}/publish", orders, Body("orders", "type Query { orders: Int }", waits: true));
        await api.SendAsync("POST", $"{Stage}/publish", users, Body("users", "type Query { you: String }", waits: true));

        const string notOwn = " may reject in dev of shop only what it has published itself and may still publish.";
        Assert.Equal((403, $"The key of owner of publish:shop/dev/users{notOwn}"), await RejectAsync(users, """{"launch":2}"""));
        Assert.Equal((403, $"The key of owner of publish:shop/dev{notOwn}"), await RejectAsync(both, """{"launch":2}"""));
        Assert.Equal((403, $"The key of owner of publish:shop/dev/users{notOwn}"), await RejectAsync(users, """{"launch":1}"""));
        Assert.Equal((403, $"The key of owner of publish:shop/dev/users{notOwn}"), await RejectAsync(users, """{"launch":99}"""));
        Assert.Equal((409, "A reason has 1 to 1000 characters, none of them a control character."), await RejectAsync(promoter, """{"launch":2,"reason":"a\nb"}"""));
        Assert.Equal(
            """{"rejected":[{"number":2,"kind":"publish","status":"rejected","subject":"orders@1","base":1,"note":{"author":"owner of publish:shop/dev/orders","waitForApproval":true},"created":"2030-01-01T00:00:00+00:00","hash":"HASH","rejection":{"by":"owner of publish:shop/dev/orders","at":"2030-01-01T00:00:00+00:00","reason":"too early"}}]}""",
            System.Text.RegularExpressions.Regex.Replace((await api.SendAsync("POST", $"{Stage}/reject", orders, """{"launch":2,"reason":"too early"}""")).Body, "[0-9a-f]{64}", "HASH"));
        Assert.Equal((200, null), await RejectAsync(promoter, """{"launch":3}"""));
        Assert.Equal(
            (409, "#2 of dev of shop does not wait for approval. It was rejected by owner of publish:shop/dev/orders: too early"), await RejectAsync(promoter, """{"launch":2}"""));
        Assert.Equal(
            ["#3 rejected owner of promote:shop/dev", "#2 rejected owner of publish:shop/dev/orders", "#1 live "],
            JsonNode.Parse((await api.SendAsync("GET", $"{Stage}/launches", promoter)).Body)!.AsArray().Select(launch => $"#{launch!["number"]} {launch["status"]} {launch["rejection"]?["by"]}"));

        async Task<(int Status, string? Detail)> RejectAsync(string key, string body)
        {
            var (status, answer) = await api.SendAsync("POST", $"{Stage}/reject", key, body);
            return (status, (string?)JsonNode.Parse(answer)!["detail"]);
        }
    }

    // Where nothing is live, what comes after it has in it what waits.
    [Fact]
    public async Task Who_publishes_takes_back_nothing_of_others_with_its_own()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        var (orders, users) = (await api.KeyAsync("publish:shop/dev/orders"), await api.KeyAsync("publish:shop/dev/users"));
        await api.SendAsync("POST", $"{Stage}/publish", orders, Body("orders", "type Query { orders: Int }", waits: true));
        await api.SendAsync("POST", $"{Stage}/publish", users, Body("users", "type Query { me: String }"));
        var (status, answer) = await api.SendAsync("POST", $"{Stage}/reject", orders, """{"launch":1}""");
        Assert.Equal(
            (409, "#2 of owner of publish:shop/dev/users was made on #1, and would be rejected with it. Who may promote in dev of shop can do that."),
            (status, (string?)JsonNode.Parse(answer)!["detail"]));
        Assert.Equal(200, (await api.SendAsync("POST", $"{Stage}/reject", users, """{"launch":2}""")).Status);
        Assert.Equal(200, (await api.SendAsync("POST", $"{Stage}/reject", orders, """{"launch":1}""")).Status);
    }

    [Fact]
    public async Task What_is_newer_is_put_back_only_where_that_is_said()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        await api.SendAsync("POST", $"{Stage}/publish", api.FirstKey, Body("orders", "type Query { orders: Int }"));
        await api.SendAsync("POST", $"{Stage}/publish", api.FirstKey, Body("orders", "type Query { orders: Int two: Int }", waits: true));
        await api.SendAsync("POST", $"{Stage}/publish", api.FirstKey, Body("orders", "type Query { orders: Int three: Int }"));
        var (status, answer) = await api.SendAsync("POST", $"{Stage}/approve", api.FirstKey, """{"launch":2}""");
        Assert.Equal(
            (409, "#2 of dev of shop would take the place of what is newer: orders is orders@3 since #3 (publish orders@3 by first admin). Reject #2, and publish once more what is "
                + "still wanted of it; or approve it with --over-newer (\"overNewer\" over HTTP)."),
            (status, (string?)JsonNode.Parse(answer)!["detail"]));
        (status, answer) = await api.SendAsync("POST", $"{Stage}/approve", api.FirstKey, """{"launch":2,"overNewer":true}""");
        Assert.Equal((200, 4), (status, (int?)JsonNode.Parse(answer)!["live"]));
    }

    [Fact]
    public async Task A_stage_that_is_not_there_is_made_by_a_key_whose_scope_names_it_and_by_an_admin()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        var (any, named, promoter, graph) = (await api.KeyAsync("publish:shop/*/users"), await api.KeyAsync("publish:shop/dev/users"), await api.KeyAsync("promote:shop"), await api.KeyAsync("publish:*/dev"));
        var body = Body("users", "type Query { me: String }");
        foreach (var (key, name) in new[] { (any, "publish:shop/*/users"), (graph, "publish:*/dev") })
        {
            var (status, answer) = await api.SendAsync("POST", $"{Stage}/publish", key, body);
            Assert.Equal(
                (403, $"The key of owner of {name} may not make dev of shop, which is not there: none of its scopes names that stage. An admin's key makes it, or a publish on the store."),
                (status, (string?)JsonNode.Parse(answer)!["detail"]));
        }

        Assert.Equal("[]", (await api.SendAsync("GET", "/api/stages", api.FirstKey)).Body);
        Assert.Contains(api.Log, line => line.StartsWith("Warning: Refused (403 FORBIDDEN): publish in shop/dev", StringComparison.Ordinal));
        Assert.Equal(200, (await api.SendAsync("POST", $"{Stage}/publish", named, body)).Status);
        Assert.Equal(200, (await api.SendAsync("POST", $"{Stage}/publish", any, body)).Status);
        Assert.Equal(403, (await api.SendAsync("POST", "/api/graphs/shop/stages/qa/promote", promoter, """{"from":"dev"}""")).Status);
        Assert.Equal(200, (await api.SendAsync("POST", "/api/graphs/shop/stages/qa/promote", await api.KeyAsync("promote:shop/qa", "read:shop/dev"), """{"from":"dev"}""")).Status);
        Assert.Equal(200, (await api.SendAsync("POST", "/api/graphs/shop/stages/new/publish", api.FirstKey, body)).Status);
    }

    // Gateways that wait find out as soon as their question ends; a stage of the same name is another one for them.
    [Fact]
    public async Task An_admin_takes_a_stage_away_and_who_follows_it_hears_of_one_that_is_made_anew()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        await api.SendAsync("POST", $"{Stage}/publish", api.FirstKey, Body("users", "type Query { me: String }"));
        var before = JsonNode.Parse((await api.SendAsync("GET", $"{Stage}/live", api.FirstKey)).Body)!;
        var known = $"after=1&hash={before["hash"]}";
        Assert.Equal((204, ""), await api.SendAsync("GET", $"{Stage}/live?{known}", api.FirstKey));
        Assert.Equal(403, (await api.SendAsync("DELETE", Stage, await api.KeyAsync("promote:shop", "publish:shop", "read:shop"))).Status);

        var waiting = api.SendAsync("GET", $"{Stage}/live?{known}&wait=30", api.FirstKey);
        using (var limit = new CancellationTokenSource(TestPatience.Limit))
        {
            while (api.Server.Live.Waiters == 0)
            {
                await Task.Yield();
                limit.Token.ThrowIfCancellationRequested();
            }
        }

        Assert.Equal((200, """{"stage":{"graph":"shop","stage":"dev","live":1,"last":1},"withVersions":true}"""), await api.SendAsync("DELETE", Stage, api.FirstKey));
        Assert.Equal(404, (await api.SendAsync("DELETE", Stage, api.FirstKey)).Status);
        Assert.Equal(404, (await api.SendAsync("GET", $"{Stage}/live?{known}&wait=30", api.FirstKey)).Status);
        await api.SendAsync("POST", $"{Stage}/publish", api.FirstKey, Body("users", "type Query { you: String }"));
        var (status, answer) = await waiting;
        Assert.Equal((200, 1), (status, (int?)JsonNode.Parse(answer)!["launch"]));
        Assert.NotEqual((string?)before["hash"], (string?)JsonNode.Parse(answer)!["hash"]);
    }

    private static string Body(string source, string schema, bool waits = false) =>
        $$"""{"sources":[{"source":"{{source}}","schema":"{{schema}}"}],"waitForApproval":{{(waits ? "true" : "false")}}}""";
}
