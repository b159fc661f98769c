using GraphGateway.ControlPlane;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace GraphGateway.Gateway.Tests.Authentication;

public sealed class AuthenticationOptionsTests
{
    [Fact]
    public void An_issuer_is_read_with_its_defaults()
    {
        var options = Read(out var problems, ("Jwt:Issuers:0:Issuer", "https://login.test/"), ("Jwt:Issuers:0:Audiences", "shop, bank"));
        Assert.Empty(problems);
        var issuer = Assert.Single(options.Jwt.Issuers);
        Assert.Equal("https://login.test/.well-known/openid-configuration", issuer.MetadataUrl!.ToString());
        Assert.Equal("shop bank", string.Join(' ', issuer.Audiences));
        Assert.Equal("RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512", string.Join(' ', issuer.Algorithms));
        Assert.Equal(AnonymousClients.Allow, options.Anonymous);
    }

    [Fact]
    public void What_is_wrong_is_told_all_at_once()
    {
        Read(
            out var problems,
            ("Anonymous", "Sometimes"), ("Jwt:ClockSkew", "2 days"), ("Jwt:Issuers:0:Audiences", "shop"), ("Jwt:Issuers:1:Issuer", "https://a.test"),
            ("Jwt:Issuers:2:Issuer", "login"), ("Jwt:Issuers:2:AnyAudience", "On"), ("Jwt:Issuers:3:Issuer", "http://b.test"), ("Jwt:Issuers:3:Audiences", "shop"),
            ("Jwt:Issuers:4:Issuer", "https://c.test"), ("Jwt:Issuers:4:Audiences", "shop"), ("Jwt:Issuers:4:AnyAudience", "On"), ("Jwt:Issuers:4:Algorithms", "HS256, none"),
            ("Jwt:Issuers:5:Issuer", "https://d.test"), ("Jwt:Issuers:5:Audiences", "shop"), ("Jwt:Issuers:5:JwksUrl", "https://d.test/k"), ("Jwt:Issuers:5:MetadataUrl", "https://d.test/m"),
            ("Jwt:Issuers:6:Issuer", "https://a.test"), ("Jwt:Issuers:6:Audiences", "shop"), ("Jwt:Issuers:6:Algorithms", " "), ("Jwt:Issuers:6:Secret", "x"),
            ("Jwt:Places:0:Prefix", "Bearer"), ("Jwt:Places:1:Cookie", "session"), ("Jwt:Places:1:Prefix", "Bearer"), ("Jwt:Places:2:Header", "X Y"));
        Assert.Equal(
            """
            Gateway:Authentication:Anonymous: 'Sometimes' is not one of Allow, Deny.
            Gateway:Authentication:Jwt:Issuers:0:Issuer: is missing: what the issuer's tokens have as "iss".
            Gateway:Authentication:Jwt:Issuers:1:Audiences: is missing: without it a token that was made for another API is taken. Name what tokens have as "aud", or set AnyAudience to On.
            Gateway:Authentication:Jwt:Issuers:2:JwksUrl: is missing: the issuer's name 'login' is no address by which its keys could be found.
            Gateway:Authentication:Jwt:Issuers:3:AllowHttp: is Off, and the keys would come over HTTP from another machine: whoever is in between could change them. Use https.
            Gateway:Authentication:Jwt:Issuers:4:Audiences: has names, and AnyAudience is On. Leave one of them out.
            Gateway:Authentication:Jwt:Issuers:4:Algorithms: 'HS256' is not one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512.
            Gateway:Authentication:Jwt:Issuers:4:Algorithms: 'none' is not one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512.
            Gateway:Authentication:Jwt:Issuers:5:JwksUrl: is there, and so is MetadataUrl. One of them says where the keys are.
            Gateway:Authentication:Jwt:Issuers:6:Algorithms: is empty: no token could be valid.
            Gateway:Authentication:Jwt:Issuers:6:Secret: There is no such setting. Known here: Algorithms, AllowHttp, AnyAudience, Audiences, ConsumerClaims, Issuer, JwksUrl, MetadataUrl, PlanClaim, ScopeClaims.
            Gateway:Authentication:Jwt:Places:0:Header: or Cookie says where a token is: one of them.
            Gateway:Authentication:Jwt:Places:1:Prefix: is for headers.
            Gateway:Authentication:Jwt:Places: 'X Y' is not the name of a header or a cookie.
            Gateway:Authentication:Jwt:ClockSkew: '2 days' is not a duration between 0s and 24h. Write for example 500ms, 30s, 2m or 00:00:30.
            Gateway:Authentication:Jwt:Issuers: 'https://a.test' is there more than once.
            """,
            string.Join('\n', problems));
    }

    [Fact]
    public void To_deny_everybody_is_a_mistake()
    {
        Read(out var problems, ("Anonymous", "Deny"));
        Assert.Equal(["Gateway:Authentication:Anonymous: is Deny, and there is no other way to ask: name an issuer in Jwt:Issuers, or a store in ApiKeys:Store."], problems);
    }

