using System.Text;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>What is written into the shared store, and what is read from it.</summary>
public sealed class SharedRecordTests
{
    // After the version and the sum.
    private const int Flags = 17;

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

    [Theory]
    [InlineData(1_023, false)]
    [InlineData(1_024, true)]
    [InlineData(512 * 1024, true)]
    public void A_large_body_is_stored_compressed_and_read_as_it_was(int length, bool isCompressed)
    {
        var record = RecordOf(Json(length));
        var bytes = record.Write("name"u8);
        Assert.Equal(isCompressed, bytes.Length < length / 2);
        Assert.Equal(isCompressed ? 4 : 0, bytes[Flags]);
        Assert.Equal(record.Body, SharedRecord.Read("name"u8, bytes)!.Body);
        for (var i = 0; i < bytes.Length; i += Math.Max(1, bytes.Length / 300))
        {
            Assert.Null(SharedRecord.Read("name"u8, bytes.AsSpan(0, i)));
            var other = bytes.ToArray();
            other[i] ^= 1;
            Assert.Null(SharedRecord.Read("name"u8, other));
        }
    }

    // What is a secret, or compressed already, has nothing that repeats.
    [Fact]
    public void What_compressing_makes_no_smaller_is_stored_as_it_is()
    {
        var body = new byte[4_096];
        new Random(Seed.Value).NextBytes(body);
        body[0] = (byte)'{';
        var bytes = RecordOf(body).Write("name"u8);
        Assert.Equal((0, true), (bytes[Flags], bytes.AsSpan().EndsWith(body)));
        Assert.Equal(body, SharedRecord.Read("name"u8, bytes)!.Body);
    }

    // So that what a reply of the store takes in memory has a bound.
    [Fact]
    public void What_would_become_very_much_more_is_stored_as_it_is()
    {
        var body = Encoding.ASCII.GetBytes($"{{\"a\":\"{new string('a', 200_000)}\"}}");
        var bytes = RecordOf(body).Write("name"u8);
        Assert.Equal((0, true), (bytes[Flags], bytes.AsSpan().EndsWith(body)));
        Assert.Equal(body, SharedRecord.Read("name"u8, bytes)!.Body);
    }

    // Whoever can write there can make the sum, too: what it takes in memory is bounded all the same.
    [Theory]
    [InlineData(200_000, 0)]
    [InlineData(1_000_000, 0)]
    [InlineData(int.MaxValue, 0)]
    [InlineData(-1, 0)]
    [InlineData(2_047, 2_048)]
    [InlineData(2_049, 2_048)]
    public void A_body_that_is_not_what_it_says_is_read_by_nobody(int said, int length)
    {
        var body = length == 0 ? Encoding.ASCII.GetBytes($"{{\"a\":\"{new string('a', 2_000_000)}\"}}") : Json(length);
        var compressed = new byte[body.Length];
        Assert.True(System.IO.Compression.BrotliEncoder.TryCompress(body, compressed, out var written, 5, 22));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(SharedBody.Decompress(compressed.AsSpan(0, written), said));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        Assert.Equal(length == 0 ? null : body, SharedBody.Decompress(compressed.AsSpan(0, written), body.Length));
        Assert.Null(SharedBody.Decompress([.. compressed[..written], 0], body.Length));
    }

    [Fact]
    public void What_was_written_by_the_form_before_is_a_miss()
    {
        var bytes = RecordOf(Json(2_048)).Write("name"u8);
        Assert.Equal(3, bytes[0]);
        bytes[0] = 2;
        Assert.Null(SharedRecord.Read("name"u8, bytes));
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

    private static SharedRecord RecordOf(byte[] body) => new("epoch", 7, 1, 2, 3, IsPrivate: false, null, [], body);

    // As entities are: the same names again and again, with values that differ.
    private static byte[] Json(int length)
    {
        var random = new Random(Seed.Value);
        var text = new StringBuilder("{\"orders\":[");
        while (text.Length < length - 90)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"id\":\"{random.Next()}\",\"state\":\"SHIPPED\",\"price\":{random.Next(10_000)}}},");
        }

        text.Append("0]");
        return Encoding.ASCII.GetBytes(text.Append(' ', length - 1 - text.Length).Append('}').ToString());
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
