using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace GraphGateway.Language;

/// <summary>
/// Turns the bytes of a name into a string, without allocating when it has seen the name lately.
/// A fixed number of slots, each with the two names last seen in it: hostile names push others out, and nothing grows.
/// Threads race benignly: a slot holds one complete string or another, and a string that differs from the bytes is not used.
/// </summary>
internal static class NameTable
{
    private const int SlotCount = 8192;
    private const int LengthMax = 80;
    private static readonly string?[] Slots = new string?[SlotCount];

    /// <summary>The name as a string; <paramref name="name"/> is ASCII.</summary>
    public static string Intern(ReadOnlySpan<byte> name)
    {
        if (name.Length > LengthMax)
        {
            return Encoding.ASCII.GetString(name);
        }

        // An even slot and its odd neighbour are a set of two.
        var slot = (int)(Hash(name) % (SlotCount / 2)) * 2;
        var slots = Slots;
        var first = slots[slot];
        if (first is not null && Ascii.Equals(name, first))
        {
            return first;
        }

        var second = slots[slot + 1];
        if (second is not null && Ascii.Equals(name, second))
        {
            return second;
        }

        var created = Encoding.ASCII.GetString(name);
        slots[slot + 1] = first;
        slots[slot] = created;
        return created;
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = (ulong)name.Length * Multiplier;
        while (name.Length >= 8)
        {
            hash = BitOperations.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(name)) * Multiplier, 29);
            name = name[8..];
        }

        if (name.Length >= 4)
        {
            hash = BitOperations.RotateLeft((hash ^ MemoryMarshal.Read<uint>(name)) * Multiplier, 29);
            name = name[4..];
        }

        foreach (var b in name)
        {
            hash = (hash ^ b) * Multiplier;
        }

        return (uint)(hash >> 32);
    }
}
