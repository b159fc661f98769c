using GraphGateway.Gateway.Tests.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>Entities that are kept and not fetched again, through the whole gateway over HTTP.</summary>
public sealed class EntityCachingTests
{
    [Fact]
    public async Task Three_of_ten_are_known_and_the_others_are_asked_for()
    {
        await using var test = await EntityGraph.StartAsync();
        test.Ids = ["7", "2", "5"];
        Assert.Equal("7.1 2.1 5.1 | entities=3; source=details; hit=0; stale=0; miss=3; kept=yes", await test.AskAsync());
        test.Ids = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
        Assert.Equal("1.2 2.1 3.2 4.2 5.1 6.2 7.1 8.2 9.2 10.2 | entities=10; source=details; hit=3; stale=0; miss=7; kept=yes", await test.AskAsync());
        Assert.Equal(
            """{"query":"query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Item { name } } }","variables":{"representations":[{"__typename":"Item","id":"1"},{"__typename":"Item","id":"3"},{"__typename":"Item","id":"4"},{"__typename":"Item","id":"6"},{"__typename":"Item","id":"8"},{"__typename":"Item","id":"9"},{"__typename":"Item","id":"10"}]}}""",
            test.Details.Requests.Last().Body);
        Assert.Equal("1.2 2.1 3.2 4.2 5.1 6.2 7.1 8.2 9.2 10.2 | entities=10; source=details; hit=10; stale=0; miss=0", await test.AskAsync());
        Assert.Equal("7,2,5 1,3,4,6,8,9,10", test.Asked);
    }

    [Fact]
    public async Task They_outlive_their_graph_and_the_order_of_its_sources()
    {
        await using var test = await EntityGraph.StartAsync();
        Assert.Equal("1.1 2.1 3.1 | entities=3; source=details; hit=0; stale=0; miss=3; kept=yes", await test.AskAsync());
        const string details = "  DETAILS @gateway__source(name: \"details\", dialect: APOLLO)\n";
        const string first = "enum gateway__Source {\n";
        Assert.Null(await test.ServeAsync(EntityGraph.Apollo.Replace(details, "", StringComparison.Ordinal).Replace(first, first + details, StringComparison.Ordinal)));
        Assert.Equal("1.1 2.1 3.1 | entities=3; source=details; hit=3; stale=0; miss=0", await test.AskAsync());
        Assert.Equal("1,2,3", test.Asked);
    }

    [Fact]
    public async Task Each_is_given_until_its_own_time_is_over()
    {
        await using var test = await EntityGraph.StartAsync();
        test.Ids = ["1"];
        await test.AskAsync();
        test.Clock.Advance(TimeSpan.FromSeconds(30));
        test.Ids = ["1", "2"];
        await test.AskAsync();
        test.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("1.3 2.2 | entities=2; source=details; hit=1; stale=0; miss=1; kept=yes", await test.AskAsync());
        Assert.Equal("1 2 1", test.Asked);
    }

    [Theory]
    [InlineData(null, "", "unsaid")]
    [InlineData("no-store", "", "no-store")]
    [InlineData("private, max-age=60", "", "private")]
    [InlineData("max-age=0", "", "stale")]
    public async Task What_may_not_be_kept_is_not(string? cacheControl, string errors, string why)
    {
        await using var test = await EntityGraph.StartAsync();
        (test.CacheControl, test.Errors, test.Ids) = (cacheControl, errors, ["1"]);
        Assert.Equal($"1.1 | entities=1; source=details; hit=0; stale=0; miss=1; kept={why}", await test.AskAsync());
        Assert.Equal($"1.2 | entities=1; source=details; hit=0; stale=0; miss=1; kept={why}", await test.AskAsync());
    }

