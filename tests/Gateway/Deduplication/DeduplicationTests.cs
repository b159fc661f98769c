using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using GraphGateway.Gateway.Tests.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Deduplication;

/// <summary>Equal requests that are on the way at the same time, through the whole gateway.</summary>
public sealed class DeduplicationTests
{
    private const string Off = "--Gateway:Deduplication:SourceRequests=Off";
    private const string Clients = "--Gateway:Deduplication:ClientRequests=On";

    [Fact]
    public async Task Equal_queries_to_a_source_are_asked_once()
    {
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(source.Source);
        using var shared = new SharedRequests(gateway);
        var first = gateway.QueryAsync("{ hello }");
        var asked = await source.AskedAsync();
        var second = gateway.QueryAsync("query Other { hello }");
        Assert.Equal("source users", await shared.NextAsync());
        asked.Answer("""{"data":{"hello":"you"}}""");
        Assert.Equal("""{"data":{"hello":"you"}}""", await first);
        Assert.Equal("""{"data":{"hello":"you"}}""", await second);
        Assert.Single(source.Source.Requests);
    }

    [Theory]
    [InlineData("{ hello }", "{ hello }", "one", "two", "--Gateway:Subgraphs:All:Headers:Propagate=x-user")]
    [InlineData("""{ hello(name: "a") }""", """{ hello(name: "b") }""", "one", "one", "--Gateway:Subgraphs:All:Headers:Propagate=x-user")]
    [InlineData("mutation { greet }", "mutation { greet }", "one", "one", Clients)]
    [InlineData("{ hello }", "{ hello }", "one", "one", Off)]
    public async Task What_is_not_the_same_is_asked_twice(string left, string right, string leftUser, string rightUser, string setting)
    {
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(source.Source, [setting]);
        var first = gateway.QueryAsync(left, header: ("x-user", leftUser));
        var askedFirst = await source.AskedAsync();
        var second = gateway.QueryAsync(right, header: ("x-user", rightUser));
        var askedSecond = await source.AskedAsync();
        askedFirst.Answer("""{"data":{"hello":"first","greet":"first"}}""");
        askedSecond.Answer("""{"data":{"hello":"second","greet":"second"}}""");
        Assert.Contains("first", await first, StringComparison.Ordinal);
        Assert.Contains("second", await second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_after_a_mutation_does_not_join_one_from_before()
    {
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(source.Source, [Clients]);
        var before = gateway.QueryAsync("{ hello }");
        var askedBefore = await source.AskedAsync();
        var mutation = gateway.QueryAsync("mutation { greet }");
        (await source.AskedAsync()).Answer("""{"data":{"greet":"done"}}""");
        Assert.Equal("""{"data":{"greet":"done"}}""", await mutation);
        var after = gateway.QueryAsync("{ hello }");
        (await source.AskedAsync()).Answer("""{"data":{"hello":"new"}}""");
        askedBefore.Answer("""{"data":{"hello":"old"}}""");
        Assert.Equal(("""{"data":{"hello":"old"}}""", """{"data":{"hello":"new"}}"""), (await before, await after));
    }

    [Fact]
    public async Task The_client_that_came_first_leaves_and_the_others_are_answered()
    {
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(source.Source);
        using var shared = new SharedRequests(gateway);
        using var leaving = new CancellationTokenSource();
        var first = gateway.SendAsync("{ hello }", cancellationToken: leaving.Token);
        var asked = await source.AskedAsync();
        var second = gateway.QueryAsync("{ hello }");
        await shared.NextAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        asked.Answer("""{"data":{"hello":"you"}}""");
        Assert.Equal("""{"data":{"hello":"you"}}""", await second);
    }

    [Fact]
    public async Task Equal_requests_of_clients_are_executed_once_where_that_is_on()
    {
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(source.Source, [Off, Clients]);
        using var shared = new SharedRequests(gateway);
        const string query = "query($name: String) { hello(name: $name) }";
        using var leaving = new CancellationTokenSource();
        var first = gateway.SendAsync(query, """{"name":"a"}""", cancellationToken: leaving.Token);
        var asked = await source.AskedAsync();
        var second = gateway.QueryAsync(query, """{"name":"a"}""");
        Assert.Equal("client ", await shared.NextAsync());
        var third = gateway.QueryAsync(query, """{"name":"a"}""");
        Assert.Equal("client ", await shared.NextAsync());
        var other = gateway.QueryAsync(query, """{"name":"b"}""");
        var askedOther = await source.AskedAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        asked.Answer("""{"data":{"hello":"a"}}""");
        askedOther.Answer("""{"data":{"hello":"b"}}""");
        Assert.Equal("""{"data":{"hello":"a"}}""", await second);
        Assert.Equal("""{"data":{"hello":"a"}}""", await third);
        Assert.Equal("""{"data":{"hello":"b"}}""", await other);
        Assert.Equal(2, source.Source.Requests.Count);
    }

    [Fact]
    public async Task Clients_that_send_other_headers_to_sources_share_nothing()
    {
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(
            source.Source, [Clients, "--Gateway:Subgraphs:All:Headers:Propagate=authorization"]);
        var first = gateway.QueryAsync("{ hello }", header: ("Authorization", "Bearer one"));
        var askedFirst = await source.AskedAsync();
        var second = gateway.QueryAsync("{ hello }", header: ("Authorization", "Bearer two"));
        var askedSecond = await source.AskedAsync();
        askedSecond.Answer("""{"data":{"hello":"two"}}""");
        askedFirst.Answer("""{"data":{"hello":"one"}}""");
        Assert.Equal(("""{"data":{"hello":"one"}}""", """{"data":{"hello":"two"}}"""), (await first, await second));
    }
}
