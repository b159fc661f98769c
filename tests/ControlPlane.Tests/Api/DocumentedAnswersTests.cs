using System.Text.Json.Nodes;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>What the OpenAPI document says of answers, held against real ones: at least one of each operation, with and without what can be left out, and of each kind of problem.</summary>
public sealed class DocumentedAnswersTests : IDisposable
{
    private const string Dev = "/api/graphs/shop/stages/dev";

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task Each_operation_answers_what_the_document_says()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"));
        var document = JsonNode.Parse((await api.SendAsync("GET", "/openapi.json", null)).Body)!;
        var (schemas, problems, asked) = (new AnswerSchema(document), new List<string>(), new HashSet<string>());
        const string users = """{"source":"users","schema":"type Query { me: User } type User { name: String }"}""";
        const string other = """{"source":"users","schema":"type Query { me: User } type User { age: Int }","schemaName":"users.graphqls"}""";
        await AskAsync("publish", 200, "POST", $"{Dev}/publish", $$"""{"sources":[{"source":"users","schema":"type Query { me: Missing }"}]}""");
        await AskAsync("publish", 200, "POST", $"{Dev}/publish", $$"""{"sources":[{{users}}]}""");
        await AskAsync("publish", 200, "POST", $"{Dev}/publish", $$"""{"sources":[{{other}}],"tag":"t1","waitForApproval":true}""");
        await AskAsync("publish", 409, "POST", $"{Dev}/publish", """{"sources":[{"source":"-","schema":""}]}""");
        await AskAsync("publish", 400, "POST", $"{Dev}/publish", "{}");
        await AskAsync("reportUsage", 204, "POST", $"{Dev}/usage", """
            {"reporter":"0123456789abcdef0123456789abcdef","number":1,"members":[{"coordinate":"Query","client":"web","requests":3},{"coordinate":"User.name","client":"","requests":2}],
             "operations":[{"client":"web","hash":"","name":"Me","requests":3}]}
            """);
        await AskAsync("listMemberUses", 200, "GET", $"{Dev}/usage/members");
        await AskAsync("listOperationUses", 200, "GET", $"{Dev}/usage/operations");
        await AskAsync("check", 200, "POST", $"{Dev}/check", $$"""{"sources":[{{other}}],"withSupergraph":true}""");
        await AskAsync("check", 200, "POST", "/api/graphs/shop/stages/new/check", $$"""{"sources":[{{other}}],"newStage":true}""");
        await AskAsync("check", 404, "POST", "/api/graphs/shop/stages/new/check", $$"""{"sources":[{{other}}]}""");
        await AskAsync("preview", 200, "POST", $"{Dev}/preview", """{"approve":{"launch":3}}""");
        await AskAsync("listLaunches", 200, "GET", $"{Dev}/launches");
        await AskAsync("getLaunch", 200, "GET", $"{Dev}/launches/1");
        await AskAsync("getLaunch", 200, "GET", $"{Dev}/launches/3");
        await AskAsync("getLaunch", 404, "GET", $"{Dev}/launches/9");
        await AskAsync("approve", 200, "POST", $"{Dev}/approve", """{"launch":3}""");
        await AskAsync("diff", 200, "GET", $"{Dev}/diff?from=2");
        await AskAsync("getSupergraph", 200, "GET", $"{Dev}/launches/2/supergraph");
        await AskAsync("getSource", 200, "GET", $"{Dev}/launches/2/sources/users");
        await AskAsync("getLive", 200, "GET", $"{Dev}/live");
        await AskAsync("getLive", 204, "GET", $"{Dev}/live?after=4");
        await AskAsync("rollback", 200, "POST", $"{Dev}/rollback", "{}");
        await AskAsync("promote", 200, "POST", "/api/graphs/shop/stages/live/promote", """{"from":"dev"}""");
        await AskAsync("delete", 200, "POST", $"{Dev}/delete", """{"source":"users","waitForApproval":true}""");
        await AskAsync("publish", 200, "POST", $"{Dev}/publish", $$"""{"sources":[{{other}}],"waitForApproval":true}""");
        await AskAsync("reject", 200, "POST", $"{Dev}/reject", """{"launch":7}""");
        await AskAsync("listVersions", 200, "GET", "/api/graphs/shop/sources/users/versions");
        await AskAsync("getStage", 200, "GET", Dev);
        await AskAsync("listStages", 200, "GET", "/api/stages");
        await AskAsync("removeStage", 200, "DELETE", "/api/graphs/shop/stages/live");
        var made = await AskAsync("createKey", 200, "POST", "/api/keys", """{"name":"web","scopes":["read"]}""");
        await AskAsync("rotateKey", 200, "POST", $"/api/keys/{(string)made!["known"]!["id"]!}/rotate", "{}");
        await AskAsync("revokeKey", 200, "DELETE", $"/api/keys/{(string)made["known"]!["id"]!}");
        await AskAsync("listKeys", 200, "GET", "/api/keys");
        Assert.Equal([], problems);
        Assert.Equal(RegistryServer.Operations.Select(operation => operation.Id).Order(), asked.Order());

