namespace GraphGateway.Gateway;

/// <summary>What is kept.</summary>
internal interface IKept
{
    /// <summary>Whether it may be given at all.</summary>
    bool IsUsableAt(in Moment now);

    /// <summary>By what it is found when it is to be forgotten; null where nobody can say so.</summary>
    KeptLabels? Labels { get; }

    /// <summary>Bytes that it takes, its key and its place in the store apart.</summary>
    long Size { get; }
}

/// <summary>
/// What is kept in memory, by all of its key: whatever its hash, bytes are compared. Bounded by bytes. What is new is on probation; what is
/// asked for once more is proven, and may take four fifths of the room. What is on probation goes first, so that requests which come once push nothing out that is asked for again and again.
/// </summary>
/// <typeparam name="T">Whole answers, entities, or what is asked of those.</typeparam>
/// <param name="maxBytes">Bytes of all, keys included.</param>
/// <param name="comparer">Tells keys apart; null by themselves.</param>
internal sealed class KeptStore<T>(long maxBytes, IEqualityComparer<FlightKey>? comparer = null)
    where T : class, IKept
{
    // Around an entry: its objects, and its places in the tables.
    private const int EntryBytes = 600;

    private readonly Lock gate = new();
    private readonly Dictionary<FlightKey, LinkedListNode<Entry>> entries = new(comparer);
    private readonly LinkedList<Entry> probation = [];
    private readonly LinkedList<Entry> proven = [];
    private long probationBytes;
    private long provenBytes;
    private long evictions;
    private long puts;

    /// <summary>How many are kept.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return entries.Count;
            }
        }
    }

    /// <summary>Bytes that they take.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return probationBytes + provenBytes;
            }
        }
    }

    /// <summary>How many went to make room.</summary>
    public long Evictions => Interlocked.Read(ref evictions);

    /// <summary>One that may be given, be it while another one is made; null where there is none.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="now">When it is to be given.</param>
    public T? Find(in FlightKey key, in Moment now)
    {
        lock (gate)
        {
            return Take(key, now);
        }
    }

    /// <summary>The same for many in one step.</summary>
    /// <param name="keys">Their keys.</param>
    /// <param name="client">Whose they are, whatever the keys say.</param>
    /// <param name="now">When they are to be given.</param>
    /// <param name="found">Gets them; those that are there already are not looked up.</param>
    public void FindAll(ReadOnlySpan<FlightKey> keys, long client, in Moment now, Span<T?> found)
    {
        lock (gate)
        {
            for (var i = 0; i < keys.Length; i++)
            {
                found[i] ??= Take(keys[i].For(client), now);
            }
        }
    }

    /// <summary>Keeps one instead of the one that is there. One that is larger than a fifth of the room is not kept; false then.</summary>
    /// <param name="key">Its key, which stays (<see cref="FlightKey.Keep"/>).</param>
    /// <param name="item">What is kept.</param>
    /// <param name="insteadOf">One of another key in whose place it comes: it is gone in the same step, if it is still the one that is kept. Who finds the new one finds the old one no more.</param>
    public bool Put(in FlightKey key, T item, (FlightKey Key, T Item)? insteadOf = null)
    {
        var size = EntryBytes + key.Length + item.Size;
        if (size > maxBytes / 5)
        {
            return false;
        }

        lock (gate)
        {
            var wasProven = false;
            if (entries.TryGetValue(key, out var earlier))
            {
                wasProven = earlier.List == proven;
                Remove(earlier);
            }

            if (insteadOf is var (oldKey, oldItem))
            {
                RemoveIfKept(oldKey, oldItem);
            }

            puts++;
            var node = new LinkedListNode<Entry>(new Entry(key, item, size));
            entries.Add(key, node);
            Add(node, wasProven ? proven : probation);
            MakeRoom();
        }

        return true;
    }

    /// <summary>Forgets one, if it is still the one that is kept.</summary>
    public void Remove(in FlightKey key, T item)
    {
        lock (gate)
        {
            RemoveIfKept(key, item);
        }
    }

    /// <summary>Forgets all that somebody wants to be forgotten; how many there were. Others are not kept waiting while it is looked for.</summary>
    public int Forget(Invalidation invalidation)
    {
        LinkedListNode<Entry>[] all;
        lock (gate)
        {
            all = [.. entries.Values];
        }

        var matching = all.Where(node => node.Value.Item.Labels?.Matches(invalidation) == true).ToList();
        var count = 0;
        lock (gate)
        {
            foreach (var node in matching.Where(static node => node.List is not null))
            {
                Remove(node);
                count++;
            }
        }

        return count;
    }

    private T? Take(in FlightKey key, in Moment now)
    {
        if (!entries.TryGetValue(key, out var node))
        {
            return null;
        }

        if (!node.Value.Item.IsUsableAt(now))
        {
            Remove(node);
            return null;
        }

        Prove(node);
        return node.Value.Item;
    }

    // PERF: who was asked for first counts only when one more comes; until then the first time is enough.
    private void Prove(LinkedListNode<Entry> node)
    {
        if (node.Value.ProvenAt == puts)
        {
            return;
        }

        node.Value.ProvenAt = puts;
        Take(node);
        Add(node, proven);
        MakeRoom();
    }

    // What has been proven longest ago is on probation once more.
    private void MakeRoom()
    {
        while (provenBytes > maxBytes / 5 * 4)
        {
            var last = proven.Last!;
            Take(last);
            Add(last, probation);
            last.Value.ProvenAt = -1;
        }

        while (probationBytes + provenBytes > maxBytes)
        {
            Remove(probation.Last!);
            Interlocked.Increment(ref evictions);
        }
    }

    private void Add(LinkedListNode<Entry> node, LinkedList<Entry> list)
    {
        list.AddFirst(node);
        Account(list, node.Value.Size);
    }

    private void Take(LinkedListNode<Entry> node)
    {
        var list = node.List!;
        list.Remove(node);
        Account(list, -node.Value.Size);
    }

    private void Account(LinkedList<Entry> list, long size)
    {
        if (list == proven)
        {
            provenBytes += size;
        }
        else
        {
            probationBytes += size;
        }
    }

    private void RemoveIfKept(in FlightKey key, T item)
    {
        if (entries.TryGetValue(key, out var node) && node.Value.Item == item)
        {
            Remove(node);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        Take(node);
        entries.Remove(node.Value.Key);
    }

    private sealed record Entry(FlightKey Key, T Item, long Size)
    {
        /// <summary>How many had come when it was last proven; none was proven where it is negative.</summary>
        public long ProvenAt { get; set; } = -1;
    }
}
