using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>Who may do what: each operation with each kind of key.</summary>
public sealed class RolesTests : IDisposable
{
    private const string Stage = "/api/graphs/shop/stages/dev";
    private const string Sources = """{"sources":[{"source":"orders","schema":"type Query { orders: Int }"}]}""";

    private readonly TemporaryFolder folder = new();

    private string Place => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    // At which version and where the sources of other teams are is for who may read.
    [Theory]
    [InlineData("users", "publish:shop/dev/users")]
    [InlineData("users", "publish:shop/*/users", "read:shop/prod")]
    [InlineData("orders, users", "publish:shop/dev/users", "publish:shop/dev/orders")]
    [InlineData("orders, users", "publish:shop/dev/users", "read:shop/dev")]
    [InlineData("orders, users", "publish:shop/dev/users", "promote:shop/dev")]
    [InlineData("orders, users", "admin")]
    public async Task Who_publishes_is_told_of_the_sources_that_they_may_publish(string told, params string[] scopes)
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        await api.SendAsync("POST", $"{Stage}/publish", api.FirstKey, Sources);
        var key = await api.KeyAsync(scopes);
        const string users = """{"sources":[{"source":"users","schema":"type Query { users: Int }"}]}""";
        foreach (var outcome in new[] { "launched", "unchanged" })
        {
            var answer = JsonNode.Parse((await api.SendAsync("POST", $"{Stage}/publish", key, users)).Body)!;
            Assert.Equal((outcome, told), ((string)answer["outcome"]!, string.Join(", ", answer["sources"]!.AsArray().Select(source => (string)source!["source"]!))));
        }
    }

    // 409 and 404 are answers of the registry itself: the key was let in.
    [Fact]
    public async Task Each_operation_is_done_for_the_keys_that_may_do_it()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        await api.SendAsync("POST", $"{Stage}/publish", api.FirstKey, Sources);
        var keys = new Dictionary<string, string?>
        {
            ["none"] = null,
            ["wrong"] = ApiKeyText.Make(),
            ["read"] = await api.KeyAsync("read:shop/dev"),
            ["read shop"] = await api.KeyAsync("read:shop"),
            ["elsewhere"] = await api.KeyAsync("read:other", "publish:shop/prod", "promote:shop/prod"),
            ["publish"] = await api.KeyAsync("publish:shop/*/orders"),
            ["other source"] = await api.KeyAsync("publish:shop/dev/users"),
            ["promote"] = await api.KeyAsync("promote:shop"),
            ["report"] = await api.KeyAsync("report:shop/dev"),
            ["admin"] = await api.KeyAsync("admin"),
        };
        var requests = new Dictionary<string, (string Path, string? Body)>
        {
            ["publish"] = ($"{Stage}/publish", Sources),
            ["delete"] = ($"{Stage}/delete", """{"source":"orders","waitForApproval":true}"""),
            ["promote"] = ($"{Stage}/promote", """{"from":"qa"}"""),
            ["rollback"] = ($"{Stage}/rollback", """{"to":99}"""),
            ["reject"] = ($"{Stage}/reject", """{"launch":99}"""),
            ["approve"] = ($"{Stage}/approve", """{"launch":99}"""),
            ["removeStage"] = ("/api/graphs/shop/stages/gone", null),
            ["listStages"] = ("/api/stages", null),
            ["getStage"] = (Stage, null),
            ["listLaunches"] = ($"{Stage}/launches", null),
            ["getLaunch"] = ($"{Stage}/launches/1", null),
            ["getSupergraph"] = ($"{Stage}/launches/1/supergraph", null),
            ["getSource"] = ($"{Stage}/launches/1/sources/orders", null),
            ["reportUsage"] = ($"{Stage}/usage", """{"reporter":"00000000000000000000000000000000","number":1,"members":[],"operations":[]}"""),
            ["listMemberUses"] = ($"{Stage}/usage/members", null),
            ["listOperationUses"] = ($"{Stage}/usage/operations", null),
            ["getLive"] = ($"{Stage}/live", null),
            ["listVersions"] = ("/api/graphs/shop/sources/orders/versions", null),
            ["diff"] = ($"{Stage}/diff?from=1&to=1", null),
            ["check"] = ($"{Stage}/check", Sources),
            ["preview"] = ($"{Stage}/preview", """{"delete":{"source":"orders"}}"""),
            ["listKeys"] = ("/api/keys", null),
            ["createKey"] = ("/api/keys", """{"name":"web","scopes":["read"]}"""),
            ["rotateKey"] = ("/api/keys/0000000000000000/rotate", "{}"),
            ["revokeKey"] = ("/api/keys/0000000000000000", null),
        };
        var table = new StringBuilder().Append("operation".PadRight(18)).AppendJoin("  ", keys.Keys).Append('\n');
        foreach (var operation in RegistryServer.Operations)
        {
            table.Append(operation.Id.PadRight(18));
            var (path, body) = requests[operation.Id];
            foreach (var (name, key) in keys)
            {
                var (status, answer) = await api.SendAsync(operation.Method, path, key, body);
                table.Append(status.ToString(CultureInfo.InvariantCulture).PadRight(name.Length + 2));
                Assert.DoesNotContain(key ?? "no key", answer, StringComparison.Ordinal);
            }

            table.Append('\n');
        }

        Snapshot.Match(string.Join('\n', table.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd())));
        Assert.All(keys.Values.OfType<string>(), key => Assert.DoesNotContain(api.Log, line => line.Contains(key[21..], StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_refusal_says_why_and_has_a_line_in_the_log_without_the_key()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        string revoked, expired;
        await using (var keys = ApiKeyStore.OfRegistry(Place))
        {
            var made = await keys.CreateAsync(new ApiKeyGrant("web", null, ["admin"], null), ApiUnderTest.Pepper, api.Clock.GetUtcNow(), default);
            Assert.True(await keys.RevokeAsync(made.Key.Id, api.Clock.GetUtcNow(), default));
            revoked = made.Text;
            expired = (await keys.CreateAsync(
                new ApiKeyGrant("web", null, ["admin"], api.Clock.GetUtcNow().AddDays(1)), ApiUnderTest.Pepper, api.Clock.GetUtcNow(), default)).Text;
        }

        var publisher = await api.KeyAsync("publish:shop/dev/users");
        Assert.Equal(200, (await api.SendAsync("GET", "/api/stages", expired)).Status);
        api.Clock.Advance(TimeSpan.FromDays(1));
        var answers = new StringBuilder();
        foreach (var (path, key) in new[]
        {
            ("/api/stages", null), ("/nothing%0Ahere", "secret"), ($"{Stage}/launches/1", publisher[..^1] + "x"), ($"{Stage}/launches/1", publisher[..21] + new string('0', 72)),
            ("/api/stages", revoked), ("/api/stages", expired), ($"{Stage}/launches", publisher), ("/api/graphs/a%0Ab/stages/c/diff", publisher), ("/api/keys", publisher),
        })
        {
            answers.Append((await api.SendAsync("GET", path, key)).Body).Append('\n');
        }

        answers.Append((await api.SendAsync("POST", $"{Stage}/publish", publisher, Sources)).Body).Append('\n');
        answers.Append((await api.SendAsync("PUT", "/api/stages", publisher)).Body).Append('\n');
        Snapshot.Match($"{answers}\n{string.Join('\n', api.Log.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)))}"
            .Replace(ApiKeyText.IdOf(publisher)!, "PUBLISHER", StringComparison.Ordinal)
            .Replace(ApiKeyText.IdOf(revoked)!, "REVOKED", StringComparison.Ordinal)
            .Replace(ApiKeyText.IdOf(expired)!, "EXPIRED", StringComparison.Ordinal));
        Assert.All(
            new[] { publisher, revoked, expired, api.FirstKey! },
            key => Assert.DoesNotContain(api.Log, line => line.Contains(key[21..60], StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("read", "read")]
    [InlineData("read:*/*", "read")]
    [InlineData("read:shop/production", "read:shop/production")]
    [InlineData("publish:shop/*/orders", "publish:shop/*/orders")]
    [InlineData("promote:*/production", "promote:*/production")]
    [InlineData("report:shop/production", "report:shop/production")]
    [InlineData("report:shop/dev/orders", null)]
    [InlineData("admin", "admin")]
    [InlineData("admin:shop", null)]
    [InlineData("read:shop/dev/orders", null)]
    [InlineData("publish:shop/dev/orders/x", null)]
    [InlineData("publish:", null)]
    [InlineData("publish:shop//orders", null)]
    [InlineData("Read", null)]
    [InlineData("write", null)]
    [InlineData("", null)]
    public void A_scope_is_read_or_is_none(string text, string? written) => Assert.Equal(written, RegistryScope.Parse(text)?.ToString());

    [Theory]
    [InlineData("read", RegistryRole.Read, null, null, null, true)]
    [InlineData("read:shop", RegistryRole.Read, "shop", null, null, true)]
    [InlineData("read:shop/dev", RegistryRole.Read, "shop", null, null, false)]
    [InlineData("read:shop/dev", RegistryRole.Read, "shop", "dev", null, true)]
    [InlineData("read:shop/dev", RegistryRole.Read, "shop", "devil", null, false)]
    [InlineData("read:shop/dev", RegistryRole.Publish, "shop", "dev", "a", false)]
    [InlineData("read:*/dev", RegistryRole.Read, "other", "dev", null, true)]
    [InlineData("publish:shop/*/orders", RegistryRole.Publish, "shop", "dev", "orders", true)]
    [InlineData("publish:shop/*/orders", RegistryRole.Publish, "shop", "dev", "users", false)]
    [InlineData("publish:shop/*/orders", RegistryRole.Read, "shop", "dev", null, false)]
    [InlineData("promote:shop", RegistryRole.Promote, "shops", "dev", null, false)]
    [InlineData("report:shop", RegistryRole.Read, "shop", "dev", null, false)]
    [InlineData("read", RegistryRole.Report, "shop", "dev", null, false)]
    [InlineData("admin", RegistryRole.Publish, "shop", "dev", "users", true)]
    public void A_scope_allows_what_it_says_where_it_says_it(string scope, RegistryRole role, string? graph, string? stage, string? source, bool isAllowed) =>
        Assert.Equal(isAllowed, RegistryScope.Parse(scope)!.Allows(role, graph, stage, source));
}