    [Fact]
    public async Task Nothing_of_an_answer_with_an_error_is_kept_and_null_never_is()
    {
        await using var test = await EntityGraph.StartAsync();
        (test.Errors, test.Ids) = ("\"errors\":[{\"message\":\"m\",\"path\":[\"_entities\",1]}],", ["1", "none"]);
        Assert.Equal("errors 1.1 null | entities=2; source=details; hit=0; stale=0; miss=2", await test.AskAsync());
        test.Errors = "";
        Assert.Equal("1.2 null | entities=2; source=details; hit=0; stale=0; miss=2; kept=yes", await test.AskAsync());
        Assert.Equal("1.2 null | entities=2; source=details; hit=1; stale=0; miss=1", await test.AskAsync());
        Assert.Equal("1,none 1,none none", test.Asked);
    }

    [Fact]
    public async Task What_differs_in_fields_arguments_variables_or_headers_is_not_the_same()
    {
        await using var test = await EntityGraph.StartAsync("--Gateway:Subgraphs:details:Headers:Propagate=x-user");
        test.Ids = ["1"];
        Assert.StartsWith("1.1 |", await test.AskAsync(), StringComparison.Ordinal);
        Assert.StartsWith("1.2 |", await test.AskAsync("{ items { name(of: \\\"a\\\") } }"), StringComparison.Ordinal);
        Assert.StartsWith("1.3 |", await test.AskAsync(headers: ("x-user", "a")), StringComparison.Ordinal);
        Assert.StartsWith("1.4 |", await test.AskAsync(headers: ("x-user", "b")), StringComparison.Ordinal);
        Assert.StartsWith("1.1 |", await test.AskAsync(headers: ("x-other", "b")), StringComparison.Ordinal);
        Assert.StartsWith("1.3 |", await test.AskAsync("query Other { items { name } }", ("x-user", "a")), StringComparison.Ordinal);
        Assert.StartsWith("\"name\":\"1.5\"", NameOf(await test.Gateway.QueryAsync("query($of: String) { items { name(of: $of) } }", """{"of":"x"}""")), StringComparison.Ordinal);
        Assert.StartsWith("\"name\":\"1.6\"", NameOf(await test.Gateway.QueryAsync("query($of: String) { items { name(of: $of) } }", """{"of":"y"}""")), StringComparison.Ordinal);
        Assert.StartsWith("\"name\":\"1.5\"", NameOf(await test.Gateway.QueryAsync("query($of: String) { items { name(of: $of) } }", """{"of":"x"}""")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_mutation_asks_for_is_fetched_each_time()
    {
        await using var test = await EntityGraph.StartAsync();
        test.Ids = ["1"];
        await test.AskAsync();
        Assert.Equal("1.2 | ", await test.AskAsync("mutation { touch { name } }"));
        Assert.Equal("1.3 | ", await test.AskAsync("mutation { touch { name } }"));
        Assert.Equal("1.1 | entities=1; source=details; hit=1; stale=0; miss=0", await test.AskAsync());
    }

    [Fact]
    public async Task A_thousand_requests_fetch_an_entity_once()
    {
        await using var test = await EntityGraph.StartAsync("--Gateway:Deduplication:SourceRequests=Off", "--Gateway:Deduplication:ClientRequests=Off");
        test.Ids = ["1", "2"];
        var gate = new TaskCompletionSource();
        test.Gate = gate.Task;
        var asking = Enumerable.Range(0, 1000).Select(_ => test.AskAsync()).ToArray();
        while (test.Lists.Requests.Count < 1000)
        {
            await Task.Yield();
        }

        gate.SetResult();
        Assert.All(await Task.WhenAll(asking), answer => Assert.StartsWith("1.1 2.1 |", answer, StringComparison.Ordinal));
        Assert.Equal("1,2", test.Asked);
    }

    [Fact]
    public async Task Old_ones_are_given_while_one_request_makes_them_anew()
    {
        await using var test = await EntityGraph.StartAsync();
        (test.CacheControl, test.Ids) = ("max-age=10, stale-while-revalidate=50", ["1"]);
        await test.AskAsync();
        test.Clock.Advance(TimeSpan.FromSeconds(15));
        var gate = new TaskCompletionSource();
        test.Gate = gate.Task;
        var first = test.AskAsync();
        while (test.Details.Requests.Count < 2)
        {
            await Task.Yield();
        }

        Assert.Equal("1.1 | entities=1; source=details; hit=0; stale=1; miss=0", await test.AskAsync());
        Assert.Equal("1.1 | entities=1; source=details; hit=0; stale=1; miss=0", await test.AskAsync());
        gate.SetResult();
        Assert.Equal("1.2 | entities=1; source=details; hit=0; stale=0; miss=1; kept=yes", await first);
        Assert.Equal("1.2 | entities=1; source=details; hit=1; stale=0; miss=0", await test.AskAsync());
        test.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("1.3 | entities=1; source=details; hit=0; stale=0; miss=1; kept=yes", await test.AskAsync());
    }

    [Fact]
    public async Task A_source_that_has_changed_its_mind_is_believed()
    {
        await using var test = await EntityGraph.StartAsync();
        (test.CacheControl, test.Ids) = ("max-age=10, stale-while-revalidate=50", ["1"]);
        await test.AskAsync();
        test.Clock.Advance(TimeSpan.FromSeconds(15));
        test.CacheControl = "no-store";
        Assert.Equal("1.2 | entities=1; source=details; hit=0; stale=0; miss=1; kept=no-store", await test.AskAsync());
        Assert.Equal("1.3 | entities=1; source=details; hit=0; stale=0; miss=1; kept=no-store", await test.AskAsync());
    }

    [Fact]
    public async Task Protected_members_are_their_clients_alone()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var test = await EntityGraph.StartAsync(Identity.IdentityAttackTests.Issuer(issuer));
        test.Ids = ["1"];
        const string query = "{ items { secret } }";
        var (ada, bob) = (Shows(issuer, test, "ada"), Shows(issuer, test, "bob"));
        Assert.Equal("1.1 | entities=1; source=details; hit=0; stale=0; miss=1; kept=yes", await test.AskAsync(query, ada));
        Assert.Equal("1.2 | entities=1; source=details; hit=0; stale=0; miss=1; kept=yes", await test.AskAsync(query, bob));
        Assert.Equal("1.1 | entities=1; source=details; hit=1; stale=0; miss=0", await test.AskAsync(query, ada));
        Assert.Equal("1.2 | entities=1; source=details; hit=1; stale=0; miss=0", await test.AskAsync(query, bob));
        Assert.DoesNotContain("1.", await test.AskAsync(query), StringComparison.Ordinal);
    }

    // What is everybody's was fetched for who may see less: an operation of which not everybody may see all takes nothing of it, and whole it is never kept.
    [Fact]
    public async Task An_operation_with_protected_members_takes_nothing_that_was_kept_for_all()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var test = await EntityGraph.StartAsync(Identity.IdentityAttackTests.Issuer(issuer));
        test.Ids = ["1"];
        Assert.Equal("1.1 | entities=1; source=details; hit=0; stale=0; miss=1; kept=yes", await test.AskAsync());
        Assert.Equal("1.2 | entities=1; source=details; hit=0; stale=0; miss=1; kept=yes", await test.AskAsync("{ items { name } vault }", Shows(issuer, test, "ada")));
        Assert.Equal("1.1 | entities=1; source=details; hit=1; stale=0; miss=0", await test.AskAsync());
    }

    [Fact]
    public async Task A_whole_answer_with_protected_members_is_never_kept()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var test = await EntityGraph.StartAsync([.. Identity.IdentityAttackTests.Issuer(issuer), "--Gateway:ResponseCache:Answers=On", "--Gateway:ResponseCache:Entities=Off"]);
        test.Ids = ["1"];
        var ada = Shows(issuer, test, "ada");
        Assert.Equal("1.1 | ", await test.AskAsync("{ items { secret } }", ada));
        Assert.Equal("1.2 | ", await test.AskAsync("{ items { secret } }", ada));
        Assert.Equal("1.3 | ", await test.AskAsync("{ items { name } }", ada));
        Assert.Equal("1.3 | ", await test.AskAsync("{ items { name } }", ada));
    }

