using System.Security.Cryptography;
using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Hosting;
using GraphGateway.TestKit;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Identity;

/// <summary>The section <c>GatewayIdentity</c>, and what of it stops the start.</summary>
public sealed class GatewayIdentitySettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_service_is_the_audience_and_the_gateway_has_its_own_name()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var settings = Read($"KeyFiles:0={folder.Write("one.pem", key.ExportSubjectPublicKeyInfoPem())}");
        Assert.Equal(
            (true, "GraphGateway-Identity", GatewayIdentitySchema.Open, "graphgateway", "users", "ES256", 1),
            (settings.Required, settings.Header, settings.Schema, settings.Gateway!.Issuer, string.Join(' ', settings.Gateway.Audiences),
                string.Join(' ', settings.Gateway.Algorithms), settings.Gateway.KnownKeys.Length));
    }

    [Theory]
    [InlineData("JwksUrl=https://graph.test/.well-known/jwks.json", "https://graph.test/.well-known/jwks.json")]
    [InlineData("JwksUrl=http://127.0.0.1:4000/.well-known/jwks.json", "http://127.0.0.1:4000/.well-known/jwks.json")]
    [InlineData("JwksUrl=http://gateway/.well-known/jwks.json;AllowHttp=On", "http://gateway/.well-known/jwks.json")]
    [InlineData("Required=Off", "")]
    public void Keys_come_from_an_address(string settings, string url) => Assert.Equal(url, $"{Read(settings).Gateway?.JwksUrl}");

    [Theory]
    [InlineData(
        "",
        "it answers the gateway alone, and nothing says by which keys the gateway signs. Set GatewayIdentity:JwksUrl to the gateway's /.well-known/jwks.json, or "
            + "GatewayIdentity:KeyFiles to files with its public keys. GatewayIdentity:Required=Off answers everybody, for development.")]
    [InlineData(
        "JwksUrl=http://gateway/.well-known/jwks.json",
        "GatewayIdentity:JwksUrl would bring keys over HTTP from another machine: whoever is in between could change them. Use https, or set GatewayIdentity:AllowHttp=On.")]
    [InlineData("JwksUrl=gateway", "GatewayIdentity:JwksUrl is 'gateway'. Give an address such as https://graph.example.com/.well-known/jwks.json.")]
    [InlineData("JwksUrl=https://gateway/;KeyFiles=KEY", "GatewayIdentity:JwksUrl and GatewayIdentity:KeyFiles are both there. One of them says by which keys the gateway signs.")]
    [InlineData("KeyFiles=TEXT", "GatewayIdentity:KeyFiles: TEXT has no elliptic key in PEM, or one with a password.")]
    [InlineData("KeyFiles=/nowhere/key.pem", "GatewayIdentity:KeyFiles: /nowhere/key.pem cannot be read: Could not find a part of the path '/nowhere/key.pem'.")]
    [InlineData("Required=Maybe", "GatewayIdentity:Required is 'Maybe'. Give On or Off.")]
    [InlineData("KeyFiles=KEY;Schema=1", "GatewayIdentity:Schema is '1'. Give Open or Closed.")]
    [InlineData(
        "Require=Off",
        "The setting GatewayIdentity:Require is unknown. Known are GatewayIdentity:Required, GatewayIdentity:JwksUrl, GatewayIdentity:KeyFiles, GatewayIdentity:Issuer, "
            + "GatewayIdentity:Audience, GatewayIdentity:Header, GatewayIdentity:AllowHttp, GatewayIdentity:Schema, GatewayIdentity:UserIssuer.")]
    public void What_cannot_be_stops_the_start(string settings, string message)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var files = new Dictionary<string, string> { ["KEY"] = folder.Write("key.pem", key.ExportSubjectPublicKeyInfoPem()), ["TEXT"] = folder.Write("text.pem", "no key") };
        var given = files.Aggregate(settings, (text, file) => text.Replace($"={file.Key}", $"={file.Value}", StringComparison.Ordinal));
        var told = Assert.Throws<SettingsException>(() => Read(given)).Message;
        Assert.Equal(message, files.Aggregate(told, (text, file) => text.Replace(file.Value, file.Key, StringComparison.Ordinal)));
    }

    private static GatewayIdentitySettings Read(string settings) => GatewayIdentitySettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=', 2))
            .Select(parts => KeyValuePair.Create($"GatewayIdentity:{parts[0]}", (string?)parts[1]))).Build(),
        "users");
}
