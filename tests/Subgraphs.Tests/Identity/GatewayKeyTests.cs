using System.Security.Cryptography;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Http;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Identity;

/// <summary>The gateway's keys, as a service fetches them.</summary>
public sealed class GatewayKeyTests
{
    private const string First = """{"data":{"me":{"id":"1"}}}""";

    [Fact]
    public async Task They_are_fetched_when_the_first_token_comes_and_a_rotated_key_when_it_is_first_seen()
    {
        await using var gateway = await FakeIssuer.StartAsync();
        var (old, fresh) = (ECDsa.Create(ECCurve.NamedCurves.nistP256), ECDsa.Create(ECCurve.NamedCurves.nistP256));
        Publish(gateway, old);
        await using var service = await GuardedService.StartAsync(old, $"--GatewayIdentity:JwksUrl={gateway.Url}/keys");
        Assert.Empty(gateway.Fetched);
        Assert.Equal(First, await AskAsync(service, service.Token()));
        Assert.Equal(First, await AskAsync(service, service.Token("1", consumer: "another")));
        Assert.Equal(["/keys"], gateway.Fetched);

        // The new key signs; the old one is still published.
        Publish(gateway, fresh, old);
        service.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(First, await AskAsync(service, service.Token(key: fresh)));
        Assert.Equal(First, await AskAsync(service, service.Token()));
        Assert.Equal(["/keys", "/keys"], gateway.Fetched);

        // A key that nobody has is asked for once in ten seconds, however many come with it.
        using var unknown = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var storm = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(service, service.Token(key: unknown))));
        Assert.All(storm, answer => Assert.Equal(Refused, answer));
        Assert.Equal(2, gateway.Fetched.Count);

        // The old key is gone, and with it what it has signed, also what is remembered.
        var token = service.Token();
        Assert.Equal(First, await AskAsync(service, token));
        Publish(gateway, fresh);
        service.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Refused, await AskAsync(service, service.Token(key: unknown)));
        Assert.Equal(Refused, await AskAsync(service, token));
        Assert.Equal(First, await AskAsync(service, service.Token(key: fresh)));
        fresh.Dispose();
    }

    [Fact]
    public async Task While_they_cannot_be_had_who_asks_is_told_to_try_again_and_those_that_are_known_stay()
    {
        await using var gateway = await FakeIssuer.StartAsync();
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var service = await GuardedService.StartAsync(key, $"--GatewayIdentity:JwksUrl={gateway.Url}/later");
        Assert.Equal(
            """503 {"errors":[{"message":"The keys of the token's issuer cannot be had now. Try again.","extensions":{"code":"AUTHENTICATION_UNAVAILABLE"}}]}""",
            await AskAsync(service, service.Token()));
        gateway.Documents["/later"] = JsonOf(key);
        service.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(First, await AskAsync(service, service.Token()));
        gateway.Documents["/later"] = "no JSON";
        service.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(First, await AskAsync(service, service.Token()));
    }

    private const string Refused =
        """401 {"errors":[{"message":"The token is signed with a key that its issuer does not have.","extensions":{"code":"UNAUTHENTICATED"}}]}""";

    private static Task<string> AskAsync(GuardedService service, string token) => service.AskAsync(token, "{ me { id } }");

    private static void Publish(FakeIssuer gateway, params ECDsa[] keys) => gateway.Documents["/keys"] = JsonOf(keys);

    private static string JsonOf(params ECDsa[] keys) =>
        $$"""{"keys":[{{string.Join(',', keys.Select(key => EllipticKey.FromPem(key.ExportSubjectPublicKeyInfoPem()).PublicJson))}}]}""";
}
