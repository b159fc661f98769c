using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GraphGateway.Gateway.Tests.Upstream;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>The whole gateway on a free port, before one source.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    /// <summary>One source named <c>users</c>, whose address only the settings tell.</summary>
    public const string Supergraph = """
        schema @gateway__supergraph(version: 1) {
          query: Query
          mutation: Mutation
          subscription: Subscription
        }

        enum gateway__Source {
          USERS @gateway__source(name: "users", dialect: COMPOSITE)
        }

        type Query @gateway__type(in: USERS) {
          hello(name: String): String @gateway__field(in: USERS)
          other(kind: Kind): String @gateway__field(in: USERS)
        }

        enum Kind @gateway__type(in: USERS) {
          SHORT @gateway__value(in: USERS)
        }

        type Mutation @gateway__type(in: USERS) {
          greet: String @gateway__field(in: USERS)
        }

        type Subscription @gateway__type(in: USERS) {
          greetings: String @gateway__field(in: USERS)
        }
        """;

    private readonly WebApplication application;
    private readonly TemporaryFolder folder;

    private RunningGateway(WebApplication application, TemporaryFolder folder)
    {
        this.application = application;
        this.folder = folder;
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => application.Services;

    public OperationCache Cache => application.Services.GetRequiredService<CurrentGraph>().Graph.Cache;

    /// <summary>Starts it; a log, where one is given, gets what the gateway itself says.</summary>
    public static Task<RunningGateway> StartAsync(
        FakeSource source, string[]? arguments = null, TimeProvider? clock = null, ILoggerProvider? log = null, Action<IServiceCollection>? services = null) =>
        StartAsync(Supergraph, [("users", $"{source.Url}/graphql")], arguments, clock, log, services);

    /// <summary>The same before a source that is no HTTP server.</summary>
    public static Task<RunningGateway> StartAsync(SocketSource source, string[]? arguments = null, TimeProvider? clock = null, ILoggerProvider? log = null) =>
        StartAsync(Supergraph, [("users", source.Url)], arguments, clock, log);

    /// <summary>The same with another graph.</summary>
    public static async Task<RunningGateway> StartAsync(
        string supergraph,
        (string Name, string Url)[] sources,
        string[]? arguments = null,
        TimeProvider? clock = null,
        ILoggerProvider? log = null,
        Action<IServiceCollection>? services = null)
    {
        var folder = new TemporaryFolder();
        var build = await GatewayHost.BuildAsync(
            [
                "--urls", "http://127.0.0.1:0", $"--Gateway:Supergraph={folder.Write("supergraph.graphql", supergraph)}",
                .. sources.Select(source => $"--Gateway:Subgraphs:{source.Name}:Url={source.Url}"), "--Logging:LogLevel:Default=None", .. arguments ?? [],
            ],
            builder =>
            {
                builder.Services.AddSingleton(clock ?? TimeProvider.System);
                services?.Invoke(builder.Services);
                if (log is not null)
                {
                    builder.Services.AddSingleton(log);
                    builder.Logging.AddFilter("GraphGateway", LogLevel.Information);
                }
            });
        Assert.Empty(build.Problems);
        Assert.Null(await GatewayHost.StartAsync(build.Application!));
        return new RunningGateway(build.Application!, folder);
    }

    public async Task<string> QueryAsync(string query, string variables = "null", (string Name, string Value)? header = null)
    {
        using var response = await SendAsync(query, variables, header);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<HttpResponseMessage> SendAsync(
        string query, string variables = "null", (string Name, string Value)? header = null, CancellationToken cancellationToken = default)
    {
        var body = $$"""{"query":{{JsonSerializer.Serialize(query)}},"variables":{{variables}}}""";
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = content };
        if (header is { } given)
        {
            request.Headers.TryAddWithoutValidation(given.Name, given.Value);
        }

        return await Client.SendAsync(request, cancellationToken);
    }

    /// <summary>Stops it, as a signal would.</summary>
    public Task StopAsync() => application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.DisposeAsync();
        folder.Dispose();
    }
}
