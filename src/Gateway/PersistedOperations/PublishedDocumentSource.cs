using System.Data.Common;
using System.Diagnostics.Metrics;
using GraphGateway.ControlPlane;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// Follows the store of published operations: asks which state it is in, and reads it where that has changed. An attempt that fails has a line in the
/// log; what is known stays.
/// </summary>
internal sealed class PublishedDocumentSource : IAsyncDisposable
{
    // A small question is answered soon; all documents are many bytes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceForAll = TimeSpan.FromSeconds(60);

    private static readonly KeyValuePair<string, object?> Unchanged = new("result", "unchanged");
    private static readonly KeyValuePair<string, object?> Changed = new("result", "changed");
    private static readonly KeyValuePair<string, object?> Failed = new("result", "failed");

    private readonly OperationStore store;
    private readonly bool withForms;
    private readonly TimeProvider clock;
    private readonly ILogger<PublishedDocumentSource> logger;
    private readonly LogPauses pauses;
    private readonly Counter<long> reads;
    private volatile PublishedDocuments? last;

    public PublishedDocumentSource(PersistedOperationsOptions options, TimeProvider clock, GatewayTelemetry telemetry, ILogger<PublishedDocumentSource> logger)
    {
        store = OperationStore.At(options.Store!, readOnly: true);
        withForms = options.Safelist is SafelistLevel.LogUnknown or SafelistLevel.Known;
        this.clock = clock;
        this.logger = logger;
        pauses = new LogPauses(1, clock);
        reads = telemetry.Meter.CreateCounter<long>(
            "graphgateway.persisted_operations.reads", "{read}", "Questions to the store of published operations, by result: unchanged, changed or failed.");
        telemetry.Meter.CreateObservableUpDownCounter("graphgateway.persisted_operations.published", () => last?.Count ?? 0, "{document}", "Published documents that are known.");
        telemetry.Meter.CreateObservableUpDownCounter(
            "graphgateway.persisted_operations.damaged", () => last?.Damaged.Length ?? 0, "{document}", "Documents of the store that are left out: their text is not what was published.");
    }

    /// <summary>Something else than before was read; it is found from now on.</summary>
    public event Action<PublishedDocuments>? Read;

    /// <summary>How old what is known may be, and how soon is tried again.</summary>
    public static RefreshTimes Times { get; } = new(Interval: TimeSpan.FromSeconds(5), Retry: TimeSpan.FromSeconds(1), FirstRetry: TimeSpan.FromSeconds(1));

    /// <summary>The documents as they are now.</summary>
    /// <param name="before">Those that were there so far.</param>
    public async Task<PublishedDocuments> ReadAsync(PublishedDocuments? before)
    {
        try
        {
            var revision = await AskAsync(store.RevisionAsync, Patience);
            if (before?.Revision == revision)
            {
                reads.Add(1, Unchanged);
                return before;
            }

            // The revision was asked for first: what is published in between is read once more, and not missed.
            var documents = PublishedDocuments.Replace(revision, await AskAsync(store.ReadAsync, PatienceForAll), before, withForms);
            reads.Add(1, Changed);
            Tell(documents);
            last = documents;
            Read?.Invoke(documents);
            return documents;
        }
        catch (Exception exception)
        {
            reads.Add(1, Failed);
            if (pauses.MayLog(0, out var leftOut))
            {
                logger.LogWarning(
                    "The store of published operations cannot be read: {Reason} {Consequence} ({LeftOut} more like it since the last line)",
                    exception is DbException or InvalidDataException ? exception.Message
                        : exception is OperationCanceledException ? "It does not answer." : exception.GetType().Name + ".",
                    before is null ? "No published document is known until it can be." : "What is known stays as it is.",
                    leftOut);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => store.DisposeAsync();

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan patience)
    {
        using var over = new CancellationTokenSource(patience, clock);

        // As for API keys: SQLite waits in the caller's thread, and nobody waits longer than this.
        return await Task.Run(() => ask(over.Token), CancellationToken.None).WaitAsync(over.Token);
    }

    private void Tell(PublishedDocuments documents)
    {
        logger.LogInformation("Published operations were read: revision {Revision}, documents: {Count}", documents.Revision.Number, documents.Count);
        if (!documents.Damaged.IsEmpty)
        {
            logger.LogError(
                "{Count} published {Operations} left out, for the text is not what was published ({Operation}{More}): retire the releases that have it and publish them again",
                documents.Damaged.Length,
                documents.Damaged.Length == 1 ? "operation is" : "operations are",
                documents.Damaged[0],
                documents.Damaged.Length == 1 ? "" : " and others");
        }
    }
}
