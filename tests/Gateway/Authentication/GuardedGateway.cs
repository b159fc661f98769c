using System.Buffers;
using System.Text;
using System.Text.Json;
using GraphGateway.Http;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GraphGateway.Gateway.Tests.Authentication;

/// <summary>The gateway before an issuer, with a clock that stands still. What it answers is who asks.</summary>
internal sealed class GuardedGateway : IAsyncDisposable
{
    private readonly GatewayUnderTest gateway;

    private GuardedGateway(GatewayUnderTest gateway, FakeTimeProvider clock)
    {
        this.gateway = gateway;
        Clock = clock;
    }

    public FakeTimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public GatewayUnderTest Gateway => gateway;

    public static Task<GuardedGateway> StartAsync(FakeIssuer issuer, params string[] arguments) => StartAsync([issuer], arguments);

    public static async Task<GuardedGateway> StartAsync(FakeIssuer[] issuers, params string[] arguments)
    {
        var clock = new FakeTimeProvider();
        var gateway = await GatewayUnderTest.StartAsync(
            [
                .. issuers.SelectMany((issuer, i) => new[]
                {
                    $"--Gateway:Authentication:Jwt:Issuers:{i}:Issuer={issuer.Url}", $"--Gateway:Authentication:Jwt:Issuers:{i}:Audiences=shop",
                }),
                .. arguments,
            ],
            services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                services.AddSingleton<IGraphQLRequestExecutor, WhoAsks>();
            });
        return new GuardedGateway(gateway, clock);
    }

    public Task<string> AskAsync(string? token) => AskAsync(token is null ? [] : [("Authorization", $"Bearer {token}")]);

    /// <summary>Who asks; or the status, the code, the message and the challenge.</summary>
    public async Task<string> AskAsync(params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(headers);
        var body = await response.Content.ReadAsStringAsync();
        using var json = JsonDocument.Parse(body);
        if (json.RootElement.TryGetProperty("data", out var data))
        {
            return data.GetProperty("hello").GetString()!;
        }

        var error = json.RootElement.GetProperty("errors")[0];
        var code = error.GetProperty("extensions").GetProperty("code").GetString();
        return $"{(int)response.StatusCode} {code}: {error.GetProperty("message").GetString()} {response.Headers.WwwAuthenticate}".TrimEnd();
    }

    public async Task<HttpResponseMessage> SendAsync(params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent("""{"query":"{ hello }"}""", Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await gateway.Client.SendAsync(request);
    }

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    private sealed class WhoAsks : IGraphQLRequestExecutor
    {
        public ValueTask<GraphQLHttpResult> ExecuteAsync(GraphQLRequest request, HttpContext context, CancellationToken cancellationToken)
        {
            var who = ClientIdentity.Of(context);
            var text = who.Kind == ClientKind.Anonymous
                ? "anonymous"
                : $"{who.Kind} {who.Subject} of {who.Consumer} on {who.Plan ?? "no plan"} may {string.Join(' ', who.Scopes.Order(StringComparer.Ordinal))}";
            return ValueTask.FromResult(GraphQLHttpResult.Executed(new Body($$$"""{"data":{"hello":{{{JsonSerializer.Serialize(text)}}}}}""")));
        }
    }

    private sealed class Body(string text) : IGraphQLResponseBody
    {
        public void WriteTo(IBufferWriter<byte> output, ResultPosition position) => output.Write(Encoding.UTF8.GetBytes(text));

        public void Dispose()
        {
        }
    }
}
