using System.CommandLine;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary>Operations are held against the limits of the gateway that is to run them before they are published.</summary>
public sealed class OperationLimitTests : IDisposable
{
    private const string Graph = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source { A @gateway__source(name: "a", url: "http://127.0.0.1:1/graphql", dialect: COMPOSITE) }
        type Query @gateway__type(in: A) { node: Node @gateway__field(in: A) nodes(first: Int): [Node!] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false) @gateway__field(in: A) all: [Node!] @gateway__field(in: A) }
        type Node @gateway__type(in: A) { id: ID! @gateway__field(in: A) next: Node @gateway__field(in: A) price: Int @cost(weight: "5") @gateway__field(in: A) }
        """;

    private const string Manifest = """
        {"1":"query Small { node { id } }","2":"query Deep { node { next { next { next { id } } } } }","3":"query Dear { nodes(first: 50) { price } }",
         "4":"query Aliases { a: node { id } b: node { id } }","5":"query Schema { __schema { queryType { name } } }"}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task What_the_gateway_would_refuse_is_listed_in_its_words_and_nothing_is_stored()
    {
        const string settings = """
            {
              // Comments are as welcome as in the gateway.
              "Logging": { "Unknown": 1 },
              "Gateway": {
                "Introspection": "Off",
                "Limits": { "Depth": 4, "Aliases": { "Max": 1, "Mode": "Enforce" }, "RequestBytes": 1000 },
                "Cost": { "Mode": "Enforce", "MaxFieldCost": 200, "MaxTypeCost": 40 }
              }
            }
            """;
        var manifest = folder.Write("manifest.json", Manifest);
        Assert.Equal(
            (1, "",
            $"""
            {manifest}: 2 (Deep) 1:1: Operation "Deep" has 5 levels of fields; at most 4 are allowed (setting Gateway:Limits:Depth).
            {manifest}: 3 (Dear) 1:1: Operation "Dear" has an estimated field cost of 251; at most 200 are allowed (setting Gateway:Cost:MaxFieldCost).
            {manifest}: 3 (Dear) 1:1: Operation "Dear" has an estimated type cost of 51; at most 40 are allowed (setting Gateway:Cost:MaxTypeCost).
            {manifest}: 4 (Aliases) 1:1: Operation "Aliases" has 2 aliases; at most 1 are allowed (setting Gateway:Limits:Aliases).
            {manifest}: 5 (Schema) 1:16: Introspection is switched off.
            5 problems. Nothing is published.

            """),
            await RunAsync("publish", manifest, "--tag", "1", "--schema", Supergraph(), "--gateway", folder.Write("appsettings.json", settings)));
        Assert.Equal("There are no releases. `graphgateway operations publish MANIFEST --tag NAME --schema FILE` publishes one.\n", (await RunAsync("list")).Error);
    }

    [Fact]
    public async Task What_the_gateway_only_measures_is_told_and_published()
    {
        const string settings = """
            { "Gateway": { "Limits": { "Depth": { "Max": 4, "Mode": "Measure" }, "Tokens": { "Max": 12, "Mode": "Measure" } }, "Cost": { "MaxFieldCost": 200, "MaxPlanCost": 60 } } }
            """;
        var manifest = folder.Write("manifest.json", Manifest);
        var (code, _, error) = await RunAsync("publish", manifest, "--tag", "1", "--schema", Supergraph(), "--gateway", folder.Write("appsettings.json", settings));
        Assert.Equal(
            (0,
            $"""
            Measured: {manifest}: 2: The document has 17 tokens; at most 12 are allowed (setting Gateway:Limits:Tokens).
            Measured: {manifest}: 2: Operation "Deep" has 5 levels of fields; at most 4 are allowed (setting Gateway:Limits:Depth).
            Measured: {manifest}: 3: The document has 13 tokens; at most 12 are allowed (setting Gateway:Limits:Tokens).
            Measured: {manifest}: 3: Operation "Dear" has an estimated field cost of 251; at most 200 are allowed (setting Gateway:Cost:MaxFieldCost).
            Measured: {manifest}: 3: Operation "Dear" has an estimated plan cost of 300; at most 60 are allowed (setting Gateway:Cost:MaxPlanCost).
            Measured: {manifest}: 4: The document has 16 tokens; at most 12 are allowed (setting Gateway:Limits:Tokens).
            3 of 5 operations are beyond a limit that the gateway measures and does not enforce: they run.
            Published 5 operations for all clients, 1: 5 new. Gateways know them within 10 seconds.

            """),
            (code, error));
    }

    [Fact]
    public async Task Without_settings_the_defaults_hold_and_lists_are_as_long_as_the_gateway_takes_them()
    {
        var nested = string.Concat(Enumerable.Repeat("next { ", 60)) + "id" + string.Concat(Enumerable.Repeat(" }", 60));
        var manifest = folder.Write("manifest.json", $$"""{"1":"query Deep { node { {{nested}} } }"}""");
        Assert.Equal(
            (1, $"{manifest}: 1 (Deep) 1:1: Operation \"Deep\" has 62 levels of fields; at most 50 are allowed (setting Gateway:Limits:Depth).\n1 problem. Nothing is published.\n"),
            await ErrorOf("publish", manifest, "--tag", "1", "--schema", Supergraph()));

        var all = folder.Write("all.json", """{"1":"query All { all { id } }"}""");
        Assert.StartsWith("ID  NAME  FIELD COST  TYPE COST  REQUESTS  DEPTH\n1   All   1           11 ", (await RunAsync("publish", all, "--tag", "1", "--schema", Supergraph())).Output, StringComparison.Ordinal);
        var settings = folder.Write("appsettings.json", """{"Gateway":{"Cost":{"DefaultListSize":3}}}""");
        Assert.StartsWith("ID  NAME  FIELD COST  TYPE COST  REQUESTS  DEPTH\n1   All   1           4 ", (await RunAsync("publish", all, "--tag", "1", "--schema", Supergraph(), "--gateway", settings)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_published_is_held_against_other_settings()
    {
        Assert.Equal(0, (await RunAsync("publish", folder.Write("manifest.json", Manifest), "--tag", "1", "--schema", Supergraph())).Code);
        var settings = folder.Write("appsettings.json", """{"Gateway":{"Limits":{"Depth":4}}}""");
        Assert.Equal(
            (1, "all clients, 1: 2 (Deep) 1:1: Operation \"Deep\" has 5 levels of fields; at most 4 are allowed (setting Gateway:Limits:Depth).\n"),
            await ErrorOf("check", "--schema", Supergraph(), "--gateway", settings));
    }

    [Theory]
    [InlineData("""{"Gateway":{"Limits":{"Depth":"many"}}}""", "Gateway:Limits:Depth: 'many' is not a whole number from 1 to 2147483647.")]
    [InlineData("""{"Gateway":{"Cost":{"Mod":"Enforce"}}}""", "Gateway:Cost:Mod: There is no such setting. Known here: DefaultListSize, MaxFieldCost, MaxPlanCost, MaxTypeCost, Mode, Report.")]
    [InlineData("""{"Gateway":""", "is no file of settings: ")]
    [InlineData("""[]""", "is no file of settings: ")]
    public async Task Wrong_settings_are_told(string settings, string problem)
    {
        var manifest = folder.Write("manifest.json", Manifest);
        var (code, output, error) = await RunAsync("publish", manifest, "--tag", "1", "--schema", Supergraph(), "--gateway", folder.Write("appsettings.json", settings));
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(problem, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_not_there_are_told()
    {
        var missing = Path.Combine(folder.Path, "nothing.json");
        folder.Write("operations.db", "");
        Assert.Equal(
            (1, $"{missing} cannot be read: there is no such file. Give --gateway the settings of the gateway, its appsettings.json.\n"),
            await ErrorOf("check", "--schema", Supergraph(), "--gateway", missing));
    }

    private string Supergraph() => folder.Write("supergraph.graphql", Graph);

    private async Task<(int Code, string Error)> ErrorOf(params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        return (code, error);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var root = new RootCommand { OperationsCommand.Create(new FakeTimeProvider()) };
        var code = await root.Parse(["operations", .. arguments, "--store", Path.Combine(folder.Path, "operations.db")]).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
