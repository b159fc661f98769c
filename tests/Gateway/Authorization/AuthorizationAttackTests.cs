using System.Text.Json;
using Xunit;

namespace GraphGateway.Gateway.Tests.Authorization;

/// <summary>
/// Ways around protected members, each named; the sources would tell everything. What is protected is null with an error, and is not asked for.
/// </summary>
public sealed class AuthorizationAttackTests
{
    private const string Denied = "Unauthorized field or type UNAUTHORIZED_FIELD_OR_TYPE";

    [Fact]
    public Task By_an_alias() => CheckAsync(
        "{ rose { name p: price name2: price } }", "buy",
        """{"rose":{"name":"Peace","p":null,"name2":null}}""", $"rose.p {Denied}\nrose.name2 {Denied}",
        "a: { rose { name } }");

    [Fact]
    public Task By_named_and_nested_fragments() => CheckAsync(
        "{ rose { ...F } } fragment F on Node { ... on Plant { ... on Rose { ...G } } } fragment G on Rose { name price }", "read",
        """{"rose":{"name":"Peace","price":null}}""", $"rose.price {Denied}",
        "a: { rose { name } }");

    [Fact]
    public Task By_one_of_two_scopes_that_belong_together() => CheckAsync(
        "{ rose { price } }", "read buyer sale sales2 SALES",
        """{"rose":{"price":null}}""", $"rose.price {Denied}",
        "a: { rose { __typename } }");

    [Fact]
    public Task By_an_interface() => CheckAsync(
        "{ plants { n: name } }", null,
        """{"plants":[{"n":"Peace"},{"n":null}]}""", $"plants.1.n {Denied}",
        "a: { plants { __typename ... on Rose { n: name } } }");

    [Fact]
    public Task By_asking_an_object_of_a_protected_type_for_nothing_but_its_type() => CheckAsync(
        "{ plants { __typename } anything { __typename } }", null,
        """{"plants":[{"__typename":"Rose"},null],"anything":[{"__typename":"Rose"},null]}""",
        $"plants.1.__typename {Denied}\nanything.1.__typename {Denied}",
        "a: { plants { __typename } anything { __typename } }");

    [Fact]
    public Task By_a_union() => CheckAsync(
        "{ anything { ... on Secret { text } ... on Rose { name } } secret { text } }", null,
        """{"anything":[{"name":"Peace"},{"text":null}],"secret":null}""", $"anything.1.text {Denied}\nsecret {Denied}",
        "a: { anything { __typename ... on Rose { name } } }");

    [Fact]
    public Task By_a_field_that_is_computed_from_the_protected_one() => CheckAsync(
        "{ rose { margin } }", "buy read",
        """{"rose":{"margin":null}}""", $"rose.margin {Denied}",
        "a: { rose { __typename } }");

    [Fact]
    public Task By_a_value_of_a_protected_enum() => CheckAsync(
        "{ rose { grade } }", null,
        """{"rose":{"grade":null}}""", $"rose.grade {Denied}",
        "a: { rose { __typename } }");

    [Fact]
    public async Task By_a_global_id_whose_object_is_only_asked_whether_it_is_there()
    {
        await using var gateway = await ProtectedGateway.StartAsync();
        foreach (var query in new[]
        {
            "{ node(id: $id) { id ... on Weed { name } } }", "{ node(id: $id) { __typename } }", "{ node(id: $id) { ... on Rose { name } } }", "{ node(id: $id) { ... on Weed { name } } }",
        })
        {
            // The first is there, the second is not: nobody is asked, and nothing tells them apart.
            var there = await gateway.AskAsync(query.Replace("$id", "\"V2VlZDp3MQ==\"", StringComparison.Ordinal), null);
            var notThere = await gateway.AskAsync(query.Replace("$id", $"\"{ProtectedGateway.NotThere}\"", StringComparison.Ordinal), null);
            Assert.Equal(there, notThere);
            Assert.Equal("", gateway.Asked());
        }

        var answer = await gateway.AskAsync("""{ node(id: "V2VlZDp3MQ==") { id ... on Weed { name } } }""", null);
        Assert.Equal(("""{"node":null}""", $"node.id {Denied}\nnode.name {Denied}"), (Data(answer), Errors(answer)));
        answer = await gateway.AskAsync("""{ node(id: "V2VlZDp3MQ==") { ... on Rose { name } } }""", null);
        Assert.Equal(("""{"node":{}}""", ""), (Data(answer), Errors(answer)));
    }

