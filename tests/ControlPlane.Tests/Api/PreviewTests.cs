using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>What a change would make live, asked over HTTP before it is made.</summary>
public sealed class PreviewTests : IDisposable
{
    private const string Stage = "/api/graphs/shop/stages/dev";

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task Each_change_is_shown_and_none_is_made()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"));
        await PublishAsync(api, "dev", "users", "type Query { me: String }");
        await PublishAsync(api, "dev", "orders", "type Query { orders: Int }");
        await PublishAsync(api, "dev", "users", "type Query { you: String }", ""","waitForApproval":true""");
        await PublishAsync(api, "qa", "users", "type Query { qa: String }");
        var (reader, decider) = (await api.KeyAsync("read"), await api.KeyAsync("promote:shop"));
        foreach (var (change, fields) in new[]
        {
            ("""{"publish":{"sources":[{"source":"users","schema":"type Query { mine: String }"}]}}""", "mine orders"),
            ("""{"delete":{"source":"users"}}""", "orders"),
            ("""{"promote":{"from":"qa"}}""", "qa"),
            ("""{"rollback":{"to":1}}""", "me"),
            ("""{"approve":{"launch":3}}""", "orders you"),
        })
        {
            foreach (var key in new[] { reader, decider })
            {
                var (status, body) = await api.SendAsync("POST", $"{Stage}/preview", key, change);
                Assert.Equal((200, fields), (status, string.Join(' ', new[] { "me", "mine", "orders", "qa", "you" }.Where(field => body.Contains($"  {field}: ", StringComparison.Ordinal)))));
            }
        }

        var (code, answer) = await api.SendAsync("POST", $"{Stage}/preview", reader, """{"publish":{"sources":[{"source":"users","schema":"type Query { me: Missing }"}]}}""");
        Assert.Equal((200, true), (code, answer.StartsWith("""{"problems":[{"code":""", StringComparison.Ordinal)));
        Assert.Contains("""{"stage":{"graph":"shop","stage":"dev","live":2,"last":3},""", (await api.SendAsync("GET", Stage, reader)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", 400, "A preview has exactly one of")]
    [InlineData("""{"rollback":{},"delete":{"source":"users"}}""", 400, "A preview has exactly one of")]
    [InlineData("""{"publish":{"sources":[]}}""", 400, """\"sources\" has none.""")]
    [InlineData("""{"promote":{"from":"secret"}}""", 403, "may neither read nor promote in secret of shop.")]
    [InlineData("""{"promote":{"from":"dev"}}""", 409, "dev cannot be promoted to itself.")]
    [InlineData("""{"delete":{"source":"nobody"}}""", 409, "dev of shop has no source nobody.")]
    [InlineData("""{"approve":{"launch":1}}""", 409, "#1 of dev of shop does not wait for approval.")]
    public async Task What_cannot_be_shown_says_why(string body, int status, string why)
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"));
        await PublishAsync(api, "dev", "users", "type Query { me: String }");
        await PublishAsync(api, "secret", "users", "type Query { secret: String }");
        var answer = await api.SendAsync("POST", $"{Stage}/preview", await api.KeyAsync("read:shop/dev"), body);
        Assert.Equal(status, answer.Status);
        Assert.Contains(why, answer.Body, StringComparison.Ordinal);
    }

    private static async Task PublishAsync(ApiUnderTest api, string stage, string source, string schema, string more = "") => Assert.Equal(
        200, (await api.SendAsync("POST", $"/api/graphs/shop/stages/{stage}/publish", api.FirstKey, $$"""{"sources":[{"source":"{{source}}","schema":"{{schema}}","url":"http://{{source}}.internal/"}]{{more}}}""")).Status);
}
