using System.Text.Json.Nodes;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>No answer takes many times the memory of what was sent, whatever stands in it: what is left out is counted.</summary>
public sealed class AnswerBoundsTests : IDisposable
{
    private const string Dev = "/api/graphs/shop/stages/dev";

    private readonly TemporaryFolder folder = new();

    private string Place => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Theory]
    [InlineData("publish", "schemaName")]
    [InlineData("publish", "settingsName")]
    [InlineData("check", "schemaName")]
    [InlineData("check", "settingsName")]
    public async Task What_messages_call_a_text_has_a_bound(string operation, string member)
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        await api.SendAsync("POST", $"{Dev}/publish", api.FirstKey, """{"sources":[{"source":"a","schema":"type Query { a: Int }"}]}""");
        var (status, answer) = await SendAsync(301);
        Assert.Equal(
            (400, "BODY_INVALID", "\"schemaName\" and \"settingsName\" of a have 300 characters at most: shorten them, or leave them out."),
            (status, (string?)JsonNode.Parse(answer)!["code"], (string?)JsonNode.Parse(answer)!["detail"]));
        Assert.Equal(200, (await SendAsync(300)).Status);

        Task<(int Status, string Body)> SendAsync(int length) => api.SendAsync(
            "POST", $"{Dev}/{operation}", api.FirstKey, $$"""{"sources":[{"source":"a","schema":"type Query { a: Int }","settings":"{}","{{member}}":"{{new string('n', length)}}"}]}""");
    }

    [Fact]
    public async Task Problems_are_told_up_to_a_number_and_counted()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);

        // Both have each field, and neither shares it: composition has a problem of its own for each.
        var fields = string.Concat(Enumerable.Range(0, 1_500).Select(i => $"f{i}: Int "));
        var sources = $$"""{"sources":[{"source":"a","schema":"type Query { {{fields}} }"},{"source":"b","schema":"type Query { {{fields}} }"}]""";
        var name = new string('n', 300);
        foreach (var (path, rest) in new[] { ("publish", "}"), ("check", "}") })
        {
            var (status, body) = await api.SendAsync("POST", $"{Dev}/{path}", api.FirstKey, sources.Replace("\"schema\"", $"\"schemaName\":\"{name}\",\"schema\"", StringComparison.Ordinal) + rest);
            var answer = JsonNode.Parse(body)!;
            Assert.Equal((200, false, 1_000, 500 + 2), (status, (bool)answer["success"]!, answer["problems"]!.AsArray().Count, (int)answer["moreProblems"]!));
        }

        // Of those that are stored fewer are kept.
        var launch = JsonNode.Parse((await api.SendAsync("GET", $"{Dev}/launches/1", api.FirstKey)).Body)!;
        Assert.Equal((200, 1_300 + 2), (launch["problems"]!.AsArray().Count, (int)launch["moreProblems"]!));
    }

    [Fact]
    public async Task Changes_are_told_up_to_a_number_of_each_severity_and_counted()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        var name = new string('N', RegistryLimits.SchemaNameLength);
        var old = string.Concat(Enumerable.Range(0, 2_100).Select(i => $"f{i}: Int "));
        string Of(string fields) => $$"""{"source":"a","schema":"type Query { a: {{name}} } type {{name}} { id: Int {{fields}} }"}""";
        Assert.Equal(200, (await api.SendAsync("POST", $"{Dev}/publish", api.FirstKey, $$"""{"sources":[{{Of(old)}}]}""")).Status);
        var (_, body) = await api.SendAsync("POST", $"{Dev}/check", api.FirstKey, $$"""{"sources":[{{Of("g: Int")}}]}""");
        var answer = JsonNode.Parse(body)!;
        Assert.Equal((false, """{"breaking":0,"dangerous":0,"safe":1}"""), ((bool)answer["success"]!, Total(answer)));
        Assert.True(answer["changes"]!.AsArray().Count is > 1_500 and <= 2_001 && body.Length < 8_000_000, $"{answer["changes"]!.AsArray().Count} changes in {body.Length} characters");

        await api.SendAsync("POST", $"{Dev}/publish", api.FirstKey, $$"""{"sources":[{{Of("g: Int")}}]}""");
        (_, body) = await api.SendAsync("GET", $"{Dev}/diff", api.FirstKey);
        Assert.Equal("""{"breaking":0,"dangerous":0,"safe":1}""", Total(JsonNode.Parse(body)!));

        // What is told and what is left out are all that there is.
        static string Total(JsonNode answer)
        {
            var told = answer["changes"]!.AsArray().Count(change => (string?)change!["severity"] == "breaking");
            Assert.Equal(2_100, told + (int)answer["moreChanges"]!["breaking"]!);
            var safe = answer["changes"]!.AsArray().Count(change => (string?)change!["severity"] == "safe") + (int)answer["moreChanges"]!["safe"]!;
            return $$"""{"breaking":0,"dangerous":{{answer["moreChanges"]!["dangerous"]}},"safe":{{safe}}}""";
        }
    }

    [Theory]
    [InlineData("type Query { a: NAME } type NAME { b: Int }", 1)]
    [InlineData("# a comment \"\ntype Query {\n  \"\"\"a \\\"\"\" b\"\"\"\n  a(b: String = \"\\\"\"): NAME\n}", 4)]
    [InlineData("type Query { a: Int @NAME }", 1)]
    [InlineData("\"NAME\" type Query { a: Int } # NAME", null)]
    [InlineData("\"\"\"NAME\n\nNAME\"\"\" type Query { a(b: String = \"NAME\"): Int }", null)]
    [InlineData("type Query { a: Int } \"unfinished NAME", null)]
    [InlineData("type Query { a: Int } \"\"\"unfinished NAME\n", null)]
    public void A_name_in_a_schema_has_a_bound(string schema, int? line)
    {
        string With(int length) => schema.Replace("NAME", new string('N', length), StringComparison.Ordinal);
        Assert.Null(LongNames.FindLine(With(300), RegistryLimits.SchemaNameLength));
        Assert.Equal(line, LongNames.FindLine(With(301), RegistryLimits.SchemaNameLength));
    }

    [Fact]
    public async Task A_schema_with_a_longer_name_is_not_taken()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        var (status, answer) = await api.SendAsync("POST", $"{Dev}/publish", api.FirstKey, $$"""{"sources":[{"source":"a","schema":"type Query {\n a{{new string('a', 300)}}: Int }"}]}""");
        Assert.Equal(
            (409, "The schema of a has a name of more than 300 characters, in line 2: the registry takes none. Shorten it."), (status, (string?)JsonNode.Parse(answer)!["detail"]));
    }

    [Fact]
    public async Task A_launch_names_so_many_of_its_sources()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        var sources = string.Join(',', Enumerable.Range(0, 22).Select(i => $$"""{"source":"s{{i:00}}","schema":"type Query { f{{i}}: Int }"}"""));
        var (_, answer) = await api.SendAsync("POST", $"{Dev}/publish", api.FirstKey, $$"""{"sources":[{{sources}}]}""");
        Assert.Equal(string.Join(", ", Enumerable.Range(0, 20).Select(i => $"s{i:00}@1")) + " and 2 more", (string?)JsonNode.Parse(answer)!["launch"]!["subject"]);
    }

    [Fact]
    public async Task A_body_has_as_many_sources_as_a_stage()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        var sources = string.Join(',', Enumerable.Range(0, 1_001).Select(i => $$"""{"source":"s{{i}}","schema":""}"""));
        foreach (var operation in new[] { "publish", "check" })
        {
            var (status, answer) = await api.SendAsync("POST", $"{Dev}/{operation}", api.FirstKey, $$"""{"sources":[{{sources}}]}""");
            Assert.Equal((400, "\"sources\" are 1000 at most."), (status, (string?)JsonNode.Parse(answer)!["detail"]));
        }
    }
}