    [Fact]
    public async Task What_is_private_is_given_to_its_client_alone_and_what_is_public_to_all()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var test = await EntityGraph.StartAsync([.. Identity.IdentityAttackTests.Issuer(issuer), "--Gateway:Subgraphs:details:Identity:Claims:X-User-Id=sub"]);
        test.Ids = ["1"];
        var (ada, bob) = (Shows(issuer, test, "ada"), Shows(issuer, test, "bob"));
        Assert.StartsWith("1.1 |", await test.AskAsync(headers: ada), StringComparison.Ordinal);
        Assert.StartsWith("1.2 |", await test.AskAsync(headers: bob), StringComparison.Ordinal);
        Assert.EndsWith("kept=private", await test.AskAsync(), StringComparison.Ordinal);
        Assert.StartsWith("1.1 |", await test.AskAsync(headers: ada), StringComparison.Ordinal);
        (test.CacheControl, test.Ids) = ("public, max-age=60", ["2"]);
        Assert.StartsWith("2.4 |", await test.AskAsync(headers: ada), StringComparison.Ordinal);
        Assert.StartsWith("2.4 |", await test.AskAsync(headers: bob), StringComparison.Ordinal);
        Assert.StartsWith("2.4 |", await test.AskAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_answer_holds_no_longer_than_the_entities_in_it()
    {
        await using var test = await EntityGraph.StartAsync("--Gateway:ResponseCache:Answers=On", "--Gateway:ResponseCache:CacheControl=On");
        test.Ids = ["1"];
        await test.AskAsync();
        test.Clock.Advance(TimeSpan.FromSeconds(40));
        using var response = await test.Gateway.SendAsync("query Other { items { name id } }");
        Assert.Equal(
            "public, max-age=20 | miss; kept=yes; ttl=20, entities=1; source=details; hit=1; stale=0; miss=0",
            $"{response.Headers.CacheControl} | {response.Headers.GetValues("GraphGateway-Cache").Single()}");
    }

    [Fact]
    public async Task Where_nothing_but_entities_is_kept_nothing_is_told()
    {
        await using var test = await EntityGraph.StartAsync("--Gateway:ResponseCache:Debug=Off");
        Assert.Equal("1.1 2.1 3.1 | ", await test.AskAsync());
        using var response = await test.Gateway.SendAsync("{ items { name } }");
        Assert.Equal("""{"data":{"items":[{"name":"1.1"},{"name":"2.1"},{"name":"3.1"}]}}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(("1,2,3", null), (test.Asked, response.Headers.CacheControl));
    }

    [Fact]
    public async Task The_room_is_bounded()
    {
        await using var test = await EntityGraph.StartAsync("--Gateway:ResponseCache:EntityBytes=100000");
        for (var i = 0; i < 20; i++)
        {
            test.Ids = [.. Enumerable.Range(i * 50, 50).Select(id => $"{id}")];
            await test.AskAsync();
        }

        var store = test.Gateway.Services.GetRequiredService<EntityCaching>().Store;
        Assert.InRange(store.Bytes, 80_000, 87_500);
        Assert.Equal(1000 - store.Count, store.Evictions);
    }

    private static string NameOf(string answer) => answer[answer.IndexOf("\"name\"", StringComparison.Ordinal)..];

    private static (string, string) Shows(FakeIssuer issuer, EntityGraph test, string name) =>
        ("Authorization", $"Bearer {issuer.Token(test.Clock.GetUtcNow(), payload: $$"""{"sub":"{{name}}"}""")}");
}
