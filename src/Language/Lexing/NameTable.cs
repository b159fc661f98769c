using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace GraphGateway.Language;

/// <summary>
/// Turns the bytes of a name into a string, without allocating when it has seen the name lately.
/// A fixed number of slots, each with the two names last seen in it: hostile names push others out, and nothing grows.
/// Threads race benignly: a slot holds one complete entry or another, and an entry that differs from the bytes is not used.
/// </summary>
internal static class NameTable
{
    private const int SlotCount = 8192;
    private const int LengthMax = 80;
    private static readonly Entry?[] Slots = new Entry?[SlotCount];

    /// <summary>The name as a string; <paramref name="name"/> is ASCII.</summary>
    public static string Intern(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > LengthMax)
        {
            return Encoding.ASCII.GetString(name);
        }

        // PERF: most names have at most 16 bytes, which the first and the last 8 cover; they and the length then say all.
        var (first, last) = Ends(name);
        var hash = ((first ^ ((ulong)name.Length << 56)) * 0x9E3779B97F4A7C15) ^ (last * 0xC2B2AE3D27D4EB4F);
        if (name.Length > 16)
        {
            hash ^= MemoryMarshal.Read<ulong>(name[8..]) * 0x165667B19E3779F9;
        }

        // An even slot and its odd neighbour are a set of two.
        var slot = (int)((hash >> 40) % (SlotCount / 2)) * 2;
        var slots = Slots;
        var newer = slots[slot];
        if (newer is not null && newer.Is(first, last, name))
        {
            return newer.Text;
        }

        var older = slots[slot + 1];
        if (older is not null && older.Is(first, last, name))
        {
            return older.Text;
        }

        var created = new Entry(first, last, name.ToArray(), Encoding.ASCII.GetString(name));
        slots[slot + 1] = newer;
        slots[slot] = created;
        return created.Text;
    }

    /// <summary>The first and the last 8 bytes, which may overlap; of a shorter name all bytes, in two parts that tell names apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong First, ulong Last) Ends(ReadOnlySpan<byte> name)
    {
        if (name.Length >= 8)
        {
            return (MemoryMarshal.Read<ulong>(name), MemoryMarshal.Read<ulong>(name[^8..]));
        }

        if (name.Length >= 4)
        {
            return (MemoryMarshal.Read<uint>(name), MemoryMarshal.Read<uint>(name[^4..]));
        }

        return (name[0], (uint)(name[name.Length / 2] << 8) | name[^1]);
    }

    private sealed class Entry(ulong first, ulong last, byte[] name, string text)
    {
        public string Text { get; } = text;

        public bool Is(ulong otherFirst, ulong otherLast, ReadOnlySpan<byte> otherName) =>
            first == otherFirst
            && last == otherLast
            && name.Length == otherName.Length
            && (name.Length <= 16 || otherName.SequenceEqual(name));
    }
}
