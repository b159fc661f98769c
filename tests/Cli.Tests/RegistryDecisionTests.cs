using System.CommandLine;
using System.Text.Json;
using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary>What waits is decided, and a stage is taken away, the same in a store and over HTTP; and commands that read where there is no registry.</summary>
public sealed class RegistryDecisionTests : IAsyncLifetime, IDisposable
{
    private readonly RegistryShop shop = new();
    private readonly TemporaryFolder folder;
    private readonly FakeTimeProvider clock;
    private readonly string store;
    private readonly string users;
    private readonly string orders;
    private readonly string settings;

    public RegistryDecisionTests() =>
        (folder, clock, store, users, orders, settings) = (shop.Folder, shop.Clock, shop.Store, shop.Users, shop.Orders, shop.Settings);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => shop.StopAsync();

    public void Dispose() => shop.Dispose();

    [Fact]
    public async Task Commands_that_read_say_where_there_is_no_registry_and_make_none()
    {
        var none = (1, "", $"There is no registry at {store}: `graphgateway publish` makes one.\n");
        foreach (var command in new[] { "list", "history --graph shop --stage dev", "fetch --graph shop --stage dev", "diff --graph shop --stage dev", "usage --graph shop --stage dev" })
        {
            Assert.Equal(none, await RunAsync(command.Split(' ')));
        }

        Assert.Equal((1, false), ((await RunAsync("check", "--graph", "shop", "--stage", "dev", "--source", "users", "--schema", users)).Code, File.Exists(store)));
    }

    // A mistyped name would be green for ever.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stage_that_is_not_there_is_checked_only_where_it_is_said_to_be_new(bool overHttp)
    {
        shop.IsOverHttp = overHttp;
        await PublishAsync("users", users, "c1", ["--url", "http://127.0.0.1:1/graphql"]);
        foreach (var (graph, stage) in new[] { ("shop", "productoin"), ("shp", "production") })
        {
            string[] check = ["check", "--graph", graph, "--stage", stage, "--source", "users", "--schema", users, "--settings", settings, "--url", "http://127.0.0.1:1/graphql"];
            var problem = $"{graph} has no stage {stage}: there is nothing to check against. Where a publish is to make it, check with --new-stage (\"newStage\" over HTTP).";
            Assert.Equal((1, "", $"REGISTRY_REFUSED {problem}\n  hint: Mend what the message says; \"graphgateway list\" tells which graphs and stages there are.\n\n1 problem. \"graphgateway explain CODE\" tells more about a code.\n"), await RunAsync(check));
            using var json = JsonDocument.Parse((await RunAsync([.. check, "--json"])).Output);
            Assert.Equal((false, problem), (json.RootElement.GetProperty("success").GetBoolean(), json.RootElement.GetProperty("problems")[0].GetProperty("message").GetString()));
            var nothing = $"Nothing is live in {stage} of {graph} yet: there is nothing to compare with, and no client can break.";
            Assert.Equal((0, $"{nothing}\n", $"{nothing}\n"), await RunAsync([.. check, "--new-stage"]));
            using var checkedJson = JsonDocument.Parse((await RunAsync([.. check, "--new-stage", "--json"])).Output);
            Assert.Equal((true, nothing), (checkedJson.RootElement.GetProperty("success").GetBoolean(), checkedJson.RootElement.GetProperty("notCompared").GetString()));
        }
    }

