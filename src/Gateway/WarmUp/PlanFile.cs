using System.Buffers.Binary;
using System.Security.Cryptography;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>
/// Plans of one graph in a file, each with what it was made for, as <see cref="GraphGateway.Planning.PlanStorage"/> writes it. The layout: 8 bytes that say what it is, the
/// identity of the graph and the planner (32 bytes), the number of plans, of each the length of its key, the key, its own length and the plan, and SHA-256 of all
/// before it. Numbers are of 4 bytes, the lowest first.
/// </summary>
internal static class PlanFile
{
    /// <summary>Bytes of a file at most.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private const int IdentityBytes = SHA256.HashSizeInBytes;
    private const int HeadBytes = 8 + IdentityBytes + sizeof(int);

    private static ReadOnlySpan<byte> Magic => "GGPLANS1"u8;

    /// <summary>The plans by their keys, in the memory of the file.</summary>
    /// <param name="file">What is in the file.</param>
    /// <param name="identity">That of the graph and the planner.</param>
    /// <exception cref="InvalidDataException">It is none of ours, of another graph or another version, or damaged.</exception>
    public static Dictionary<byte[], ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> file, ReadOnlySpan<byte> identity)
    {
        var bytes = file.Span;
        if (bytes.Length < HeadBytes + SHA256.HashSizeInBytes || !bytes.StartsWith(Magic))
        {
            throw new InvalidDataException("it is no file of plans of this version.");
        }

        var end = bytes.Length - SHA256.HashSizeInBytes;
        if (!SHA256.HashData(bytes[..end]).AsSpan().SequenceEqual(bytes[end..]))
        {
            throw new InvalidDataException("it is damaged.");
        }

        if (!bytes.Slice(Magic.Length, IdentityBytes).SequenceEqual(identity))
        {
            throw new InvalidDataException("its plans are of another graph or another version of the gateway.");
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[(HeadBytes - sizeof(int))..]);
        var rest = file[HeadBytes..end];
        var plans = new Dictionary<byte[], ReadOnlyMemory<byte>>(BytesComparer.Instance);
        for (var i = 0; i < count; i++)
        {
            var key = Next(ref rest);
            if (!plans.TryAdd(key.ToArray(), Next(ref rest)))
            {
                throw new InvalidDataException("it has two plans for one operation.");
            }
        }

        return rest.IsEmpty && count >= 0 ? plans : throw new InvalidDataException("it has more than its plans.");
    }

    /// <summary>What is to be in the file; plans beyond <see cref="MaxBytes"/> are left out.</summary>
    /// <param name="identity">That of the graph and the planner.</param>
    /// <param name="plans">The plans with their keys, the most wanted first; of two with the same key the first counts.</param>
    public static byte[] Write(ReadOnlySpan<byte> identity, IEnumerable<(byte[] Key, byte[] Plan)> plans)
    {
        var length = HeadBytes + SHA256.HashSizeInBytes;
        var kept = new List<(byte[] Key, byte[] Plan)>();
        foreach (var plan in plans.DistinctBy(static plan => plan.Key, BytesComparer.Instance))
        {
            var more = (2L * sizeof(int)) + plan.Key.Length + plan.Plan.Length;
            if (length + more > MaxBytes)
            {
                break;
            }

            length += (int)more;
            kept.Add(plan);
        }

        var file = new byte[length];
        var rest = file.AsSpan();
        Append(ref rest, Magic);
        Append(ref rest, identity);
        Append(ref rest, kept.Count);
        foreach (var (key, plan) in kept)
        {
            Append(ref rest, key.Length);
            Append(ref rest, key);
            Append(ref rest, plan.Length);
            Append(ref rest, plan);
        }

        SHA256.HashData(file.AsSpan(0, length - SHA256.HashSizeInBytes), rest);
        return file;
    }

    private static ReadOnlyMemory<byte> Next(ref ReadOnlyMemory<byte> rest)
    {
        var length = rest.Length >= sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(rest.Span) : -1;
        if (length < 0 || length > rest.Length - sizeof(int))
        {
            throw new InvalidDataException("its plans are cut off.");
        }

        var next = rest.Slice(sizeof(int), length);
        rest = rest[(sizeof(int) + length)..];
        return next;
    }

    private static void Append(ref Span<byte> rest, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(rest, number);
        rest = rest[sizeof(int)..];
    }

    private static void Append(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }

    // By every byte: a key that only hashes alike is another one.
    private sealed class BytesComparer : IEqualityComparer<byte[]>
    {
        public static BytesComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => ByteHash.Of(obj).GetHashCode();
    }
}
