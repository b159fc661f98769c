using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>What sources' schemas say of keeping (<c>@cacheControl</c>), alone and with their headers, by the examples of Apollo's documentation.</summary>
public sealed class CacheHintTests
{
    private const string Answer =
        """{"data":{"post":{"title":"t","votes":1,"mine":true,"author":{"name":"a"},"near":{"name":"a"}},"hot":{"title":"t"},"inheriting":{"title":"t"},"far":{"name":"a"},"count":1,"size":1,"any":{"__typename":"Post","title":"t"}}}""";

    private const string Graph = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source { POSTS @gateway__source(name: "posts", dialect: APOLLO) }
        type Query @gateway__type(in: POSTS) {
          post: Post @gateway__field(in: POSTS)
          hot: Post @gateway__field(in: POSTS) @gateway__cacheControl(in: POSTS, maxAge: 30)
          inheriting: Post @gateway__field(in: POSTS) @gateway__cacheControl(in: POSTS, inheritMaxAge: true)
          far: Author @gateway__field(in: POSTS) @gateway__cacheControl(in: POSTS, inheritMaxAge: true)
          any: Any @gateway__field(in: POSTS)
          count: Int @gateway__field(in: POSTS)
          size: Int @gateway__field(in: POSTS) @gateway__cacheControl(in: POSTS, maxAge: 10)
        }
        union Any @gateway__type(in: POSTS) @gateway__member(in: POSTS, type: "Post") @gateway__cacheControl(in: POSTS, maxAge: 120, scope: PUBLIC) = Post
        type Post @gateway__type(in: POSTS) @gateway__cacheControl(in: POSTS, maxAge: 240) {
          title: String @gateway__field(in: POSTS)
          votes: Int @gateway__field(in: POSTS) @gateway__cacheControl(in: POSTS, maxAge: 30)
          mine: Boolean @gateway__field(in: POSTS) @gateway__cacheControl(in: POSTS, maxAge: 10, scope: PRIVATE)
          author: Author @gateway__field(in: POSTS)
          near: Author @gateway__field(in: POSTS) @gateway__cacheControl(in: POSTS, inheritMaxAge: true)
        }
        type Author @gateway__type(in: POSTS) { name: String @gateway__field(in: POSTS) }
        """;

    [Theory]
    [InlineData(null, "{ post { title } }", "miss; kept=yes; ttl=240")]
    [InlineData(null, "{ post { title votes } }", "miss; kept=yes; ttl=30")]
    [InlineData(null, "{ hot { title } }", "miss; kept=yes; ttl=30")]
    [InlineData(null, "{ inheriting { title } }", "miss; kept=yes; ttl=240")]
    [InlineData(null, "{ far { name } }", "miss; kept=unsaid; source=posts")]
    [InlineData(null, "{ any { ... on Post { title } } }", "miss; kept=yes; ttl=120")]
    [InlineData(null, "{ post { title mine } }", "miss; kept=private; ttl=10; private")]
    [InlineData(null, "{ post { author { name } } }", "miss; kept=unsaid; source=posts")]
    [InlineData(null, "{ post { near { name } } }", "miss; kept=yes; ttl=240")]
    [InlineData(null, "{ count }", "miss; kept=unsaid; source=posts")]
    [InlineData(null, "{ size }", "miss; kept=yes; ttl=10")]
    [InlineData(null, "{ size post { title } }", "miss; kept=yes; ttl=10")]
    [InlineData(null, "{ size count }", "miss; kept=unsaid; source=posts")]
    [InlineData("max-age=60", "{ post { title votes } }", "miss; kept=yes; ttl=30")]
    [InlineData("max-age=20", "{ post { title votes } }", "miss; kept=yes; ttl=20")]
    [InlineData("max-age=60", "{ post { author { name } } }", "miss; kept=yes; ttl=60")]
    [InlineData("max-age=60", "{ count }", "miss; kept=yes; ttl=60")]
    [InlineData("max-age=60", "{ post { mine } }", "miss; kept=private; ttl=10; private")]
    [InlineData("no-store", "{ post { title } }", "miss; kept=no-store; source=posts")]
    [InlineData("public", "{ post { title } }", "miss; kept=unsaid; source=posts")]
    public async Task The_stricter_counts_and_without_a_header_the_schema_does(string? cacheControl, string query, string expected)
    {
        await using var source = await FakeSource.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            if (cacheControl is not null)
            {
                context.Response.Headers.CacheControl = cacheControl;
            }

            return context.Response.WriteAsync(Answer);
        });
        await using var gateway = await RunningGateway.StartAsync(
            Graph, [("posts", $"{source.Url}/graphql")], ["--Gateway:ResponseCache:Answers=On", "--Gateway:ResponseCache:Debug=On"], new FakeTimeProvider());
        using var response = await gateway.SendAsync(query);
        Assert.Equal(expected, response.Headers.GetValues("GraphGateway-Cache").Single());
        Assert.DoesNotContain("errors", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // Whichever comes first, and where all of them ask or some.
    [Theory]
    [InlineData("{ long { name } short { name } }", "miss; kept=yes; ttl=30")]
    [InlineData("{ short { name } long { name } }", "miss; kept=yes; ttl=30")]
    [InlineData("{ long { name } none { name } }", "miss; kept=yes; ttl=60")]
    [InlineData("{ long { name } again: long { name } none { name } }", "miss; kept=yes; ttl=60")]
    public async Task Of_steps_that_travel_together_the_stricter_counts_for_those_that_ask(string query, string expected)
    {
        const string Entity = "@gateway__type(in: [LISTS, DETAILS]) @gateway__key(in: [LISTS, DETAILS], fields: \"id\") @gateway__lookup(in: DETAILS, key: \"id\")";
        const string Fields = "{ id: ID! @gateway__field(in: [LISTS, DETAILS]) name: String @gateway__field(in: DETAILS) }";
        await using var lists = await FakeSource.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.CacheControl = "max-age=600";
            return context.Response.WriteAsync("""{"data":{"long":{"id":"1"},"again":{"id":"1"},"short":{"id":"2"},"none":null}}""");
        });
        FakeSource details = null!;
        await using var both = details = await FakeSource.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(details.Requests.Last().Body.Contains("representations_1", StringComparison.Ordinal)
                ? """{"data":{"_0":[{"name":"a"}],"_1":[{"name":"b"}]}}""" : """{"data":{"_entities":[{"name":"a"}]}}""");
        });
        await using var gateway = await RunningGateway.StartAsync(
            $$"""
            schema @gateway__supergraph(version: 1) { query: Query }
            enum gateway__Source { LISTS @gateway__source(name: "lists", dialect: APOLLO) DETAILS @gateway__source(name: "details", dialect: APOLLO) }
            type Query @gateway__type(in: [LISTS, DETAILS]) { long: Long @gateway__field(in: LISTS) short: Short @gateway__field(in: LISTS) none: Short @gateway__field(in: LISTS) }
            type Long {{Entity}} @gateway__cacheControl(in: DETAILS, maxAge: 60) {{Fields}}
            type Short {{Entity}} @gateway__cacheControl(in: DETAILS, maxAge: 30) {{Fields}}
            """,
            [("lists", $"{lists.Url}/graphql"), ("details", $"{details.Url}/graphql")],
            ["--Gateway:ResponseCache:Answers=On", "--Gateway:ResponseCache:Debug=On"],
            new FakeTimeProvider());
        using var response = await gateway.SendAsync(query);
        Assert.DoesNotContain("errors", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(expected, response.Headers.GetValues("GraphGateway-Cache").Single());
        Assert.Single(details.Requests);
    }

    [Fact]
    public async Task An_entity_is_kept_as_long_as_its_type_says()
    {
        await using var test = await EntityGraph.StartWithAsync(
            EntityGraph.Apollo.Replace("@gateway__cacheTag(in: DETAILS, format: \"item-{$key.id}\")", "@gateway__cacheControl(in: DETAILS, maxAge: 40)", StringComparison.Ordinal));
        test.CacheControl = null;
        Assert.Equal("1.1 2.1 3.1 | entities=3; source=details; hit=0; stale=0; miss=3; kept=yes", await test.AskAsync());
        test.Clock.Advance(TimeSpan.FromSeconds(39));
        Assert.Equal("1.1 2.1 3.1 | entities=3; source=details; hit=3; stale=0; miss=0", await test.AskAsync());
        test.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("1.2 2.2 3.2 | entities=3; source=details; hit=0; stale=0; miss=3; kept=yes", await test.AskAsync());
    }
}
