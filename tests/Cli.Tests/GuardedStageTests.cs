using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary>Changes of a stage that are held against persisted operations: where a command names their store, and where the registry's server does.</summary>
public sealed class GuardedStageTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Pepper = System.Text.Encoding.ASCII.GetBytes("a pepper of a test, 32 bytes long");
    private static readonly string Broken = $"web, 1: {PublishedOperation.HashOf("query Me { me }")} (Me) 1:12: Cannot query field \"me\" on type \"Query\".";

    // Each of them would take Query.me away.
    private static readonly Dictionary<string, (string Done, string[] Arguments)> Changes = new()
    {
        ["publish"] = ("published", ["--stage", "dev", "--source", "users", "--schema", "(without)"]),
        ["delete"] = ("deleted", ["--stage", "dev", "--source", "users"]),
        ["promote"] = ("promoted", ["--from", "qa", "--to", "dev"]),
        ["rollback"] = ("rolled back", ["--stage", "dev", "--to", "1"]),
        ["approve"] = ("approved", ["--stage", "dev", "--launch", "3"]),
    };

    private readonly TemporaryFolder folder = new();
    private RegistryServer? server;
    private string key = "";

    private string Store => Path.Combine(folder.Path, "registry.db");

    private string Operations => Path.Combine(folder.Path, "operations.db");

    // dev: #1 has orders, #2 users, too, which is live, and #3 waits with users without me; qa has orders alone.
    public async Task InitializeAsync()
    {
        var (orders, users, without) = (
            folder.Write("orders.graphqls", "type Query { orders: Int }"), folder.Write("users.graphqls", "type Query { me: String }"), folder.Write("without.graphqls", "type Query { you: String }"));
        foreach (var (stage, source, schema, more) in new[] { ("dev", "orders", orders, ""), ("dev", "users", users, ""), ("dev", "users", without, "--wait-for-approval"), ("qa", "orders", orders, "") })
        {
            string[] publish = ["publish", "--graph", "shop", "--stage", stage, "--source", source, "--schema", schema, "--url", $"http://{source}.internal/", "--store", Store];
            Assert.Equal(0, (await Cli.Run([.. publish, .. more.Length > 0 ? new[] { more } : []])).Code);
        }

        var guarded = new GuardedStage("shop", "dev", Operations, new OperationRules());
        (server, var problem) = await RegistryServer.StartAsync(
            new RegistryServerOptions(Store, new Uri("http://127.0.0.1:0"), Pepper) { Guarded = [guarded] }, TextWriter.Null, _ => { }, TimeProvider.System, default);
        Assert.Null(problem);
        await using var keys = ApiKeyStore.OfRegistry(Store);
        key = folder.Write("key", (await keys.CreateAsync(new ApiKeyGrant("ann", null, ["publish", "promote"], null), Pepper, DateTimeOffset.UnixEpoch, default)).Text);
    }

    public async Task DisposeAsync() => await server!.DisposeAsync();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Theory]
    [InlineData("publish", false)]
    [InlineData("delete", false)]
    [InlineData("promote", false)]
    [InlineData("rollback", false)]
    [InlineData("approve", false)]
    [InlineData("publish", true)]
    [InlineData("delete", true)]
    [InlineData("promote", true)]
    [InlineData("rollback", true)]
    [InlineData("approve", true)]
    public async Task A_command_that_is_given_their_store_changes_nothing_by_which_one_would_break(string change, bool overHttp)
    {
        await PublishOperationsAsync();
        var done = Changes[change].Done;
        var command = CommandOf(change, overHttp);
        var last = $"Nothing is {done}: 1 of 1 persisted operation would break. Without --operations it is {done} all the same.";
        Assert.Equal((1, "", $"{Broken}\n{last}\n"), await Cli.Run([.. command, "--operations", Operations]));
        Assert.Equal((1, ProblemsOf(Broken, last), ""), await Cli.Run([.. command, "--operations", Operations, "--json"]));
        Assert.Equal((1, "", "--gateway needs --operations.\n"), await Cli.Run([.. command, "--gateway", "appsettings.json"]));
        var missing = Path.Combine(folder.Path, "missing.db");
        Assert.Equal(
            (1, "", $"There are no operations: {missing} is not there. `graphgateway operations publish` makes it. Give --operations the place to which \"graphgateway operations publish\" publishes.\n"),
            await Cli.Run([.. command, "--operations", missing]));
        Assert.Equal(2, await LiveAsync());

        // In the store nobody holds anything against them, unless it is asked.
        Assert.Equal(0, (await Cli.Run(CommandOf(change, overHttp: false))).Code);
        Assert.Equal(4, await LiveAsync());
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("delete")]
    [InlineData("promote")]
    [InlineData("rollback")]
    [InlineData("approve")]
    public async Task A_server_that_is_given_their_store_changes_nothing_by_which_one_would_break_without_consent(string change)
    {
        await PublishOperationsAsync();
        var done = Changes[change].Done;
        var command = CommandOf(change, overHttp: true);
        var last = $"Nothing is {done}: 1 of 1 persisted operation would break. With --allow-breaking-operations (\"allowBreakingOperations\" over HTTP) it is {done} all the same.";
        Assert.Equal((1, "", $"{Broken}\n{last}\n"), await Cli.Run(command));
        Assert.Equal((1, ProblemsOf(Broken, last), ""), await Cli.Run([.. command, "--json"]));
        Assert.Equal(2, await LiveAsync());
        var (code, output, error) = await Cli.Run([.. command, "--allow-breaking-operations"]);
        Assert.Equal((0, $"{Broken}\nIt is {done} all the same, as was consented to: 1 of 1 persisted operation would break.\n"), (code, error));
        Assert.StartsWith("#4 of dev of shop is live: ", output, StringComparison.Ordinal);

        // Who has consented is the one whose key it is.
        (_, output, _) = await Cli.Run("history", "--graph", "shop", "--stage", "dev", "--first", "1", "--store", Store);
        Assert.Matches(@"^LAUNCH +STATUS +WHAT +BY +TAG +CREATED\n#4 +live +[^\n]*, breaks 1 persisted operation +ann +- [^\n]*\n$", output);
        (_, output, _) = await Cli.Run("history", "--graph", "shop", "--stage", "dev", "--launch", "4", "--store", Store);
        Assert.Contains($"\nann has consented to what it does: it breaks 1 persisted operation:\n  {Broken}\n\nSOURCE", output, StringComparison.Ordinal);
        (_, output, _) = await Cli.Run(OverHttp("history", "--graph", "shop", "--stage", "dev", "--launch", "4", "--json"));
        Assert.Contains($$""""consent":{"broken":1,"isWhole":true,"operations":[{{JsonText.Of(Broken)}}]}"""", output.Replace("\n", "", StringComparison.Ordinal).Replace("  ", "", StringComparison.Ordinal).Replace("\": ", "\":", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_consented_to_is_told_in_json()
    {
        await PublishOperationsAsync();
        var (code, output, _) = await Cli.Run([.. CommandOf("delete", overHttp: true), "--allow-breaking-operations", "--json"]);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal(
            (0, Broken, "It is deleted all the same, as was consented to: 1 of 1 persisted operation would break."),
            (code, Assert.Single(json.RootElement.GetProperty("broken").EnumerateArray()).GetString(), json.RootElement.GetProperty("brokenSummary").GetString()));
    }

    [Fact]
    public async Task A_server_lets_be_what_breaks_none_other_stages_and_all_while_nothing_is_published()
    {
        Assert.Equal((0, "#4 of dev of shop is live: delete users.\n", ""), await Cli.Run(CommandOf("delete", overHttp: true)));
        Assert.Equal((0, "#5 of dev of shop is live: rollback to #2.\n", ""), await Cli.Run([.. OverHttp("rollback", "--graph", "shop", "--stage", "dev", "--to", "2")]));
        await PublishOperationsAsync();
        Assert.Equal((0, "Nothing changes: #5 of dev of shop is live with the same.\n", ""), await Cli.Run([.. OverHttp("rollback", "--graph", "shop", "--stage", "dev", "--to", "2")]));
        Assert.Equal((0, "#6 of dev of shop is live: delete orders.\n", ""), await Cli.Run([.. OverHttp("delete", "--graph", "shop", "--stage", "dev", "--source", "orders")]));
        var without = Path.Combine(folder.Path, "without.graphqls");
        Assert.Equal((0, "#2 of qa of shop is live: publish orders@2.\n", ""), await Cli.Run([.. OverHttp("publish", "--graph", "shop", "--stage", "qa", "--source", "orders", "--schema", without)]));
    }

    [Fact]
    public async Task Where_a_server_cannot_read_them_nothing_is_changed_without_consent()
    {
        folder.Write("operations.db", "This is no database, and it is long enough to look like one to who reads its head.");
        Assert.Equal(
            (1, "", "Nothing is deleted: the persisted operations of dev of shop cannot be read, and who would break is not known: SQLite Error 26: 'file is not a database'. "
                + "With --allow-breaking-operations (\"allowBreakingOperations\" over HTTP) it is deleted all the same.\n"),
            await Cli.Run(CommandOf("delete", overHttp: true)));
        Assert.Equal(
            (0, "#4 of dev of shop is live: delete users.\n",
                "It is deleted all the same, as was consented to: the persisted operations of dev of shop cannot be read, and who would break is not known: SQLite Error 26: 'file is not a database'.\n"),
            await Cli.Run([.. CommandOf("delete", overHttp: true), "--allow-breaking-operations"]));
        var (_, history, _) = await Cli.Run("history", "--graph", "shop", "--stage", "dev", "--first", "1", "--store", Store);
        Assert.Contains(" delete users, may break persisted operations: they could not be looked at  ann ", history, StringComparison.Ordinal);
    }

    // Each change would need consent, and who consents lets all else break as well.
    [Fact]
    public async Task What_is_broken_already_keeps_nobody_from_a_change_that_breaks_nothing()
    {
        await PublishOperationsAsync([new PublishedOperation("me", "query Me { me }"), new PublishedOperation("orders", "query Orders { orders }")]);
        Assert.Equal(0, (await Cli.Run([.. CommandOf("delete", overHttp: true), "--allow-breaking-operations"])).Code);
        var more = folder.Write("more.graphqls", "type Query { more: Int }");
        string[] publish = ["publish", "--graph", "shop", "--stage", "dev", "--source", "more", "--schema", more, "--url", "http://more.internal/"];
        Assert.Equal((0, "#5 of dev of shop is live: publish more@1.\n", ""), await Cli.Run(OverHttp(publish)));
        Assert.Equal((0, "#6 of dev of shop is live: publish more@1.\n", ""), await Cli.Run([.. publish[..^1], "http://more.other/", "--store", Store, "--operations", Operations]));

        // What would break by it is told, and that alone.
        const string broken = "web, 1: orders (Orders) 1:16: Cannot query field \"orders\" on type \"Query\".\nNothing is deleted: 1 of 2 persisted operations would break. 1 cannot be answered now either. ";
        string[] delete = ["delete", "--graph", "shop", "--stage", "dev", "--source", "orders"];
        Assert.Equal((1, "", broken + "With --allow-breaking-operations (\"allowBreakingOperations\" over HTTP) it is deleted all the same.\n"), await Cli.Run(OverHttp(delete)));
        Assert.Equal((1, "", broken + "Without --operations it is deleted all the same.\n"), await Cli.Run([.. delete, "--store", Store, "--operations", Operations]));
    }

    [Fact]
    public async Task Operations_that_were_there_and_are_gone_are_not_taken_for_none()
    {
        await PublishOperationsAsync();
        Assert.Equal(1, (await Cli.Run(CommandOf("delete", overHttp: true))).Code);
        SqliteConnection.ClearAllPools();
        File.Delete(Operations);
        Assert.Equal(
            (1, "", $"Nothing is deleted: the persisted operations of dev of shop cannot be read, and who would break is not known: There are no operations: {Operations} is not there. `graphgateway operations publish` makes it. "
                + "With --allow-breaking-operations (\"allowBreakingOperations\" over HTTP) it is deleted all the same.\n"),
            await Cli.Run(CommandOf("delete", overHttp: true)));
    }

    // An answer has a bound; the command with the store has none.
    [Fact]
    public async Task A_server_names_the_first_fifty()
    {
        await PublishOperationsAsync([.. Enumerable.Range(0, 60).Select(i => new PublishedOperation($"{i:00}", $"query Me{i:00} {{ me }}"))]);
        var (code, output, error) = await Cli.Run(CommandOf("delete", overHttp: true));
        var lines = error.TrimEnd().Split('\n');
        Assert.Equal((1, "", 52), (code, output, lines.Length));
        Assert.Equal("web, 1: 49 (Me49) 1:14: Cannot query field \"me\" on type \"Query\".", lines[49]);
        Assert.Equal("and 10 more; `graphgateway check --operations` names all.", lines[50]);
        Assert.StartsWith("Nothing is deleted: 60 of 60 persisted operations would break.", lines[51], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_is_for_a_server_that_holds_changes_against_them()
    {
        Assert.Equal(
            (1, "", "--allow-breaking-operations needs --registry: on a store nothing is held against persisted operations without --operations.\n"),
            await Cli.Run([.. CommandOf("delete", overHttp: false), "--allow-breaking-operations"]));
        Assert.Equal(
            (1, "", "--allow-breaking-operations and --operations together: leave out --operations where operations may break.\n"),
            await Cli.Run([.. CommandOf("delete", overHttp: true), "--allow-breaking-operations", "--operations", Operations]));
    }

    [Theory]
    [InlineData("--operations needs GRAPH/STAGE=STORE, such as shop/production=operations.db: a file (SQLite), or a connection string of PostgreSQL.", "--operations", "operations.db")]
    [InlineData("--operations needs GRAPH/STAGE=STORE, such as shop/production=operations.db: a file (SQLite), or a connection string of PostgreSQL.", "--operations", "shop/dev=")]
    [InlineData("--operations shop/dev/x: The name of a stage has 1 to 128 letters, digits, \"-\", \"_\" and \".\", and begins with a letter or a digit.", "--operations", "shop/dev/x=one.db")]
    [InlineData("--operations names dev of shop twice: a stage has one store.", "--operations", "shop/dev=one.db", "--operations", "shop/dev=two.db")]
    [InlineData("--gateway needs --operations.", "--gateway", "appsettings.json")]
    public async Task What_is_wrong_with_the_server_s_options_is_told(string problem, params string[] arguments)
    {
        var pepper = folder.Write("pepper", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n");
        Assert.Equal((1, "", $"{problem}\n"), await Cli.Run(["registry", "serve", "--store", Store, "--urls", "http://127.0.0.1:0", "--pepper-file", pepper, .. arguments]));
    }

    private Task PublishOperationsAsync() => PublishOperationsAsync([new PublishedOperation(PublishedOperation.HashOf("query Me { me }"), "query Me { me }")]);

    private async Task PublishOperationsAsync(PublishedOperation[] operations)
    {
        await using var store = OperationStore.At(Operations);
        await store.PrepareAsync(default);
        Assert.True((await store.PublishAsync("web", "1", operations, DateTimeOffset.UnixEpoch, default)).IsStored);
    }

    private async Task<int?> LiveAsync()
    {
        await using var registry = SchemaRegistry.At(Store, readOnly: true);
        return (await registry.LiveAsync("shop", "dev", default))?.Launch;
    }

    private string[] CommandOf(string change, bool overHttp)
    {
        string[] arguments = [change, "--graph", "shop", .. Changes[change].Arguments.Select(argument => argument == "(without)" ? Path.Combine(folder.Path, "without.graphqls") : argument)];
        return overHttp ? OverHttp(arguments) : [.. arguments, "--store", Store];
    }

    private string[] OverHttp(params string[] arguments) => [.. arguments, "--registry", $"{server!.Address}", "--key-file", key];

    private static string ProblemsOf(params string[] messages) =>
        JsonText.Of(new { Success = false, Problems = messages.Select(message => new { Message = message }) }) + "\n";
}
