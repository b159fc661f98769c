using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GraphGateway.Http;
using GraphGateway.Subgraphs.Server;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Identity;

/// <summary>Resolvers, loaders and streams know for whom the gateway asks, by whichever way a request comes.</summary>
public sealed class ResolverIdentityTests : IAsyncLifetime, IDisposable
{
    private const string Sdl = "type Query { who: String loaded(key: Int!): String } type Mutation { who: String } type Subscription { events(count: Int!): Event } type Event { loaded: String }";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TemporaryFolder folder = new();
    private WebApplication application = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(
            ["--urls=http://127.0.0.1:0", $"--GatewayIdentity:KeyFiles={folder.Write("public.pem", key.ExportSubjectPublicKeyInfoPem())}"]);
        builder.Logging.ClearProviders();
        builder.AddGatewayIdentity("who");
        builder.AddGraphQLServer(server => server
            .AddSchema(Sdl).AddTypes(typeof(WhoQuery), typeof(WhoMutation), typeof(WhoSubscription), typeof(WhoEvent), typeof(WhoEventResolvers)));
        application = builder.Build();
        application.MapGraphQL();
        await application.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public Task DisposeAsync() => application.DisposeAsync().AsTask();

    public void Dispose()
    {
        client.Dispose();
        key.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("""{"query":"{ who }"}""", "application/json", """{"data":{"who":"NAME"}}""")]
    [InlineData("""{"query":"mutation { who }"}""", "application/json", """{"data":{"who":"NAME"}}""")]
    [InlineData("""{"query":"{ a: loaded(key: 1) b: loaded(key: 2) }"}""", "application/json", """{"data":{"a":"1 for NAME","b":"2 for NAME"}}""")]
    [InlineData("""[{"query":"{ who }"},{"query":"{ loaded(key: 1) }"}]""", "application/json", """[{"requestIndex":0,"data":{"who":"NAME"}},{"requestIndex":1,"data":{"loaded":"1 for NAME"}}]""")]
    [InlineData(
        """{"query":"query($k:Int!){loaded(key:$k)}","variables":[{"k":1},{"k":2}]}""", "application/jsonl",
        """
        {"variableIndex":0,"data":{"loaded":"1 for NAME"}}
        {"variableIndex":1,"data":{"loaded":"2 for NAME"}}

        """)]
    [InlineData(
        """{"query":"subscription { events(count: 2) { loaded } }"}""", "text/event-stream",
        """
        :

        event: next
        data: {"data":{"events":{"loaded":"1 for NAME of NAME"}}}

        event: next
        data: {"data":{"events":{"loaded":"2 for NAME of NAME"}}}

        event: complete
        data: 


        """)]
    public async Task They_are_told(string body, string accept, string expected)
    {
        // Several at a time, so that one could be taken for another.
        var names = Enumerable.Range(0, 16).Select(i => string.Create(CultureInfo.InvariantCulture, $"user{i}")).ToList();
        var answers = await Task.WhenAll(names.Select(name => AskAsync(Client(name), body, accept)));
        Assert.Equal(names.Select(name => expected.Replace("NAME", $"{name} may read write, claim blue", StringComparison.Ordinal)), answers);
        Assert.Equal(
            expected.Replace("NAME", "nobody may , claim ", StringComparison.Ordinal), await AskAsync(ClientIdentity.Anonymous, body, accept));
    }

    [Fact]
    public async Task Without_a_request_there_is_nobody()
    {
        await using var scope = application.Services.CreateAsyncScope();
        Assert.Equal("""{"data":{"who":"nobody may , claim "}}""", await application.Services.GetRequiredService<GraphQLServer>().ExecuteAsync("{ who }", scope.ServiceProvider));
    }

    private static ClientIdentity Client(string name) => new()
    {
        Kind = ClientKind.Token,
        Subject = name,
        Scopes = System.Collections.Frozen.FrozenSet.Create("write", "read"),
        Claims = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity([new System.Security.Claims.Claim("tenant", "blue")])),
    };

    private async Task<string> AskAsync(ClientIdentity who, string body, string accept)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation(
            IdentityToken.DefaultHeader,
            IdentityToken.Write(EllipticKey.FromPem(key.ExportPkcs8PrivateKeyPem()), IdentityToken.DefaultIssuer, "who", who, ["tenant"], now, now.AddMinutes(2)));
        using var response = await client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}

/// <summary>How the resolvers of the test tell who asks.</summary>
internal static class Who
{
    public static string Told(ClientIdentity client) =>
        $"{client.Subject ?? "nobody"} may {string.Join(' ', client.Scopes.Order(StringComparer.Ordinal))}, claim {client.Claims.FindFirst("tenant")?.Value}";
}

[GraphQLType("Query")]
public static class WhoQuery
{
    public static string Who(ClientIdentity client) => Identity.Who.Told(client);

    public static Task<string?> LoadedAsync(int key, WhoLoader loader) => loader.LoadAsync(key);
}

[GraphQLType("Mutation")]
public static class WhoMutation
{
    public static string Who(ClientIdentity client) => Identity.Who.Told(client);
}

[GraphQLType("Subscription")]
public static class WhoSubscription
{
    public static async IAsyncEnumerable<WhoEvent> EventsAsync(int count, ClientIdentity client)
    {
        for (var i = 1; i <= count; i++)
        {
            await Task.Yield();
            yield return new WhoEvent(i, Who.Told(client));
        }
    }
}

[GraphQLType("Event")]
public sealed record WhoEvent(int Number, string Subscriber);

[GraphQLType("Event")]
public static class WhoEventResolvers
{
    public static async Task<string> LoadedAsync([Parent] WhoEvent parent, WhoLoader loader) => $"{await loader.LoadAsync(parent.Number)} of {parent.Subscriber}";
}

/// <summary>A loader has a scope of services of its own.</summary>
public sealed class WhoLoader(ClientIdentity client) : BatchLoader<int, string>
{
    protected override Task<IReadOnlyDictionary<int, string>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<int, string>>(keys.ToDictionary(key => key, key => string.Create(CultureInfo.InvariantCulture, $"{key} for {Who.Told(client)}")));
}