        async Task<JsonNode?> AskAsync(string operation, int status, string method, string path, string? body = null)
        {
            asked.Add(operation);
            var (answered, answer) = await api.SendAsync(method, path, api.FirstKey, body);
            var described = document["paths"]!.AsObject().SelectMany(one => one.Value!.AsObject()).Single(one => (string?)one.Value!["operationId"] == operation).Value!;
            Assert.Equal((operation, status), (operation, answered));
            if (described["responses"]![$"{answered}"] is not { } response)
            {
                problems.Add($"{operation} is not said to answer {answered}");
                return null;
            }

            if (response["content"] is not JsonObject content)
            {
                Assert.Equal("", answer);
                return null;
            }

            var value = content.ContainsKey("text/plain") ? JsonValue.Create(answer) : JsonNode.Parse(answer);
            problems.AddRange(schemas.FindProblems(value, content.Single().Value!["schema"]!).Select(problem => $"{operation} {answered}: {problem}"));
            return value;
        }
    }

    [Fact]
    public void A_report_is_answered_with_nothing_alone()
    {
        var document = OpenApiDocument.Of(RegistryServer.Operations);
        Assert.Equal(["204"], document["paths"]!["/api/graphs/{graph}/stages/{stage}/usage"]!["post"]!["responses"]!.AsObject().Select(one => one.Key).Where(status => status[0] == '2'));
        Assert.Equal(["200", "204"], document["paths"]!["/api/graphs/{graph}/stages/{stage}/live"]!["get"]!["responses"]!.AsObject().Select(one => one.Key).Where(status => status[0] == '2'));
    }

    [Theory]
    [InlineData("PUT", "/api/stages", "GET")]
    [InlineData("POST", Dev, "DELETE, GET")]
    [InlineData("PUT", "/api/keys", "GET, POST")]
    [InlineData("GET", Dev + "/publish", "POST")]
    [InlineData("DELETE", "/openapi.json", "GET, HEAD")]
    public async Task Another_method_is_answered_with_those_that_there_are(string method, string path, string allowed)
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"));
        using var client = new HttpClient { BaseAddress = api.Server.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { Authorization = new("Bearer", api.FirstKey) } };
        using var response = await client.SendAsync(request);
        Assert.Equal((405, allowed), ((int)response.StatusCode, string.Join(", ", response.Content.Headers.Allow)));
    }

    [Fact]
    public async Task The_head_of_the_document_needs_no_key()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"));
        using var client = new HttpClient { BaseAddress = api.Server.Address };
        using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/openapi.json"));
        Assert.Equal((200, (await client.GetByteArrayAsync("/openapi.json")).Length), ((int)response.StatusCode, (int)response.Content.Headers.ContentLength!));
    }
}
