using System.Collections.Frozen;
using System.Net;
using System.Security.Claims;
using GraphGateway.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>Who pays.</summary>
public sealed class ConsumerNamesTests
{
    private static readonly ClientIdentity Key = ClientIdentity.OfApiKey("0123", "web", "gold", FrozenSet<string>.Empty, null);

    [Theory]
    [InlineData("Client, Subject, Address", "account web", "client https://a web", "address 192.0.2.1")]
    [InlineData("Key, Address", "key 0123", "address 192.0.2.1", "address 192.0.2.1")]
    [InlineData("Subject", "key 0123", "subject https://a ada", "unknown")]
    [InlineData("Claim:tenant, Client", "account web", "claim tenant https://a shop", "unknown")]
    [InlineData("Claim:nothing, Claim:empty, claim:tenant", "unknown", "claim tenant https://a shop", "unknown")]
    [InlineData("Address, Client", "address 192.0.2.1", "address 192.0.2.1", "address 192.0.2.1")]
    public void The_first_way_that_a_request_has_tells_who_pays(string rules, string ofKey, string ofToken, string ofNobody)
    {
        var names = Names(rules);
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.1");
        Assert.Equal(ofKey, names.Of(context, Key));
        Assert.Equal(ofToken, names.Of(context, Token("https://a")));
        Assert.Equal(ofNobody, names.Of(context, ClientIdentity.Anonymous));
    }

    [Fact]
    public void The_same_name_of_another_issuer_is_somebody_else() =>
        Assert.NotEqual(Names("Client").Of(new DefaultHttpContext(), Token("https://a")), Names("Client").Of(new DefaultHttpContext(), Token("https://b")));

    [Theory]
    [InlineData("2001:db8:1:2:3:4:5:6", "address 2001:db8:1:2::/64")]
    [InlineData("::ffff:192.0.2.1", "address 192.0.2.1")]
    [InlineData(null, "unknown")]
    public void Who_has_a_network_of_addresses_is_one(string? address, string name)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        Assert.Equal(name, Names("Address").Of(context, ClientIdentity.Anonymous));
    }

    private static ConsumerNames Names(string rules) =>
        new(RateLimitOptionsTests.Options($"Consumer={rules}").Consumer, []);

    private static ClientIdentity Token(string issuer) => new()
    {
        Kind = ClientKind.Token,
        Subject = "ada",
        Issuer = issuer,
        Consumer = "web",
        Claims = new ClaimsPrincipal(new ClaimsIdentity([new Claim("tenant", "shop"), new Claim("empty", "")])),
    };
}
