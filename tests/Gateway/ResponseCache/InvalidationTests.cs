using System.Globalization;
using System.Text;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>What is kept is forgotten when somebody says so who has the key, whole answers and entities alike.</summary>
public sealed class InvalidationTests
{
    private const string Key = "a-key-of-its-own";

    private static readonly string Wide = EntityGraph.Apollo
        .Replace("type Item @gateway__type(in: [LISTS, DETAILS])", """
            interface Named @gateway__type(in: [LISTS, DETAILS]) { id: ID! @gateway__field(in: [LISTS, DETAILS]) }
            union Any @gateway__type(in: DETAILS) @gateway__member(in: DETAILS, type: "Item") @gateway__member(in: DETAILS, type: "Other") = Item | Other
            type Other @gateway__type(in: DETAILS) { id: ID! @gateway__field(in: DETAILS) }
            type Item implements Named @gateway__type(in: [LISTS, DETAILS]) @gateway__implements(in: [LISTS, DETAILS], interface: "Named")
            """, StringComparison.Ordinal)
        .Replace("@gateway__lookup(in: DETAILS, key: \"id\") {", "@gateway__key(in: DETAILS, fields: \"sku\") @gateway__lookup(in: DETAILS, key: \"id\") @gateway__lookup(in: DETAILS, key: \"sku\") {\n  sku: String @gateway__field(in: DETAILS)", StringComparison.Ordinal);

    private static readonly string LookedUp = EntityGraph.Apollo
        .Replace("(name: \"details\", dialect: APOLLO)", "(name: \"details\", dialect: COMPOSITE)", StringComparison.Ordinal)
        .Replace("@gateway__lookup(in: DETAILS, key: \"id\")", "@gateway__lookup(in: DETAILS, key: \"id\", field: \"item\", internal: true, arguments: [{ name: \"id\", type: \"ID!\", map: \"id\" }])", StringComparison.Ordinal);

    private readonly string url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/invalidation");

    private string[] Settings => [$"--Gateway:ResponseCache:Invalidation:Key={Key}", $"--Gateway:ResponseCache:Invalidation:Url={url}"];

