using System.Threading.Channels;

namespace GraphGateway.Gateway;

/// <summary>
/// Writes to the shared store what is kept, many at once, in its own time: no request waits for it. Bounded in number and bytes; what finds no room, and what the store does not take, is kept in this
/// gateway alone.
/// </summary>
/// <param name="cache">The store.</param>
internal sealed class SharedWriter(SharedCache cache)
{
    private const int Most = 4_096;
    private const long MostBytes = 16 * 1024 * 1024;
    private const int MostAtOnce = 128;
    private const int BytesAtOnce = 512 * 1024;

    private readonly Channel<(byte[] Name, SharedRecord? Record)> waiting =
        Channel.CreateBounded<(byte[] Name, SharedRecord? Record)>(new BoundedChannelOptions(Most) { SingleReader = true });

    private long bytes;

    /// <summary>One more.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="record">What is written; null takes out what is there.</param>
    public void Add(byte[] name, SharedRecord? record)
    {
        var size = record?.Size ?? 0;
        if (Interlocked.Add(ref bytes, size) > MostBytes || !waiting.Writer.TryWrite((name, record)))
        {
            Interlocked.Add(ref bytes, -size);
            cache.Telemetry.Dropped(waiting.Reader.Count);
        }
    }

    /// <summary>Writes until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (await waiting.Reader.WaitToReadAsync(stopping))
        {
            await WriteSomeAsync();
        }
    }

    /// <summary>Writes what waits, as much as goes at once; false where nothing does.</summary>
    public async Task<bool> WriteSomeAsync()
    {
        var batch = new List<(byte[] Name, SharedRecord? Record)>();
        var size = 0L;
        while (batch.Count < MostAtOnce && size < BytesAtOnce && waiting.Reader.TryRead(out var item))
        {
            batch.Add(item);
            size += item.Record?.Size ?? 0;
        }

        Interlocked.Add(ref bytes, -size);
        var current = cache.Point?.Epoch;
        var now = batch.FindAll(item => item.Record is null || item.Record.Epoch == current);
        cache.Telemetry.Wrote("late", batch.Count - now.Count);
        if (now.Count > 0 && current is not null)
        {
            var written = await cache.WriteAsync(current, now);
            cache.Telemetry.Wrote(written is null ? "failed" : "written", written ?? now.Count);
            cache.Telemetry.Wrote("late", written is { } some ? now.Count(static item => item.Record is not null) - some : 0);
        }

        return batch.Count > 0;
    }
}
