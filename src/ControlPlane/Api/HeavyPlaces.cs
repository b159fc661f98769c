namespace GraphGateway.ControlPlane;

/// <summary>
/// Who composes and compares: so many at the same time, and of one key half of that, so that nobody's keeps others from publishing. Who waits for another one of the same key is not in the way of others.
/// </summary>
/// <param name="atOnce">How many at the same time.</param>
internal sealed class HeavyPlaces(int atOnce) : IDisposable
{
    private readonly SemaphoreSlim all = new(atOnce);
    private readonly Lock gate = new();

    // Of keys that are here or wait, with how many these are.
    private readonly Dictionary<string, (SemaphoreSlim Own, int Users)> keys = new(StringComparer.Ordinal);

    /// <summary>How many one key can have.</summary>
    public int OfOne { get; } = Math.Max(1, atOnce / 2);

    /// <summary>How many are here.</summary>
    public int Count => atOnce - all.CurrentCount;

    /// <summary>What is told of where there was no place: a sentence.</summary>
    /// <param name="isOwn">True where others of the same key have all that it can have.</param>
    public string Taken(bool isOwn) => !isOwn ? $"{atOnce} others publish, check or compare now."
        : OfOne == 1 ? "Another publish, check or compare by the same key is not done yet."
        : $"{OfOne} others by the same key publish, check or compare now.";

    /// <summary>A place until it is given back; null where there was none in time, and whether it was the key's own that were taken.</summary>
    /// <param name="key">Whose it is.</param>
    /// <param name="patience">How long to wait for others of the same key, and then for all others.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<(Place? Place, bool IsOwn)> TryEnterAsync(string key, TimeSpan patience, CancellationToken cancellation)
    {
        var own = Join(key);
        var (hasOwn, hasPlace) = (false, false);
        try
        {
            hasOwn = await own.WaitAsync(patience, cancellation);
            hasPlace = hasOwn && await all.WaitAsync(patience, cancellation);
            return hasPlace ? (new Place(this, key, own), false) : (null, !hasOwn);
        }
        finally
        {
            if (!hasPlace)
            {
                Leave(key, own, hasOwn);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => all.Dispose();

    private SemaphoreSlim Join(string key)
    {
        lock (gate)
        {
            var (own, users) = keys.GetValueOrDefault(key);
            own ??= new SemaphoreSlim(OfOne);
            keys[key] = (own, users + 1);
            return own;
        }
    }

    private void Leave(string key, SemaphoreSlim own, bool hasOwn)
    {
        if (hasOwn)
        {
            own.Release();
        }

        lock (gate)
        {
            var users = keys[key].Users - 1;
            if (users > 0)
            {
                keys[key] = (own, users);
                return;
            }

            keys.Remove(key);
            own.Dispose();
        }
    }

    /// <summary>A place among those who compose.</summary>
    internal sealed class Place(HeavyPlaces places, string key, SemaphoreSlim own) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            places.all.Release();
            places.Leave(key, own, hasOwn: true);
        }
    }
}
