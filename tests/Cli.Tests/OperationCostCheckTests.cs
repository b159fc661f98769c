using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary>What persisted operations cost after a change, beside what they cost now: against a stage in a store and over HTTP, and against a file.</summary>
public sealed class OperationCostCheckTests : IAsyncLifetime, IDisposable
{
    private const string Before = """
        type Query {
          orders: [Order!] @listSize(assumedSize: 10)
          order: Order @cost(weight: "20")
          same: Int
        }

        type Order {
          id: ID!
        }
        """;

    private const string Manifest = """
        {"1":"query Orders { orders { id } }","2":"query One { order { id } }","3":"query Same { same }","4":"query Two { orders { id } again: orders { id } }"}
        """;

    private static readonly byte[] Pepper = System.Text.Encoding.ASCII.GetBytes("a pepper of a test, 32 bytes long");
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new();
    private string[] store = [];
    private string[] http = [];
    private string schema = "";
    private string operations = "";
    private RegistryServer? server;

    public async Task InitializeAsync()
    {
        var place = Path.Combine(folder.Path, "registry.db");
        (operations, schema) = (Path.Combine(folder.Path, "operations.db"), folder.Write("shop.graphqls", Before));
        (server, _) = await RegistryServer.StartAsync(new RegistryServerOptions(place, new Uri("http://127.0.0.1:0"), Pepper), TextWriter.Null, _ => { }, clock, default);
        await using (var keys = ApiKeyStore.OfRegistry(place))
        {
            var key = await keys.CreateAsync(new ApiKeyGrant("ann", null, ["admin"], null), Pepper, clock.GetUtcNow(), default);
            (store, http) = (["--store", place], ["--registry", $"{server!.Address}", "--key-file", folder.Write("key", key.Text)]);
        }

        string[] stage = ["--graph", "shop", "--stage", "dev"];
        Assert.Equal(0, (await RunAsync(["publish", .. stage, "--source", "shop", "--schema", schema, "--settings", Settings, "--url", "http://127.0.0.1:1/", .. store])).Code);
        var supergraph = Path.Combine(folder.Path, "supergraph.graphql");
        Assert.Equal(0, (await RunAsync(["fetch", .. stage, "--output", supergraph, .. store])).Code);
        Assert.Equal(0, (await RunAsync(["operations", "publish", folder.Write("manifest.json", Manifest), "--client", "web", "--tag", "1", "--schema", supergraph, "--store", operations])).Code);
        folder.Write("shop.graphqls", Before.Replace("assumedSize: 10", "assumedSize: 100", StringComparison.Ordinal).Replace("weight: \"20\"", "weight: \"2.5\"", StringComparison.Ordinal));
    }

