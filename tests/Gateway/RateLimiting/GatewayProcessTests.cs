using System.Globalization;
using System.Net;
using System.Text;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Gateway.Tests.Redis;
using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.TestKit;
using Npgsql;
using Xunit;
using static GraphGateway.Gateway.Tests.RateLimiting.BudgetedGateway;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>Four gateways, each a process of its own, that share one budget over a real server.</summary>
public sealed class GatewayProcessTests : IDisposable
{
    private const int Gateways = 4;
    private const int ClientsOfEach = 4;
    private const int Units = 20_000;

    // What a request can cost and, since it is answered with nothing, what it comes to at least.
    private const int Cost = 8;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [RedisFact]
    public async Task On_Redis_they_admit_the_budget_and_no_more()
    {
        await using var server = await RedisServer.StartAsync();
        await AdmitTheBudgetAsync("Redis", server.Url);
    }

    [PostgresFact]
    public async Task On_PostgreSQL_they_admit_the_budget_and_no_more()
    {
        var database = $"budgets_{Guid.NewGuid():N}";
        await using (var connection = new NpgsqlConnection(Requirements.PostgresConnectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"CREATE DATABASE {database}", connection);
            await command.ExecuteNonQueryAsync();
        }

        try
        {
            await AdmitTheBudgetAsync("PostgreSql", new NpgsqlConnectionStringBuilder(Requirements.PostgresConnectionString) { Database = database }.ConnectionString);
        }
        finally
        {
            await TestDatabase.DropAsync(database);
        }
    }

    private async Task AdmitTheBudgetAsync(string store, string address)
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        var file = folder.Write("supergraph.graphql", Supergraph);
        var processes = Enumerable.Range(0, Gateways).Select(_ => ChildProcess.StartDotnet(
            Repository.Output("src/Gateway", "GraphGateway.Gateway.dll"),
            [
                "--urls", "http://127.0.0.1:0", $"--Gateway:Supergraph={file}", $"--Gateway:Subgraphs:users:Url={source.Url}/graphql",
                string.Create(CultureInfo.InvariantCulture, $"--Gateway:RateLimits:Plans:bronze:PerDay={Units}"), "--Gateway:RateLimits:DefaultPlan=bronze",
                "--Gateway:Deduplication:SourceRequests=Off",
                // A machine that stands still for a while must not end a lease, or what it covers comes on top.
                $"--Gateway:RateLimits:Store={store}", "--Gateway:RateLimits:StoreTimeout=60s", "--Gateway:RateLimits:Lease=10m",
            ],
            folder.Path,
            new Dictionary<string, string?> { ["Gateway__RateLimits__Address"] = address })).ToList();
        try
        {
            var addresses = await Task.WhenAll(processes.Select(AddressOf));
            var began = TimeProvider.System.GetTimestamp();
            var admitted = await Task.WhenAll(addresses.SelectMany(url => Enumerable.Repeat(url, ClientsOfEach)).Select(url => Task.Run(() => SpendAsync(url))));

            // A unit comes back in 4.3 s. Here nobody dies, so that not even the leases come on top.
            var cameBack = (int)(TimeProvider.System.GetElapsedTime(began).TotalDays * Units) + 1;
            Assert.InRange(admitted.Sum() * Cost, Units * 99 / 100, Units + cameBack);
            Assert.Equal(admitted.Sum(), source.Requests.Count);
        }
        finally
        {
            foreach (var process in processes)
            {
                await process.DisposeAsync();
            }
        }
    }

    private static async Task<Uri> AddressOf(ChildProcess gateway) =>
        new((await gateway.WaitForLineAsync(text => text.Contains("Now listening on: ", StringComparison.Ordinal))).Split("on: ")[1]);

    private static async Task<int> SpendAsync(Uri url)
    {
        using var client = new HttpClient { BaseAddress = url };
        for (var admitted = 0; ; admitted++)
        {
            using var content = new StringContent("""{"query":"{ shelf(first: 2) { title } }"}""", Encoding.UTF8, "application/json");
            using var response = await client.PostAsync("/graphql", content);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                Assert.Equal((HttpStatusCode)429, response.StatusCode);
                return admitted;
            }
        }
    }
}
