using GraphGateway.TestKit;

namespace GraphGateway.Benchmarks;

/// <summary>A gateway that is measured.</summary>
/// <param name="Name">As it is asked for and shown.</param>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Environment">Variables that it is started with.</param>
/// <param name="Needs">A file without which it cannot run, or null.</param>
/// <param name="Query">What it is asked, or null for <c>shopfront.graphql</c>.</param>
/// <param name="Token">The token that each request shows, or null.</param>
internal sealed record GatewayRow(string Name, string[] Command, (string, string)[] Environment, string? Needs = null, string? Query = null, string? Token = null)
{
    /// <summary>Where gateways listen.</summary>
    public const int Port = 14400;

    private const string Trivial = "{warehouse}";

    /// <summary>The same gateway elsewhere: only for ours, of whose settings the last one counts.</summary>
    /// <param name="port">Where it listens.</param>
    public GatewayRow At(int port) => this with { Command = [.. Command, "--urls", $"http://127.0.0.1:{port}"] };

    /// <summary>Where what the run makes lies; not committed.</summary>
    public static string Folder { get; } = Repository.PathOf("artifacts/gateways");

    /// <summary>The composed graph, which every gateway reads.</summary>
    public static string Supergraph { get; } = Path.Combine(Folder, "supergraph.graphql");

    /// <summary>The sources' names.</summary>
    public static string[] Sources { get; } = ["catalogue", "customers", "ratings", "stock"];

    /// <summary>All rows in the table's order.</summary>
    /// <param name="sources">Where the sources are.</param>
    public static GatewayRow[] All(Uri sources)
    {
        // As ours is set up, so that these are optimized as soon. The settings are hexadecimal.
        (string, string)[] runtime = [("DOTNET_TC_CallCountingDelayMs", "1")];
        string[] ByHand(string name, string path) =>
            ["dotnet", Path.Combine(AppContext.BaseDirectory, "GraphGateway.Benchmarks.dll"), "handwritten", name, $"{Port}", new Uri(sources, path).ToString()];
        string[] ours =
        [
            "dotnet", Repository.PathOf("src/Gateway/bin/Release/net10.0/GraphGateway.Gateway.dll"), "--urls", $"http://127.0.0.1:{Port}", $"--Gateway:Supergraph={Supergraph}",
        ];
        const string SourceSharing = "Gateway__Deduplication__SourceRequests";
        (string, string)[] guarded = [(SourceSharing, "false"), .. TokenIssuer.Settings(sources)];
        return
        [
            new("one-hop", ByHand("one-hop", "catalogue"), runtime, Query: "{shelves{name articles{sku title maker blurb cents}}}"),
            new("one-hop-trivial", ByHand("one-hop", "stock"), runtime, Query: Trivial),
            new("bff-identity", ByHand("bff-identity", ""), runtime),
            new("bff", ByHand("bff", ""), runtime),
            new("graphgateway", ours, []),
            new("graphgateway-noshare", ours, [(SourceSharing, "false")]),
            new("graphgateway-inbound", ours, [("Gateway__Deduplication__ClientRequests", "true")]),
            new("graphgateway-trivial", ours, [(SourceSharing, "false")], Query: Trivial),
            new("graphgateway-noshare-guarded", ours, guarded, Token: TokenIssuer.Token),
            new("graphgateway-trivial-guarded", ours, guarded, Query: Trivial, Token: TokenIssuer.Token),
            // No token is remembered: each is looked at as if it came for the first time.
            new("graphgateway-trivial-firstsight", ours, [.. guarded, ("Gateway__Authentication__Jwt__RememberedBytes", "0")], Query: Trivial, Token: TokenIssuer.Token),
            .. Peers(),
        ];
    }

    private static IEnumerable<GatewayRow> Peers()
    {
        var packages = Path.Combine(NodePeer.Folder, "node_modules");
        (string, string)[] node = [("NODE_ENV", "production"), ("PORT", $"{Port}"), ("SUPERGRAPH", Supergraph)];
        yield return new("apollo-gateway", ["node", Path.Combine(NodePeer.Folder, "gateway-apollo.mjs")], node, Path.Combine(packages, "@apollo/gateway"));
        var hive = Path.Combine(packages, "@graphql-hive/gateway");
        string[] hiveCommand =
        [
            "node", Path.Combine(packages, ".bin/hive-gateway"), "supergraph", Supergraph, "--config-path", Path.Combine(NodePeer.Folder, "gateway-hive.config.mjs"),
            "--fork", "1", "--host", "127.0.0.1", "--port", $"{Port}",
        ];
        yield return new("hive-gateway", [.. hiveCommand, "--jit"], node, hive);
        yield return new("hive-gateway-noshare", [.. hiveCommand, "--jit"], [.. node, ("HIVE_SHARING", "off")], hive);
        (string, string)[] router = [.. node, ("HIVE_RUNTIME", "router")];
        var runtime = Path.Combine(packages, "@graphql-hive/router-runtime");
        yield return new("hive-router-runtime", hiveCommand, router, runtime);
        yield return new("hive-router-runtime-noshare", hiveCommand, [.. router, ("HIVE_SHARING", "off")], runtime);
        var grafbase = Path.Combine(packages, "@grafbase/cli-x86_64-unknown-linux-musl/grafbase");
        foreach (var name in new[] { "grafbase", "grafbase-noshare" })
        {
            var home = Path.Combine(Folder, name);
            yield return new(
                name,
                [grafbase, "--home", home, "dev", "-c", Path.Combine(home, "grafbase.toml"), "--listen-address", $"127.0.0.1:{Port}"],
                [("HOME", home)],
                grafbase);
        }
    }

    /// <summary>Writes what Grafbase's command, which composes itself, reads.</summary>
    /// <param name="sources">Where the sources are.</param>
    public static void WriteGrafbaseSettings(Uri sources)
    {
        foreach (var (name, shares) in new[] { ("grafbase", "true"), ("grafbase-noshare", "false") })
        {
            var home = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
            File.WriteAllText(
                Path.Combine(home, "grafbase.toml"),
                $"[traffic_shaping]\ninflight_deduplication = {shares}\n" + string.Concat(Sources.Select(source =>
                    $"[subgraphs.{source}]\nurl = \"{new Uri(sources, source)}\"\nschema_path = \"{Repository.PathOf($"benchmarks/Gateways/sources/{source}.graphql")}\"\n")));
        }
    }
}
