using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GraphGateway.Execution;
using GraphGateway.Subgraphs.Orders;
using GraphGateway.Subgraphs.Payments;
using GraphGateway.Subgraphs.Server.Hosting;
using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.Subgraphs.Users;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Shop;

/// <summary>
/// The three services and the gateway on the committed supergraph, all in the test's own process, each on a free port, with databases of
/// their own. The services answer the gateway alone, as those of the demo.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit calls DisposeAsync of IAsyncLifetime")]
public sealed class RunningShop : IAsyncLifetime
{
    private readonly Dictionary<string, Service> _services = [];
    private readonly TemporaryFolder _keys = new();
    private string[] _urls = [];
    private WebApplication? _gateway;
    private SourceTraffic? _traffic;
    private HttpClient? _client;

    internal SourceTraffic Traffic => _traffic!;

    internal HttpClient Client => _client!;

    /// <summary>The statements of the three databases, by service.</summary>
    internal Dictionary<string, StatementLog> Statements { get; } = [];

    public async Task InitializeAsync()
    {
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            _keys.Write("identity.pem", key.ExportPkcs8PrivateKeyPem());
            _keys.Write("public.pem", key.ExportSubjectPublicKeyInfoPem());
        }

        _urls =
        [
            await StartAsync("users", UsersService.Definition),
            await StartAsync("orders", OrdersService.Definition),
            await StartAsync("payments", PaymentsService.Definition),
        ];
        _gateway = await StartGatewayAsync(WatchTraffic);
        _client = new HttpClient { BaseAddress = new Uri(_gateway.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        foreach (var service in _services.Values.Where(service => service.Application is not null))
        {
            await service.Application!.DisposeAsync();
        }

        _keys.Dispose();
    }

    /// <summary>The whole response, in the form of <see cref="JsonText"/>.</summary>
    internal async Task<string> QueryAsync(string document, string? variables = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(
                new JsonObject { ["query"] = document, ["variables"] = variables is null ? null : JsonNode.Parse(variables) }),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        using var response = await Client.SendAsync(request);
        return JsonText.Of(JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Each service's name and where it answers.</summary>
    internal IEnumerable<(string Name, string Url)> Addresses =>
        _urls.Select(setting => setting["--Gateway:Subgraphs:".Length..].Split(":Url=")).Select(parts => (parts[0], parts[1]));

    /// <summary>Forgets the requests and statements so far.</summary>
    internal void ClearCounts()
    {
        Traffic.Clear();
        foreach (var log in Statements.Values)
        {
            log.Clear();
        }
    }

    /// <summary>Stops a service, as if it had died.</summary>
    internal async Task StopAsync(string name)
    {
        await _services[name].Application!.DisposeAsync();
        _services[name].Application = null;
    }

    /// <summary>Starts it again, on the same port and database.</summary>
    internal async Task StartAgainAsync(string name)
    {
        var application = await _services[name].Create();
        await application.StartAsync();
        _services[name].Application = application;
    }

    /// <summary>Starts a gateway before the three services; the caller disposes it.</summary>
    /// <param name="configure">Adds to, or replaces, what is registered.</param>
    /// <param name="supergraph">The file to start from, which must tell the addresses; null: the committed one, with the addresses as settings.</param>
    internal async Task<WebApplication> StartGatewayAsync(Action<WebApplicationBuilder> configure, string? supergraph = null)
    {
        var build = await GatewayHost.BuildAsync(
            [
                "--urls=http://127.0.0.1:0", $"--Gateway:Supergraph={supergraph ?? Repository.PathOf("schemas/supergraph.graphql")}",
                "--Gateway:Identity:Sign=On", $"--Gateway:Identity:KeyFiles={_keys.Path}/identity.pem", "--Gateway:QueryPlan=On", "--Logging:LogLevel:Default=None", .. supergraph is null ? _urls : [],
            ],
            configure);
        Assert.Empty(build.Problems);
        Assert.Null(await GatewayHost.StartAsync(build.Application!));
        return build.Application!;
    }

    private async Task<string> StartAsync<TContext>(string name, ServiceDefinition<TContext> definition)
        where TContext : DbContext
    {
        var statements = new StatementLog();
        Statements.Add(name, statements);
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        var settings = await TestDatabase.SqliteAsync(definition);
        _services.Add(name, new Service(
            () => definition.CreateAsync(
                [.. settings, $"--urls={url}", "--GatewayIdentity:Required=On", $"--GatewayIdentity:KeyFiles={_keys.Path}/public.pem"],
                services => services.AddSingleton<IInterceptor>(statements))));
        await StartAgainAsync(name);
        return $"--Gateway:Subgraphs:{name}:Url={url}/graphql";
    }

    private void WatchTraffic(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Func<ISubgraphTransport, ISubgraphTransport>>(transport => _traffic = new SourceTraffic(transport));
    }

    private sealed class Service(Func<Task<WebApplication>> create)
    {
        public Func<Task<WebApplication>> Create { get; } = create;

        public WebApplication? Application { get; set; }
    }
}

/// <summary>One shop for all tests that only read.</summary>
[CollectionDefinition(Name)]
public sealed class ShopCollection : ICollectionFixture<RunningShop>
{
    public const string Name = "shop";
}
