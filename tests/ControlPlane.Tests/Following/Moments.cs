namespace GraphGateway.ControlPlane.Tests.Following;

/// <summary>Time that passes. What is killed at a random moment has no event to wait for, and processes that are killed tell nobody when they are back.</summary>
internal static class Moments
{
    /// <summary>Waits for some time; a millisecond at least.</summary>
    public static async Task PassAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time > TimeSpan.FromMilliseconds(1) ? time : TimeSpan.FromMilliseconds(1), TimeProvider.System);
        await timer.WaitForNextTickAsync(CancellationToken.None);
    }
}
