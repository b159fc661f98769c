using Xunit;

namespace GraphGateway.Gateway.Tests.Redis;

public sealed class RedisAddressTests
{
    [Theory]
    [InlineData("redis://127.0.0.1", "127.0.0.1 6379 - - 0 plain", "redis://127.0.0.1:6379/0")]
    [InlineData("redis://cache.internal:7000/3", "cache.internal 7000 - - 3 plain", "redis://cache.internal:7000/3")]
    [InlineData("rediss://me:p%40ss%3Aw%2Frd@cache/0", "cache 6379 me p@ss:w/rd 0 tls", "rediss://cache:6379/0")]
    [InlineData("redis://:secret@cache/", "cache 6379 - secret 0 plain", "redis://cache:6379/0")]
    [InlineData("redis://:a:b@cache", "cache 6379 - a:b 0 plain", "redis://cache:6379/0")]
    [InlineData("redis://[::1]:6380/1", "::1 6380 - - 1 plain", "redis://[::1]:6380/1")]
    public void An_address_says_where_and_how(string text, string expected, string shown)
    {
        Assert.True(RedisAddress.TryParse(text, out var address, out _));
        Assert.Equal(expected, $"{address.Host} {address.Port} {address.User ?? "-"} {address.Password ?? "-"} {address.Database} {(address.IsTls ? "tls" : "plain")}");
        Assert.Equal(shown, address.Shown);
    }

    [Theory]
    [InlineData("", "is not an address such as redis://127.0.0.1:6379/0 or rediss://USER:PASSWORD@HOST.")]
    [InlineData("cache:6379", "is not an address such as redis://127.0.0.1:6379/0 or rediss://USER:PASSWORD@HOST.")]
    [InlineData("http://cache", "is not an address such as redis://127.0.0.1:6379/0 or rediss://USER:PASSWORD@HOST.")]
    [InlineData("redis:///0", "is not an address such as redis://127.0.0.1:6379/0 or rediss://USER:PASSWORD@HOST.")]
    [InlineData("redis://cache/one", "names a database that is not a number, such as redis://127.0.0.1:6379/0.")]
    [InlineData("redis://cache/-1", "names a database that is not a number, such as redis://127.0.0.1:6379/0.")]
    [InlineData("redis://cache/1?timeout=1", "has parameters behind the database: there are none.")]
    [InlineData("redis://s3cret@cache", "has a user and no password: write USER:PASSWORD@, or :PASSWORD@ for the default user.")]
    public void What_is_wrong_is_told_without_the_address(string text, string expected)
    {
        Assert.False(RedisAddress.TryParse(text, out _, out var problem));
        Assert.Equal(expected, problem);
    }
}
