using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using GraphGateway.Execution;
using GraphGateway.Http;
using Microsoft.Extensions.Primitives;

namespace GraphGateway.Gateway;

/// <summary>
/// All that makes a request what it is: its content, the client's headers that sources get, those by which they are told who asks, and who asks, where its
/// answer may depend on that. Compared byte for byte, since taking two for
/// equal that are not would give one client's data to another.
/// </summary>
internal readonly struct FlightKey : IEquatable<FlightKey>
{
    private readonly byte[] bytes;
    private readonly int start;
    private readonly int length;
    private readonly int contentLength;
    private readonly long client;
    private readonly ulong hash;

    private FlightKey(byte[] bytes, int start, int length, int contentLength, long client, ulong hash) =>
        (this.bytes, this.start, this.length, this.contentLength, this.client, this.hash) = (bytes, start, length, contentLength, client, hash);

    /// <summary>The request's content.</summary>
    public ReadOnlyMemory<byte> Content => bytes.AsMemory(start, contentLength);

    /// <summary>All bytes that are compared: the content, and what stands behind it.</summary>
    public ReadOnlySpan<byte> All => Span;

    private ReadOnlySpan<byte> Span => bytes.AsSpan(start, length);

    /// <summary>A key that is content alone, among others in bytes of the caller's: it is not released, and holds for as long as they do.</summary>
    public static FlightKey Within(byte[] bytes, int start, int length) => new(bytes, start, length, length, client: 0, ByteHash.Of(bytes.AsSpan(start, length)));

    /// <summary>A key with bytes of its own, from a pool.</summary>
    /// <param name="content">The content; it is copied, since the one whose it is may leave before the answer is there.</param>
    /// <param name="headers">The client's headers, or null.</param>
    /// <param name="rules">Which of them go along.</param>
    /// <param name="client">
    /// Who asks (<see cref="ClientIdentity.Number"/>). 0 where the answer cannot depend on it but by what is in the content and the headers, as that of a source.
    /// </param>
    /// <param name="identity">The headers that say to the source who asks; null where it is not told.</param>
    public static FlightKey Of(ReadOnlySpan<byte> content, IHeaderDictionary? headers, HeaderRules rules, long client = 0, IdentityHeaders? identity = null)
    {
        ReadOnlySpan<KeyValuePair<string, string>> told = identity is null ? [] : identity.Headers.AsSpan();
        var length = content.Length;
        for (var selection = rules.Select(headers); selection.MoveNext();)
        {
            length += SizeOf(selection.Name) + SizeOf(selection.Values);
        }

        foreach (var (name, value) in told)
        {
            length += SizeOf(name) + SizeOf(value);
        }

        var bytes = ArrayPool<byte>.Shared.Rent(length);
        content.CopyTo(bytes);
        var rest = bytes.AsSpan(content.Length);
        for (var selection = rules.Select(headers); selection.MoveNext();)
        {
            rest = rest[Write(selection.Name, rest)..];
            rest = rest[Write(selection.Values, rest)..];
        }

        foreach (var (name, value) in told)
        {
            rest = rest[Write(name, rest)..];
            rest = rest[Write(value, rest)..];
        }

        return new FlightKey(bytes, 0, length, content.Length, client, ByteHash.Of(bytes.AsSpan(0, length)));
    }

    /// <summary>The same for another client; both have the same bytes.</summary>
    public FlightKey For(long other) => new(bytes, start, length, contentLength, other, hash);

    /// <summary>The same with bytes that no pool has, for what stays: it is not released.</summary>
    public FlightKey Keep() => new(Span.ToArray(), 0, length, contentLength, client, hash);

    /// <summary>Bytes of it.</summary>
    public int Length => length;

    /// <summary>Gives the bytes back.</summary>
    public void Release() => ArrayPool<byte>.Shared.Return(bytes);

    /// <inheritdoc/>
    public bool Equals(FlightKey other) =>
        hash == other.hash && client == other.client && contentLength == other.contentLength && Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FlightKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)hash;

    private static int SizeOf(StringValues values)
    {
        var size = 4;
        foreach (var value in values)
        {
            size += 4 + Encoding.UTF8.GetByteCount(value ?? "");
        }

        return size;
    }

    // How many values, and each with its length before it: no two lists of values look alike.
    private static int Write(StringValues values, Span<byte> to)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to, values.Count);
        var at = 4;
        foreach (var value in values)
        {
            var size = Encoding.UTF8.GetBytes(value ?? "", to[(at + 4)..]);
            BinaryPrimitives.WriteInt32LittleEndian(to[at..], size);
            at += 4 + size;
        }

        return at;
    }
}
