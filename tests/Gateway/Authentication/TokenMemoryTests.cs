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
        var memory = new TokenMemory(1_000, clock);
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
        var memory = new TokenMemory(1_000, clock);
        memory.Remember("a.b.c", Remembered(Identity("ada"), seconds: 60));
        key.Remove();
        Assert.Null(memory.Find("a.b.c"));
    }

    [Fact]
    public void It_has_a_bound_and_the_oldest_go_first()
    {
        var memory = new TokenMemory(400, clock);
        for (var i = 0; i < 1_000; i++)
        {
            // 20 bytes each: at most ten in each of both generations.
            memory.Remember($"token {i:0000}", Remembered(Identity($"{i}"), seconds: 60));
            Assert.Equal($"{i}", memory.Find($"token {i:0000}")!.Subject);
            Assert.True(memory.Count <= 20);
        }

        Assert.NotNull(memory.Find("token 0989"));
        Assert.Null(memory.Find("token 0979"));
        memory.Remember(new string('x', 101), Remembered(Identity("large"), seconds: 60));
        Assert.Null(memory.Find(new string('x', 101)));
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
        var memory = new TokenMemory(1_000, clock);
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
