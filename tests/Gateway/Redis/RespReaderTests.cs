using System.Text;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Redis;

/// <summary>RESP2, whole and in pieces, and what is none of it.</summary>
public sealed class RespReaderTests
{
    [Theory]
    [InlineData("+OK\r\n", "Simple OK")]
    [InlineData("+\r\n", "Simple ")]
    [InlineData("-WRONGPASS no\r\n", "Error WRONGPASS no")]
    [InlineData(":-42\r\n", "Integer -42")]
    [InlineData(":9223372036854775807\r\n", "Integer 9223372036854775807")]
    [InlineData("$5\r\na\r\nbc\r\n", "Bulk a\r\nbc")]
    [InlineData("$0\r\n\r\n", "Bulk ")]
    [InlineData("$-1\r\n", "Null")]
    [InlineData("*-1\r\n", "Null")]
    [InlineData("*0\r\n", "[]")]
    [InlineData("*3\r\n:1\r\n$1\r\nx\r\n*1\r\n+y\r\n", "[Integer 1, Bulk x, [Simple y]]")]
    public void A_reply_is_read_when_its_last_byte_has_come(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(new RespReader(bytes.AsSpan(0, length)).Next());
        }

        var reader = new RespReader(Encoding.UTF8.GetBytes(text + "+next\r\n"));
        Assert.Equal(expected, Describe(reader.Next()!));
        Assert.Equal(bytes.Length, reader.Position);
        Assert.Equal("Simple next", Describe(reader.Next()!));
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "What answers is not a Redis server: a reply has an unknown type.")]
    [InlineData("\r\n", "What answers is not a Redis server: a reply is empty.")]
    [InlineData(":x\r\n", "What answers is not a Redis server: a reply has no number where one belongs.")]
    [InlineData(":1x\r\n", "What answers is not a Redis server: a reply has no number where one belongs.")]
    [InlineData(":99999999999999999999\r\n", "What answers is not a Redis server: a reply has no number where one belongs.")]
    [InlineData("$2\r\nabc\r\n", "What answers is not a Redis server: a reply is longer than it says.")]
    [InlineData("$-2\r\n", "A reply has -2 bytes: more than 1048576 are not read.")]
    [InlineData("$1048577\r\n", "A reply has 1048577 bytes: more than 1048576 are not read.")]
    [InlineData("*1025\r\n", "A reply has 1025 values in 0 others: that is not read.")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n", "A reply has 1 values in 4 others: that is not read.")]
    public void What_is_no_reply_or_too_large_is_told_at_once(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(expected, Assert.Throws<RedisConnectionException>(() => new RespReader(bytes).Next()).Message);
    }

    [Fact]
    public void A_line_that_does_not_end_is_not_waited_for()
    {
        var bytes = Encoding.UTF8.GetBytes("+" + new string('x', 20_000));
        Assert.Equal("A line of a reply has more than 16384 bytes.", Assert.Throws<RedisConnectionException>(() => new RespReader(bytes).Next()).Message);
    }

    [Fact]
    public void Random_bytes_end_as_a_reply_or_an_error()
    {
        var random = new Random(Seed.Value);
        var alphabet = "+-:$*0123456789\r\n\r\n\r\nx"u8.ToArray();
        for (var i = 0; i < Nightly.Cases(50_000, 1_000_000); i++)
        {
            var bytes = random.GetItems(alphabet, random.Next(30));
            try
            {
                var reader = new RespReader(bytes);
                Assert.True(reader.Next() is null || reader.Position <= bytes.Length);
            }
            catch (RedisConnectionException)
            {
                // Told.
            }
        }
    }

    private static string Describe(RespValue value) => value.Kind switch
    {
        RespKind.Null => "Null",
        RespKind.Array => $"[{string.Join(", ", value.Items!.Select(Describe))}]",
        RespKind.Integer => $"Integer {value.Integer}",
        _ => $"{value.Kind} {value.Text}",
    };
}
