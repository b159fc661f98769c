using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GraphGateway.Execution;

/// <summary>
/// A 64-bit hash of bytes by multiply and fold, eight bytes a step. Seeded anew in each process, so that nobody outside can prepare
/// collisions; where a collision would matter the caller compares bytes as well.
/// </summary>
public static class ByteHash
{
    private const ulong K0 = 0x9E3779B97F4A7C15;
    private const ulong K1 = 0xD6E8FEB86659FD93;

    private static readonly ulong Seed = MemoryMarshal.Read<ulong>(RandomNumberGenerator.GetBytes(8));

    /// <summary>The hash of the bytes; the same for equal bytes in one process.</summary>
    public static ulong Of(ReadOnlySpan<byte> data)
    {
        var hash = Seed ^ ((ulong)data.Length * K0);
        while (data.Length > 16)
        {
            hash = Fold(BinaryPrimitives.ReadUInt64LittleEndian(data) ^ K1, BinaryPrimitives.ReadUInt64LittleEndian(data[8..]) ^ hash);
            data = data[16..];
        }

        ulong a = 0, b = 0;
        if (data.Length >= 8)
        {
            a = BinaryPrimitives.ReadUInt64LittleEndian(data);
            b = BinaryPrimitives.ReadUInt64LittleEndian(data[^8..]);
        }
        else if (data.Length >= 4)
        {
            a = BinaryPrimitives.ReadUInt32LittleEndian(data);
            b = BinaryPrimitives.ReadUInt32LittleEndian(data[^4..]);
        }
        else if (data.Length > 0)
        {
            a = (ulong)data[0] << 16 | (ulong)data[data.Length >> 1] << 8 | data[^1];
        }

        return Fold(Fold(a ^ K0, b ^ hash) ^ K1, hash | 1);
    }

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
