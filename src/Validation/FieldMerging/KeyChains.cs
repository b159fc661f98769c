namespace GraphGateway.Validation;

/// <summary>
/// Fields of one selection set by response key: those of one key are chained by index, in order, so that a key with one field, as most are,
/// costs no list. Used for one set after another.
/// </summary>
internal sealed class KeyChains
{
    private const int End = -1;

    // PERF: names are mostly the same instance, so that few comparisons are quicker than hashing.
    private const int ComparedMax = 12;
    private readonly Dictionary<string, int> lastByKey = new(StringComparer.Ordinal);
    private int[] next = new int[16];
    private bool[] isHead = new bool[16];

    /// <summary>True when the field is the first of its key.</summary>
    public bool IsHead(int index) => isHead[index];

    /// <summary>The next field of the same key; negative after the last.</summary>
    public int Next(int index) => next[index];

    /// <summary>Chains the fields anew.</summary>
    public void Build(List<FieldUse> fields)
    {
        if (next.Length < fields.Count)
        {
            next = new int[fields.Count * 2];
            isHead = new bool[fields.Count * 2];
        }

        lastByKey.Clear();
        for (var i = 0; i < fields.Count; i++)
        {
            next[i] = End;
            var last = fields.Count <= ComparedMax ? Find(fields, i) : Replace(fields[i].Node.ResponseKey, i);
            isHead[i] = last < 0;
            if (last >= 0)
            {
                next[last] = i;
            }
        }
    }

    private static int Find(List<FieldUse> fields, int index)
    {
        var key = fields[index].Node.ResponseKey;
        for (var i = index - 1; i >= 0; i--)
        {
            if (fields[i].Node.ResponseKey == key)
            {
                return i;
            }
        }

        return End;
    }

    private int Replace(string key, int index)
    {
        ref var last = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(lastByKey, key, out var exists);
        var before = exists ? last : End;
        last = index;
        return before;
    }
}
