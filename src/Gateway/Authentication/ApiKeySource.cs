using System.Data.Common;
using GraphGateway.ControlPlane;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>Reads all API keys from their store. An attempt that fails has a line in the log; the keys that are there stay.</summary>
internal sealed class ApiKeySource(ApiKeyStore store, TimeProvider clock, ILogger<ApiKeySource> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly LogPauses pauses = new(1, clock);

    /// <summary>How old what is known may be, and how soon is tried again.</summary>
    public static RefreshTimes Times { get; } = new(Interval: TimeSpan.FromSeconds(5), Retry: TimeSpan.FromSeconds(1), FirstRetry: TimeSpan.FromSeconds(1));

    /// <summary>The keys as they are now.</summary>
    /// <param name="before">Those that were there so far.</param>
    public async Task<ApiKeyRing> ReadAsync(ApiKeyRing? before)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, clock);

            // SQLite waits for a lock in the caller's thread, and PostgreSQL's client does not mind the token at each point: nobody waits longer for either.
            return ApiKeyRing.Replace(before, await Task.Run(() => store.ListAsync(patience.Token), CancellationToken.None).WaitAsync(patience.Token));
        }
        catch (Exception exception)
        {
            if (pauses.MayLog(0, out var leftOut))
            {
                logger.LogWarning(
                    "The store of API keys cannot be read: {Reason} {Consequence} ({LeftOut} more like it since the last line)",
                    ReasonOf(exception),
                    before is null ? "API keys are refused until it can be." : "Those that are known stay as they are.",
                    leftOut);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static string ReasonOf(Exception exception) => exception switch
    {
        OperationCanceledException => $"It does not answer within {Patience.TotalSeconds} s.",
        DbException => exception.Message,
        _ => exception.GetType().Name + ".",
    };
}
