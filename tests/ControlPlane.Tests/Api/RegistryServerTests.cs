using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>The registry over HTTP, with an admin's key: what RolesTests tells of keys is not repeated here.</summary>
public sealed class RegistryServerTests : IDisposable
{
    private const string Dev = "/api/graphs/shop/stages/dev";
    private const string Production = "/api/graphs/shop/stages/production";

    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true, NewLine = "\n" };

    private readonly TemporaryFolder folder = new();

    private string Place => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task All_that_commands_do_is_done_over_HTTP()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        var text = new StringBuilder();
        await TellAsync("POST", $"{Dev}/publish", Body("""{"source":"users","schema":"type Query { me: User } type User { name: Missing }","schemaName":"users.graphqls"}"""));
        await TellAsync("POST", $"{Dev}/publish", Body("""{"source":"users","schema":"type Query { me: User } type User { name: String }","url":"http://127.0.0.1:1/"}"""));
        await TellAsync("POST", $"{Dev}/publish", Body("""{"source":"users","schema":"type Query { me: User } type User { name: String }"}"""));
        await TellAsync("POST", $"{Dev}/check", """{"sources":[{"source":"users","schema":"type Query { me: User } type User { age: Int }","schemaName":"users.graphqls"}]}""");
        await TellAsync("POST", $"{Dev}/publish", """{"sources":[{"source":"users","schema":"type Query { me: User } type User { age: Int }"}],"tag":"t2","waitForApproval":true}""");
        await TellAsync("POST", $"{Dev}/approve", """{"launch":3,"tag":"t3"}""");
        await TellAsync("GET", $"{Dev}/diff");
        await TellAsync("POST", $"{Dev}/rollback", "{}");
        await TellAsync("POST", $"{Production}/promote", """{"from":"dev"}""");
        await TellAsync("POST", $"{Production}/promote", """{"from":"dev","urls":{"users":"http://127.0.0.1:2/"}}""");
        await TellAsync("POST", $"{Production}/delete", """{"source":"orders"}""");
        await TellAsync("GET", "/api/stages");
        await TellAsync("GET", "/api/stages?graph=other");
        await TellAsync("GET", Dev);
        await TellAsync("GET", $"{Dev}/launches?first=2");
        await TellAsync("GET", $"{Dev}/launches/1");
        await TellAsync("GET", $"{Dev}/launches/2/supergraph");
        await TellAsync("GET", $"{Dev}/launches/2/sources/users");
        await TellAsync("GET", "/api/graphs/shop/sources/users/versions");
        Snapshot.Match(text.ToString());

        async Task TellAsync(string method, string path, string? body = null)
        {
            api.Clock.Advance(TimeSpan.FromMinutes(1));
            var (status, answer) = await api.SendAsync(method, path, api.FirstKey, body);
            text.Append($"{method} {path}{(body is null ? "" : $" {body}")}\n{status} {Shown(answer)}\n\n");
        }

        static string Body(string source) => $$"""{"sources":[{{source}}],"tag":"t1"}""";
    }

    [Theory]
    [InlineData("GET", "/api/stages?grph=shop", null, 400, "ARGUMENT_INVALID", "listStages does not take \"grph\".")]
    [InlineData("GET", "/api/stages?graph=a&graph=b", null, 400, "ARGUMENT_INVALID", "\"graph\" comes more than once.")]
    [InlineData("GET", "/api/stages/", null, 200, null, null)]
    [InlineData("GET", "/api", null, 404, "NOT_FOUND", "There is nothing here.")]
    [InlineData("PUT", "/api/stages", "{}", 405, "METHOD_NOT_ALLOWED", "This is not done with this method.")]
    [InlineData("GET", Dev, null, 404, "NOT_FOUND", "shop has no stage dev.")]
    [InlineData("GET", "/api/graphs/sh%20op/stages/dev", null, 404, "NOT_FOUND", "The name of a graph has 1 to 128 letters, digits, \"-\", \"_\" and \".\", and begins with a letter or a digit.")]
    [InlineData("GET", Dev + "/launches?first=10001", null, 400, "ARGUMENT_INVALID", "\"first\" is a number from 1 to 10000.")]
    [InlineData("GET", Dev + "/launches?first=0", null, 400, "ARGUMENT_INVALID", "\"first\" is a whole number above zero.")]
    [InlineData("GET", Dev + "/launches/last", null, 400, "ARGUMENT_INVALID", "A launch is named by its number, such as 12.")]
    [InlineData("GET", Dev + "/launches/99999999999", null, 400, "ARGUMENT_INVALID", "A launch is named by its number, such as 12.")]
    [InlineData("GET", Dev + "/diff", null, 404, "NOT_FOUND", "Nothing is live in dev of shop.")]
    [InlineData("POST", Dev + "/publish", "", 400, "BODY_INVALID", "It is no such JSON object; at line 1, byte 1.")]
    [InlineData("POST", Dev + "/publish", "null", 400, "BODY_INVALID", "It is null.")]
    [InlineData("POST", Dev + "/publish", "[]", 400, "BODY_INVALID", "It is no such JSON object; at line 1, byte 2.")]
    [InlineData("POST", Dev + "/publish", "{}", 400, "BODY_INVALID", "It lacks \"sources\".")]
    [InlineData("POST", Dev + "/publish", """{"sources":[{"source":"a","schema":""},{}]}""", 400, "BODY_INVALID", "$.sources[1] lacks \"source\", \"schema\".")]
    [InlineData("POST", Dev + "/publish", """{"missing required properties including: \u001b[31mx.":1}""", 400, "BODY_INVALID", "$['missing required properties including: U+001B[31mx.'] is not what it should be, or is not known.")]
    [InlineData("POST", Dev + "/publish", """{"sources":[]}""", 400, "BODY_INVALID", "\"sources\" has none.")]
    [InlineData("POST", Dev + "/publish", """{"sources":[null]}""", 400, "BODY_INVALID", "\"sources\" has a null.")]
    [InlineData("POST", Dev + "/publish", """{"sources":[{"source":"a","schema":"type Query { a: Int }"}],"author":"root"}""", 400, "BODY_INVALID", "$.author is not what it should be, or is not known.")]
    [InlineData("POST", Dev + "/publish", """{"sources":[{"source":"a","schema":1}]}""", 400, "BODY_INVALID", "$.sources[0].schema is not what it should be, or is not known.")]
    [InlineData("POST", Dev + "/publish", """{"sources":[{"source":"a","schema":"type Query { a: Int }","url":"http://u:p@host/"}]}""", 409, "CHANGE_REFUSED", "The URL of a has a name or a password in it, and all who may read the registry would see it. Give the gateway a header for it instead.")]
    [InlineData("POST", Dev + "/promote", """{"from":"qa","urls":{"a":null}}""", 400, "BODY_INVALID", "\"urls\" has a null.")]
    [InlineData("POST", Dev + "/promote", """{"from":"qa"}""", 409, "CHANGE_REFUSED", "Nothing is live in qa of shop.")]
    [InlineData("POST", Dev + "/rollback", "{}", 409, "CHANGE_REFUSED", "Nothing is live in dev of shop.")]
    [InlineData("POST", "/api/keys", """{"name":"web","scopes":["write"]}""", 400, "BODY_INVALID", "\"scopes\" has one that is none: read, read:GRAPH/STAGE, publish:GRAPH/STAGE/SOURCE, promote:GRAPH/STAGE, report:GRAPH/STAGE or admin, with * for any graph, stage or source.")]
    [InlineData("POST", "/api/keys", """{"name":"web","scopes":["read"],"expires":"2029-12-31T00:00:00Z"}""", 400, "BODY_INVALID", "\"expires\" is past: a key that is never valid is of no use.")]
    [InlineData("POST", "/api/keys", """{"name":" ","scopes":["read"]}""", 400, "BODY_INVALID", "\"name\" has 1 to 200 characters, none of them a control character.")]
    public async Task What_cannot_be_done_has_a_problem(string method, string path, string? body, int status, string? code, string? detail)
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        var (answered, answer) = await api.SendAsync(method, path, api.FirstKey, body);
        var problem = status == 200 ? null : JsonNode.Parse(answer);
        Assert.Equal((status, code, detail), (answered, (string?)problem?["code"], (string?)problem?["detail"]));
    }

    [Fact]
    public Task A_supergraph_is_sent_as_a_file_has_it() => SendSupergraphAsync(Place);

    [PostgresFact]
    public Task A_supergraph_is_sent_as_PostgreSQL_has_it() => PostgresDatabase.UseAsync(SendSupergraphAsync);

    // In UTF-8, and signed or not it is what its hash is of.
    private static async Task SendSupergraphAsync(string place)
    {
        await using var api = await ApiUnderTest.StartAsync(place);
        Assert.Equal(200, (await api.SendAsync("POST", $"{Dev}/publish", api.FirstKey, """{"sources":[{"source":"a","schema":"\"Über 1 € – 😀\" type Query { a: Int }"}]}""")).Status);
        var (status, text) = await api.SendAsync("GET", $"{Dev}/launches/1/supergraph", api.FirstKey);
        await using var registry = SchemaRegistry.At(place);
        Assert.Equal((200, await registry.SupergraphAsync("shop", "dev", 1, default)), (status, text));
        Assert.Contains("Über 1 € – 😀", text, StringComparison.Ordinal);
        Assert.Equal(404, (await api.SendAsync("GET", $"{Dev}/launches/2/supergraph", api.FirstKey)).Status);
    }

    [Fact]
    public Task What_no_store_takes_is_refused_before_a_file_is_asked() => RefuseUnfitAsync(Place);

    [PostgresFact]
    public Task What_no_store_takes_is_refused_before_PostgreSQL_is_asked() => PostgresDatabase.UseAsync(RefuseUnfitAsync);

    // A character of value 0, and half of a character, wherever a text is taken.
    private static async Task RefuseUnfitAsync(string place)
    {
        await using var api = await ApiUnderTest.StartAsync(place);
        Assert.Equal(200, (await api.SendAsync("POST", $"{Dev}/publish", api.FirstKey, """{"sources":[{"source":"a","schema":"type Query { a: Int }"}]}""")).Status);
        var text = new StringBuilder();
        foreach (var path in new[] { "/api/stages?graph=a%00b", $"{Dev}/usage/members?members=Query.a%00", "/api/stages?gr%00aph=a", $"{Dev}/launches?first=%00" })
        {
            await TellAsync("GET", path, null);
        }

        foreach (var unfit in new[] { "a\\u0000", "a\\ud800", "\\udc00a" })
        {
            await TellAsync("POST", $"{Dev}/publish", $$"""{"sources":[{"source":"{{unfit}}","schema":"type Query { a: Int }"}]}""");
            await TellAsync("POST", $"{Dev}/publish", $$"""{"sources":[{"source":"a","schema":"type Query { a: Int } # {{unfit}}"}]}""");
            await TellAsync("POST", $"{Dev}/publish", $$"""{"sources":[{"source":"a","schema":"type Query { b: Int }","settings":"{{unfit}}"}]}""");
            await TellAsync("POST", $"{Dev}/publish", $$"""{"sources":[{"source":"a","schema":"type Query { b: Int }","schemaName":"{{unfit}}"}]}""");
            await TellAsync("POST", $"{Dev}/publish", $$"""{"sources":[{"source":"a","schema":"type Query { b: Int }"}],"tag":"{{unfit}}"}""");
            await TellAsync("POST", $"{Dev}/check", $$"""{"sources":[{"source":"a","schema":"type Query { b: Int } # {{unfit}}"}]}""");
            await TellAsync("POST", $"{Dev}/delete", $$"""{"source":"{{unfit}}"}""");
            await TellAsync("POST", $"{Production}/promote", $$"""{"from":"{{unfit}}"}""");
            await TellAsync("POST", $"{Production}/promote", $$"""{"from":"dev","urls":{"{{unfit}}":"http://127.0.0.1:1/"} }""");
            await TellAsync("POST", $"{Dev}/rollback", $$"""{"tag":"{{unfit}}"}""");
            await TellAsync("POST", "/api/keys", $$"""{"name":"{{unfit}}","scopes":["read"]}""");
            await TellAsync("POST", "/api/keys", $$"""{"name":"web","scopes":["{{unfit}}"]}""");
            await TellAsync("POST", $"{Dev}/usage", $$"""{"reporter":"0123456789abcdef0123456789abcdef","number":1,"members":[{"coordinate":"A","client":"{{unfit}}","requests":1}],"operations":[]}""");
        }

        // The server itself takes no such path.
        Assert.Equal((400, ""), await api.SendAsync("GET", "/api/graphs/a%00b/stages/dev", api.FirstKey));
        Snapshot.Match(text.ToString());

        async Task TellAsync(string method, string path, string? body)
        {
            var (status, answer) = await api.SendAsync(method, path, api.FirstKey, body);
            var problem = status == 204 ? null : JsonNode.Parse(answer);
            text.Append($"{method} {path}{(body is null ? "" : $" {body}")}\n  {status} {problem?["code"]} {problem?["detail"]}\n");
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_is_not_said_to_be_JSON_is_refused()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        Assert.Equal(
            (415, """{"type":"urn:graphgateway:registry:media-type-unsupported","title":"media type unsupported","status":415,"detail":"The body is not said to be JSON.","code":"MEDIA_TYPE_UNSUPPORTED","advice":"Send it with Content-Type: application/json."}"""),
            await api.SendAsync("POST", $"{Dev}/publish", api.FirstKey, "{}", "text/plain"));
        var (status, answer) = await api.SendAsync(
            "POST", $"{Dev}/publish", api.FirstKey, $$"""{"sources":[{"source":"a","schema":"{{new string(' ', RegistryServer.BodyBytes)}}"}]}""");
        Assert.Equal((413, "BODY_TOO_LARGE"), (status, (string?)JsonNode.Parse(answer)!["code"]));
    }

    [Fact]
    public async Task Keys_are_made_replaced_and_revoked_over_HTTP()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        var admin = api.FirstKey!;
        var made = JsonNode.Parse((await api.SendAsync("POST", "/api/keys", admin, """{"name":"orders team","scopes":["publish:shop/*/orders","read:shop/*"]}""")).Body)!;
        var (key, id) = ((string)made["key"]!, (string)made["known"]!["id"]!);
        Assert.Equal(200, (await api.SendAsync("GET", "/api/stages", key)).Status);

        var second = JsonNode.Parse((await api.SendAsync("POST", $"/api/keys/{id}/rotate", admin, """{"graceSeconds":60}""")).Body)!;
        Assert.Equal(409, (await api.SendAsync("DELETE", $"/api/keys/{ApiKeyText.IdOf(admin)}", admin)).Status);
        Assert.Equal(200, (await api.SendAsync("GET", "/api/stages", key)).Status);
        api.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("KEY_EXPIRED", (string?)JsonNode.Parse((await api.SendAsync("GET", "/api/stages", key)).Body)!["code"]);
        Assert.Equal(200, (await api.SendAsync("GET", "/api/stages", (string)second["key"]!)).Status);

        var otherId = (string)second["known"]!["id"]!;
        Assert.Equal(200, (await api.SendAsync("DELETE", $"/api/keys/{otherId}", admin)).Status);
        Assert.Equal("KEY_REVOKED", (string?)JsonNode.Parse((await api.SendAsync("GET", "/api/stages", (string)second["key"]!)).Body)!["code"]);
        var list = (await api.SendAsync("GET", "/api/keys", admin)).Body;
        Assert.Equal(
            [
                """{"id":"A","name":"orders team","scopes":["publish:shop/*/orders","read:shop"],"created":"2030-01-01T00:00:00+00:00","expires":"2030-01-01T00:01:00+00:00","replacedBy":"B"}""",
                """{"id":"B","name":"orders team","scopes":["publish:shop/*/orders","read:shop"],"created":"2030-01-01T00:00:00+00:00","revoked":"2030-01-01T00:01:00+00:00"}""",
                """{"id":"FIRST","name":"first admin","scopes":["admin"],"created":"2030-01-01T00:00:00+00:00"}""",
            ],
            JsonNode.Parse(list)!.AsArray().Select(item => item!.ToJsonString(ApiJson.Options).Replace(ApiKeyText.IdOf(admin)!, "FIRST", StringComparison.Ordinal)
                .Replace(id, "A", StringComparison.Ordinal).Replace(otherId, "B", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(key[21..60], list, StringComparison.Ordinal);
    }

    [Fact]
    public Task Of_servers_that_start_at_the_same_time_one_shows_the_first_key_of_a_file() => FirstKeyAsync(Place);

    [PostgresFact]
    public Task Of_servers_that_start_at_the_same_time_one_shows_the_first_key_of_PostgreSQL() => PostgresDatabase.UseAsync(FirstKeyAsync);

    [Fact]
    public async Task The_OpenAPI_document_has_the_routes_that_there_are_and_needs_no_key()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        var (status, text) = await api.SendAsync("GET", "/openapi.json", key: null);
        Assert.Equal(200, status);
        var document = JsonNode.Parse(text)!.AsObject();
        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}"));
        var routed = api.Server.Endpoints.Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"));
        Assert.Equal(routed.Except(["GET /openapi.json", "HEAD /openapi.json"]).Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        foreach (Match reference in Regex.Matches(text, "\"\\$ref\":\"#/([^\"]*)\""))
        {
            var found = reference.Groups[1].Value.Split('/').Aggregate((JsonNode?)document, (node, name) => node is JsonArray list ? list[int.Parse(name)] : node?[name]);
            Assert.True(found is not null, $"{reference.Groups[1].Value} refers to nothing.");
        }

        // A line an operation, and a line a schema.
        Snapshot.Match(string.Join('\n', document["paths"]!.AsObject().Concat(document["components"]!["schemas"]!.AsObject())
            .SelectMany(part => new[] { part.Key }.Concat(part.Value!.AsObject().Select(member => $"  {member.Key}: {member.Value!.ToJsonString(ApiJson.Options)}")))));
    }

    [Fact]
    public async Task A_store_that_cannot_be_used_is_told_without_its_secrets()
    {
        await File.WriteAllTextAsync(Place, "this is no database, though there is a file of that name");
        var (server, problem) = await RegistryServer.StartAsync(
            new RegistryServerOptions(Place, new Uri("http://127.0.0.1:0"), ApiUnderTest.Pepper), TextWriter.Null, _ => { }, TimeProvider.System, default);
        Assert.Null(server);
        Assert.Equal("The registry cannot be used: SQLite Error 26: 'file is not a database'.", problem);
    }

    private static async Task FirstKeyAsync(string place)
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => ApiUnderTest.StartAsync(place))));
        var key = Assert.Single(servers.Select(server => server.FirstKey).OfType<string>());
        await using (var later = await ApiUnderTest.StartAsync(place))
        {
            Assert.Equal("", later.Console);
            Assert.Equal(200, (await later.SendAsync("GET", "/api/keys", key)).Status);
            Assert.DoesNotContain(later.Log, line => line.Contains(key, StringComparison.Ordinal));
        }

        foreach (var server in servers)
        {
            Assert.DoesNotContain(server.Log, line => line.Contains(key, StringComparison.Ordinal));
            await server.DisposeAsync();
        }
    }

    private static string Shown(string answer) => answer.StartsWith('{') || answer.StartsWith('[') ? JsonNode.Parse(answer)!.ToJsonString(Indented) : $"\n{answer}";
}
