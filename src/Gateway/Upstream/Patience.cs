using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>
/// How long something is waited for: until its own time is over, the client has left, or the time of the client's request is over. PERF: what
/// measures the time is used again, so that a request starts no timer of its own.
/// </summary>
/// <param name="time">Its own time: that of a request to a source, or of a client's whole request.</param>
/// <param name="clock">Measures it.</param>
internal sealed class Patience(TimeSpan time, TimeProvider clock)
{
    private readonly Pool<CancellationTokenSource> idle = new(bound: 256);

    /// <summary>Begins to wait; disposing what it returns ends that.</summary>
    /// <param name="client">Cancelled when the client leaves.</param>
    /// <param name="deadline">Cancelled when the time of the client's request is over.</param>
    public Waiting Begin(CancellationToken client, CancellationToken deadline)
    {
        var source = Rent();
        return new Waiting(this, source, Follow(source, client), Follow(source, deadline));
    }

    private static CancellationTokenRegistration Follow(CancellationTokenSource source, CancellationToken token) =>
        token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source);

    private CancellationTokenSource Rent()
    {
        while (idle.Take() is { } source)
        {
            source.CancelAfter(time);
            if (!source.IsCancellationRequested)
            {
                return source;
            }

            source.Dispose();
        }

        return new CancellationTokenSource(time, clock);
    }

    private void Return(CancellationTokenSource source)
    {
        if (!source.TryReset() || !idle.Give(source))
        {
            source.Dispose();
        }
    }

    /// <summary>One request that is waited for.</summary>
    internal readonly struct Waiting(
        Patience patience, CancellationTokenSource source, CancellationTokenRegistration client, CancellationTokenRegistration deadline) : IDisposable
    {
        /// <summary>Cancelled when nobody waits any longer.</summary>
        public CancellationToken Token => source.Token;

        /// <inheritdoc/>
        public void Dispose()
        {
            client.Dispose();
            deadline.Dispose();
            patience.Return(source);
        }
    }
}
