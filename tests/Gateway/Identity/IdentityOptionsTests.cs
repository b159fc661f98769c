using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace GraphGateway.Gateway.Tests.Identity;

/// <summary>The settings of <c>Gateway:Identity</c>, and what of them stops the start.</summary>
public sealed class IdentityOptionsTests : IDisposable
{
    private readonly IdentityKeyFile key = new();

    public void Dispose() => key.Dispose();

    [Fact]
    public void By_default_no_source_is_told_anything()
    {
        var options = Read().Options!;
        Assert.False(options.Subgraphs.TellsIdentity);
        Assert.Empty(options.Identity.Keys);
    }

    [Fact]
    public void A_sources_own_rules_take_the_place_of_those_for_all()
    {
        var options = Read(
            ("Identity:Sign", "On"), ("Identity:KeyFiles:0", key.File), ("Identity:Claims:X-User-Id", "sub"), ("Identity:SignClaims", "tenant, roles"),
            ("Subgraphs:orders:Timeout", "5s"), ("Subgraphs:legacy:Identity:Forward", "On"), ("Subgraphs:open:Identity:Sign", "Off"),
            ("Subgraphs:partner:Identity:Sign", "On"), ("Subgraphs:partner:Identity:SignHeader", "Authorization"),
            ("Subgraphs:partner:Identity:Audience", "https://partner.test")).Options!;
        Assert.Equal(
            """
            users: claims X-User-Id=sub; signs in GraphGateway-Identity with tenant roles
            orders: claims X-User-Id=sub; signs in GraphGateway-Identity with tenant roles
            legacy: forwards
            open: nothing
            partner: signs in Authorization for https://partner.test
            """,
            string.Join('\n', new[] { "users", "orders", "legacy", "open", "partner" }.Select(name => $"{name}: {Told(options.Subgraphs.For(name).Identity)}")));
        Assert.Equal(["X-User-Id", "GraphGateway-Identity", "Authorization"], options.Subgraphs.IdentityHeaders.Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public void The_first_key_signs_and_those_after_it_may_be_public()
    {
        using var other = new IdentityKeyFile();
        var options = Read(("Identity:KeyFiles", $"{key.File}, {other.PublicFile}")).Options!;
        Assert.Equal([(key.Read().Id, true), (other.Read().Id, false)], options.Identity.Keys.Select(read => (read.Id, read.IsPrivate)));
    }

    [Theory]
    [InlineData("Identity:Sign=On", "Gateway:Identity:KeyFiles: is missing, and Sign is On. `openssl ecparam -name prime256v1 -genkey -noout -out identity.pem` makes a key.")]
    [InlineData(
        "Subgraphs:users:Identity:Sign=On",
        "Gateway:Identity:KeyFiles: is missing, and Sign is On. `openssl ecparam -name prime256v1 -genkey -noout -out identity.pem` makes a key.")]
    [InlineData("Identity:KeyFiles=PUBLIC", "Gateway:Identity:KeyFiles: begins with a public key: the first one signs. Those after it may be public ones, which are only published.")]
    [InlineData("Identity:KeyFiles=KEY,PUBLIC", "Gateway:Identity:KeyFiles: has the same key twice.")]
    [InlineData("Identity:KeyFiles=TEXT", "Gateway:Identity:KeyFiles: TEXT has no elliptic key in PEM, or one with a password.")]
    [InlineData("Identity:KeyFiles=RSA", "Gateway:Identity:KeyFiles: RSA has no elliptic key in PEM, or one with a password.")]
    [InlineData("Identity:KeyFiles=P384", "Gateway:Identity:KeyFiles: P384 has a key on another curve than P-256, which ES256 needs.")]
    [InlineData("Identity:KeyFiles=SECRET", "Gateway:Identity:KeyFiles: SECRET has no elliptic key in PEM, or one with a password.")]
    [InlineData("Identity:KeyFiles=/nowhere/key.pem", "Gateway:Identity:KeyFiles: /nowhere/key.pem cannot be read: Could not find a part of the path '/nowhere/key.pem'.")]
    [InlineData(
        "Identity:Lifetime=5s",
        "Gateway:Identity:Lifetime: is to be from 10s to 1h: long enough for the way to a source, and no longer than somebody may use a token that he has found.")]
    [InlineData("Identity:RememberedBytes=0", "Gateway:Identity:RememberedBytes: '0' is not a whole number from 1000000 to 2147483647.")]
    [InlineData("Identity:Claims:X-A=", "Gateway:Identity:Claims:X-A: is empty: name what it has, such as sub, scope, or a claim.")]
    [InlineData("Identity:Claims:X-*=sub", "Gateway:Identity:Claims:X-*: 'X-*' is not the name of a header.")]
    [InlineData("Identity:Claims:Host=sub", "Gateway:Identity:Claims:Host: 'Host' has a meaning of its own and cannot say who asks. Write for example X-User-Id.")]
    [InlineData("Identity:Claims:Cookie=sub", "Gateway:Identity:Claims:Cookie: 'Cookie' has a meaning of its own and cannot say who asks. Write for example X-User-Id.")]
    [InlineData("Identity:Claims:authorization=sub", "Gateway:Identity:Claims:authorization: 'authorization' is where credentials go. Set Forward to On, or SignHeader to Authorization.")]
    [InlineData("Identity:SignHeader=a b", "Gateway:Identity:SignHeader: 'a b' is not the name of a header.")]
    [InlineData("Identity:SignClaims=tenant,exp", "Gateway:Identity:SignClaims: 'exp' is in the token as the gateway knows it. Name other claims.")]
    [InlineData(
        "Identity:Claims:X-User-Id=sub;Identity:Claims:x_user-id=iss",
        "Gateway:Identity:Claims: the header 'x_user-id' would be set twice. Headers have different names, whatever their case, and whatever stands between letters and digits.")]
    [InlineData(
        "Identity:Forward=On;Identity:Sign=On;Identity:KeyFiles=KEY;Identity:SignHeader=authorization",
        "Gateway:Identity:Claims: the header 'Authorization' would be set twice. Headers have different names, whatever their case, and whatever stands between letters and digits.")]
    [InlineData("Identity:Sing=On", "Gateway:Identity:Sing: There is no such setting. Known here: Claims, Forward, Issuer, KeyFiles, Lifetime, RememberedBytes, Sign, SignClaims, SignHeader.")]

    // Rules for headers that would let clients say who they are.
    [InlineData(
        "Identity:Claims:X-User-Id=sub;Subgraphs:All:Headers:Propagate=x-user-id",
        "Gateway:Subgraphs:All:Headers:Propagate: 'x-user-id' is set by Identity: it can never come from a client. Leave one of them out.")]
    [InlineData(
        "Identity:Claims:X-User-Id=sub;Subgraphs:users:Headers:Propagate=X_User_Id",
        "Gateway:Subgraphs:users:Headers:Propagate: 'X_User_Id' is set by Identity: it can never come from a client. Leave one of them out.")]
    [InlineData(
        "Subgraphs:orders:Identity:Claims:X-User-Id=sub;Subgraphs:users:Headers:Propagate:0:Name=X-Mine;Subgraphs:users:Headers:Propagate:0:As=X-User-Id",
        "Gateway:Subgraphs:users:Headers:Propagate: 'X-User-Id' is set by Identity: it can never come from a client. Leave one of them out.")]
    [InlineData(
        "Subgraphs:All:Headers:Propagate=graphgateway-identity",
        "Gateway:Subgraphs:All:Headers:Propagate: 'graphgateway-identity' is set by Identity: it can never come from a client. Leave one of them out.")]
    [InlineData(
        "Identity:Forward=On;Subgraphs:All:Headers:Propagate=Authorization",
        "Gateway:Subgraphs:All:Headers:Propagate: 'Authorization' is set by Identity: it can never come from a client. Leave one of them out.")]
    [InlineData("Identity:Claims:X-User-Id=sub;Subgraphs:All:Headers:Insert:X-User-ID=1", "Gateway:Subgraphs:All:Headers:Insert: 'X-User-ID' is set by Identity. Leave one of them out.")]
    [InlineData("Identity:Claims:X-Time=claim:t;Subgraphs:users:DeadlineHeader=X-Time", "Gateway:Subgraphs:users:DeadlineHeader: 'X-Time' is set by Identity. Leave one of them out.")]

    // And some that do not.
    [InlineData("Subgraphs:orders:Identity:Forward=On;Subgraphs:users:Headers:Propagate=Authorization", "")]
    [InlineData("Identity:Claims:X-User-Id=sub;Subgraphs:All:Headers:Propagate:0:Name=X-User-Id;Subgraphs:All:Headers:Propagate:0:As=X-Says", "")]
    [InlineData("Identity:Claims:X-User-Id=sub;Subgraphs:All:Headers:Propagate=*;Subgraphs:All:Headers:Remove=X-User-Id", "")]
    [InlineData("Subgraphs:orders:Identity:Claims:X-User-Id=sub;Subgraphs:users:Headers:Insert:X-User-Id=nobody", "")]
    public void What_contradicts_itself_stops_the_start(string settings, string problems)
    {
        using var rsa = RSA.Create(2048);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var files = new Dictionary<string, string>
        {
            ["KEY"] = key.File,
            ["PUBLIC"] = key.PublicFile,
            ["TEXT"] = key.Write("text.pem", "no key"),
            ["RSA"] = key.Write("rsa.pem", rsa.ExportPkcs8PrivateKeyPem()),
            ["P384"] = key.Write("p384.pem", p384.ExportECPrivateKeyPem()),
            ["SECRET"] = key.Write("secret.pem", key.Key.ExportEncryptedPkcs8PrivateKeyPem("password", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1))),
        };
        var pairs = settings.Split(';').Select(setting => setting.Split('=', 2)).Select(parts =>
            (parts[0], parts[0].EndsWith("KeyFiles", StringComparison.Ordinal) ? string.Join(',', parts[1].Split(',').Select(name => files.GetValueOrDefault(name, name))) : parts[1]));
        var told = string.Join('\n', Read([.. pairs]).Problems.Select(problem => problem.ToString()));
        Assert.Equal(problems, files.Aggregate(told, (text, file) => text.Replace(file.Value, file.Key, StringComparison.Ordinal)));
    }

    private static string Told(IdentityRules rules)
    {
        var parts = new List<string>();
        if (rules.Forward)
        {
            parts.Add("forwards");
        }

        if (!rules.Claims.IsEmpty)
        {
            parts.Add($"claims {string.Join(' ', rules.Claims.Select(claim => $"{claim.Header}={claim.Fact}"))}");
        }

        if (rules.Sign)
        {
            parts.Add(string.Concat(
                $"signs in {rules.SignHeader}",
                rules.SignClaims.IsEmpty ? "" : $" with {string.Join(' ', rules.SignClaims)}",
                rules.Audience is null ? "" : $" for {rules.Audience}"));
        }

        return parts.Count == 0 ? "nothing" : string.Join("; ", parts);
    }

    private GatewayOptionsResult Read(params (string Key, string Value)[] settings) => GatewayOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(
        [
            KeyValuePair.Create("Gateway:Supergraph", (string?)key.PublicFile),
            .. settings.Select(setting => KeyValuePair.Create($"Gateway:{setting.Key}", (string?)setting.Value)),
        ]).Build());
}
