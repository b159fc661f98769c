using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.Http;

/// <summary>
/// Writes one answer to its client, and waits for the client no longer than the limit says: then the connection (HTTP/1.1) or the stream (HTTP/2) is
/// aborted, and what waits for the client ends with <see cref="OperationCanceledException"/>, so that what the answer holds is given back.
/// <para>
/// Servers have a least rate of their own (Kestrel's <c>MinResponseDataRate</c>). It gives each piece its own grace period, cannot be changed for
/// one request over HTTP/2, and nobody hears of it.
/// </para>
/// </summary>
/// <param name="context">The request.</param>
/// <param name="limit">How long.</param>
/// <param name="clock">Measures it.</param>
internal sealed class DeliveryWriter(HttpContext context, DeliveryLimit limit, TimeProvider clock) : PipeWriter
{
    private readonly PipeWriter output = context.Response.BodyWriter;
    private readonly Lock gate = new();
    private long bytes;
    private TimeSpan waited;
    private long waitingSince;
    private bool isWaiting;
    private bool hasEnded;

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => output.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => output.UnflushedBytes;

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        this.bytes += bytes;
        output.Advance(bytes);
    }

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => output.GetSpan(sizeHint);

    /// <inheritdoc/>
    public override void CancelPendingFlush() => output.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => output.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        // PERF: mostly the server takes it at once, and no time is measured.
        var flushing = output.FlushAsync(cancellationToken);
        return flushing.IsCompleted ? flushing : WaitAsync(flushing);
    }

    /// <inheritdoc/>
    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        bytes += source.Length;
        var flushing = output.WriteAsync(source, cancellationToken);
        return flushing.IsCompleted ? flushing : WaitAsync(flushing);
    }

    private async ValueTask<FlushResult> WaitAsync(ValueTask<FlushResult> flushing)
    {
        lock (gate)
        {
            isWaiting = true;
            waitingSince = clock.GetTimestamp();
        }

        try
        {
            using var timer = clock.CreateTimer(
                static writer => ((DeliveryWriter)writer!).Check(), this, DeliveryLimit.Interval, DeliveryLimit.Interval);
            var result = await flushing;
            return hasEnded ? throw new OperationCanceledException("The client took its answer too slowly.") : result;
        }
        finally
        {
            // Nobody looks any more when this is over: the server uses the context for other requests.
            lock (gate)
            {
                isWaiting = false;
                waited += clock.GetElapsedTime(waitingSince);
            }
        }
    }

    private void Check()
    {
        lock (gate)
        {
            if (!isWaiting || hasEnded || waited + clock.GetElapsedTime(waitingSince) is var time && time <= limit.TimeFor(bytes))
            {
                return;
            }

            hasEnded = true;
            limit.Ended?.Invoke(bytes, time);
            context.Abort();
        }
    }
}
