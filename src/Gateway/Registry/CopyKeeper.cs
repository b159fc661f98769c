namespace GraphGateway.Gateway;

/// <summary>
/// Keeps what is served on disk, for the next start (<see cref="RegistryCopy"/>). What could not be written, such as on a disk that is full, is tried again in pauses that double from
/// <see cref="FirstPause"/> to <see cref="LongestPause"/>: an older copy would be what the gateway starts with while the registry is away. That it fails is told once for each supergraph, and that it is done then. For
/// one thread.
/// </summary>
internal sealed class CopyKeeper(RegistryCopy copy, string? file, TimeProvider clock, ILogger logger)
{
    /// <summary>After it could not be written for the first time.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);

    /// <summary>Between two tries at most.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private UnkeptCopy? unkept;
    private TimeSpan pause;
    private long tried;

    /// <summary>A supergraph is served.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="text">The supergraph.</param>
    public void Keep(string name, byte[] text)
    {
        unkept = null;
        if (copy.Write(text) is { } reason)
        {
            logger.LogWarning("{Launch} cannot be kept in {File}: {Reason}", name, file, reason);
            Remember(new UnkeptCopy(name, text));
        }
    }

    /// <summary>It could not be written before, which was told.</summary>
    public void Remember(UnkeptCopy failed)
    {
        unkept = failed;
        (pause, tried) = (FirstPause, clock.GetTimestamp());
    }

    /// <summary>Awaits something else, which can take longer than a pause, and writes meanwhile what is still to be written, each time that it is time to try it again.</summary>
    public async Task<T> WhileAsync<T>(Task<T> other)
    {
        for (TryAgain(); unkept is not null && !other.IsCompleted; TryAgain())
        {
            var left = pause - clock.GetElapsedTime(tried);
            using var over = new CancellationTokenSource();
            await Task.WhenAny(other, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, over.Token));
            await over.CancelAsync();
        }

        return await other;
    }

    /// <summary>Writes what is still to be written, when it is time to try it again.</summary>
    public void TryAgain()
    {
        if (unkept is not { } failed || clock.GetElapsedTime(tried) < pause)
        {
            return;
        }

        (pause, tried) = (pause < LongestPause / 2 ? pause * 2 : LongestPause, clock.GetTimestamp());
        if (copy.Write(failed.Text) is null)
        {
            unkept = null;
            logger.LogInformation("{Launch} is kept in {File}", failed.Name, file);
        }
    }
}

/// <summary>What is served and could not be kept on disk.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Text">The supergraph.</param>
internal sealed record UnkeptCopy(string Name, byte[] Text);