    [Fact]
    public void API_keys_need_a_store_and_a_pepper()
    {
        const string pepper = "0123456789abcdef0123456789abcdef";
        var keys = Read(out var problems, ("ApiKeys:Store", "keys.db"), ("ApiKeys:Pepper", pepper)).ApiKeys!;
        Assert.Empty(problems);
        Assert.Equal(("keys.db", pepper, "X-API-Key"), (keys.Store, System.Text.Encoding.ASCII.GetString(keys.Pepper.AsSpan()), keys.Header));
        Assert.DoesNotContain(pepper, $"{keys}", StringComparison.Ordinal);
        Assert.Null(Read(out problems).ApiKeys);

        Read(out problems, ("ApiKeys:Pepper", pepper), ("ApiKeys:Header", "X Y"));
        Assert.Equal(
            ["Gateway:Authentication:ApiKeys:Header: 'X Y' is not the name of a header.", "Gateway:Authentication:ApiKeys:Store: is missing: where the keys are."], problems);
        Read(out problems, ("ApiKeys:Store", "Host=x;Passwort=secret"));
        Assert.Equal(
            [
                "Gateway:Authentication:ApiKeys:Store: is neither the name of a file nor a connection string of PostgreSQL that can be read.",
                "Gateway:Authentication:ApiKeys:PepperFile: or Pepper has what keys are hashed with: one of them. `graphgateway keys pepper > FILE` makes one.",
            ],
            problems);
        Read(out problems, ("ApiKeys:Store", "keys.db"), ("ApiKeys:Pepper", "short"));
        Assert.Equal(["Gateway:Authentication:ApiKeys:Pepper: has fewer than 32 bytes. `graphgateway keys pepper` makes one."], problems);
        Read(out problems, ("ApiKeys:Store", "keys.db"), ("ApiKeys:PepperFile", "/nowhere/pepper"));
        Assert.Equal(["Gateway:Authentication:ApiKeys:PepperFile: cannot be read: Could not find a part of the path '/nowhere/pepper'."], problems);
    }

    [Fact]
    public void What_user_jwts_writes_is_read_in_development_alone()
    {
        (string, string)[] written =
        [
            ("Authentication:Schemes:Bearer:ValidAudiences:0", "http://localhost:5000"), ("Authentication:Schemes:Bearer:ValidIssuer", "dotnet-user-jwts"),
            ("Authentication:Schemes:Bearer:SigningKeys:0:Id", "c1b2"), ("Authentication:Schemes:Bearer:SigningKeys:0:Issuer", "dotnet-user-jwts"),
            ("Authentication:Schemes:Bearer:SigningKeys:0:Value", Convert.ToBase64String(new byte[32])), ("Authentication:Schemes:Bearer:SigningKeys:0:Length", "32"),
        ];
        var issuer = Assert.Single(Read(out var problems, [.. written, ("environment", "Development")]).Jwt.Issuers);
        Assert.Empty(problems);
        Assert.Equal(
            ("dotnet-user-jwts", "http://localhost:5000", "HS256", 1),
            (issuer.Issuer, string.Join(' ', issuer.Audiences), string.Join(' ', issuer.Algorithms), issuer.KnownKeys.Length));
        Assert.Empty(Read(out problems, written).Jwt.Issuers);
        Assert.Empty(Read(out problems, [.. written, ("environment", "Production")]).Jwt.Issuers);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("Authority", "https://login.test", "name issuers here: an address in Authentication:Schemes:Bearer is not read, only what `dotnet user-jwts` writes.")]
    [InlineData("SigningKeys:0:Value", "not base64", "cannot be taken from Authentication:Schemes:Bearer: it is not as `dotnet user-jwts` writes it. Run `dotnet user-jwts clear` and make a new token.")]
    public void What_user_jwts_does_not_write_is_refused(string key, string value, string problem)
    {
        Read(out var problems, ("environment", "Development"), ("Authentication:Schemes:Bearer:ValidIssuer", "x"), ("Authentication:Schemes:Bearer:SigningKeys:0:Issuer", "x"), ($"Authentication:Schemes:Bearer:{key}", value));
        Assert.Equal([$"Gateway:Authentication:Jwt:Issuers: {problem}"], problems);
    }

    private static AuthenticationOptions Read(out string[] problems, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(
            setting.Key is "environment" || setting.Key.StartsWith("Authentication:", StringComparison.Ordinal) ? setting.Key : $"Gateway:Authentication:{setting.Key}",
            (string?)setting.Value))).Build();
        var found = new List<SettingProblem>();
        var reader = new SettingsReader(configuration.GetSection("Gateway:Authentication"), found);
        var options = new AuthenticationOptionsReader(configuration).Read(reader);
        reader.RefuseUnknown();
        problems = [.. found.Select(problem => problem.ToString())];
        return options;
    }
}