    public async Task DisposeAsync() => await server!.DisposeAsync();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_operations_would_cost_is_told_beside_what_they_cost_now(bool overHttp)
    {
        await UseAsync(("query Orders { orders { id } }", 1_200), ("query Orders { orders { id } }", 4), ("query Other { same }", 9));

        var (code, output, error) = await CheckAsync(overHttp);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            $"""
            1 dangerous change:

              LIST_SIZE_CHANGE Query.orders is taken to have 100 items and was taken to have 10 before: requests cost more.
                {schema}:2:3
                used by 1 client in 30 days: web (7 requests)

            1 safe change:

              COST_LOWERED Query.order costs 2.5 and cost 20 before.
                {schema}:3:3

            0 breaking changes, 1 dangerous, 1 safe. No client would break. 4 persisted operations: all can be answered. 2 would cost more, 1 less.
              web: 4 (Two): field cost 2, type cost 21 -> 201, 0 requests in 30 days
              web: 1 (Orders): field cost 1, type cost 11 -> 101, 1,204 requests in 30 days
              web: 2 (One): field cost 20 -> 2.5, type cost 2, 0 requests in 30 days

            """,
            output);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_would_be_beyond_the_gateways_limit_is_marked(bool overHttp)
    {
        var (code, output, error) = await CheckAsync(overHttp, [.. Limits("""{"MaxTypeCost":101,"MaxFieldCost":10}""")]);
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith(
            """
            No client would break. 4 persisted operations: all can be answered. 2 would cost more, 1 less; 1 beyond the gateway's limit.
              web: 4 (Two): field cost 2, type cost 21 -> 201 (limit 101)
              web: 1 (Orders): field cost 1, type cost 11 -> 101
              web: 2 (One): field cost 20 -> 2.5, type cost 2

            """,
            output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_comment_has_the_same_folded(bool overHttp)
    {
        await UseAsync(("query Orders { orders { id } }", 1_204));
        var (code, output, error) = await CheckAsync(overHttp, [.. Limits("""{"MaxTypeCost":100}"""), "--markdown"]);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            $"""
            ## Schema check

            **0 breaking changes, 1 dangerous, 1 safe. No client would break. 4 persisted operations: all can be answered. 2 would cost more, 1 less; 2 beyond the gateway's limit.**

            <details>
            <summary>1 dangerous change</summary>

            | Change | Code | Where | Clients |
            |---|---|---|---|
            | Query.orders is taken to have 100 items and was taken to have 10 before: requests cost more. | `LIST_SIZE_CHANGE` | `{schema}:2:3` | used by 1 client in 30 days: web (7 requests) |

            </details>

            <details>
            <summary>3 persisted operations would cost something else</summary>

            | Client | Operation | Field cost | Type cost | Requests in 30 days |
            |---|---|---|---|---|
            | web | Two `4` | 2 | **21 → 201 (limit 100)** | 0 |
            | web | Orders `1` | 1 | **11 → 101 (limit 100)** | 1,204 |
            | web | One `2` | 20 → 2.5 | 2 | 0 |

            </details>

            <details>
            <summary>1 safe change</summary>

            | Change | Code | Where |
            |---|---|---|
            | Query.order costs 2.5 and cost 20 before. | `COST_LOWERED` | `{schema}:3:3` |

            </details>

            """,
            output);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Machines_get_json(bool overHttp)
    {
        var (code, output, error) = await CheckAsync(overHttp, [.. Limits("""{"MaxTypeCost":150}"""), "--json"]);
        using var json = JsonDocument.Parse(output);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            """
            {"count":4,"broken":[],"costs":{"raised":2,"lowered":1,"changed":[{"client":"web","id":"4","name":"Two","fieldCost":{"before":2,"after":2,"limit":1000},"typeCost":{"before":21,"after":201,"limit":150},"isBeyondLimit":true},{"client":"web","id":"1","name":"Orders","fieldCost":{"before":1,"after":1,"limit":1000},"typeCost":{"before":11,"after":101,"limit":150},"isBeyondLimit":false},{"client":"web","id":"2","name":"One","fieldCost":{"before":20,"after":2.5,"limit":1000},"typeCost":{"before":2,"after":2,"limit":150},"isBeyondLimit":false}]}}
            """,
            JsonSerializer.Serialize(json.RootElement.GetProperty("operations"), Plain));
    }

    [Fact]
    public async Task Of_many_operations_the_ones_that_change_most_are_told_and_how_many_more_there_are()
    {
        var many = string.Join(",", Enumerable.Range(1, 60).Select(n => $"\"m{n}\":\"query Many{n} {{ {string.Concat(Enumerable.Range(0, n).Select(i => $"a{i}: orders {{ id }} "))}}}\""));
        Assert.Equal(0, (await RunAsync(["operations", "publish", folder.Write("many.json", $"{{{many}}}"), "--tag", "1", "--schema", Path.Combine(folder.Path, "supergraph.graphql"), "--store", operations])).Code);

        var (_, text, _) = await CheckAsync(overHttp: false);
        var lines = text.TrimEnd().Split('\n');
        Assert.Equal("  all clients: m60 (Many60): field cost 60, type cost 601 -> 6,001 (limit 1,000)", lines[^51]);
        Assert.Equal("  and 13 more; --json tells all.", lines[^1]);
        var (_, markdown, _) = await CheckAsync(overHttp: false, "--markdown");
        Assert.Contains("| all | Many60 `m60` | 60 | **601 → 6,001 (limit 1,000)** |\n", markdown, StringComparison.Ordinal);
        Assert.Contains("\n\nAnd 13 more: `--json` tells all.\n\n</details>\n", markdown, StringComparison.Ordinal);
        var (_, json, _) = await CheckAsync(overHttp: false, "--json");
        Assert.Equal(63, JsonDocument.Parse(json).RootElement.GetProperty("operations").GetProperty("costs").GetProperty("changed").GetArrayLength());
    }

    // Of a schema that clients got by introspection nobody knows what anything costs now.
    [Fact]
    public async Task Against_a_file_it_is_told_where_the_file_tells_costs()
    {
        folder.Write("in/shop/schema.graphqls", await File.ReadAllTextAsync(schema));
        folder.Write("in/shop/schema-settings.json", """{"dialect":"composite","transports":{"http":{"url":"http://127.0.0.1:1/"}}}""");
        string[] check = ["check", Path.Combine(folder.Path, "in"), "--operations", operations, "--schema"];
        const string raised = "4 persisted operations: all can be answered. 2 would cost more, 1 less.\n";
        Assert.Contains(raised, (await RunAsync([.. check, Path.Combine(folder.Path, "supergraph.graphql")])).Output, StringComparison.Ordinal);
        Assert.Contains(raised, (await RunAsync([.. check, folder.Write("api.graphql", Before)])).Output, StringComparison.Ordinal);
        var plain = Before.Replace(" @listSize(assumedSize: 10)", "", StringComparison.Ordinal).Replace(" @cost(weight: \"20\")", "", StringComparison.Ordinal);
        Assert.EndsWith("4 persisted operations: all can be answered.\n", (await RunAsync([.. check, folder.Write("api.graphql", plain)])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_are_the_gateways_settings_which_one_place_reads()
    {
        Assert.StartsWith("ARGUMENTS_INVALID --gateway needs --operations.\n", (await RunAsync(["check", "in", "--schema", schema, "--gateway", "appsettings.json"])).Error, StringComparison.Ordinal);
        Assert.StartsWith(
            "ARGUMENTS_INVALID Gateway:Cost:MaxFieldCost: ", (await CheckAsync(false, [.. Limits("""{"MaxFieldCost":0}""")])).Error, StringComparison.Ordinal);
        Assert.EndsWith("2 would cost more, 1 less; 1 beyond the gateway's limit.", (await ChildAsync("150")).Split('\n')[^4], StringComparison.Ordinal);
        Assert.StartsWith("ARGUMENTS_INVALID Gateway:Cost:MaxTypeCost: ", await ChildAsync("many"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_gateway_would_refuse_would_break()
    {
        var (code, output, error) = await CheckAsync(false, [.. Limits("""{"Mode":"Enforce","MaxTypeCost":150}""")]);
        Assert.Equal((1, ""), (code, error));
        Assert.EndsWith(
            """
            No client would break. 1 of 4 persisted operations would break. 1 would cost more, 1 less.
              web, 1: 4 (Two) 1:1: Operation "Two" has an estimated type cost of 201; at most 150 are allowed (setting Gateway:Cost:MaxTypeCost).
              web: 1 (Orders): field cost 1, type cost 11 -> 101
              web: 2 (One): field cost 20 -> 2.5, type cost 2

            """,
            output,
            StringComparison.Ordinal);
    }

    private string[] Limits(string cost) => ["--gateway", folder.Write("appsettings.json", $$"""{"Gateway":{"Cost":{{cost}} } }""")];

    private string Settings => folder.Write("settings.json", """{"dialect":"composite"}""");

    private async Task<string> ChildAsync(string maxTypeCost)
    {
        await using var program = ChildProcess.StartDotnet(
            Repository.Output("src/Cli", "graphgateway.dll"), CheckOf(overHttp: false), environment: new Dictionary<string, string?> { ["Gateway__Cost__MaxTypeCost"] = maxTypeCost });
        var ended = await program.WaitForExitAsync();
        return (ended.Output + ended.Error).Trim();
    }

    private string[] CheckOf(bool overHttp, params string[] more) =>
        ["check", "--graph", "shop", "--stage", "dev", "--source", "shop", "--schema", schema, "--settings", Settings, "--operations", operations, .. more, .. overHttp ? http : store];

    private Task<(int Code, string Output, string Error)> CheckAsync(bool overHttp, params string[] more) => RunAsync(CheckOf(overHttp, more));

    // By the texts of operations; each uses Query.orders 7 times, for whoever counts members.
    private async Task UseAsync(params (string Text, long Requests)[] uses)
    {
        await using var registry = SchemaRegistry.At(store[1]);
        await registry.CountUsageAsync(
            "shop", "dev",
            new UsageCounts(
                [new MemberUse("Query.orders", "web", 7), new MemberUse("Query", "web", 7)],
                [.. uses.Select((use, i) => new OperationUse($"client{i}", PublishedOperation.HashOf(use.Text), "Orders", use.Requests))]),
            clock.GetUtcNow(), default);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.Root(clock).Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
