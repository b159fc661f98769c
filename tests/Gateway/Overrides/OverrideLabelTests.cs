using System.Net.Http.Headers;
using System.Text.Json;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Overrides;

/// <summary>Progressive overrides: who answers a field is decided for each request, by the label's percentage or by the settings.</summary>
public sealed class OverrideLabelTests
{
    private const string Supergraph = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source { OLD @gateway__source(name: "old", dialect: APOLLO) NEW @gateway__source(name: "new", dialect: APOLLO) }
        type Query @gateway__type(in: [OLD, NEW]) {
          price: String @gateway__field(in: OLD, label: "percent(30)", servesWhen: false) @gateway__field(in: NEW, label: "percent(30)", servesWhen: true)
          stock: String @gateway__field(in: OLD, label: "stock:v2", servesWhen: false) @gateway__field(in: NEW, label: "stock:v2", servesWhen: true)
          name: String @gateway__field(in: OLD)
        }
        """;

    [Theory]
    [InlineData("{ price }", 0.29, "", "new")]
    [InlineData("{ price }", 0.31, "", "old")]
    [InlineData("{ stock }", 0.0, "", "old")]
    [InlineData("{ stock }", 0.99, "--Gateway:OverrideLabels=stock:v2", "new")]
    [InlineData("{ stock }", 0.49, "--Gateway:OverrideLabels=stock:v2=50%", "new")]
    [InlineData("{ stock }", 0.51, "--Gateway:OverrideLabels=stock:v2=50%", "old")]
    [InlineData("{ price }", 0.31, "--Gateway:OverrideLabels=percent(30)=100", "new")]
    public async Task Each_side_of_a_label_answers_alone(string query, double random, string setting, string expected)
    {
        await using var shop = await StartAsync(new FixedRandom { Next01 = random }, setting);
        var field = query.Trim('{', '}', ' ');
        Assert.Equal($$$"""{"data":{"{{{field}}}":"{{{expected}}}"}}""", await shop.AskAsync(query));
        Assert.Equal((expected == "old" ? 1 : 0, expected == "new" ? 1 : 0), (shop.Old.Requests.Count, shop.New.Requests.Count));
    }

    [Fact]
    public async Task A_request_decides_anew_and_plans_of_both_sides_are_kept()
    {
        var random = new FixedRandom();
        await using var shop = await StartAsync(random, "");
        foreach (var (value, expected) in new[] { (0.1, "new"), (0.9, "old"), (0.2, "new"), (0.8, "old") })
        {
            random.Next01 = value;
            Assert.Equal($$$"""{"data":{"price":"{{{expected}}}"}}""", await shop.AskAsync("{ price }"));
        }

        Assert.Equal(1, shop.Gateway.Services.GetRequiredService<CurrentGraph>().Graph.Cache.Misses);
    }

    [Fact]
    public async Task An_operation_without_a_label_decides_nothing()
    {
        var random = new FixedRandom();
        await using var shop = await StartAsync(random, "");
        Assert.Equal("""{"data":{"name":"old"}}""", await shop.AskAsync("{ name }"));
        Assert.Equal(0, random.Calls);
    }

    [Fact]
    public void What_is_no_label_and_no_percentage_is_told()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("supergraph.graphql", "");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:Supergraph"] = file, ["Gateway:OverrideLabels"] = "3d, beta=150%, beta, beta, percent(5)=0.5",
        }).Build();
        Assert.Equal(
            [
                "Gateway:OverrideLabels: '3d' is not a label. Write it as in @override(label:), alone or with a percentage: search, search=12.5%",
                "Gateway:OverrideLabels: '150%' is not a percentage from 0 to 100: beta=12.5%",
                "Gateway:OverrideLabels: 'beta' is there twice.",
            ],
            GatewayOptionsReader.Read(configuration).Problems.Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData(Supergraph, "It has: percent(30), stock:v2.")]
    [InlineData(GatewayUnderTest.Supergraph, "It has none.")]
    public void A_label_that_the_supergraph_does_not_have_is_told_with_those_that_it_has(string sdl, string has)
    {
        using var folder = new TemporaryFolder();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:Supergraph"] = folder.Write("supergraph.graphql", sdl), ["Gateway:OverrideLabels"] = "stock:v3, percent(5)=50",
        }).Build();
        var supergraph = TypeSystem.Supergraphs.SupergraphReader.Read(new Language.SourceText(sdl)).Supergraph!;
        Assert.Equal(
            [
                $"Gateway:OverrideLabels: The supergraph has no override with the label 'percent(5)'. {has}",
                $"Gateway:OverrideLabels: The supergraph has no override with the label 'stock:v3'. {has}",
            ],
            SupergraphFile.Resolve(supergraph, GatewayOptionsReader.Read(configuration).Options!).Problems
                .Where(problem => !problem.Contains(":Url:", StringComparison.Ordinal)));
    }

    private static async Task<Shop> StartAsync(FixedRandom random, string setting)
    {
        var folder = new TemporaryFolder();
        var (old, @new) = (await SourceAsync("old"), await SourceAsync("new"));
        var build = await GatewayHost.BuildAsync(
            [
                "--urls", "http://127.0.0.1:0", $"--Gateway:Supergraph={folder.Write("supergraph.graphql", Supergraph)}",
                $"--Gateway:Subgraphs:old:Url={old.Url}/graphql", $"--Gateway:Subgraphs:new:Url={@new.Url}/graphql", "--Logging:LogLevel:Default=None",
                .. setting.Length == 0 ? Array.Empty<string>() : [setting],
            ],
            builder => builder.Services.AddSingleton<Random>(random));
        Assert.Empty(build.Problems);
        Assert.Null(await GatewayHost.StartAsync(build.Application!));
        return new Shop(build.Application!, old, @new, folder);
    }

    private static Task<FakeSource> SourceAsync(string name) =>
        FakeSource.AnswersAsync($$$"""{"data":{"price":"{{{name}}}","stock":"{{{name}}}","name":"{{{name}}}"}}""");

    private sealed class FixedRandom : Random
    {
        public double Next01 { get; set; }

        public int Calls { get; private set; }

        public override double NextDouble()
        {
            Calls++;
            return Next01;
        }
    }

    private sealed record Shop(WebApplication Gateway, FakeSource Old, FakeSource New, TemporaryFolder Folder) : IAsyncDisposable
    {
        public async Task<string> AskAsync(string query)
        {
            using var client = new HttpClient { BaseAddress = new Uri(Gateway.Urls.Single()) };
            using var content = new StringContent($$"""{"query":{{JsonSerializer.Serialize(query)}}}""", new MediaTypeHeaderValue("application/json"));
            using var response = await client.PostAsync(new Uri("/graphql", UriKind.Relative), content);
            return await response.Content.ReadAsStringAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Old.DisposeAsync();
            await New.DisposeAsync();
            Folder.Dispose();
        }
    }
}
