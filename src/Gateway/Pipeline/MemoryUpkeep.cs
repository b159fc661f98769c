using GraphGateway.ControlPlane;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>
/// Gives memory back to the system when the gateway has nothing to do after a burst (<see cref="IdleMemory"/>). A request never waits for it but one that comes in the very moment.
/// </summary>
internal sealed class MemoryUpkeep(AnswerMemory memory, TimeProvider clock, IdleMemory.Runtime runtime) : BackgroundService
{
    private readonly IdleMemory idle = new(runtime);

    /// <summary>A look is over; for tests, which have nothing else to wait for.</summary>
    public event Action? Looked;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(IdleMemory.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            memory.Trim();
            idle.Look(memory.TakeUse() || memory.HeldBytes > 0);
            Looked?.Invoke();
        }
    }
}