    // A rose, then a weed that is there, then one that is not.
    [Theory]
    [InlineData("__typename", """[{"__typename":"Rose"},null,null]""", "nodes.1.__typename nodes.2.__typename")]
    [InlineData("id", """[{"id":"Um9zZTpyMQ=="},null,null]""", "nodes.1.id nodes.2.id")]
    [InlineData("... on Weed { name }", """[{},{"name":null},{"name":null}]""", "nodes.1.name nodes.2.name")]
    [InlineData("... on Rose { name }", """[{"name":"Peace"},{},{}]""", "")]
    public async Task By_several_global_ids_of_which_some_are_there(string selection, string nodes, string denied)
    {
        await using var gateway = await ProtectedGateway.StartAsync();
        var answer = await gateway.AskAsync($$"""{ nodes(ids: ["{{ProtectedGateway.FirstRose}}", "V2VlZDp3MQ==", "{{ProtectedGateway.NotThere}}"]) { {{selection}} } }""", null);
        Assert.Equal(
            ($$"""{"nodes":{{nodes}}}""", string.Join('\n', denied.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(path => $"{path} {Denied}"))),
            (Data(answer), Errors(answer)));
        Assert.DoesNotContain("Weed", gateway.Asked(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("V2VlZDp3MQ==", """{"node":{"__typename":"Weed"}}""")]
    [InlineData(ProtectedGateway.NotThere, """{"node":null}""")]
    public async Task Whoever_may_see_it_is_told_whether_it_is_there(string id, string data)
    {
        await using var gateway = await ProtectedGateway.StartAsync();
        var answer = await gateway.AskAsync($$"""{ node(id: "{{id}}") { __typename } }""", "");
        Assert.Equal((data, ""), (Data(answer), Errors(answer)));
        Assert.StartsWith("a: query ($representations: [_Any!]!) { _entities(", gateway.Asked(), StringComparison.Ordinal);
    }

    [Fact]
    public Task By_a_variable_in_a_condition() => CheckAsync(
        "query($a: Boolean!, $b: Boolean!) { rose { name ... @include(if: $a) { price @skip(if: $b) } } }", "buy",
        """{"rose":{"name":"Peace","price":null}}""", $"rose.price {Denied}",
        "a: { rose { name } }", """{"a":true,"b":false}""");

    [Fact]
    public Task By_a_non_null_field_the_object_goes_with_it() => CheckAsync(
        "{ rose { name code } open }", null,
        """{"rose":null,"open":1}""", $"rose.code {Denied}",
        "a: { rose { name } open }");

    [Fact]
    public Task By_a_write_beside_others() => CheckAsync(
        "mutation { burn plant again: burn }", "sales",
        """{"burn":null,"plant":1,"again":null}""", $"burn {Denied}\nagain {Denied}",
        "a: mutation { plant }");

    [Fact]
    public Task By_a_write_alone() => CheckAsync("mutation { burn }", null, """{"burn":null}""", $"burn {Denied}", "");

    [Fact]
    public Task With_the_right_scopes_it_is_told() => CheckAsync(
        "{ rose { price margin grade code } plants { name __typename } staff secret { text } }", "sales codes",
        """{"rose":{"price":9,"margin":5,"grade":"BEST","code":"X"},"plants":[{"name":"Peace","__typename":"Rose"},{"name":"Dock","__typename":"Weed"}],"staff":"Ann","secret":{"text":"hush"}}""",
        "",
        "a: { rose { grade code id cost } plants { __typename name } staff secret { text } }\n"
        + "b: query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Rose { price margin } } }");

    [Theory]
    [InlineData("""{ _entities(representations: [{__typename: "Rose", id: "r1"}]) { __typename } }""")]
    [InlineData("{ _service { sdl } }")]
    public async Task By_the_sources_own_entry_points(string query)
    {
        await using var gateway = await ProtectedGateway.StartAsync();
        var answer = await gateway.AskAsync(query, null);
        Assert.Contains("GRAPHQL_VALIDATION_FAILED", answer, StringComparison.Ordinal);
        Assert.Equal("", gateway.Asked());
    }

    [Fact]
    public async Task By_a_plan_that_was_made_for_somebody_else()
    {
        await using var gateway = await ProtectedGateway.StartAsync("--Gateway:Deduplication:ClientRequests=On");
        const string query = "{ rose { price margin } staff }";
        const string all = """{"data":{"rose":{"price":9,"margin":5},"staff":"Ann"}}""";
        var known = """{"rose":{"price":null,"margin":null},"staff":"Ann"}""";
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(all, await gateway.AskAsync(query, "sales"));
            Assert.Equal(known, Data(await gateway.AskAsync(query, "")));
            Assert.Equal("""{"rose":{"price":null,"margin":null},"staff":null}""", Data(await gateway.AskAsync(query, null)));
        }
    }

    [Theory]
    [InlineData("""{"kind":"x"}""", "UNAUTHENTICATED")]
    public async Task By_a_token_that_nobody_signed(string payload, string code)
    {
        await using var gateway = await ProtectedGateway.StartAsync();
        var unsigned = $"{Encode("""{"alg":"none"}""")}.{Encode(payload)}.";
        using var response = await gateway.Gateway.SendAsync("{ staff }", header: ("Authorization", $"Bearer {unsigned}"));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains(code, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("", gateway.Asked());

        static string Encode(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)).TrimEnd('=');
    }

    private static async Task CheckAsync(string query, string? scopes, string data, string errors, string asked, string variables = "null")
    {
        await using var gateway = await ProtectedGateway.StartAsync();
        var answer = await gateway.AskAsync(query, scopes, variables);
        Assert.Equal((data, errors, asked), (Data(answer), Errors(answer), gateway.Asked()));
    }

    private static string Data(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("data").GetRawText();
    }

    private static string Errors(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return !json.RootElement.TryGetProperty("errors", out var errors) ? "" : string.Join('\n', errors.EnumerateArray().Select(error =>
            $"{string.Join('.', error.GetProperty("path").EnumerateArray())} {error.GetProperty("message").GetString()} {error.GetProperty("extensions").GetProperty("code").GetString()}"));
    }
}
