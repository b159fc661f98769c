using System.Collections.Immutable;
using System.Net;
using GraphGateway.ControlPlane;
using GraphGateway.Gateway.Tests.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace GraphGateway.Gateway.Tests.Access;

/// <summary>From where may be asked.</summary>
public sealed class AccessTests
{
    private const string Refused = "403 FORBIDDEN: Requests from this address are not served.";

    [Theory]
    [InlineData("203.0.113.7", "", "", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "", "", "203.0.113.7")]
    [InlineData("203.0.113.7", "10.0.0.1", "", "203.0.113.7")]
    [InlineData("203.0.113.7", "10.0.0.1", "10.0.0.0/8", "203.0.113.7")]
    [InlineData("10.0.0.1", "203.0.113.7", "10.0.0.0/8", "203.0.113.7")]
    [InlineData("::ffff:10.0.0.1", "203.0.113.7", "10.0.0.0/8", "203.0.113.7")]
    [InlineData("10.0.0.1", "", "10.0.0.0/8", "10.0.0.1")]
    [InlineData("10.0.0.1", "127.0.0.1, 203.0.113.7", "10.0.0.0/8", "203.0.113.7")]
    [InlineData("10.0.0.1", "127.0.0.1, 203.0.113.7, 10.0.0.2", "10.0.0.0/8", "203.0.113.7")]
    [InlineData("10.0.0.1", "127.0.0.1, 203.0.113.7|10.0.0.2,10.0.0.3", "10.0.0.0/8", "203.0.113.7")]
    [InlineData("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.0/8", "10.0.0.3")]
    [InlineData("10.0.0.1", "203.0.113.7:4711", "10.0.0.0/8", "203.0.113.7")]
    [InlineData("10.0.0.1", "[2001:db8::7]:4711", "10.0.0.0/8", "2001:db8::7")]
    [InlineData("10.0.0.1", "2001:db8::7", "10.0.0.0/8", "2001:db8::7")]
    [InlineData("fd00::1", "::ffff:203.0.113.7", "fd00::/8", "203.0.113.7")]
    [InlineData("10.0.0.1", "unknown", "10.0.0.0/8", null)]
    [InlineData("10.0.0.1", "203.0.113.7,", "10.0.0.0/8", null)]
    [InlineData("10.0.0.1", "203.0.113.7, unknown", "10.0.0.0/8", null)]
    [InlineData("10.0.0.1", "127.1", "10.0.0.0/8", null)]
    [InlineData("10.0.0.1", "0x7f.0.0.1", "10.0.0.0/8", null)]
    [InlineData("10.0.0.1", "0177.0.0.1", "10.0.0.0/8", null)]
    [InlineData("10.0.0.1", "2130706433", "10.0.0.0/8", null)]
    [InlineData("10.0.0.1", "fe80::1%eth0", "10.0.0.0/8", null)]
    [InlineData("10.0.0.1", "[::1", "10.0.0.0/8", null)]
    public void The_address_is_what_the_last_one_who_is_trusted_says(string connection, string forwarded, string trusted, string? expected)
    {
        StringValues values = forwarded.Length == 0 ? StringValues.Empty : forwarded.Split('|');
        ImmutableArray<IPNetwork> networks = trusted.Length == 0 ? [] : [ClientAddress.ParseNetwork(trusted)!.Value];
        Assert.Equal(expected, ClientAddress.Of(IPAddress.Parse(connection), values, networks)?.ToString());
    }

    [Fact]
    public void Endless_proxies_and_no_connection_have_no_address()
    {
        ImmutableArray<IPNetwork> all = [ClientAddress.ParseNetwork("0.0.0.0/0")!.Value];
        Assert.Null(ClientAddress.Of(IPAddress.Loopback, string.Join(',', Enumerable.Repeat("10.0.0.1", 33)), all));
        Assert.NotNull(ClientAddress.Of(IPAddress.Loopback, string.Join(',', Enumerable.Repeat("10.0.0.1", 32)), all));
        Assert.Null(ClientAddress.Of(null, "10.0.0.1", all));
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("anonymous", "--Gateway:Access:Allow=127.0.0.0/8")]
    [InlineData("anonymous", "--Gateway:Access:Allow=10.0.0.0/8, 127.0.0.1")]
    [InlineData("anonymous", "--Gateway:Access:Deny=10.0.0.0/8")]
    [InlineData(Refused, "--Gateway:Access:Allow=10.0.0.0/8")]
    [InlineData(Refused, "--Gateway:Access:Deny=127.0.0.1")]
    [InlineData(Refused, "--Gateway:Access:Allow=127.0.0.0/8", "--Gateway:Access:Deny=127.0.0.1/32")]
    public async Task The_lists_say_who_is_served(string expected, params string[] settings)
    {
        await using var gateway = await GuardedGateway.StartAsync([], settings);
        Assert.Equal(expected, await gateway.AskAsync((string?)null));
    }

