namespace GraphGateway.Subgraphs.Server;

/// <summary>Loads one value for each key, many keys at once.</summary>
/// <typeparam name="TKey">The key; compared by its own equality, so a record of id and arguments works.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public abstract class BatchLoader<TKey, TValue> : Loader
    where TKey : notnull
{
    private readonly LoaderQueue<TKey, TValue?> queue;

    /// <summary>Made by the request, with services for the derived type's parameters.</summary>
    protected BatchLoader() => queue = new LoaderQueue<TKey, TValue?>(FetchAsync, () => Wake?.Invoke());

    /// <summary>The largest number of keys that one batch may have.</summary>
    protected virtual int MaxBatchSize => 1_000;

    /// <summary>Loads the values of distinct keys. A key that the result lacks has no value: its task gives null.</summary>
    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    /// <summary>The key's value with its whole batch; default when there is none. The same key is loaded once a request.</summary>
    public Task<TValue?> LoadAsync(TKey key) => queue.Load(key);

    /// <summary>The values of several keys, in their order.</summary>
    public async Task<IReadOnlyList<TValue?>> LoadManyAsync(IEnumerable<TKey> keys) => await Task.WhenAll(keys.Select(queue.Load).ToArray());

    internal override bool CanDispatch => queue.CanDispatch;

    internal override void Dispatch(CancellationToken cancellationToken) => queue.Dispatch(MaxBatchSize, cancellationToken);

    internal override void Clear() => queue.Clear();

    private async Task<Func<TKey, TValue?>> FetchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        var values = await LoadBatchAsync(keys, cancellationToken);
        return key => values.TryGetValue(key, out var value) ? value : default;
    }
}
