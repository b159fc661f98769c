namespace GraphGateway.Gateway;

/// <summary>How long a call to a source is waited for, and who ends that. Disposed when the call has ended.</summary>
/// <param name="waiting">Ends with whatever comes first.</param>
/// <param name="client">Cancelled when the client leaves.</param>
/// <param name="deadline">Cancelled when the time of the client's request is over.</param>
internal readonly struct CallTime(Patience.Waiting waiting, CancellationToken client, CancellationToken deadline) : IDisposable
{
    /// <summary>Cancelled when nobody waits any longer.</summary>
    public CancellationToken Token => waiting.Token;

    /// <summary>True when the client has left.</summary>
    public bool HasClientLeft => client.IsCancellationRequested;

    /// <summary>True when the time of the client's request is over.</summary>
    public bool IsDeadlineOver => deadline.IsCancellationRequested;

    /// <inheritdoc/>
    public void Dispose() => waiting.Dispose();
}
