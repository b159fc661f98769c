using System.Buffers.Binary;

namespace GraphGateway.Http;

/// <summary>
/// The checksum of gzip (<see href="https://www.rfc-editor.org/rfc/rfc1952#section-8">RFC 1952, 8</see>). PERF: eight bytes at a time, by a table for each;
/// the runtime has none outside of a package.
/// </summary>
internal struct Crc32()
{
    private static readonly uint[][] Tables = MakeTables();

    private uint state = uint.MaxValue;

    /// <summary>The checksum of all that was appended.</summary>
    public readonly uint Value => ~state;

    /// <summary>More bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = state;
        var tables = Tables;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[7][low & 0xFF] ^ tables[6][low >> 8 & 0xFF] ^ tables[5][low >> 16 & 0xFF] ^ tables[4][low >> 24]
                ^ tables[3][high & 0xFF] ^ tables[2][high >> 8 & 0xFF] ^ tables[1][high >> 16 & 0xFF] ^ tables[0][high >> 24];
        }

        foreach (var value in bytes)
        {
            crc = tables[0][(crc ^ value) & 0xFF] ^ crc >> 8;
        }

        state = crc;
    }

    // The first is that of the polynomial; each further one goes on by a zero byte.
    private static uint[][] MakeTables()
    {
        const uint polynomial = 0xEDB88320;
        var tables = Enumerable.Range(0, 8).Select(_ => new uint[256]).ToArray();
        for (var value = 0u; value < 256; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? crc >> 1 ^ polynomial : crc >> 1;
            }

            tables[0][value] = crc;
        }

        for (var table = 1; table < 8; table++)
        {
            for (var value = 0; value < 256; value++)
            {
                var before = tables[table - 1][value];
                tables[table][value] = before >> 8 ^ tables[0][before & 0xFF];
            }
        }

        return tables;
    }
}