    [Theory]
    [InlineData("::ffff:203.0.113.0/120", "203.0.113.0/24")]
    [InlineData("::ffff:0:0/96", "0.0.0.0/0")]
    [InlineData("::ffff:203.0.113.7/128", "203.0.113.7/32")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7/32")]
    [InlineData("::/0", "::/0")]
    public void A_range_of_IPv4_inside_IPv6_is_that_of_IPv4(string text, string expected) =>
        Assert.Equal(expected, ClientAddress.ParseNetwork(text)?.ToString());

    [Fact]
    public async Task A_header_that_anybody_can_write_opens_nothing_and_closes_nothing()
    {
        await using var gateway = await GuardedGateway.StartAsync([], "--Gateway:Access:Allow=10.0.0.0/8");
        foreach (var name in new[] { "X-Forwarded-For", "Forwarded", "X-Real-IP", "True-Client-IP", "CF-Connecting-IP", "X-Client-IP" })
        {
            Assert.Equal(Refused, await gateway.AskAsync((name, "10.0.0.1")));
        }

        await using var open = await GuardedGateway.StartAsync([], "--Gateway:Access:Deny=10.0.0.0/8");
        Assert.Equal("anonymous", await open.AskAsync(("X-Forwarded-For", "10.0.0.1")));
    }

    [Fact]
    public async Task Behind_a_proxy_that_is_trusted_its_clients_are_told_apart()
    {
        await using var gateway = await GuardedGateway.StartAsync(
            [], "--Gateway:Access:Allow=203.0.113.0/24", "--Gateway:Access:Deny=203.0.113.9", "--Gateway:Access:TrustedProxies=127.0.0.1");
        Assert.Equal("anonymous", await gateway.AskAsync(("X-Forwarded-For", "203.0.113.7")));
        Assert.Equal(Refused, await gateway.AskAsync(("X-Forwarded-For", "203.0.113.9")));
        Assert.Equal(Refused, await gateway.AskAsync(("X-Forwarded-For", "203.0.113.7, 198.51.100.1")));
        Assert.Equal(Refused, await gateway.AskAsync(("X-Forwarded-For", "garbage")));
        Assert.Equal(Refused, await gateway.AskAsync((string?)null));
    }

    [Fact]
    public async Task Whoever_may_not_ask_gets_nothing_but_the_state_of_health_and_no_token_is_looked_at()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer, "--Gateway:Access:Deny=127.0.0.1", "--Gateway:PlanStatistics=On");
        Assert.Equal(Refused, await gateway.AskAsync("no token"));
        foreach (var path in new[] { "/graphql?query={hello}", "/graphql?sdl", "/graphql/schema.graphql", "/query-plans" })
        {
            using var refused = await gateway.Gateway.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, refused.StatusCode));
        }

        using var health = await gateway.Gateway.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public void What_is_no_address_is_told()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [
                KeyValuePair.Create("Access:Allow", (string?)"10.0.0.0/8, 10.0.0.1/8, fe80::1%eth0, 2001:db8::/32"), KeyValuePair.Create("Access:Deny:0", (string?)"127.1"),
                KeyValuePair.Create("Access:TrustedProxies", (string?)"proxy.test"),
            ]).Build();
        var problems = new List<SettingProblem>();
        var options = AccessOptions.Read(new SettingsReader(configuration.GetSection("Access"), problems));
        const string advice = "is neither an address nor a range of them, such as 10.0.0.0/8 or 2001:db8::/32, whose bits after the prefix are 0.";
        Assert.Equal("10.0.0.0/8 2001:db8::/32", string.Join(' ', options.Allow));
        Assert.Equal(
            [
                $"Access:Allow: '10.0.0.1/8' {advice}", $"Access:Allow: 'fe80::1%eth0' {advice}", $"Access:Deny: '127.1' {advice}", $"Access:TrustedProxies: 'proxy.test' {advice}",
            ],
            problems.Select(problem => problem.ToString()));
    }
}
