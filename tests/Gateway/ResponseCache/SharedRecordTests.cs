using System.Text;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>What is written into the shared store, and what is read from it.</summary>
public sealed class SharedRecordTests
{
    [Fact]
    public void A_record_is_read_as_it_was_written_and_nothing_else_is()
    {
        var record = new SharedRecord("epoch", 7, 1, 2, 3, IsPrivate: true, new Operations.CostFigures(5, 6), [("users", "user-1"), ("orders", "größe")], "{\"a\":1}"u8.ToArray());
        var name = "graphgateway:answer:abc"u8.ToArray();
        var bytes = record.Write(name);
        var read = SharedRecord.Read(name, bytes)!;
        Assert.Equal(record with { Tags = [], Body = [] }, read with { Tags = [], Body = [] });
        Assert.Equal(record.Tags.ToArray(), read.Tags.ToArray());
        Assert.Equal(record.Body, read.Body);
        Assert.True(record.Size >= bytes.Length - 8);

        // Whatever was cut off, added or changed: in each place, and in some at random.
        for (var i = 0; i < bytes.Length; i++)
        {
            Assert.Null(SharedRecord.Read(name, bytes.AsSpan(0, i)));
            var other = bytes.ToArray();
            other[i] ^= 1;
            Assert.Null(SharedRecord.Read(name, other));
        }

        Assert.Null(SharedRecord.Read(name, [.. bytes, (byte)' ']));
        var random = new Random(Seed.Value);
        for (var i = 0; i < 5_000; i++)
        {
            var other = bytes[..random.Next(bytes.Length)];
            for (var changes = random.Next(4); changes > 0 && other.Length > 0; changes--)
            {
                other[random.Next(other.Length)] = (byte)random.Next(256);
            }

            Assert.Null(SharedRecord.Read(name, other));
        }
    }

    // What stands under another name is another's answer.
    [Fact]
    public void A_record_is_read_under_its_own_name_only()
    {
        var bytes = new SharedRecord("epoch", 7, 1, 2, 3, IsPrivate: false, null, [], "{}"u8.ToArray()).Write("graphgateway:answer:abc"u8);
        Assert.NotNull(SharedRecord.Read("graphgateway:answer:abc"u8, bytes));
        Assert.Null(SharedRecord.Read("graphgateway:answer:abd"u8, bytes));
        Assert.Null(SharedRecord.Read("graphgateway:answer:ab"u8, bytes));
        Assert.Null(SharedRecord.Read([], bytes));
    }

    [Fact]
    public void What_came_before_the_remembered_ones_counts_as_forgotten()
    {
        var log = new SharedLog("epoch", 0);
        var labels = new KeptLabels(new KeptPart("users") { Tags = ["a"] });
        Assert.False(log.HasMatchSince("epoch", 0, labels));
        Assert.True(log.HasMatchSince("other", 0, labels));
        Assert.True(log.HasMatchSince("epoch", 1, labels));
        log.Add(new Invalidation { Tag = "a" });
        Assert.True(log.HasMatchSince("epoch", 0, labels));
        Assert.False(log.HasMatchSince("epoch", 1, labels));
        for (var i = 0; i < SharedScripts.Remembered; i++)
        {
            log.Add(new Invalidation { Tag = "b" });
        }

        Assert.True(log.HasMatchSince("epoch", 0, labels));
        Assert.False(log.HasMatchSince("epoch", 1, labels));
        log.Add(new Invalidation { Tag = "b" });
        Assert.True(log.HasMatchSince("epoch", 1, labels));
        Assert.False(log.HasMatchSince("epoch", 2, labels));
    }

    [Theory]
    [InlineData("""{"sources":["users"],"type":"User","tag":null,"key":{"id":"1"}}""")]
    [InlineData("""{"sources":[],"type":null,"tag":"user-1"}""")]
    public void An_invalidation_is_read_as_it_was_written(string text) =>
        Assert.Equal(text, Encoding.UTF8.GetString(SharedLog.Write(SharedLog.Read(Encoding.UTF8.GetBytes(text)))));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"sources":[1],"type":null,"tag":null}""")]
    [InlineData("""{"sources":["users"]}""")]
    public void One_that_nobody_can_read_may_have_meant_anything(string? text) =>
        Assert.Equal("""{"sources":[],"type":null,"tag":null}""", Encoding.UTF8.GetString(SharedLog.Write(SharedLog.Read(text is null ? null : Encoding.UTF8.GetBytes(text)))));
}
