namespace GraphGateway.ControlPlane;

/// <summary>Looks every now and then whether a server has had nothing to do, and gives its memory back to the system then (<see cref="IdleMemory"/>).</summary>
internal sealed class RegistryUpkeep : IAsyncDisposable
{
    private readonly PeriodicTimer timer;
    private readonly Task looking;

    /// <param name="takeUse">True where there is work, or was since it was asked before.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="runtime">What is asked of the runtime.</param>
    /// <param name="looked">A look is over; for tests, which have nothing else to wait for.</param>
    public RegistryUpkeep(Func<bool> takeUse, TimeProvider clock, IdleMemory.Runtime runtime, Action? looked = null)
    {
        timer = new PeriodicTimer(IdleMemory.Interval, clock);
        looking = LookAsync(takeUse, new IdleMemory(runtime), looked);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        timer.Dispose();
        await looking;
    }

    private async Task LookAsync(Func<bool> takeUse, IdleMemory idle, Action? looked)
    {
        while (await timer.WaitForNextTickAsync())
        {
            idle.Look(takeUse());
            looked?.Invoke();
        }
    }
}
