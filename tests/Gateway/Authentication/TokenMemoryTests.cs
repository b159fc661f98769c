using System.Collections.Frozen;
using System.Security.Claims;
using System.Text;
using GraphGateway.Http;
using GraphGateway.TestKit;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace GraphGateway.Gateway.Tests.Authentication;

public sealed class TokenMemoryTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly SigningKey key = new(new SymmetricSecurityKey(Encoding.ASCII.GetBytes("a key of a test, long enough for it")), null, "m");

    [Fact]
    public void A_token_is_found_by_all_of_its_bytes_for_its_time()
    {
        var memory = new TokenMemory(10_000, clock);
        var identity = Identity("ada");
        memory.Remember("a.b.c", Remembered(identity, seconds: 60));
        Assert.Same(identity, memory.Find("a.b.c"));
        Assert.Null(memory.Find("a.b.C"));
        Assert.Null(memory.Find("a.b."));
        Assert.Null(memory.Find("a.b.c "));
        clock.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Same(identity, memory.Find("a.b.c"));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(memory.Find("a.b.c"));
    }

    [Fact]
    public void A_token_goes_with_its_key()
    {
        var memory = new TokenMemory(10_000, clock);
        memory.Remember("a.b.c", Remembered(Identity("ada"), seconds: 60));
        key.Remove();
        Assert.Null(memory.Find("a.b.c"));
    }

    [Fact]
    public void It_has_a_bound_and_the_oldest_go_first()
    {
        // 1560 bytes each: ten in each of both generations.
        var memory = new TokenMemory(2 * 15_600, clock);
        for (var i = 0; i < 1_000; i++)
        {
            memory.Remember($"token {i:0000}", Remembered(Identity($"{i}"), seconds: 60));
            Assert.Equal($"{i}", memory.Find($"token {i:0000}")!.Subject);
            Assert.True(memory.Count <= 20);
        }

        Assert.NotNull(memory.Find("token 0989"));
        Assert.Null(memory.Find("token 0979"));
        memory.Remember(new string('x', 2_351), Remembered(Identity("large"), seconds: 60));
        Assert.Null(memory.Find(new string('x', 2_351)));
    }

    // A client that gets tokens with as many scopes or claims as it likes must not take more memory than others.
    [Theory]
    [InlineData(0, 0, 3_024)]
    [InlineData(1_000, 0, 3_024 + (1_000 * 2 * (72 + 8)))]
    [InlineData(0, 1_000, 3_024 + (1_000 * 2 * (200 + 16)))]
    public void What_is_known_of_a_token_counts(int scopes, int claims, int bytes)
    {
        var identity = new ClientIdentity
        {
            Kind = ClientKind.Token,
            Scopes = Enumerable.Range(0, scopes).Select(i => $"{i:0000}").ToFrozenSet(),
            Claims = new ClaimsPrincipal(new ClaimsIdentity(Enumerable.Range(0, claims).Select(i => new Claim("name", $"{i:0000}")))),
        };
        foreach (var (room, isThere) in new[] { (bytes - 1, false), (bytes, true) })
        {
            var memory = new TokenMemory(room, clock);
            memory.Remember("ab", Remembered(identity, seconds: 60));
            Assert.Equal(isThere, memory.Find("ab") is not null);
        }
    }

    [Fact]
    public void Nothing_is_remembered_where_there_is_no_room()
    {
        var memory = new TokenMemory(0, clock);
        memory.Remember("a.b.c", Remembered(Identity("ada"), seconds: 60));
        Assert.Null(memory.Find("a.b.c"));
    }

    [Fact]
    public void To_find_it_allocates_nothing()
    {
        var memory = new TokenMemory(10_000, clock);
        memory.Remember("a.b.c", Remembered(Identity("ada"), seconds: 60));
        memory.Find("a.b.c");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            memory.Find("a.b.c");
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ClientIdentity Identity(string subject) => new() { Kind = ClientKind.Token, Subject = subject, Issuer = "issuer" };

    private RememberedToken Remembered(ClientIdentity identity, int seconds) => new(identity, key, clock.GetTimestamp() + (seconds * clock.TimestampFrequency));
}
