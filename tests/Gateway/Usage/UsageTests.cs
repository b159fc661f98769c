using GraphGateway.ControlPlane;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Gateway.Tests.Registry;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Gateway.Tests.Usage;

/// <summary>A real gateway counts what its clients use into the registry that it follows.</summary>
public sealed class UsageTests
{
    [Fact]
    public async Task Members_and_operations_are_counted_by_client()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you","other":"me"}}""");
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello", "other");
        Assert.Empty(await gateway.StartAsync("--Gateway:Registry:UsageInterval=1h"));
        await gateway.QueryAsync("query Greet { hello }", ("graphql-client-name", "web"));
        await gateway.QueryAsync("query Greet { hello }", ("graphql-client-name", "web"));
        await gateway.QueryAsync("query Greet { hello }", ("apollographql-client-name", "phone"));
        await gateway.QueryAsync("{ hello other }");

        // What comes to no operation uses nothing.
        await gateway.QueryAsync("{ nothing }", ("graphql-client-name", "web"));
        await gateway.StopAsync();

        Assert.Equal(
            """
            Query  1
            Query phone 1
            Query web 2
            Query.hello  1
            Query.hello phone 1
            Query.hello web 2
            Query.other  1
            """,
            await MembersAsync(gateway.Place));
        Assert.Equal(
            $"""
            web Greet {HashOf("query Greet { hello }")} 2
             - {HashOf("{ hello other }")} 1
            phone Greet {HashOf("query Greet { hello }")} 1
            """,
            await OperationsAsync(gateway.Place));
    }

    [Fact]
    public async Task What_cannot_be_written_is_kept_for_the_next_time()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        Assert.Empty(await gateway.StartAsync("--Gateway:Registry:UsageInterval=20ms", "--Gateway:Registry:Interval=1h"));

        // An older registry, which the gateway does not bring up to date.
        await ExecuteAsync(gateway.Place, "UPDATE graphgateway_registry SET version = version - 1");
        await gateway.QueryAsync("{ hello }");
        await gateway.Log.SeenStartAsync("What clients use cannot be written into the registry and is kept for the next time: The registry's tables are at step ");
        Assert.Equal("", await MembersAsync(gateway.Place));

        await ExecuteAsync(gateway.Place, "UPDATE graphgateway_registry SET version = version + 1");
        await gateway.StopAsync();
        Assert.Equal("Query  1\nQuery.hello  1", await MembersAsync(gateway.Place));
    }

    [Fact]
    public async Task A_registry_elsewhere_is_told_over_HTTP_where_the_key_may_report()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        await gateway.ServeAsync(0, "read:shop/dev");
        var reader = await File.ReadAllTextAsync(gateway.KeyFile);
        await gateway.StopServingAsync();
        await gateway.ServeAsync(0, "read:shop/dev", "report:shop/dev");
        var reporter = await File.ReadAllTextAsync(gateway.KeyFile);
        await File.WriteAllTextAsync(gateway.KeyFile, reader);
        Assert.Empty(await gateway.StartAsync("--Gateway:Registry:UsageInterval=20ms"));
        await gateway.QueryAsync("query Greet { hello }", ("graphql-client-name", "web"));
        await gateway.Log.SeenStartAsync("What clients use cannot be written into the registry and is kept for the next time: http://127.0.0.1:");
        await File.WriteAllTextAsync(gateway.KeyFile, reporter);
        await gateway.QueryAsync("query Greet { hello }", ("graphql-client-name", "web"));
        await gateway.StopAsync();
        Assert.Equal("Query web 2\nQuery.hello web 2", await MembersAsync(gateway.Place));
        Assert.Equal($"web Greet {HashOf("query Greet { hello }")} 2", await OperationsAsync(gateway.Place));
    }

    [Fact]
    public void What_was_sent_is_sent_again_as_it_was_and_what_has_come_since_is_a_report_of_its_own()
    {
        var (reports, hello) = (new UsageReports(), new OperationUsage("1", "Hello", ["Query.hello"]));
        Assert.Null(reports.Next());
        reports.Add(SumsOf(hello, 1));
        var first = reports.Next()!;
        reports.Add(SumsOf(hello, 5));
        Assert.Same(first, reports.Next());
        Assert.Equal((1, 0, "6 requests and 1 count of a member"), (Assert.Single(first.Operations).Requests, first.Members.Length, reports.Rest));
        var numbers = new List<(long, long)>();
        while (reports.Next() is { } next)
        {
            Assert.Equal(first.Id!.Reporter, next.Id!.Reporter);
            numbers.Add((next.Id.Number, next.Operations.Sum(use => use.Requests) + next.Members.Sum(use => use.Requests)));
            reports.Done();
        }

        Assert.Equal([(1, 1), (2, 1), (3, 5), (4, 5)], numbers);
    }

    // By members the registry tells what a change breaks: that they are lost is said where the operations are there.
    [Fact]
    public async Task What_is_lost_at_a_stop_is_told()
    {
        var reports = new UsageReports();
        reports.Add(SumsOf(new OperationUsage("1", "Hello", ["Query", "Query.hello"]), 3));
        Assert.Equal("3 requests", reports.Rest);
        Assert.NotNull(reports.Next());
        Assert.Equal("3 requests and 2 counts of members", reports.Rest);
        reports.Done();
        Assert.Equal("2 counts of members", reports.Rest);
        reports.Done();
        Assert.Equal("", reports.Rest);

        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        Assert.Empty(await gateway.StartAsync("--Gateway:Registry:UsageInterval=1h", "--Gateway:Registry:Interval=1h"));
        await gateway.QueryAsync("{ hello }");
        await gateway.DamageAsync("UPDATE graphgateway_registry SET version = version - 1");
        await gateway.StopAsync();
        await gateway.Log.SeenStartAsync(
            "What clients use cannot be written into the registry, and lost to it: 1 request and 2 counts of members: The registry's tables are at step ");
    }

    // Each is a header's, or a token's.
    [Fact]
    public void A_client_says_nothing_that_the_registry_says()
    {
        var (tally, sums, hello) = (new UsageTally(), new UsageSums(), new OperationUsage("1", "Hello", ["Query.hello"]));
        foreach (var client in new[] { "web", "(others)", "(no name)", "", "a\0b", $"c{'\ud800'}" })
        {
            tally.Add(hello, client);
        }

        sums.Add(tally, 1);
        Assert.Equal(
            ["Query.hello  3", "Query.hello a\uFFFDb 1", "Query.hello c\uFFFD 1", "Query.hello web 1"],
            sums.Counts.Members.Select(use => $"{use.Coordinate} {use.Client} {use.Requests}").Order(StringComparer.Ordinal));
        Assert.Equal([" 3", "a\uFFFDb 1", "c\uFFFD 1", "web 1"], sums.Counts.Operations.Select(use => $"{use.Client} {use.Requests}").Order(StringComparer.Ordinal));
    }

    private static UsageSums SumsOf(OperationUsage operation, int requests)
    {
        var (tally, sums) = (new UsageTally(), new UsageSums());
        for (var i = 0; i < requests; i++)
        {
            tally.Add(operation, "web");
        }

        sums.Add(tally, 1);
        return sums;
    }

    [Fact]
    public async Task It_can_be_off()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        Assert.Empty(await gateway.StartAsync("--Gateway:Registry:Usage=Off"));
        await gateway.QueryAsync("{ hello }");
        await gateway.StopAsync();
        Assert.Equal("", await MembersAsync(gateway.Place));
    }

    // It has looked the tally up, and then the system has let others run for a while.
    [Fact]
    public void A_request_that_counts_late_is_told_that_the_tally_has_been_taken()
    {
        var (tally, sums) = (new UsageTally(), new UsageSums());
        var (hello, other) = (new OperationUsage("1", "Hello", ["Query.hello"]), new OperationUsage("2", "Other", ["Query.other"]));
        Assert.Equal(0, tally.Add(hello, "web", 2));
        sums.Add(tally, 1);
        Assert.Equal((3, 1, 2), (tally.Add(hello, "web", 3), tally.Add(hello, "phone"), tally.Add(other, "web", 2)));
        Assert.Equal((2, 0), (sums.Requests, sums.Dropped));
    }

    [Fact]
    public async Task Requests_that_come_beside_reports_count_once_each()
    {
        const int Rounds = 20_000;
        var (counter, sums) = (new UsageCounter(new GatewayOptions { Supergraph = "none" }, new Random(1)), new UsageSums());
        OperationUsage[] operations = [.. Enumerable.Range(0, 50).Select(number => new OperationUsage($"{number}", "", ["Query.hello"]))];
        var counting = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < Rounds; i++)
                {
                    counter.Count(operations[i % operations.Length], "web");
                }
            },
            TaskCreationOptions.LongRunning)));
        while (!counting.IsCompleted)
        {
            sums.Add(counter.Take());
        }

        await counting;
        sums.Add(counter.Take());
        Assert.Equal((4 * Rounds, 0), (sums.Requests, sums.Dropped));
        Assert.All(sums.Counts.Operations, use => Assert.Equal(4 * Rounds / operations.Length, use.Requests));
    }

    [Fact]
    public void A_part_of_the_requests_stands_for_all()
    {
        var sums = new UsageSums();
        var tally = new UsageTally();
        var hello = new OperationUsage("1", "Hello", ["Query.hello"]);
        tally.Add(hello, "web");
        tally.Add(hello, "web");
        tally.Add(hello, "");
        sums.Add(tally, 1 / 0.3);
        Assert.Equal([new MemberUse("Query.hello", "web", 7), new MemberUse("Query.hello", "", 3)], sums.Counts.Members.OrderByDescending(use => use.Requests));
    }

    [Fact]
    public void Names_that_clients_invent_are_bounded_and_what_is_not_counted_is_told()
    {
        var tally = new UsageTally();
        var hello = new OperationUsage("1", "", ["Query.hello"]);
        for (var client = 0; client < UsageTally.MaxPairs + 5; client++)
        {
            tally.Add(hello, $"c{client}");
        }

        tally.Add(hello, "c0");
        var sums = new UsageSums();
        sums.Add(tally, 2);
        Assert.Equal((10, 2 * (UsageTally.MaxPairs + 1)), (sums.Dropped, sums.Requests));

        // And so are operations with many members.
        var large = new UsageTally();
        var many = new OperationUsage("2", "", [.. Enumerable.Repeat("Query.hello", UsageTally.MaxMembers)]);
        large.Add(many, "web");
        large.Add(hello, "web");
        large.Add(many, "web");
        var (counts, dropped) = large.Take(1);
        Assert.Equal((1, 2), (dropped, counts.Sum(count => count.Requests)));
    }

    private static string HashOf(string document) => OperationIdentity.HashOf(System.Text.Encoding.UTF8.GetBytes(document));

    private static async Task<string> MembersAsync(string place)
    {
        await using var registry = SchemaRegistry.At(place, readOnly: true);
        var uses = await registry.MemberUsesAsync("shop", "dev", null, new UsageDays(0, int.MaxValue), default);
        return string.Join('\n', uses.OrderBy(use => use.Coordinate, StringComparer.Ordinal).ThenBy(use => use.Client, StringComparer.Ordinal).Select(use => $"{use.Coordinate} {use.Client} {use.Requests}"));
    }

    private static async Task<string> OperationsAsync(string place)
    {
        await using var registry = SchemaRegistry.At(place, readOnly: true);
        var uses = await registry.OperationUsesAsync("shop", "dev", new UsageDays(0, int.MaxValue), default);
        return string.Join('\n', uses.Select(use => $"{use.Client} {(use.Name.Length == 0 ? "-" : use.Name)} {use.Hash} {use.Requests}"));
    }

    private static async Task ExecuteAsync(string place, string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={place}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }
}
