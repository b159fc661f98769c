using System.Collections.Concurrent;

namespace GraphGateway.Http;

/// <summary>
/// Remembers values by all of their key, up to a number of bytes: two generations take turns, so that to forget costs nothing. Who reads looks whether what
/// is found still holds.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">What is remembered.</typeparam>
/// <param name="maxBytes">Bytes of all that is in it, as those who put it there count them.</param>
/// <param name="comparer">Tells keys apart; null by themselves.</param>
public sealed class Generations<TKey, TValue>(int maxBytes, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock gate = new();
    private volatile Generation young = new(comparer);
    private volatile Generation old = new(comparer);

    /// <summary>How many values are there.</summary>
    public int Count => young.Values.Count + old.Values.Count;

    /// <summary>What is there for a key, or null. PERF: allocates nothing.</summary>
    /// <param name="key">The key.</param>
    public TValue? Find(TKey key) => young.Values.TryGetValue(key, out var found) || old.Values.TryGetValue(key, out found) ? found : null;

    /// <summary>The same by another form of the key, which the comparer knows.</summary>
    /// <typeparam name="TAlternate">Such as a span of characters for a text.</typeparam>
    /// <param name="key">The key.</param>
    public TValue? FindBy<TAlternate>(TAlternate key)
        where TAlternate : notnull, allows ref struct =>
        young.Values.GetAlternateLookup<TAlternate>().TryGetValue(key, out var found) || old.Values.GetAlternateLookup<TAlternate>().TryGetValue(key, out found) ? found : null;

    /// <summary>Remembers a value, and takes the place of an earlier one. What is larger than half of the bytes is not remembered.</summary>
    /// <param name="key">The key.</param>
    /// <param name="size">Bytes of key and value.</param>
    /// <param name="value">The value.</param>
    public void Put(TKey key, int size, TValue value)
    {
        if (size > maxBytes / 2)
        {
            return;
        }

        lock (gate)
        {
            if (young.Bytes + size > maxBytes / 2)
            {
                old = young;
                young = new Generation(comparer);
            }

            if (!young.Values.ContainsKey(key))
            {
                young.Bytes += size;
            }

            young.Values[key] = value;
        }
    }

    private sealed class Generation(IEqualityComparer<TKey>? comparer)
    {
        public ConcurrentDictionary<TKey, TValue> Values { get; } = new(comparer);

        /// <summary>Belongs to the gate.</summary>
        public int Bytes { get; set; }
    }
}
