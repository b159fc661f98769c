using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using GraphGateway.Operations;

namespace GraphGateway.Gateway;

/// <summary>An answer, or an entity, as it stands in the shared store. Times are milliseconds on the store's clock.</summary>
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
    private const byte Version = 1;
    private const int FixedBytes = 1 + 1 + (6 * sizeof(long)) + sizeof(int);

    /// <summary>Bytes of it, about.</summary>
    public int Size => Body.Length + Tags.Sum(static tag => 2 * (tag.Source.Length + tag.Tag.Length)) + FixedBytes;

    /// <summary>The bytes that are stored.</summary>
    public byte[] Write()
    {
        var texts = Tags.SelectMany(static tag => (string[])[tag.Source, tag.Tag]).Prepend(Epoch).Select(Encoding.UTF8.GetBytes).ToList();
        var bytes = new byte[FixedBytes + texts.Sum(static text => sizeof(int) + text.Length) + Body.Length];
        (bytes[0], bytes[1]) = (Version, (byte)((IsPrivate ? 1 : 0) | (Cost is null ? 0 : 2)));
        var rest = bytes.AsSpan(2);
        foreach (var number in (ReadOnlySpan<long>)[Since, MadeAt, FreshUntil, StaleUntil, Cost?.FieldThousandths ?? 0, Cost?.TypeThousandths ?? 0])
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, number);
            rest = rest[sizeof(long)..];
        }

        BinaryPrimitives.WriteInt32LittleEndian(rest, Tags.Length);
        rest = rest[sizeof(int)..];
        foreach (var text in texts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, text.Length);
            text.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + text.Length)..];
        }

        Body.CopyTo(rest);
        return bytes;
    }

    /// <summary>Reads what <see cref="Write"/> has written; null for anything else.</summary>
    public static SharedRecord? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedBytes || bytes[0] != Version || bytes[1] > 3)
        {
            return null;
        }

        var flags = bytes[1];
        var rest = bytes[2..];
        Span<long> numbers = stackalloc long[6];
        foreach (ref var number in numbers)
        {
            number = BinaryPrimitives.ReadInt64LittleEndian(rest);
            rest = rest[sizeof(long)..];
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[sizeof(int)..];
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

        return rest.IsEmpty || rest[0] != (byte)'{' ? null : new SharedRecord(
            epoch, numbers[0], numbers[1], numbers[2], numbers[3], (flags & 1) != 0, (flags & 2) != 0 ? new CostFigures(numbers[4], numbers[5]) : null, tags.ToImmutable(), rest.ToArray());
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
