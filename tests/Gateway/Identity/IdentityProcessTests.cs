using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.Subgraphs.Users;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Identity;

/// <summary>A gateway and a service, each a process of its own: the service knows the gateway by the keys that it publishes.</summary>
public sealed class IdentityProcessTests : IDisposable
{
    private readonly IdentityKeyFile key = new();

    public void Dispose() => key.Dispose();

    [Fact]
    public async Task Me_is_the_user_of_the_token_and_nobody_else_is_answered()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        var ports = FreePort.Several(2);
        await using var users = ChildProcess.StartDotnet(
            Repository.Output("src/Subgraphs/Users", "GraphGateway.Subgraphs.Users.dll"),
            [
                .. await TestDatabase.SqliteAsync(UsersService.Definition), $"--urls=http://127.0.0.1:{ports[0]}",
                "--GatewayIdentity:Required=On", $"--GatewayIdentity:UserIssuer={issuer.Url}", $"--GatewayIdentity:JwksUrl=http://127.0.0.1:{ports[1]}/.well-known/jwks.json",
            ]);
        await users.WaitForLineAsync(line => line.Contains("users answers at", StringComparison.Ordinal));
        await using var gateway = ChildProcess.StartDotnet(
            Repository.Output("src/Gateway", "GraphGateway.Gateway.dll"),
            [
                $"--urls=http://127.0.0.1:{ports[1]}", $"--Gateway:Supergraph={Repository.PathOf("schemas/supergraph.graphql")}",
                $"--Gateway:Subgraphs:users:Url=http://127.0.0.1:{ports[0]}/graphql", .. key.Settings, .. IdentityAttackTests.Issuer(issuer),
            ]);
        await gateway.WaitForLineAsync(line => line.Contains("Now listening on", StringComparison.Ordinal));
        using var client = new HttpClient();

        Task<string> Ask(int port, string? token, params (string Name, string Value)[] headers) => AskAsync(client, $"http://127.0.0.1:{port}/graphql", token, headers);
        var now = TimeProvider.System.GetUtcNow();
        var mila = issuer.Token(now, payload: """{"sub":"1"}""");
        Assert.Equal("""{"data":{"me":{"id":"1","name":"Mila García"}}}""", await Ask(ports[1], mila));
        Assert.Equal("""{"data":{"me":{"id":"2","name":"Isaac Meier"}}}""", await Ask(ports[1], issuer.Token(now, payload: """{"sub":"2"}""")));
        Assert.Equal("""{"data":{"me":null}}""", await Ask(ports[1], null));

        // Not through the gateway: neither with nothing, nor with the client's own token, nor with one that somebody else has signed.
        const string none = """401 {"errors":[{"message":"This service answers the gateway alone: the request has no GraphGateway-Identity.","extensions":{"code":"UNAUTHENTICATED"}}]}""";
        Assert.Equal(none, await Ask(ports[0], null));
        Assert.Equal(none, await Ask(ports[0], mila));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = Http.IdentityToken.Write(
            Http.EllipticKey.FromPem(other.ExportPkcs8PrivateKeyPem()), "graphgateway", "users", new Http.ClientIdentity { Kind = Http.ClientKind.Token, Subject = "1" }, [], now, now.AddMinutes(1));
        Assert.Equal(
            """401 {"errors":[{"message":"The token is signed with a key that its issuer does not have.","extensions":{"code":"UNAUTHENTICATED"}}]}""",
            await Ask(ports[0], null, ("GraphGateway-Identity", forged)));

        // Nor by way of the gateway.
        Assert.Equal("""{"data":{"me":null}}""", await Ask(ports[1], null, ("GraphGateway-Identity", forged), ("X-User-Id", "1")));
    }

    private static async Task<string> AskAsync(HttpClient client, string url, string? token, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(new { query = "{ me { id name } }" }) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.StatusCode == HttpStatusCode.OK ? text : $"{(int)response.StatusCode} {text}";
    }
}
