using System.Text.Json.Nodes;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>What clients use, reported and read over HTTP.</summary>
public sealed class UsageOperationsTests : IDisposable
{
    private const string Usage = "/api/graphs/shop/stages/dev/usage";
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Reporter = "0123456789abcdef0123456789abcdef";
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task A_report_counts_once_and_is_read_by_members_and_operations()
    {
        await using var api = await StartAsync();
        var report = Report($$"""{"coordinate":"A.a","client":"web","requests":3},{"coordinate":"A.b(x:)","client":"","requests":1}""", $$"""{"client":"web","hash":"{{Hash}}","name":"Q","requests":3}""");
        Assert.Equal(404, (await api.SendAsync("GET", $"{Usage}/members", api.FirstKey)).Status);
        Assert.Equal(404, (await api.SendAsync("POST", Usage, api.FirstKey, report)).Status);
        await PublishAsync(api);
        Assert.Equal((204, ""), await api.SendAsync("POST", Usage, api.FirstKey, report));
        Assert.Equal((204, ""), await api.SendAsync("POST", Usage, api.FirstKey, report));
        Assert.Equal(
            (200, """[{"coordinate":"A.a","client":"web","requests":3},{"coordinate":"A.b(x:)","client":"","requests":1}]"""),
            await api.SendAsync("GET", $"{Usage}/members?days=1", api.FirstKey));
        Assert.Equal(
            (200, """[{"coordinate":"A.b(x:)","client":"","requests":1}]"""), await api.SendAsync("GET", $"{Usage}/members?members=A.b(x:),A.c", api.FirstKey));
        Assert.Equal((200, """[{"coordinate":"A.a","client":"web","requests":3}]"""), await api.SendAsync("GET", $"{Usage}/members?first=1", api.FirstKey));
        Assert.Equal((200, $$"""[{"client":"web","hash":"{{Hash}}","name":"Q","requests":3}]"""), await api.SendAsync("GET", $"{Usage}/operations", api.FirstKey));
        Assert.Equal("\"days\" is a number from 1 to 90.", (string?)JsonNode.Parse((await api.SendAsync("GET", $"{Usage}/operations?days=91", api.FirstKey)).Body)!["detail"]);
    }

    [Theory]
    [InlineData("reporter", """{"reporter":"web","number":1,"members":[],"operations":[]}""")]
    [InlineData("reporter", """{"reporter":"0123456789abcdef0123456789abcdef","number":0,"members":[],"operations":[]}""")]
    [InlineData("members", """{"reporter":"0123456789abcdef0123456789abcdef","number":1,"members":[{"coordinate":"","client":"","requests":1}],"operations":[]}""")]
    [InlineData("members", """{"reporter":"0123456789abcdef0123456789abcdef","number":1,"members":[{"coordinate":"A","client":"a\u0000b","requests":1}],"operations":[]}""")]
    [InlineData("members", """{"reporter":"0123456789abcdef0123456789abcdef","number":1,"members":[{"coordinate":"A","client":"","requests":1000000000001}],"operations":[]}""")]
    [InlineData("operations", """{"reporter":"0123456789abcdef0123456789abcdef","number":1,"members":[],"operations":[{"client":"a","hash":"x","name":"","requests":1}]}""")]
    public async Task What_is_no_report_is_refused(string about, string body)
    {
        await using var api = await StartAsync();
        await PublishAsync(api);
        var (status, answer) = await api.SendAsync("POST", Usage, api.FirstKey, body);
        Assert.Equal(400, status);
        Assert.StartsWith($"\"{about}\"", (string?)JsonNode.Parse(answer)!["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_is_too_long_is_refused()
    {
        await using var api = await StartAsync();
        await PublishAsync(api);
        var use = """{"coordinate":"A.a","client":"web","requests":3}""";
        Assert.Equal(204, (await api.SendAsync("POST", Usage, api.FirstKey, Report(string.Join(',', Enumerable.Repeat(use, UsageLimits.ReportRows)), ""))).Status);
        Assert.Equal(400, (await api.SendAsync("POST", Usage, api.FirstKey, Report(string.Join(',', Enumerable.Repeat(use, UsageLimits.ReportRows + 1)), ""))).Status);
    }

    private static string Report(string members, string operations) => $$"""{"reporter":"{{Reporter}}","number":1,"members":[{{members}}],"operations":[{{operations}}]}""";

    private static async Task PublishAsync(ApiUnderTest api) => Assert.Equal(
        200, (await api.SendAsync("POST", "/api/graphs/shop/stages/dev/publish", api.FirstKey, """{"sources":[{"source":"a","schema":"type Query { a: Int }"}]}""")).Status);

    private Task<ApiUnderTest> StartAsync() => ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"));
}
