using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Configuration;

/// <summary>The gateway as a process: what stops its start is one message each, exit code 1 and no stack trace.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_supergraph_it_says_how_to_name_one() =>
        await Refuses("Gateway:Supergraph: is missing. Name the composed graph: --Gateway:Supergraph=FILE (`graphgateway compose` makes one).\n");

    [Fact]
    public async Task A_file_that_is_not_there_is_named() =>
        await Refuses(
            $"Gateway:Supergraph: there is no file {_folder.Path}/none.graphql. `graphgateway compose` makes one.\n",
            "--Gateway:Supergraph=none.graphql");

    [Fact]
    public async Task A_supergraph_that_does_not_parse_is_told_with_line_and_column()
    {
        var file = _folder.Write("broken.graphql", "type Query {\n  a: \n}\n");
        await Refuses($"{file}:3:1: Syntax Error: Expected Name, found \"}}\".\n", $"--Gateway:Supergraph={file}");
    }

    [Fact]
    public async Task Settings_come_from_all_three_places_and_are_all_checked()
    {
        _folder.Write("supergraph.graphql", GatewayUnderTest.Supergraph);
        await using var gateway = Start(
            new() { ["Gateway__Introspection"] = "Perhaps" }, "--Gateway:Supergraph=supergraph.graphql", "--Gateway:Nonsense=1");
        Assert.Equal(
            new ProcessResult(1, "",
                """
                Gateway:Introspection: 'Perhaps' is neither On nor Off.
                Gateway:Nonsense: There is no such setting. Known here: Access, Authentication, Authorization, Compression, Cors, Cost, Deduplication, FollowSupergraph, Health, Ide, Identity, Introspection, Limits, MinRequestDataRate, MinResponseDataRate, OverrideLabels, PersistedOperations, PlanStatistics, QueryPlan, RateLimits, Registry, RequestTimeout, ResponseCache, Shutdown, StrictTransportSecurityDays, Subgraphs, Supergraph, SupergraphKeys, Telemetry, UnservableFields, VerifyPlans, WarmUp.

                """),
            await gateway.WaitForExitAsync());
    }

    [Fact]
    public async Task A_port_in_use_is_told_by_number_and_by_the_setting_that_changes_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await Refuses(
            $"Port {port} is in use by another program. Stop that one, or choose another port: --urls http://127.0.0.1:PORT\n",
            $"--Gateway:Supergraph={_folder.Write("supergraph.graphql", GatewayUnderTest.Supergraph)}",
            "--Gateway:Subgraphs:users:Url=http://127.0.0.1:1/graphql",
            "--urls", $"http://127.0.0.1:{port}");
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused() =>
        await Refuses(
            """
            urls: 'nonsense' is no address to listen at. Give one such as --urls http://127.0.0.1:5000
            urls: 'http://127.0.0.1:99999' is no address to listen at. Give one such as --urls http://127.0.0.1:5000

            """,
            $"--Gateway:Supergraph={_folder.Write("supergraph.graphql", GatewayUnderTest.Supergraph)}",
            "--Gateway:Subgraphs:users:Url=http://127.0.0.1:1/graphql",
            "--urls", "nonsense;http://127.0.0.1:99999");

    [Fact]
    public async Task A_log_level_that_is_none_and_a_value_in_place_of_the_section_are_refused() =>
        await Refuses(
            """
            Gateway: takes settings of its own, such as Gateway:Supergraph, not the value '5'.
            Logging:LogLevel:Default: 'Foo' is not one of Trace, Debug, Information, Warning, Error, Critical, None.
            Logging:Console:LogLevel:Microsoft: 'Bar' is not one of Trace, Debug, Information, Warning, Error, Critical, None.

            """,
            $"--Gateway:Supergraph={_folder.Write("supergraph.graphql", GatewayUnderTest.Supergraph)}",
            "--Gateway=5", "--Logging:LogLevel:Default=Foo", "--Logging:Console:LogLevel:Microsoft=Bar");

    [Theory]
    [InlineData(
        "{\n  \"Gateway\": {\n    \"Ide\": On\n  }\n}\n",
        ":3:12: The file is not valid JSON: 'O' is an invalid start of a value.")]
    [InlineData("[]", ": Top-level JSON element must be an object. Instead, 'Array' was found.")]
    public async Task A_broken_file_of_settings_is_told_with_the_place(string text, string problem)
    {
        // Beside the program, where appsettings.json is.
        var environment = $"Broken{Guid.NewGuid():N}";
        var file = Path.Combine(AppContext.BaseDirectory, $"appsettings.{environment}.json");
        await File.WriteAllTextAsync(file, text);
        try
        {
            using var error = new StringWriter();
            Assert.Equal(1, await GatewayHost.RunAsync(["--environment", environment], error));
            Assert.Equal(
                $"{file}{problem} Mend the file, or delete it: every setting can also be given on the command line.{Environment.NewLine}",
                error.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task It_starts_while_its_services_are_down_and_stops_on_a_signal()
    {
        await using var gateway = Start(
            [],
            $"--Gateway:Supergraph={_folder.Write("supergraph.graphql", GatewayUnderTest.Supergraph)}",
            "--Gateway:Subgraphs:users:Url=http://127.0.0.1:1/graphql",
            "--urls", "http://127.0.0.1:0");
        var line = await gateway.WaitForLineAsync(text => text.Contains("Now listening on: ", StringComparison.Ordinal));
        using var client = new HttpClient { BaseAddress = new Uri(line.Split("on: ")[1]) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);

        await gateway.SignalAsync("TERM");
        var result = await gateway.WaitForExitAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("dbug", result.Output, StringComparison.Ordinal);
    }

    private async Task Refuses(string message, params string[] arguments)
    {
        await using var gateway = Start([], arguments);
        var result = await gateway.WaitForExitAsync();
        Assert.Equal((1, message), (result.ExitCode, result.Error));

        // The log may have begun; a failed start is not told there a second time.
        Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal);
    }

    private ChildProcess Start(Dictionary<string, string?> environment, params string[] arguments) =>
        ChildProcess.StartDotnet(Repository.Output("src/Gateway", "GraphGateway.Gateway.dll"), arguments, _folder.Path, environment);
}
