namespace GraphGateway.Subgraphs.Server;

/// <summary>Loads the items that belong to each key, many keys at once.</summary>
/// <typeparam name="TKey">The key; compared by its own equality.</typeparam>
/// <typeparam name="TItem">The items.</typeparam>
public abstract class GroupLoader<TKey, TItem> : Loader
    where TKey : notnull
{
    private readonly LoaderQueue<TKey, IReadOnlyList<TItem>> queue;

    /// <summary>Made by the request, with services for the derived type's parameters.</summary>
    protected GroupLoader() => queue = new LoaderQueue<TKey, IReadOnlyList<TItem>>(FetchAsync, () => Wake?.Invoke());

    /// <summary>The largest number of keys that one batch may have.</summary>
    protected virtual int MaxBatchSize => 1_000;

    /// <summary>Loads the items of distinct keys, each key's in the order that resolvers are to see.</summary>
    protected abstract Task<ILookup<TKey, TItem>> LoadBatchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    /// <summary>The key's items with its whole batch; empty when there are none.</summary>
    public Task<IReadOnlyList<TItem>> LoadAsync(TKey key) => queue.Load(key);

    internal override bool CanDispatch => queue.CanDispatch;

    internal override void Dispatch(CancellationToken cancellationToken) => queue.Dispatch(MaxBatchSize, cancellationToken);

    internal override void Clear() => queue.Clear();

    private async Task<Func<TKey, IReadOnlyList<TItem>>> FetchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        var items = await LoadBatchAsync(keys, cancellationToken);
        return key => [.. items[key]];
    }
}
