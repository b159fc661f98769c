namespace GraphGateway.Gateway;

/// <summary>
/// Answers in memory, by all of their key: whatever its hash, bytes are compared. Bounded by bytes. What is new is on probation; what is
/// asked for once more is proven, and may take four fifths of the room. What is on probation goes first, so that requests which come once push nothing out that is asked for again and again.
/// </summary>
/// <param name="maxBytes">Bytes of keys and answers.</param>
/// <param name="comparer">Tells keys apart; null by themselves.</param>
internal sealed class AnswerStore(long maxBytes, IEqualityComparer<FlightKey>? comparer = null)
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

    /// <summary>How many answers are kept.</summary>
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

    /// <summary>An answer that may be given, be it while another one is made; null where there is none.</summary>
    public KeptAnswer? Find(in FlightKey key)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(key, out var node))
            {
                return null;
            }

            if (!node.Value.Answer.IsUsable)
            {
                Remove(node);
                return null;
            }

            Prove(node);
            return node.Value.Answer;
        }
    }

    /// <summary>Keeps an answer instead of the one that is there. One that is larger than a fifth of the room is not kept; false then.</summary>
    /// <param name="key">Its key, which stays (<see cref="FlightKey.Keep"/>).</param>
    /// <param name="answer">The answer.</param>
    public bool Put(in FlightKey key, KeptAnswer answer)
    {
        // Twice the body: for its compressed forms.
        var size = EntryBytes + key.Length + (2L * answer.Body.Length);
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

            var node = new LinkedListNode<Entry>(new Entry(key, answer, size));
            entries.Add(key, node);
            Add(node, wasProven ? proven : probation);
            MakeRoom();
        }

        return true;
    }

    /// <summary>Forgets an answer, if it is still the one that is kept.</summary>
    public void Remove(in FlightKey key, KeptAnswer answer)
    {
        lock (gate)
        {
            if (entries.TryGetValue(key, out var node) && node.Value.Answer == answer)
            {
                Remove(node);
            }
        }
    }

    private void Prove(LinkedListNode<Entry> node)
    {
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

    private void Remove(LinkedListNode<Entry> node)
    {
        Take(node);
        entries.Remove(node.Value.Key);
    }

    private sealed record Entry(FlightKey Key, KeptAnswer Answer, long Size);
}
