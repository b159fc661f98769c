using System.Net;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Gateway.Tests.Deduplication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Identity;

/// <summary>Requests that are on the way at the same time, where sources are told who asks: one client's are shared, those of two never.</summary>
public sealed class IdentitySharingTests : IDisposable
{
    private const string ClientRequests = "--Gateway:Deduplication:ClientRequests=On";

    private readonly FakeTimeProvider clock = new();
    private readonly IdentityKeyFile key = new();

    public void Dispose() => key.Dispose();

    [Theory]
    [InlineData("Sign=On", "")]
    [InlineData("Forward=On", "")]
    [InlineData("Claims:X-User-Id=sub", "")]
    [InlineData("Sign=On", ClientRequests)]
    [InlineData("Sign=Off", ClientRequests)]
    public async Task Two_clients_get_their_own_answers(string identity, string setting)
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await StartAsync(source, issuer, identity, setting);
        // With nothing told, a source cannot tell them apart: the same answer is right for both.
        var isTold = identity != "Sign=Off";
        var ada = IdentityAttackTests.AskAsync(gateway, issuer.Token(clock.GetUtcNow()));
        var askedByAda = await source.AskedAsync();
        using var shared = new SharedRequests(gateway);
        var bob = IdentityAttackTests.AskAsync(gateway, issuer.Token(clock.GetUtcNow(), payload: """{"sub":"bob"}"""));
        if (!isTold)
        {
            Assert.Equal("source users", await shared.NextAsync());
        }

        var askedByBob = isTold ? await source.AskedAsync() : null;
        askedByBob?.Answer("""{"data":{"hello":"for bob"}}""");
        askedByAda.Answer("""{"data":{"hello":"for ada"}}""");
        Assert.Equal((HttpStatusCode.OK, """{"data":{"hello":"for ada"}}"""), await ada);
        Assert.Equal((HttpStatusCode.OK, isTold ? """{"data":{"hello":"for bob"}}""" : """{"data":{"hello":"for ada"}}"""), await bob);
    }

    [Theory]
    [InlineData("Sign=On", "")]
    [InlineData("Forward=On", "")]
    [InlineData("Claims:X-User-Id=sub", "")]
    public async Task One_clients_equal_requests_are_asked_once(string identity, string setting)
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await StartAsync(source, issuer, identity, setting);
        using var shared = new SharedRequests(gateway);
        var token = issuer.Token(clock.GetUtcNow());
        var first = IdentityAttackTests.AskAsync(gateway, token);
        var asked = await source.AskedAsync();
        var second = IdentityAttackTests.AskAsync(gateway, token);
        Assert.Equal("source users", await shared.NextAsync());
        asked.Answer("""{"data":{"hello":"you"}}""");
        Assert.Equal(await first, await second);
        Assert.Single(source.Source.Requests);
    }

    [Fact]
    public async Task An_anonymous_client_does_not_join_one_that_is_known()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await StartAsync(source, issuer, "Claims:X-User-Id=sub", "");
        var ada = IdentityAttackTests.AskAsync(gateway, issuer.Token(clock.GetUtcNow()));
        var askedByAda = await source.AskedAsync();
        var nobody = IdentityAttackTests.AskAsync(gateway, null, ("X-User-Id", "ada"));
        (await source.AskedAsync()).Answer("""{"data":{"hello":"for nobody"}}""");
        askedByAda.Answer("""{"data":{"hello":"for ada"}}""");
        Assert.Equal("""{"data":{"hello":"for nobody"}}""", (await nobody).Body);
        Assert.Equal("""{"data":{"hello":"for ada"}}""", (await ada).Body);
    }

    private Task<RunningGateway> StartAsync(HeldSource source, FakeIssuer issuer, string identity, string setting) => RunningGateway.StartAsync(
        source.Source,
        [
            $"--Gateway:Identity:KeyFiles={key.File}", $"--Gateway:Identity:{identity}", .. IdentityAttackTests.Issuer(issuer), .. setting.Length == 0 ? Array.Empty<string>() : [setting],
        ],
        clock);
}
