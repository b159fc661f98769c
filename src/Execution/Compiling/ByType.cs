namespace GraphGateway.Execution;

/// <summary>
/// What is made of a runtime type when it occurs for the first time. Requests read it at the same time, without a lock; of two that make the same the first one's is kept. A plan has one at each of
/// its positions, and most of these have objects of a single type, which takes no memory besides: tables are for what has several. Mutable: a field, never a copy.
/// </summary>
internal struct ByType<T>
    where T : class
{
    private const int FewestPlaces = 4;

    // Adding is rare, and short: all wait at one gate, so that none has to have its own.
    private static readonly Lock Gate = new();

    // The type is written before the value, and neither ever again.
    private T? first;
    private int firstType;
    private int others;

    // Open addressing: a type is at the place of its ordinal, or at the next free one after that. At most half of the places are taken.
    private Entry?[]? table;

    /// <summary>What there is of the type; made now where it has not occurred.</summary>
    /// <param name="type">The type's ordinal, or <see cref="TypeSpace.Unknown"/>.</param>
    /// <param name="owner">What <paramref name="make"/> makes it from.</param>
    /// <param name="make">Makes it. Several may at the same time.</param>
    public T Get<TOwner>(int type, TOwner owner, Func<int, TOwner, T> make)
    {
        var found = Volatile.Read(ref first);
        return found is not null && firstType == type ? found : Find(Volatile.Read(ref table), type) ?? Add(type, make(type, owner));
    }

    private static T? Find(Entry?[]? table, int type)
    {
        if (table is null)
        {
            return null;
        }

        for (var place = type; ; place++)
        {
            var entry = Volatile.Read(ref table[place & (table.Length - 1)]);
            if (entry is null || entry.Type == type)
            {
                return entry?.Value;
            }
        }
    }

    private T Add(int type, T made)
    {
        lock (Gate)
        {
            if (first is null)
            {
                firstType = type;
                Volatile.Write(ref first, made);
                return made;
            }

            if ((firstType == type ? first : Find(table, type)) is { } earlier)
            {
                return earlier;
            }

            others++;
            if (table is null || others * 2 > table.Length)
            {
                Volatile.Write(ref table, Larger(table));
            }

            Put(table, new Entry(type, made));
            return made;
        }
    }

    private static Entry?[] Larger(Entry?[]? table)
    {
        var larger = new Entry?[table is null ? FewestPlaces : table.Length * 2];
        foreach (var entry in table ?? [])
        {
            if (entry is not null)
            {
                Put(larger, entry);
            }
        }

        return larger;
    }

    private static void Put(Entry?[] table, Entry entry)
    {
        var place = entry.Type;
        while (table[place & (table.Length - 1)] is not null)
        {
            place++;
        }

        Volatile.Write(ref table[place & (table.Length - 1)], entry);
    }

    private sealed record Entry(int Type, T Value);
}
