using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Xunit;

namespace GraphGateway.Http.Tests;

/// <summary>
/// Bodies that were cut, changed or lengthened on the way: nothing of that is read as if it were whole. However the bytes come, in one piece or one by one.
/// </summary>
public sealed class CodingDamageTests
{
    private const string Whole = "whole";
    private const string Broken = "broken";

    private static readonly byte[] Text = Encoding.UTF8.GetBytes("""{"data":{"hello":"you, you and you"}}""");

    public static TheoryData<string, int> Codings { get; } = new()
    {
        { "gzip", int.MaxValue }, { "gzip", 1 }, { "br", int.MaxValue }, { "br", 1 }, { "deflate", int.MaxValue }, { "deflate", 1 },
    };

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task A_body_that_is_cut_anywhere_is_broken(string coding, int piece)
    {
        var bytes = Compress(coding, Text);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal((length, Broken), (length, await ReadAsync(coding, bytes[..length], piece, Text)));
        }

        Assert.Equal(Whole, await ReadAsync(coding, bytes, piece, Text));
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task Bytes_behind_the_end_are_broken(string coding, int piece)
    {
        var bytes = Compress(coding, Text);
        byte[][] more = [[0], [0x1F], [0x1F, 0x8B], [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], "\n"u8.ToArray(), bytes[^8..], [.. bytes[^8..], .. bytes[^8..]], new byte[40_000]];
        foreach (var behind in more)
        {
            Assert.Equal((behind.Length, Broken), (behind.Length, await ReadAsync(coding, [.. bytes, .. behind], piece, Text)));
        }
    }

    // RFC 1952, 2.3.1, and RFC 1950, 2.2. br has neither.
    [Theory]
    [InlineData("gzip", 8)]
    [InlineData("deflate", 4)]
    public async Task A_checksum_or_a_length_that_is_wrong_is_broken(string coding, int trailer)
    {
        var bytes = Compress(coding, Text);
        for (var bit = 0; bit < trailer * 8; bit++)
        {
            var changed = bytes.ToArray();
            changed[changed.Length - trailer + bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Equal((bit, Broken), (bit, await ReadAsync(coding, changed, int.MaxValue, Text)));
        }
    }

    // Sizes around those of windows and pieces; what cannot be compressed, and what can.
    [Theory]
    [MemberData(nameof(Codings))]
    public async Task What_is_whole_is_read_whatever_its_size(string coding, int piece)
    {
        var random = new Random(8_000);
        foreach (var length in (int[])[0, 1, 7, 8, 9, 4_085, 4_096, 4_097, 8_191, 8_192, 8_193, 16_380, 16_384, 16_400, 100_000, 300_000])
        {
            var text = new byte[length];
            random.NextBytes(text);
            Assert.Equal((length, Whole), (length, await ReadAsync(coding, Compress(coding, text), piece, text)));
            Array.Fill(text, (byte)' ');
            Assert.Equal((length, Whole), (length, await ReadAsync(coding, Compress(coding, text), piece, text)));
        }
    }

    // RFC 1952, 2.2: a file is a series of members.
    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(int.MaxValue)]
    public async Task Gzip_may_have_several_members(int piece)
    {
        var random = new Random(9_000);
        var (texts, members) = (new List<byte>(), new List<byte>());
        for (var i = 0; i < 40; i++)
        {
            var text = new byte[random.Next(0, 6_000)];
            random.NextBytes(text);
            texts.AddRange(text);
            members.AddRange(Compress("gzip", text));
        }

        Assert.Equal(Whole, await ReadAsync("gzip", [.. members], piece, [.. texts]));
        Assert.Equal(Broken, await ReadAsync("gzip", [.. members.SkipLast(1)], piece, [.. texts]));
        Assert.Equal(Broken, await ReadAsync("gzip", [.. members, 0x1F], piece, [.. texts]));
    }

    // RFC 1952, 2.3: FTEXT 1, FHCRC 2, FEXTRA 4, FNAME 8, FCOMMENT 16.
    [Theory]
    [InlineData(0b11111, Whole)]
    [InlineData(0b01000, Whole)]
    [InlineData(0b10000, Whole)]
    [InlineData(0b00100, Whole)]
    [InlineData(0b00010, Whole)]
    [InlineData(0b100000, Broken)]
    public async Task The_head_of_gzip_may_have_what_the_format_allows(byte flags, string expected)
    {
        var bytes = Compress("gzip", Text);
        var head = bytes[..10].ToList();
        head[3] = flags;
        if ((flags & 4) != 0)
        {
            var size = new byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(size, 300);
            head.AddRange([.. size, .. new byte[300]]);
        }

        head.AddRange((flags & 8) != 0 ? "name\0"u8.ToArray() : []);
        head.AddRange((flags & 16) != 0 ? "a comment\0"u8.ToArray() : []);
        head.AddRange((flags & 2) != 0 ? "xx"u8.ToArray() : []);
        Assert.Equal(expected, await ReadAsync("gzip", [.. head, .. bytes[10..]], int.MaxValue, Text));
        Assert.Equal(Broken, await ReadAsync("gzip", [.. head[..^1]], int.MaxValue, Text));
    }

    private static async Task<string> ReadAsync(string coding, byte[] bytes, int piece, byte[] expected)
    {
        await using var stream = ContentCoding.Decode(coding, new Pieces(bytes, piece), int.MaxValue)!;
        using var read = new MemoryStream();
        try
        {
            await stream.CopyToAsync(read);
            return read.ToArray().AsSpan().SequenceEqual(expected) ? Whole : "something else";
        }
        catch (Exception exception) when (ContentCoding.IsBroken(exception))
        {
            return Broken;
        }
    }

    private static byte[] Compress(string coding, byte[] bytes)
    {
        using var output = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(output, CompressionLevel.Fastest),
            "br" => new BrotliStream(output, CompressionLevel.Fastest),
            _ => new ZLibStream(output, CompressionLevel.Fastest),
        })
        {
            stream.Write(bytes);
        }

        // The runtime writes nothing at all for an empty text.
        return output.ToArray() is { Length: > 0 } compressed ? compressed : coding switch
        {
            "gzip" => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            "br" => [0x3B],
            _ => [0x78, 0x9C, 3, 0, 0, 0, 0, 1],
        };
    }

    /// <summary>Bytes that come in pieces of at most so many.</summary>
    private sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
    }
}
