using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace GraphGateway.Language;

/// <summary>
/// Turns the bytes of a name into a string, without allocating when it has seen the name lately.
/// A fixed number of slots, each with the two names last seen in it: hostile names push others out, and nothing grows.
/// Threads race benignly: a slot holds one complete entry or another, and an entry that differs from the bytes is not used.
/// </summary>
internal static class NameTable
{
    private const int SetBits = 12;
    private const int LengthMax = 80;
    private static readonly Entry?[] Short = new Entry?[2 << SetBits];
    private static readonly Entry?[] Long = new Entry?[2 << SetBits];

    // 16 bytes that keep, then 16 that clear: read so far before the middle as a name is long, they cut 16 bytes of text to the name.
    private static readonly byte[] Masks = [.. Enumerable.Repeat((byte)0xFF, 16), .. Enumerable.Repeat((byte)0, 16)];

    /// <summary>The name as a string; <paramref name="name"/> is ASCII.</summary>
    public static string Intern(ReadOnlySpan<byte> name)
    {
        if (name.Length > 16)
        {
            return InternLong(name);
        }

        Span<byte> padded = stackalloc byte[16];
        padded.Clear();
        name.CopyTo(padded);
        return Intern(Vector128.Create<byte>(padded), name.Length);
    }

    /// <summary>The name that stands in a text; see <see cref="Intern(ReadOnlySpan{byte})"/>.</summary>
    public static string Intern(ReadOnlySpan<byte> text, int start, int end)
    {
        var length = end - start;
        if (length > 16 || text.Length - start < 16)
        {
            return Intern(text[start..end]);
        }

        // PERF: most names have at most 16 bytes and stand before others: they are read at once, without a branch for their length.
        var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)start);
        var mask = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(Masks), (nuint)(16 - length));
        return Intern(bytes & mask, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static string Intern(Vector128<byte> name, int length)
    {
        // No name has a zero byte: the 16 bytes alone say which it is.
        var words = name.AsUInt64();
        var set = SetOf(words.ToScalar(), words.GetElement(1), 0);
        var slots = Short;
        var newer = slots[set];
        if (newer is not null && newer.Key == name)
        {
            return newer.Text;
        }

        var older = slots[set + 1];
        return older is not null && older.Key == name ? older.Text : Add(slots, set, name, TextOf(name, length));
    }

    private static string InternLong(ReadOnlySpan<byte> name)
    {
        if (name.Length > LengthMax)
        {
            return Encoding.ASCII.GetString(name);
        }

        var key = Vector128.Create(MemoryMarshal.Read<ulong>(name), MemoryMarshal.Read<ulong>(name[^8..])).AsByte();
        var words = key.AsUInt64();
        var set = SetOf(words.ToScalar(), words.GetElement(1), MemoryMarshal.Read<ulong>(name[8..]) + (ulong)name.Length);
        foreach (var entry in Long.AsSpan(set, 2))
        {
            if (entry is not null && entry.Key == key && Ascii.Equals(name, entry.Text))
            {
                return entry.Text;
            }
        }

        return Add(Long, set, key, Encoding.ASCII.GetString(name));
    }

    private static int SetOf(ulong first, ulong second, ulong third)
    {
        var hash = (first * 0x9E3779B97F4A7C15) ^ (second * 0xC2B2AE3D27D4EB4F) ^ (third * 0x165667B19E3779F9);
        return (int)((hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15 >> (64 - SetBits)) * 2;
    }

    private static string Add(Entry?[] slots, int set, Vector128<byte> key, string text)
    {
        slots[set + 1] = slots[set];
        slots[set] = new Entry(key, text);
        return text;
    }

    private static string TextOf(Vector128<byte> name, int length)
    {
        Span<byte> bytes = stackalloc byte[16];
        name.CopyTo(bytes);
        return Encoding.ASCII.GetString(bytes[..length]);
    }

    private sealed class Entry(Vector128<byte> key, string text)
    {
        public Vector128<byte> Key { get; } = key;

        public string Text { get; } = text;
    }
}