    // In whichever spelling: a file of that name would have the password in it, and nothing would reach PostgreSQL.
    [Theory]
    [InlineData("postgres://u:SECRET@127.0.0.1/db")]
    [InlineData("Server=127.0.0.1;Port=1;Password=SECRET;Passwort=x")]
    [InlineData("Host = 127.0.0.1; Port = 1; Timeout = 1; Username = u; Password = SECRET")]
    [InlineData("Password=SECRET")]
    public async Task A_connection_string_is_no_name_of_a_file_and_is_not_shown(string place)
    {
        foreach (var command in new[] { "list", $"publish --graph shop --stage dev --source users --schema {users}", "operations list", "registry keys list", "keys list" })
        {
            var (code, output, error) = await Cli.Run([.. command.Split(' '), "--store", place]);
            Assert.Equal((1, ""), (code, output));
            Assert.DoesNotContain("SECRET", error, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Directory.GetFiles(Environment.CurrentDirectory), file => file.Contains("SECRET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_waits_is_decided_and_a_stage_is_taken_away(bool overHttp)
    {
        shop.IsOverHttp = overHttp;
        await PublishAsync("users", users, "c1", ["--url", "http://127.0.0.1:1/graphql"]);
        await PublishAsync("orders", orders, "c2", ["--url", "http://127.0.0.1:2/graphql", "--wait-for-approval"]);
        await PublishAsync("orders", orders, "c3", ["--url", "http://127.0.0.1:3/graphql"]);
        string[] place = ["--graph", "shop", "--stage", "production"];
        string[] admin = overHttp ? ["--author", "ann"] : [];
        Assert.Equal(
            (1, "", "#2 of production of shop would take the place of what is newer: orders has another URL since #3 (publish orders@1 by ann). Reject #2, and publish once more what is still "
                + "wanted of it; or approve it with --over-newer (\"overNewer\" over HTTP).\n"),
            await RunAsync(["approve", .. place, "--launch", "2", "--author", "ann"]));
        Assert.Equal(
            (0, "#2 of production of shop is rejected: publish orders@1.\n", ""), await RunAsync(["reject", .. place, "--launch", "2", "--reason", "other URL", "--author", "ann"]));
        Assert.Equal(
            (1, "", "#2 of production of shop does not wait for approval. It was rejected by ann: other URL\n"), await RunAsync(["reject", .. place, "--launch", "2", "--author", "ann"]));
        Assert.Equal((1, "", "--launch needs the number of a launch, such as 12, and not x.\n"), await RunAsync(["reject", .. place, "--launch", "x", "--author", "ann"]));
        Assert.Contains("\nIt was rejected at 2030-01-01T03:00:00Z by ann: other URL\n", (await RunAsync(["history", .. place, "--launch", "2"])).Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await RunAsync(["history", .. place, "--json"])).Output);
        Assert.Equal(
            ("ann", "2030-01-01T03:00:00Z", "other URL"),
            json.RootElement.GetProperty("launches")[1].GetProperty("rejection") is var why ? (why.GetProperty("by").GetString(), why.GetProperty("at").GetString(), why.GetProperty("reason").GetString()) : default);

        Assert.Equal(
            (1, "", "Nothing is removed yet. production of shop would go for good, with its history up to #3 and what clients use there; it is the last stage of shop: the versions of all its "
                + "sources would go, too. #3 is live: gateways that run it go on with it, and do not start anew without a copy of it (Gateway:Registry:File). Say --yes to do it.\n"),
            await RunAsync(["registry", "stages", "remove", .. place]));
        Assert.Equal(0, (await RunAsync(["list", .. place])).Code);
        Assert.Equal((0, "production of shop is removed, and with it the versions of all sources of the graph.\n", ""), await RunAsync(["registry", "stages", "remove", .. place, "--yes", .. admin]));
        Assert.Equal((1, "", "shop has no stage production.\n"), await RunAsync(["registry", "stages", "remove", .. place, "--yes", .. admin]));
        Assert.Equal((1, "", "shop has no stage production.\n"), await RunAsync(["usage", .. place]));
        Assert.Equal(0, (await RunAsync(["check", .. place, "--new-stage", "--source", "users", "--schema", users, "--settings", settings, "--url", "http://127.0.0.1:1/graphql"])).Code);
        Assert.Equal((1, "", "shop has no source users.\n"), await RunAsync("history", "--graph", "shop", "--source", "users"));
    }

    private Task<(int Code, string Output, string Error)> PublishAsync(string source, string schema, string tag, string[] more) => RunAsync(
        ["publish", "--graph", "shop", "--stage", "production", "--source", source, "--schema", schema, "--settings", settings, "--tag", tag, "--author", "ann", .. more]);

    // Each change that makes a launch comes an hour after the one before.

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => shop.RunAsync(arguments);
}
