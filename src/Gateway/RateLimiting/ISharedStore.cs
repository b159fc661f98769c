namespace GraphGateway.Gateway;

/// <summary>What a store has under a key.</summary>
/// <param name="IsSwapped">Whether a swap has taken place.</param>
/// <param name="Text">The text that is there now; null where nothing is.</param>
/// <param name="Now">The store's own clock, in milliseconds since 1970: no replica's clock counts.</param>
internal readonly record struct StoredText(bool IsSwapped, byte[]? Text, long Now);

/// <summary>
/// Keeps texts for all replicas. A text is replaced only where it is still the one that was read, so what it means is computed in one place,
/// here, and no replica's change is lost. Whatever goes wrong is an exception; who calls has a time-out and cancels.
/// </summary>
internal interface ISharedStore : IAsyncDisposable
{
    /// <summary>What errors and the log call it, without secrets: for example <c>redis://host:6379</c>.</summary>
    string Name { get; }

    /// <summary>Reads.</summary>
    ValueTask<StoredText> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Writes where the expected text is still there, or else says what is.</summary>
    /// <param name="key">The key.</param>
    /// <param name="expected">The text that was read; null where there was none.</param>
    /// <param name="text">The new one.</param>
    /// <param name="life">Milliseconds after which it may be forgotten; not before.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    ValueTask<StoredText> SwapAsync(string key, byte[]? expected, byte[] text, long life, CancellationToken cancellationToken);
}
