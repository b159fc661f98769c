using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GraphGateway.Operations;

namespace GraphGateway.Gateway;

/// <summary>
/// An answer, or an entity, as it stands in the shared store. Times are milliseconds on the store's clock. With it stands a sum over all of it and its name: what was
/// changed there, cut off, or put under another name is read by nobody.
/// </summary>
/// <param name="Epoch">In which it was written.</param>
/// <param name="Since">How many invalidations were known when its sources were asked: the later ones count for it.</param>
/// <param name="MadeAt">When it was written.</param>
/// <param name="FreshUntil">Until when it holds.</param>
/// <param name="StaleUntil">Until when it may be given while another one is made.</param>
/// <param name="IsPrivate">For one client alone; its name says for which.</param>
/// <param name="Cost">What an answer came to; null where nobody has counted it, and for entities.</param>
/// <param name="Tags">What its sources want it to be forgotten by: the source, and a tag.</param>
/// <param name="Body">Its JSON.</param>
internal sealed record SharedRecord(
    string Epoch, long Since, long MadeAt, long FreshUntil, long StaleUntil, bool IsPrivate, CostFigures? Cost, ImmutableArray<(string Source, string Tag)> Tags, byte[] Body)
{
    // Another one whenever the form changes: a replica of another version reads nothing of it.
    private const byte Version = 3;

    private const byte PrivateFlag = 1;
    private const byte CostFlag = 2;
    private const byte CompressedFlag = 4;

    // Of SHA-256: as much as no chance meets. It is no proof of who wrote it.
    private const int SumBytes = 16;
    private const int HeadBytes = 1 + SumBytes;
    private const int FixedBytes = HeadBytes + 1 + (6 * sizeof(long)) + (2 * sizeof(int));

    /// <summary>Bytes of it, about, where it is not compressed.</summary>
    public int Size => Body.Length + Tags.Sum(static tag => 2 * (tag.Source.Length + tag.Tag.Length)) + FixedBytes;

    /// <summary>The bytes that are stored.</summary>
    /// <param name="name">The name under which they are.</param>
    public byte[] Write(ReadOnlySpan<byte> name)
    {
        var texts = Tags.SelectMany(static tag => (string[])[tag.Source, tag.Tag]).Prepend(Epoch).Select(Encoding.UTF8.GetBytes).ToList();
        var compressed = SharedBody.Compress(Body);
        var body = compressed ?? Body;
        var bytes = new byte[FixedBytes + texts.Sum(static text => sizeof(int) + text.Length) + body.Length];
        (bytes[0], bytes[HeadBytes]) = (Version, (byte)((IsPrivate ? PrivateFlag : 0) | (Cost is null ? 0 : CostFlag) | (compressed is null ? 0 : CompressedFlag)));
        var rest = bytes.AsSpan(HeadBytes + 1);
        foreach (var number in (ReadOnlySpan<long>)[Since, MadeAt, FreshUntil, StaleUntil, Cost?.FieldThousandths ?? 0, Cost?.TypeThousandths ?? 0])
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, number);
            rest = rest[sizeof(long)..];
        }

        BinaryPrimitives.WriteInt32LittleEndian(rest, Body.Length);
        BinaryPrimitives.WriteInt32LittleEndian(rest[sizeof(int)..], Tags.Length);
        rest = rest[(2 * sizeof(int))..];
        foreach (var text in texts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, text.Length);
            text.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + text.Length)..];
        }

        body.CopyTo(rest);
        WriteSum(name, bytes.AsSpan(HeadBytes), bytes.AsSpan(1, SumBytes));
        return bytes;
    }

    /// <summary>Reads what <see cref="Write"/> has written under the name; null for anything else.</summary>
    /// <param name="name">The name.</param>
    /// <param name="bytes">What is there.</param>
    public static SharedRecord? Read(ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedBytes || bytes[0] != Version || bytes[HeadBytes] > (PrivateFlag | CostFlag | CompressedFlag))
        {
            return null;
        }

        Span<byte> sum = stackalloc byte[SumBytes];
        WriteSum(name, bytes[HeadBytes..], sum);
        if (!sum.SequenceEqual(bytes.Slice(1, SumBytes)))
        {
            return null;
        }

        var flags = bytes[HeadBytes];
        var rest = bytes[(HeadBytes + 1)..];
        Span<long> numbers = stackalloc long[6];
        foreach (ref var number in numbers)
        {
            number = BinaryPrimitives.ReadInt64LittleEndian(rest);
            rest = rest[sizeof(long)..];
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        var count = BinaryPrimitives.ReadInt32LittleEndian(rest[sizeof(int)..]);
        rest = rest[(2 * sizeof(int))..];
        if (count is < 0 or > SourceTags.Most * 2 || Text(ref rest) is not { } epoch)
        {
            return null;
        }

        var tags = ImmutableArray.CreateBuilder<(string Source, string Tag)>();
        for (var i = 0; i < count; i++)
        {
            if (Text(ref rest) is not { } source || Text(ref rest) is not { } tag)
            {
                return null;
            }

            tags.Add((source, tag));
        }

        var body = (flags & CompressedFlag) != 0 ? SharedBody.Decompress(rest, length) : length == rest.Length ? rest.ToArray() : null;
        return body is not [(byte)'{', ..] ? null : new SharedRecord(
            epoch, numbers[0], numbers[1], numbers[2], numbers[3], (flags & PrivateFlag) != 0, (flags & CostFlag) != 0 ? new CostFigures(numbers[4], numbers[5]) : null, tags.ToImmutable(), body);
    }

    // PERF: of what may be large once, and of that and the name once more, so that neither is copied.
    private static void WriteSum(ReadOnlySpan<byte> name, ReadOnlySpan<byte> rest, Span<byte> sum)
    {
        Span<byte> hashes = stackalloc byte[SHA256.HashSizeInBytes * 2];
        SHA256.HashData(rest, hashes);
        SHA256.HashData(name, hashes[SHA256.HashSizeInBytes..]);
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(hashes, whole);
        whole[..SumBytes].CopyTo(sum);
    }

    private static string? Text(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(rest) is var length && (length < 0 || length > rest.Length - sizeof(int)))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(rest.Slice(sizeof(int), length));
        rest = rest[(sizeof(int) + length)..];
        return text;
    }
}
