using System.Buffers;
using GraphGateway.Gateway;
using GraphGateway.Http;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests;

/// <summary>The gateway in the test's own process on a free port; GraphQL requests are answered by <see cref="FixedExecutor"/>.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    /// <summary>One source named <c>users</c>, whose address only the settings tell.</summary>
    public const string Supergraph = """
        schema @gateway__supergraph(version: 1) {
          query: Query
        }

        enum gateway__Source {
          USERS @gateway__source(name: "users", dialect: COMPOSITE)
        }

        type Query
          @gateway__type(in: USERS)
        {
          hello: String @gateway__field(in: USERS)
        }
        """;

    private readonly WebApplication _application;
    private readonly TemporaryFolder _folder;

    private GatewayUnderTest(WebApplication application, TemporaryFolder folder)
    {
        _application = application;
        _folder = folder;
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(addresses.Addresses.Single()) };
    }

    public HttpClient Client { get; }

    public SourceHealth Health => _application.Services.GetRequiredService<SourceHealth>();

    public static async Task<GatewayUnderTest> StartAsync(string[]? arguments = null, Action<IServiceCollection>? configure = null)
    {
        var folder = new TemporaryFolder();
        var file = folder.Write("supergraph.graphql", Supergraph);
        var build = await GatewayHost.BuildAsync(
            [
                "--urls", "http://127.0.0.1:0", $"--Gateway:Supergraph={file}", "--Gateway:Subgraphs:users:Url=http://127.0.0.1:1/graphql",
                "--Logging:LogLevel:Default=None", .. arguments ?? [],
            ],
            builder =>
            {
                builder.Services.AddSingleton<IGraphQLRequestExecutor, FixedExecutor>();
                configure?.Invoke(builder.Services);
            });
        Assert.Empty(build.Problems);
        Assert.Null(await GatewayHost.StartAsync(build.Application!));
        return new GatewayUnderTest(build.Application!, folder);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string accept = "*/*")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Answers every request alike: these tests are about what lies around GraphQL.</summary>
internal sealed class FixedExecutor : IGraphQLRequestExecutor
{
    public const string Answer = """{"data":{"hello":"from GraphQL"}}""";

    public ValueTask<GraphQLHttpResult> ExecuteAsync(GraphQLRequest request, HttpContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GraphQLHttpResult.Executed(new Body()));

    private sealed class Body : IGraphQLResponseBody
    {
        public void WriteTo(IBufferWriter<byte> output, ResultPosition position) => output.Write(System.Text.Encoding.UTF8.GetBytes(Answer));

        public void Dispose()
        {
        }
    }
}
