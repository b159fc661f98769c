using System.Net;
using System.Text.Json;
using Xunit;

namespace GraphGateway.Gateway.Tests.Identity;

/// <summary><c>/.well-known/jwks.json</c>.</summary>
public sealed class PublishedKeyTests
{
    [Fact]
    public async Task All_keys_are_published_and_nothing_that_is_secret()
    {
        using var first = new IdentityKeyFile();
        using var second = new IdentityKeyFile();
        await using var gateway = await GatewayUnderTest.StartAsync(
            [
                $"--Gateway:Identity:KeyFiles={first.File},{second.PublicFile}",
                "--Gateway:Authentication:Anonymous=Deny", "--Gateway:Authentication:ApiKeys:Store=/nowhere/keys.db", $"--Gateway:Authentication:ApiKeys:Pepper={new string('p', 32)}",
            ]);
        using var response = await gateway.GetAsync("/.well-known/jwks.json");
        Assert.Equal(
            ("application/json", "public, max-age=60"), (response.Content.Headers.ContentType!.ToString(), response.Headers.CacheControl!.ToString()));
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(
            [Told(first), Told(second)],
            json.RootElement.GetProperty("keys").EnumerateArray().Select(key => string.Join(' ', key.EnumerateObject().Select(member => $"{member.Name}={member.Value}"))));

        static string Told(IdentityKeyFile file)
        {
            var point = file.Key.ExportParameters(includePrivateParameters: false).Q;
            return $"kty=EC use=sig alg=ES256 kid={file.Read().Id} crv=P-256 x={Authentication.SignedToken.Encode(point.X)} y={Authentication.SignedToken.Encode(point.Y)}";
        }
    }

    [Fact]
    public async Task Without_keys_there_is_nothing()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await gateway.GetAsync("/.well-known/jwks.json");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
