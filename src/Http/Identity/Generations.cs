using System.Collections.Concurrent;

namespace GraphGateway.Http;

/// <summary>
/// Remembers values by all of their key, up to a number of bytes, in a young and an old generation: when the young one has its half of the room it becomes the
/// old one, and what was only in that goes. So to forget costs nothing, and to find takes no lock. Who reads looks whether what is found still holds.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">What is remembered.</typeparam>
/// <param name="maxBytes">Bytes of all that is in it.</param>
/// <param name="sizeOf">Bytes that a key and its value take.</param>
/// <param name="comparer">Tells keys apart; null by themselves.</param>
public sealed class Generations<TKey, TValue>(long maxBytes, Func<TKey, TValue, long> sizeOf, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock gate = new();
    private volatile Generation young = new(comparer);
    private volatile Generation old = new(comparer);
    private long evictions;

    /// <summary>How many values are there.</summary>
    public int Count
    {
        get
        {
            var (first, second) = (young.Values, old.Values);
            return first.Count + second.Keys.Count(key => !first.ContainsKey(key));
        }
    }

    /// <summary>How many values went to make room.</summary>
    public long Evictions => Interlocked.Read(ref evictions);

    /// <summary>The keys and values that are there, each once, in no order.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Entries
    {
        get
        {
            var (first, second) = (young.Values, old.Values);
            return first.Concat(second.Where(entry => !first.ContainsKey(entry.Key)));
        }
    }

    /// <summary>What is there for a key, or null. PERF: allocates nothing.</summary>
    /// <param name="key">The key.</param>
    public TValue? Find(TKey key) => Find(key, out _);

    /// <summary>The same, and whether it goes with the next change of generations, unless it is put there again.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isOld">True when it goes next.</param>
    public TValue? Find(TKey key, out bool isOld)
    {
        isOld = !young.Values.TryGetValue(key, out var found);
        return isOld && !old.Values.TryGetValue(key, out found) ? null : found;
    }

    /// <summary>The same by another form of the key, which the comparer knows.</summary>
    /// <typeparam name="TAlternate">Such as a span of characters for a text.</typeparam>
    /// <param name="key">The key.</param>
    public TValue? FindBy<TAlternate>(TAlternate key)
        where TAlternate : notnull, allows ref struct => FindBy(key, out _);

    /// <summary>The same, and whether it goes next (<see cref="Find(TKey, out bool)"/>).</summary>
    /// <typeparam name="TAlternate">Such as a span of characters for a text.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="isOld">True when it goes next.</param>
    public TValue? FindBy<TAlternate>(TAlternate key, out bool isOld)
        where TAlternate : notnull, allows ref struct
    {
        isOld = !young.Values.GetAlternateLookup<TAlternate>().TryGetValue(key, out var found);
        return isOld && !old.Values.GetAlternateLookup<TAlternate>().TryGetValue(key, out found) ? null : found;
    }

    /// <summary>What is there for a key, which stays, since it is asked for; or null.</summary>
    /// <param name="key">The key.</param>
    public TValue? Renew(TKey key)
    {
        if (!young.Values.TryGetValue(key, out var found) && old.Values.TryGetValue(key, out found))
        {
            Put(key, found);
        }

        return found;
    }

    /// <summary>Remembers a value, and takes the place of an earlier one. What is larger than half of the bytes is not remembered; false then.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public bool Put(TKey key, TValue value)
    {
        var size = sizeOf(key, value);
        if (size > maxBytes / 2)
        {
            return false;
        }

        lock (gate)
        {
            if (young.Bytes + size > maxBytes / 2)
            {
                Turn();
            }

            if (!young.Values.ContainsKey(key))
            {
                young.Bytes += size;
            }

            young.Values[key] = value;
        }

        return true;
    }

    /// <summary>A value that is there takes more than it did; nothing happens where there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="bytes">How many bytes more.</param>
    public void Grow(TKey key, long bytes)
    {
        lock (gate)
        {
            if (!young.Values.ContainsKey(key) && !old.Values.ContainsKey(key))
            {
                return;
            }

            // That of an old one, too: whoever takes more makes it go sooner.
            young.Bytes += bytes;
            if (young.Bytes > maxBytes / 2)
            {
                Turn();
            }
        }
    }

    /// <summary>Forgets a value.</summary>
    /// <param name="key">The key.</param>
    public void Remove(TKey key)
    {
        lock (gate)
        {
            if (young.Values.TryRemove(key, out var value))
            {
                young.Bytes = Math.Max(0, young.Bytes - sizeOf(key, value));
            }

            old.Values.TryRemove(key, out _);
        }
    }

    private void Turn()
    {
        Interlocked.Add(ref evictions, old.Values.Keys.Count(key => !young.Values.ContainsKey(key)));
        old = young;
        young = new Generation(comparer);
    }

    private sealed class Generation(IEqualityComparer<TKey>? comparer)
    {
        public ConcurrentDictionary<TKey, TValue> Values { get; } = new(comparer);

        /// <summary>Belongs to the gate.</summary>
        public long Bytes { get; set; }
    }
}
