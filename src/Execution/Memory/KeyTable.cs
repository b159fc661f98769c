using System.Numerics;
using System.Text;

namespace GraphGateway.Execution;

/// <summary>Finds a name's index by its UTF-8 bytes, without making a string.</summary>
internal sealed class KeyTable
{
    private readonly byte[][] keys;
    private readonly int[] buckets;

    public KeyTable(IReadOnlyList<string> names)
    {
        keys = [.. names.Select(Encoding.UTF8.GetBytes)];
        buckets = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(keys.Length * 2, 4))];
        for (var i = 0; i < keys.Length; i++)
        {
            // The first of equal names wins.
            if (Find(keys[i]) < 0)
            {
                Insert(i);
            }
        }
    }

    /// <summary>The index of the name, or -1.</summary>
    public int Find(ReadOnlySpan<byte> key)
    {
        var mask = buckets.Length - 1;
        for (var bucket = (int)ByteHash.Of(key) & mask; buckets[bucket] != 0; bucket = (bucket + 1) & mask)
        {
            var index = buckets[bucket] - 1;
            if (key.SequenceEqual(keys[index]))
            {
                return index;
            }
        }

        return -1;
    }

    private void Insert(int index)
    {
        var mask = buckets.Length - 1;
        var bucket = (int)ByteHash.Of(keys[index]) & mask;
        while (buckets[bucket] != 0)
        {
            bucket = (bucket + 1) & mask;
        }

        buckets[bucket] = index + 1;
    }
}
