namespace GraphGateway.Execution;

/// <summary>
/// Room for what the executions of a plan make and keep for the next ones: documents for batches by aliases, of which there is one for each size
/// that comes. What finds no room is made again each time.
/// </summary>
/// <param name="bytes">The room.</param>
internal sealed class KeptDocuments(long bytes)
{
    private long left = bytes;

    /// <summary>True when so many bytes may be kept; they are taken from the room.</summary>
    public bool TryKeep(int length)
    {
        if (Interlocked.Add(ref left, -length) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref left, length);
        return false;
    }
}
