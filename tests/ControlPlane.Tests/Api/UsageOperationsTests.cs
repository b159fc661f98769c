using System.Text.Json;
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
    public Task Members_that_a_stage_never_had_are_counted_together_in_a_file() => InventAsync(Path.Combine(folder.Path, "registry.db"));

    [PostgresFact]
    public Task Members_that_a_stage_never_had_are_counted_together_in_PostgreSQL() => PostgresDatabase.UseAsync(InventAsync);

    // A gateway may run what was live before, or what is rolled back to.
    private static async Task InventAsync(string place)
    {
        // Long ago, as PostgreSQL has it, whose own clock runs.
        await using var api = await ApiUnderTest.StartAsync(place, now: new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await PublishAsync(api);
        await PublishAsync(api, "type Query { a: A c(d: In = {e: F}): Int } type A { a: Int } input In { e: E } enum E { F }");
        var number = 0;

        // Of the live graph, of all that one can have.
        Assert.Equal(
            "(unknown) 5; A 1; A.a 1; E 1; E.F 1; In 1; In.e 1; Query.c 1; Query.c(d:) 1",
            await ReportAsync("Query.c", "Query.c(d:)", "In", "In.e", "E", "E.F", "A", "A.a", "@g(h:)", "A.invented", "@skip", "Query.c(e:)", "\u202e"));
        Assert.Equal(2, api.Server.Members.Reads);

        // Of the one before; what was invented is looked for in no graph twice.
        Assert.Equal("(unknown) 1; A.b 1; A.b(x:) 1; Query.a 1", await ReportAsync("A.b", "A.b(x:)", "Query.a", "A.invented"));
        Assert.Equal(2, api.Server.Members.Reads);

        // The last twenty that were live count, and drafts do not.
        for (var other = 0; other < KnownMembers.Launches - 2; other++)
        {
            await PublishAsync(api, $"type Query {{ x{other}: Int }}");
            await PublishAsync(api, "type Query { y: Missing }");
        }

        Assert.Equal("A.b 1; Query.x17 1", await ReportAsync("A.b", "Query.x17"));
        Assert.Equal(3, api.Server.Members.Reads);
        await PublishAsync(api, "type Query { z: Int }");
        Assert.Equal("(unknown) 1; A.a 1; Query.z 1", await ReportAsync("A.a", "A.b", "Query.z"));
        Assert.Equal(KnownMembers.Launches + 1, api.Server.Members.Reads);

        async Task<string> ReportAsync(params string[] members)
        {
            api.Clock.Advance(TimeSpan.FromDays(1));
            var uses = string.Join(',', members.Select(member => $$"""{"coordinate":{{JsonSerializer.Serialize(member)}},"client":"web","requests":1}"""));
            Assert.Equal((204, ""), await api.SendAsync("POST", Usage, api.FirstKey, Report(uses, "", ++number)));
            return string.Join("; ", JsonNode.Parse((await api.SendAsync("GET", $"{Usage}/members?days=1", api.FirstKey)).Body)!.AsArray().Select(use => $"{use!["coordinate"]} {use["requests"]}"));
        }
    }

    [Fact]
    public Task What_a_stage_has_that_was_made_anew_is_known_in_a_file() => MakeAnewAsync(Path.Combine(folder.Path, "registry.db"));

    [PostgresFact]
    public Task What_a_stage_has_that_was_made_anew_is_known_in_PostgreSQL() => PostgresDatabase.UseAsync(MakeAnewAsync);

    // Its launches have the numbers of those that are gone.
    private static async Task MakeAnewAsync(string place)
    {
        await using var api = await ApiUnderTest.StartAsync(place, now: new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var number = 0;
        await PublishAsync(api, "type Query { old: Int }");
        Assert.Equal("Query.old 1", await ReportAsync("Query.old"));
        await RemoveAsync();
        await PublishAsync(api, "type Query { fresh: Int }");
        Assert.Equal("(unknown) 1; Query.fresh 1", await ReportAsync("Query.fresh", "Query.old"));

        // With fewer launches than there were, of which the first is the same.
        await PublishAsync(api, "type Query { second: Int }");
        Assert.Equal("Query.fresh 1; Query.second 1", await ReportAsync("Query.fresh", "Query.second"));
        await RemoveAsync();
        await PublishAsync(api, "type Query { fresh: Int }");
        Assert.Equal("(unknown) 1; Query.fresh 1", await ReportAsync("Query.fresh", "Query.second"));

        async Task RemoveAsync() => Assert.Equal(200, (await api.SendAsync("DELETE", Usage.Replace("/usage", "", StringComparison.Ordinal), api.FirstKey)).Status);

        async Task<string> ReportAsync(params string[] members)
        {
            api.Clock.Advance(TimeSpan.FromDays(1));
            var uses = string.Join(',', members.Select(member => $$"""{"coordinate":"{{member}}","client":"web","requests":1}"""));
            Assert.Equal((204, ""), await api.SendAsync("POST", Usage, api.FirstKey, Report(uses, "", ++number)));
            return string.Join("; ", JsonNode.Parse((await api.SendAsync("GET", $"{Usage}/members?days=1", api.FirstKey)).Body)!.AsArray().Select(use => $"{use!["coordinate"]} {use["requests"]}"));
        }
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

    private static string Report(string members, string operations, int number = 1) => $$"""{"reporter":"{{Reporter}}","number":{{number}},"members":[{{members}}],"operations":[{{operations}}]}""";

    private static async Task PublishAsync(ApiUnderTest api, string schema = "type Query { a: A } type A { a: Int b(x: Int): Int }") => Assert.Equal(
        200, (await api.SendAsync("POST", "/api/graphs/shop/stages/dev/publish", api.FirstKey, $$"""{"sources":[{"source":"a","schema":"{{schema}}"}]}""")).Status);

    private Task<ApiUnderTest> StartAsync() => ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"));
}