    [Theory]
    [InlineData("""[{"kind":"subgraph","subgraph":"details"}]""", 3, "1.2 2.2 3.2")]
    [InlineData("""{"kind":"subgraph","subgraph":"details"}""", 3, "1.2 2.2 3.2")]
    [InlineData("""[{"kind":"subgraph","subgraph":"lists"}]""", 0, "1.1 2.1 3.1")]
    [InlineData("""[{"kind":"type","subgraph":"details","type":"Item"}]""", 3, "1.2 2.2 3.2")]
    [InlineData("""[{"kind":"type","subgraph":"details","type":"Query"}]""", 0, "1.1 2.1 3.1")]
    [InlineData("""[{"kind":"entity","subgraph":"details","type":"Item","key":{"id":"2"}}]""", 1, "1.1 2.2 3.1")]
    [InlineData("""[{"kind":"entity","subgraph":"details","type":"Item","key":{"id":2}}]""", 1, "1.1 2.2 3.1")]
    [InlineData("""[{"kind":"cache_tag","subgraphs":["details"],"cache_tag":"item-3"}]""", 1, "1.1 2.1 3.2")]
    [InlineData("""[{"kind":"cache_tag","cache_tag":"item-3"}]""", 1, "1.1 2.1 3.2")]
    [InlineData("""[{"kind":"cache_tag","subgraphs":["lists"],"cache_tag":"item-3"}]""", 0, "1.1 2.1 3.1")]
    [InlineData("""[{"kind":"cache_tag","cache_tag":"item-"},{"kind":"cache_tag","cache_tag":"item-1"},{"kind":"cache_tag","cache_tag":"item-2"}]""", 2, "1.2 2.2 3.1")]
    [InlineData("""[{"kind":"cache_tag","cache_tag":"from the head"}]""", 3, "1.2 2.2 3.2")]
    [InlineData("""[{"kind":"cache_tag","cache_tag":"of all"}]""", 3, "1.2 2.2 3.2")]
    [InlineData("""[{"kind":"cache_tag","cache_tag":"second"}]""", 1, "1.1 2.2 3.1")]
    public async Task Entities_are_forgotten_by_what_they_have(string body, int count, string expected)
    {
        await using var test = await EntityGraph.StartAsync(Settings);
        test.Headers["Cache-Tag"] = "from the head, other";
        test.Errors = "\"extensions\":{\"apolloCacheTags\":[\"of all\"],\"apolloEntityCacheTags\":[[\"first\",\"each\"],[\"second\"],[]]},";
        await test.AskAsync();
        test.Errors = "";
        Assert.Equal($"200 {{\"count\":{count}}}", await ForgetAsync(body));
        Assert.StartsWith($"{expected} |", await test.AskAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"kind":"subgraph","subgraph":"details"}]""", 1)]
    [InlineData("""[{"kind":"subgraph","subgraph":"lists"}]""", 1)]
    [InlineData("""[{"kind":"type","subgraph":"details","type":"Item"}]""", 1)]
    [InlineData("""[{"kind":"type","subgraph":"details","type":"Mutation"}]""", 0)]
    [InlineData("""[{"kind":"entity","subgraph":"details","type":"Item","key":{"id":"2"}}]""", 1)]
    [InlineData("""[{"kind":"entity","subgraph":"lists","type":"Item","key":{"id":"2"}}]""", 1)]
    [InlineData("""[{"kind":"cache_tag","cache_tag":"item-2"}]""", 1)]
    [InlineData("""[{"kind":"cache_tag","cache_tag":"items"}]""", 1)]
    [InlineData("""[{"kind":"cache_tag","cache_tag":"first-10"}]""", 1)]
    [InlineData("""[{"kind":"cache_tag","cache_tag":"first-11"}]""", 0)]
    [InlineData("""[{"kind":"cache_tag","subgraphs":["details"],"cache_tag":"items"}]""", 0)]
    [InlineData("""[{"kind":"cache_tag","cache_tag":"from the head"}]""", 1)]
    [InlineData("""[{"kind":"cache_tag","cache_tag":"unknown"}]""", 0)]
    public async Task Whole_answers_are_forgotten_by_what_they_can_have(string body, int count)
    {
        await using var test = await EntityGraph.StartAsync([.. Settings, "--Gateway:ResponseCache:Entities=Off", "--Gateway:ResponseCache:Answers=On"]);
        test.Headers["Cache-Tag"] = "from the head";
        const string query = "query($first: Int) { items(first: $first) { name } }";
        const string variables = """{"first":10}""";
        Assert.Contains("1.1", await test.Gateway.QueryAsync(query, variables), StringComparison.Ordinal);
        Assert.Equal($"200 {{\"count\":{count}}}", await ForgetAsync(body));
        Assert.Contains(count == 1 ? "1.2" : "1.1", await test.Gateway.QueryAsync(query, variables), StringComparison.Ordinal);
    }

    // Whoever names an interface or a union means its objects; and one that was asked for by another key can be any.
    [Theory]
    [InlineData("""{"kind":"type","subgraph":"details","type":"Named"}""", 3, "1.2 2.2 3.2")]
    [InlineData("""{"kind":"type","subgraph":"details","type":"Any"}""", 3, "1.2 2.2 3.2")]
    [InlineData("""{"kind":"type","subgraph":"details","type":"Other"}""", 0, "1.1 2.1 3.1")]
    [InlineData("""{"kind":"entity","subgraph":"details","type":"Named","key":{"id":"2"}}""", 1, "1.1 2.2 3.1")]
    [InlineData("""{"kind":"entity","subgraph":"details","type":"Item","key":{"sku":"s2"}}""", 3, "1.2 2.2 3.2")]
    [InlineData("""{"kind":"entity","subgraph":"details","type":"Item","key":{"id":"2","sku":"s2"}}""", 1, "1.1 2.2 3.1")]
    public async Task What_is_named_otherwise_than_it_was_asked_for_is_forgotten(string body, int count, string expected)
    {
        await using var test = await EntityGraph.StartWithAsync(Wide, Settings);
        await test.AskAsync();
        Assert.Equal($"200 {{\"count\":{count}}}", await ForgetAsync(body));
        Assert.StartsWith($"{expected} |", await test.AskAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"type","subgraph":"details","type":"Named"}""", 1)]
    [InlineData("""{"kind":"type","subgraph":"details","type":"Any"}""", 1)]
    [InlineData("""{"kind":"type","subgraph":"details","type":"Other"}""", 0)]
    public async Task So_are_whole_answers(string body, int count)
    {
        await using var test = await EntityGraph.StartWithAsync(Wide, [.. Settings, "--Gateway:ResponseCache:Entities=Off", "--Gateway:ResponseCache:Answers=On"]);
        await test.AskAsync();
        Assert.Equal($"200 {{\"count\":{count}}}", await ForgetAsync(body));
        Assert.StartsWith(count == 1 ? "1.2 2.2 3.2 |" : "1.1 2.1 3.1 |", await test.AskAsync(), StringComparison.Ordinal);
    }

    // By the fields that the arguments are, also where some of them are known already.
    [Fact]
    public async Task Entities_of_a_lookup_are_forgotten_by_their_key()
    {
        await using var test = await EntityGraph.StartWithAsync(LookedUp, Settings);
        test.Ids = ["1"];
        Assert.Equal("1.1 | entities=1; source=details; hit=0; stale=0; miss=1; kept=yes", await test.AskAsync());
        test.Ids = ["1", "2"];
        Assert.Equal("1.1 2.2 | entities=2; source=details; hit=1; stale=0; miss=1; kept=yes", await test.AskAsync());
        Assert.Equal("""200 {"count":1}""", await ForgetAsync("""[{"kind":"entity","subgraph":"details","type":"Item","key":{"id":"2"}}]"""));
        Assert.Equal("1.1 2.3 | entities=2; source=details; hit=1; stale=0; miss=1; kept=yes", await test.AskAsync());
        Assert.Equal("1 2 2", test.Asked);
    }

    [Theory]
    [InlineData("Off")]
    [InlineData("On")]
    public async Task What_was_asked_for_before_is_not_kept_after_and_pushes_out_nothing_newer(string wholeAnswers)
    {
        await using var test = await EntityGraph.StartAsync([.. Settings, $"--Gateway:ResponseCache:Answers={wholeAnswers}"]);
        test.Ids = ["1"];
        var gate = new TaskCompletionSource();
        test.Gate = gate.Task;
        var first = test.AskAsync();
        while (test.Details.Requests.IsEmpty)
        {
            await Task.Yield();
        }

        Assert.Equal("""200 {"count":0}""", await ForgetAsync("""[{"kind":"cache_tag","cache_tag":"item-1"}]"""));

        // It does not wait for what began before, which comes when it is over.
        test.Gate = Task.CompletedTask;
        Assert.Equal("1.2 | entities=1; source=details; hit=0; stale=0; miss=1; kept=yes", await test.AskAsync());
        gate.SetResult();
        Assert.Equal("1.1 | entities=1; source=details; hit=0; stale=0; miss=1; kept=invalidated", await first);
        Assert.Equal(wholeAnswers == "On" ? "1.2 | " : "1.2 | entities=1; source=details; hit=1; stale=0; miss=0", await test.AskAsync());
    }

    // The gateway knows that it was to be forgotten: it promises it to nobody.
    [Theory]
    [InlineData("On", "kept=invalidated")]
    [InlineData("Off", "kept=invalidated")]
    public async Task What_was_asked_for_before_is_promised_to_nobody(string wholeAnswers, string told)
    {
        await using var test = await CachedSource.StartAsync("max-age=60", [.. Settings, $"--Gateway:ResponseCache:Answers={wholeAnswers}"]);
        var gate = new TaskCompletionSource();
        test.Gate = gate.Task;
        var first = test.AskAsync("{ hello }");
        while (test.Source.Requests.IsEmpty)
        {
            await Task.Yield();
        }

        Assert.Equal("""200 {"count":0}""", await ForgetAsync("""{"kind":"subgraph","subgraph":"users"}"""));
        gate.SetResult();
        Assert.Equal($$$"""200 {"data":{"hello":"1"}} | no-store | age  | miss; {{{told}}}""", await first);
        Assert.StartsWith("""200 {"data":{"hello":"2"}} | public, max-age=60 |""", await test.AskAsync("{ hello }"), StringComparison.Ordinal);
    }

    // While it is looked for, an old answer may still be found, or joined: whoever asks then has asked before, and what comes of it is not kept.
    [Fact]
    public async Task Who_asks_while_it_is_forgotten_has_asked_before()
    {
        await using var test = await EntityGraph.StartAsync(Settings);
        var invalidations = test.Gateway.Services.GetRequiredService<Invalidations>();
        var mutations = test.Gateway.Services.GetRequiredService<GraphGateway.Gateway.Deduplication>().Mutations;
        var seen = "";
        invalidations.Add(_ =>
        {
            seen = $"{invalidations.Number} of {mutations.Ended}, forgotten {invalidations.IsForgotten(invalidations.Number, static () => new KeptLabels(new KeptPart("details")))}";
            return 0;
        });
        invalidations.Apply(new Invalidation());
        Assert.Equal("0 of 1, forgotten True", seen);
        Assert.Equal(1, invalidations.Number);
    }

    [Fact]
    public async Task What_has_nothing_to_do_with_it_is_kept_all_the_same()
    {
        await using var test = await EntityGraph.StartAsync(Settings);
        test.Ids = ["1"];
        var gate = new TaskCompletionSource();
        test.Gate = gate.Task;
        var first = test.AskAsync();
        while (test.Details.Requests.IsEmpty)
        {
            await Task.Yield();
        }

        await ForgetAsync("""[{"kind":"cache_tag","cache_tag":"item-2"},{"kind":"subgraph","subgraph":"lists"}]""");
        gate.SetResult();
        Assert.Equal("1.1 | entities=1; source=details; hit=0; stale=0; miss=1; kept=yes", await first);
    }

    [Theory]
    [InlineData("", """400 {"errors":[{"message":"The body is no JSON."}]}""")]
    [InlineData("[]", """400 {"errors":[{"message":"The list has 0 items; it takes 1 to 1000."}]}""")]
    [InlineData("7", """400 {"errors":[{"message":"The body is neither a JSON object nor a list of them."}]}""")]
    [InlineData("[7]", """400 {"errors":[{"message":"[0]: this is no object."}]}""")]
    [InlineData("""[{"kind":"all"}]""", """400 {"errors":[{"message":"[0]: \u0022kind\u0022 is one of subgraph, type, entity, cache_tag."}]}""")]
    [InlineData("""[{"kind":"subgraph","subgraph":"details"},{"kind":"subgraph","subgraph":"no","type":"Item"}]""",
        """400 {"errors":[{"message":"[1]: \u0022type\u0022 is not known for the kind subgraph."},{"message":"[1]: there is no source \u0022no\u0022."}]}""")]
    [InlineData("""[{"kind":"type","subgraph":"details"}]""", """400 {"errors":[{"message":"[0]: \u0022type\u0022 is a text."}]}""")]
    [InlineData("""[{"kind":"type","subgraph":"details","type":"No"}]""", """400 {"errors":[{"message":"[0]: there is no type \u0022No\u0022."}]}""")]
    [InlineData("""[{"kind":"entity","subgraph":"details","type":"Item","key":"1"}]""", """400 {"errors":[{"message":"[0]: \u0022key\u0022 is an object with the fields of the entity\u0027s key."}]}""")]
    [InlineData("""[{"kind":"type","subgraph":"details","type":"Money"}]""", """400 {"errors":[{"message":"[0]: \u0022Money\u0022 has no objects: give an object type, an interface or a union."}]}""")]
    [InlineData("""[{"kind":"entity","subgraph":"details","type":"Item","key":{"id":"2","x":1}}]""",
        """400 {"errors":[{"message":"[0]: \u0022x\u0022 is in no key of \u0022Item\u0022 in the source \u0022details\u0022: these are id."}]}""")]
    [InlineData("""[{"kind":"entity","subgraph":"details","type":"Query","key":{"id":"2"}}]""",
        """400 {"errors":[{"message":"[0]: \u0022Query\u0022 has no key in the source \u0022details\u0022."}]}""")]
    [InlineData("""[{"kind":"cache_tag","subgraphs":[],"cache_tag":"x"}]""", """400 {"errors":[{"message":"[0]: \u0022subgraphs\u0022 is a list of one name or more; without it all are meant."}]}""")]
    public async Task What_is_wrong_is_told_and_then_nothing_is_forgotten(string body, string expected)
    {
        await using var test = await EntityGraph.StartAsync(Settings);
        await test.AskAsync();
        Assert.Equal(expected, await ForgetAsync(body));
        Assert.StartsWith("1.1 2.1 3.1 |", await test.AskAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("a-key-of-its-ow")]
    [InlineData("a-key-of-its-own2")]
    [InlineData("Basic a-key-of-its-own")]
    public async Task Who_has_no_key_hears_nothing(string? authorization)
    {
        await using var test = await EntityGraph.StartAsync(Settings);
        await test.AskAsync();
        Assert.Equal(
            """401 {"errors":[{"message":"Authorization does not have the key."}]}""", await ForgetAsync("""[{"kind":"subgraph","subgraph":"details"}]""", authorization));
        Assert.StartsWith("1.1 2.1 3.1 |", await test.AskAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_nothing_else_there_and_without_a_key_nothing_at_all()
    {
        await using var test = await EntityGraph.StartAsync(Settings);
        var other = new Uri(new Uri(url), "/graphql").ToString();
        Assert.Equal("""404 {"errors":[{"message":"There is nothing here but /invalidation."}]}""", await ForgetAsync("[]", Key, other));
        Assert.Equal("""405 {"errors":[{"message":"Send it with POST."}]}""", await ForgetAsync("[]", Key, url, HttpMethod.Put));
        Assert.StartsWith("413 ", await ForgetAsync(new string(' ', (1024 * 1024) + 1)), StringComparison.Ordinal);
        Assert.Equal("""200 {"count":0}""", await ForgetAsync("""[{"kind":"subgraph","subgraph":"details"}]""", $"Bearer {Key}"));
        using var response = await test.Gateway.Client.PostAsync("/invalidation", new StringContent("[]"));
        Assert.Equal(404, (int)response.StatusCode);
        await using var without = await EntityGraph.StartAsync($"--Gateway:ResponseCache:Invalidation:Url=http://127.0.0.1:{FreePort.Next()}/invalidation");
        Assert.Null(without.Gateway.Services.GetService(typeof(InvalidationPage)));
    }

    [Fact]
    public async Task An_answer_with_more_tags_than_are_kept_is_not_kept()
    {
        await using var test = await EntityGraph.StartAsync(Settings);
        test.Ids = ["1"];
        test.Headers["Cache-Tag"] = new string('x', 1025);
        Assert.EndsWith("kept=tags", await test.AskAsync(), StringComparison.Ordinal);
    }

    private Task<string> ForgetAsync(string body) => ForgetAsync(body, Key);

    private async Task<string> ForgetAsync(string body, string? authorization, string? to = null, HttpMethod? method = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, to ?? url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await client.SendAsync(request);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }
}
