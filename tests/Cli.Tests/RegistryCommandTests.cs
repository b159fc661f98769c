using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary>The walk of teams through the registry, every command with its whole output: the same in a store and over HTTP.</summary>
public sealed class RegistryCommandTests : IAsyncLifetime, IDisposable
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly RegistryShop shop = new();
    private readonly TemporaryFolder folder;
    private readonly FakeTimeProvider clock;
    private readonly string store;
    private readonly string users;
    private readonly string orders;
    private readonly string settings;

    public RegistryCommandTests() =>
        (folder, clock, store, users, orders, settings) = (shop.Folder, shop.Clock, shop.Store, shop.Users, shop.Orders, shop.Settings);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => shop.StopAsync();

    public void Dispose() => shop.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Teams_publish_and_go_back(bool overHttp)
    {
        shop.IsOverHttp = overHttp;
        Assert.Equal((0, "#1 of production of shop is live: publish users@1.\n", ""), await PublishUsersAsync("c1"));
        Assert.Equal((0, "#2 of production of shop is live: publish orders@1.\n", ""), await PublishOrdersAsync("c2"));
        Assert.Equal((0, "Nothing changes: #2 of production of shop is live with the same.\n", ""), await PublishOrdersAsync("c3"));

        // What does not compose is kept, and what is live stays.
        folder.Write("users.graphqls", RegistryShop.UsersSchema.Replace("type User @key", "type Nobody @key", StringComparison.Ordinal));
        var (code, output, error) = await PublishUsersAsync("c4");
        Assert.Equal((1, "#3 of production of shop does not compose and is kept as a draft: publish users@2. #2 stays live.\n"), (code, output));
        Assert.Equal(
            $"{users}:2:22 INVALID_GRAPHQL Unknown type \"User\".\n  hint: Mend the schema of users: it must be valid GraphQL on its own.\n\n", error);

        folder.Write("users.graphqls", RegistryShop.UsersSchema.Replace("name: String", "name: String\n  email: String", StringComparison.Ordinal));
        Assert.Equal((0, "#4 of production of shop is live: publish users@3.\n", ""), await PublishUsersAsync("c5"));
        Assert.Equal((0, "#5 of production of shop is live: rollback to #2.\n", ""), await RunAsync("rollback", "--graph", "shop", "--stage", "production", "--author", "bob"));
        Assert.Equal((0, "#6 of production of shop is live: rollback to #4.\n", ""), await RunAsync("rollback", "--graph", "shop", "--stage", "production", "--to", "4", "--author", "bob"));

        Assert.Equal(
            (0,
            """
            GRAPH  STAGE       LIVE  LAST  WHAT            BY   TAG  SINCE
            shop   production  #6    #6    rollback to #4  bob  -    2030-01-01T05:00:00Z

            """,
            ""),
            await RunAsync("list"));
        Assert.Equal(
            (0,
            """
            SOURCE  VERSION  BY   TAG  PUBLISHED             URL
            orders  1        ann  c2   2030-01-01T01:00:00Z  http://127.0.0.1:2/graphql
            users   3        ann  c5   2030-01-01T03:00:00Z  http://127.0.0.1:1/graphql

            """,
            ""),
            await RunAsync("list", "--graph", "shop", "--stage", "production"));
        Assert.Equal((1, "", "There is no graph nosuch. There is: shop.\n"), await RunAsync("list", "--graph", "nosuch"));
        Assert.Equal(
            (0,
            """
            LAUNCH  STATUS       WHAT              BY   TAG  CREATED
            #6      live         rollback to #4    bob  -    2030-01-01T05:00:00Z
            #5      rolled back  rollback to #2    bob  -    2030-01-01T04:00:00Z
            #4      rolled back  publish users@3   ann  c5   2030-01-01T03:00:00Z
            #3      draft        publish users@2   ann  c4   2030-01-01T02:00:00Z
            #2      superseded   publish orders@1  ann  c2   2030-01-01T01:00:00Z
            #1      superseded   publish users@1   ann  c1   2030-01-01T00:00:00Z

            """,
            ""),
            await RunAsync("history", "--graph", "shop", "--stage", "production"));
        Assert.Equal(
            (0,
            """
            LAUNCH  STATUS  WHAT             BY   TAG  CREATED
            #3      draft   publish users@2  ann  c4   2030-01-01T02:00:00Z

            SOURCE  VERSION  BY   TAG  PUBLISHED             URL
            orders  1        ann  c2   2030-01-01T01:00:00Z  http://127.0.0.1:2/graphql
            users   2        ann  c4   2030-01-01T02:00:00Z  http://127.0.0.1:1/graphql

            """,
            error),
            await RunAsync("history", "--graph", "shop", "--stage", "production", "--launch", "#3"));
        var (_, versions, _) = await RunAsync("history", "--graph", "shop", "--source", "users", "--first", "2");
        Assert.Equal(["VERSION  BY   TAG  PUBLISHED             HASH", "3        ann  c5   2030-01-01T03:00:00Z  ", "2        ann  c4   2030-01-01T02:00:00Z  "],
            versions.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..Math.Min(line.Length, line.StartsWith('V') ? 100 : 41)]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_there_can_be_had_and_compared(bool overHttp)
    {
        shop.IsOverHttp = overHttp;
        await PublishUsersAsync("c1");
        await PublishOrdersAsync("c2");
        folder.Write("users.graphqls", RegistryShop.UsersSchema.Replace("  name: String", "  email: String", StringComparison.Ordinal));
        await PublishUsersAsync("c3");
        string[] stage = ["--graph", "shop", "--stage", "production"];
        Assert.Equal((0, RegistryShop.OrdersSchema, ""), await RunAsync(["fetch", .. stage, "--source", "orders"]));
        Assert.Equal((0, """{"dialect":"composite"}""", ""), await RunAsync(["fetch", .. stage, "--source", "orders", "--settings"]));
        Assert.Equal((0, RegistryShop.UsersSchema, ""), await RunAsync(["fetch", .. stage, "--source", "users", "--launch", "2"]));
        var file = Path.Combine(folder.Path, "supergraph.graphql");
        Assert.Equal((0, "", ""), await RunAsync(["fetch", .. stage, "--output", file]));
        Assert.Contains("email: String", await File.ReadAllTextAsync(file), StringComparison.Ordinal);

        const string diff = """
            1 breaking change:

              FIELD_REMOVED User.name was removed.
                orders@1:10:6
                users@2:5:6

            1 safe change:

              FIELD_ADDED User.email was added.
                users@2:7:3

            1 breaking change, 0 dangerous, 1 safe. Clients would break.

            """;
        Assert.Equal((0, diff, ""), await RunAsync(["diff", .. stage]));
        Assert.Equal((0, diff, ""), await RunAsync(["diff", .. stage, "--from", "2", "--to", "#3"]));
        Assert.Equal((0, "Nothing changes for clients.\n", ""), await RunAsync(["diff", .. stage, "--from", "3"]));
        Assert.Equal((1, "", "production of shop has no launch #9.\n"), await RunAsync(["diff", .. stage, "--from", "9"]));
        Assert.Equal((1, "", "#1 is the first of production of shop: there is nothing to compare with.\n"), await RunAsync(["diff", .. stage, "--to", "1"]));
        Assert.Equal((1, "", "#3 of production of shop has no source stock. It has: orders, users.\n"), await RunAsync(["fetch", .. stage, "--source", "stock"]));
        Assert.Equal((1, "", "Nothing is live in test of shop.\n"), await RunAsync("fetch", "--graph", "shop", "--stage", "test"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_of_sources_is_published_at_once(bool overHttp)
    {
        shop.IsOverHttp = overHttp;
        var sources = Repository.PathOf("schemas");
        string[] publish = ["publish", sources, "--graph", "shop", "--author", "ann"];
        Assert.Equal((0, "#1 of dev of shop is live: publish orders@1, payments@1, users@1.\n", ""), await RunAsync([.. publish, "--stage", "dev"]));
        Assert.Equal((0, "Nothing changes: #1 of dev of shop is live with the same.\n", ""), await RunAsync([.. publish, "--stage", "dev"]));
        var (_, supergraph, _) = await RunAsync("fetch", "--graph", "shop", "--stage", "dev");
        Assert.Equal(await File.ReadAllTextAsync(Repository.PathOf("schemas/supergraph.graphql")), supergraph);

        // The stage is the environment of the settings, and they have this one alone.
        var (code, output, error) = await RunAsync([.. publish, "--stage", "production"]);
        Assert.Equal((1, "#1 of production of shop does not compose and is kept as a draft: publish orders@1, payments@1, users@1. Nothing is live there yet.\n"), (code, output));
        Assert.Contains(
            $"{sources}/orders/schema-settings.json:14:19 SETTINGS_INVALID The settings have no environment \"production\".\n  hint: Add it to \"environments\", or choose one of: dev.\n", error, StringComparison.Ordinal);

        folder.Write("parted/a/schema.graphqls", "type Query { a: Int }");
        folder.Write("parted/a/more.graphqls", "extend type Query { b: Int }");
        var parted = Path.Combine(folder.Path, "parted");
        Assert.Equal(
            (1, "", $"a is written in 2 files, and the registry takes one: {parted}/a/schema.graphqls, {parted}/a/more.graphqls.\n"),
            await RunAsync("publish", parted, "--graph", "shop", "--stage", "dev"));
        Assert.Equal((1, "", "Give --source and --schema, or a folder of sources.\n"), await RunAsync("publish", "--graph", "shop", "--stage", "dev"));
        Assert.Equal(
            (1, "", "SOURCES and --source, --schema, --settings or --url together: give a folder, or one source.\n"),
            await RunAsync("publish", parted, "--graph", "shop", "--stage", "dev", "--source", "a"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stages_are_promoted_and_approved_and_sources_deleted(bool overHttp)
    {
        shop.IsOverHttp = overHttp;
        await PublishUsersAsync("c1");
        await PublishOrdersAsync("c2");
        string[] promote = ["promote", "--graph", "shop", "--from", "production", "--to", "next", "--author", "ann"];
        Assert.Equal((1, "", "Where orders, users answer was said for production, and is not known for next: give --url orders=URL.\n"), await RunAsync(promote));
        Assert.Equal(
            (0, "#1 of next of shop waits for approval: promote production #2. `graphgateway approve --graph shop --stage next --launch 1` makes it live.\n", ""),
            await RunAsync([.. promote, "--url", "users=http://users.example/", "--url", "orders=http://orders.example/", "--wait-for-approval"]));
        Assert.Equal((0, "#2 of next of shop is live: approve #1 (production #2).\n", ""), await RunAsync("approve", "--graph", "shop", "--stage", "next", "--launch", "1", "--author", "eve"));
        Assert.Equal((0, "#3 of next of shop is live: delete orders.\n", ""), await RunAsync("delete", "--graph", "shop", "--stage", "next", "--source", "orders", "--author", "ann"));
        Assert.Equal((1, "", "next of shop has no source orders. It has: users.\n"), await RunAsync("delete", "--graph", "shop", "--stage", "next", "--source", "orders", "--author", "ann"));
        Assert.Equal((1, "", "--to needs the number of a launch, such as 12, and not last.\n"), await RunAsync("rollback", "--graph", "shop", "--stage", "next", "--to", "last"));
        Assert.Equal((1, "", "Nothing is live in test of shop.\n"), await RunAsync("rollback", "--graph", "shop", "--stage", "test"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_clients_use_is_listed(bool overHttp)
    {
        shop.IsOverHttp = overHttp;
        string[] usage = ["usage", "--graph", "shop", "--stage", "production"];
        await PublishUsersAsync("c1");
        Assert.Equal((0, "Nothing was counted in that time.\n", ""), await RunAsync(usage));
        Assert.Equal((1, "", "--days is a number from 1 to 90: so many are kept.\n"), await RunAsync([.. usage, "--days", "91"]));
        await UseAsync(clock.GetUtcNow(), "User.name web 1234", "User.name  2", "Query web 9000");
        Assert.Equal(
            (0,
            """
            CLIENT     OPERATION  SHA-256            REQUESTS
            web        Q          hash-of-Query      9,000
            web        U          hash-of-User.name  1,234
            (no name)  U          hash-of-User.name  2

            """,
            ""),
            await RunAsync(usage));
        Assert.Equal(
            (0,
            """
            MEMBER     CLIENT     REQUESTS
            User.name  web        1,234
            User.name  (no name)  2

            """,
            ""),
            await RunAsync([.. usage, "--member", "User.name", "--member", "User.email"]));
        Assert.Equal(
            (0, """{"success":true,"uses":[{"coordinate":"User.name","client":"web","requests":1234},{"coordinate":"User.name","client":"","requests":2}]}""", ""),
            Compact(await RunAsync([.. usage, "--member", "User.name", "--json"])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pull_request_is_checked_against_what_is_live(bool overHttp)
    {
        shop.IsOverHttp = overHttp;
        string[] check = ["check", "--graph", "shop", "--stage", "production", "--source", "users", "--schema", users, "--settings", settings, "--url", "http://127.0.0.1:1/graphql"];
        await PublishUsersAsync("c1");
        await PublishOrdersAsync("c2");
        Assert.Equal((0, "Nothing changes for clients.\n", ""), await RunAsync(check));

        folder.Write("users.graphqls", RegistryShop.UsersSchema.Replace("  name: String", "  email: String @cost(weight: \"5\")", StringComparison.Ordinal));
        Assert.Equal(
            (1,
            $"""
            1 breaking change:

              FIELD_REMOVED User.name was removed.
                orders@1:10:6
                {users}:5:6

            1 safe change:

              FIELD_ADDED User.email was added.
                {users}:7:3

            1 breaking change, 0 dangerous, 1 safe. Clients would break.

            """,
            ""),
            await RunAsync(check));
        var (code, output, error) = await RunAsync([.. check, "--markdown"]);
        Assert.Equal(
            (1,
            $"""
            ## Schema check

            **1 breaking change, 0 dangerous, 1 safe. Clients would break.**

            ### 1 breaking change

            | Change | Code | Where |
            |---|---|---|
            | User.name was removed. | `FIELD_REMOVED` | `orders@1:10:6`<br>`{users}:5:6` |

            <details>
            <summary>1 safe change</summary>

            | Change | Code | Where |
            |---|---|---|
            | User.email was added. | `FIELD_ADDED` | `{users}:7:3` |

            </details>

            """,
            ""),
            (code, output, error));

        // Who has used what changes, where gateways count it; what is safe matters to nobody.
        await UseAsync(clock.GetUtcNow().AddDays(-29), "User.name web 1234", "User.name  2", "Query web 9000");
        await UseAsync(clock.GetUtcNow().AddDays(-30), "User.name phone 70");
        await UseAsync(clock.GetUtcNow(), "Query web 1");
        Assert.Equal(
            (1,
            $"""
            1 breaking change:

              FIELD_REMOVED User.name was removed.
                orders@1:10:6
                {users}:5:6
                used by 2 clients in 30 days: web (1,234 requests), (no name) (2)

            1 safe change:

              FIELD_ADDED User.email was added.
                {users}:7:3

            1 breaking change, 0 dangerous, 1 safe. Clients would break.

            """,
            ""),
            await RunAsync(check));
        Assert.Contains(
            $"""
            | Change | Code | Where | Clients |
            |---|---|---|---|
            | User.name was removed. | `FIELD_REMOVED` | `orders@1:10:6`<br>`{users}:5:6` | used by nobody in 29 days |

            <details>
            <summary>1 safe change</summary>

            | Change | Code | Where |
            |---|---|---|
            """,
            (await RunAsync([.. check, "--markdown", "--days", "29"])).Output,
            StringComparison.Ordinal);

        // What is checked is stored nowhere; what does not compose is told, and the rest is not looked at.
        Assert.Equal(0, (await RunAsync("list", "--json")).Code);
        folder.Write("users.graphqls", "type Query { userById(id: ID!): User @lookup }");
        (code, output, error) = await RunAsync(check);
        Assert.Equal(
            (1, "", $"{users}:1:33 INVALID_GRAPHQL Unknown type \"User\".\n  hint: Mend the schema of users: it must be valid GraphQL on its own.\n\n1 problem. \"graphgateway explain CODE\" tells more about a code.\n"),
            (code, output, error));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Machines_are_told_in_json(bool overHttp)
    {
        shop.IsOverHttp = overHttp;
        Assert.Equal(
            (0, """{"success":true,"outcome":"live","graph":"shop","stage":"production","launch":{"number":1,"kind":"publish","status":"live","subject":"users@1","author":"ann","tag":"c1","created":"2030-01-01T00:00:00Z","hash":"HASH"},"sources":[{"source":"users","version":1,"url":"http://127.0.0.1:1/graphql"}],"problems":[]}""", ""),
            Compact(await PublishUsersAsync("c1", "--json")));
        folder.Write("orders.graphqls", "type Query {");
        Assert.Equal(
            (1, """{"success":false,"outcome":"draft","graph":"shop","stage":"production","launch":{"number":2,"kind":"publish","status":"draft","subject":"orders@1","base":1,"author":"ann","tag":"c2","created":"2030-01-01T01:00:00Z"},"sources":[{"source":"orders","version":1,"url":"http://127.0.0.1:2/graphql"},{"source":"users","version":1,"url":"http://127.0.0.1:1/graphql"}],"problems":[{"code":"INVALID_GRAPHQL","severity":"error","message":"Syntax Error: Expected Name, found <EOF>.","hint":"Mend the schema of orders: it must be valid GraphQL on its own.","places":[{"source":"orders","file":"FILE","line":1,"column":13}]}]}""", ""),
            Compact(await PublishOrdersAsync("c2", "--json")));
        Assert.Equal(
            (0, """{"success":true,"stages":[{"graph":"shop","stage":"production","live":1,"last":2,"launch":{"number":1,"kind":"publish","status":"live","subject":"users@1","author":"ann","tag":"c1","created":"2030-01-01T00:00:00Z","hash":"HASH"}}]}""", ""),
            Compact(await RunAsync("list", "--json")));
        Assert.Equal(
            (0, """{"success":true,"launches":[{"number":2,"kind":"publish","status":"draft","subject":"orders@1","base":1,"author":"ann","tag":"c2","created":"2030-01-01T01:00:00Z"}]}""", ""),
            Compact(await RunAsync("history", "--graph", "shop", "--stage", "production", "--first", "1", "--json")));
        Assert.Equal(
            (1, """{"success":false,"problems":[{"message":"test of shop has no source users. It has none."}]}""", ""),
            Compact(await RunAsync("delete", "--graph", "shop", "--stage", "test", "--source", "users", "--json")));
    }

    [Fact]
    public async Task Wrong_arguments_are_told()
    {
        var missing = Path.Combine(folder.Path, "nothing.graphqls");
        Assert.Equal((1, "", $"{missing} cannot be read: there is no such file.\n"), await RunAsync("publish", "--graph", "shop", "--stage", "dev", "--source", "users", "--schema", missing));
        Assert.Equal((1, "", "Where is the registry? Give --store PLACE or --registry URL, or set Gateway__Registry__Store.\n"), await Cli.Run("list"));
        Assert.Equal((1, "", "The registry cannot be used: the place is no connection string of PostgreSQL that can be read. Write it as Host=127.0.0.1;Database=graphgateway;Username=NAME;Password=...\n"), await Cli.Run("list", "--store", "Host=x;Passwort=secret"));
        Assert.Equal((1, "", "--stage needs --graph: stages of several graphs can have the same name.\n"), await RunAsync("list", "--stage", "dev"));
        Assert.Equal((1, "", "Nothing is live in dev of shop.\n"), await RunAsync("rollback", "--graph", "shop", "--stage", "dev"));
        Assert.Equal((0, "", "Nothing is published. `graphgateway publish --graph NAME --stage NAME --source NAME --schema FILE` publishes a source.\n"), await RunAsync("list"));
        Assert.Equal((1, "", "There is no graph nosuch: nothing is published, or nothing that you may read.\n"), await RunAsync("list", "--graph", "nosuch"));
        Assert.Equal((1, "", "--first is a number from 1 to 100000.\n"), await RunAsync("history", "--graph", "shop", "--stage", "dev", "--first", "0"));
        Assert.Equal((1, "", "Give --stage for its launches, or --source for its versions.\n"), await RunAsync("history", "--graph", "shop"));
        const string both = "--source and --stage or --launch together: the versions of a source are those of all stages. Leave --source out for the launches of a stage, or the others for its versions.\n";
        Assert.Equal((1, "", both), await RunAsync("history", "--graph", "shop", "--stage", "dev", "--source", "users"));
        Assert.Equal((1, "", both), await RunAsync("history", "--graph", "shop", "--launch", "1", "--source", "users"));
        Assert.Equal((1, "", "shop has no stage dev.\n"), await RunAsync("history", "--graph", "shop", "--stage", "dev"));
        Assert.Equal(1, (await RunAsync("promote", "--graph", "shop", "--from", "a", "--to", "b", "--url", "users")).Code);
        const string hint = "\n  hint: \"graphgateway check --help\" tells what it takes.\n\n1 problem. \"graphgateway explain CODE\" tells more about a code.\n";
        Assert.Equal((1, "", $"ARGUMENTS_INVALID --graph needs --stage and --source.{hint}"), await RunAsync("check", "--graph", "shop", "--schema", users));
        Assert.Equal((1, "", $"ARGUMENTS_INVALID SOURCES and --graph together: give a folder, or a source of a graph in the registry.{hint}"), await RunAsync("check", "x", "--graph", "shop", "--schema", users));
        Assert.Equal((1, "", $"ARGUMENTS_INVALID Give SOURCES, or --graph, --stage and --source.{hint}"), await Cli.Run("check", "--schema", users));
        Assert.Equal((1, "", $"ARGUMENTS_INVALID --stage, --new-stage, --source, --settings, --url, --store, --registry and --key-file need --graph.{hint}"), await Cli.Run("check", "x", "--schema", users, "--stage", "dev"));
    }

    private Task<(int Code, string Output, string Error)> PublishUsersAsync(string tag, params string[] more) => PublishAsync("users", users, tag, ["--url", "http://127.0.0.1:1/graphql", .. more]);

    private Task<(int Code, string Output, string Error)> PublishOrdersAsync(string tag, params string[] more) => PublishAsync("orders", orders, tag, ["--url", "http://127.0.0.1:2/graphql", .. more]);

    private Task<(int Code, string Output, string Error)> PublishAsync(string source, string schema, string tag, string[] more) => RunAsync(
        ["publish", "--graph", "shop", "--stage", "production", "--source", source, "--schema", schema, "--settings", settings, "--tag", tag, "--author", "ann", .. more]);

    // "MEMBER CLIENT REQUESTS".
    private async Task UseAsync(DateTimeOffset time, params string[] uses)
    {
        await using var registry = SchemaRegistry.At(store);
        var members = uses.Select(use => use.Split(' ')).Select(part => new MemberUse(part[0], part[1], long.Parse(part[2], CultureInfo.InvariantCulture))).ToArray();
        await registry.CountUsageAsync(
            "shop", "production", new UsageCounts([.. members], [.. members.Select(use => new OperationUse(use.Client, $"hash-of-{use.Coordinate}", use.Coordinate[..1], use.Requests))]), time, default);
    }

    // What differs from run to run has a word in its place.
    private (int Code, string Output, string Error) Compact((int Code, string Output, string Error) result)
    {
        using var json = JsonDocument.Parse(result.Output);
        var text = JsonSerializer.Serialize(json.RootElement, Plain).Replace(orders, "FILE", StringComparison.Ordinal);
        return (result.Code, System.Text.RegularExpressions.Regex.Replace(text, "[0-9a-f]{64}", "HASH"), result.Error);
    }

    // Each change that makes a launch comes an hour after the one before.

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => shop.RunAsync(arguments);
}
