using GraphGateway.ControlPlane;
using GraphGateway.Execution;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>After a burst an idle gateway gives its memory back, and one with requests never collects by itself.</summary>
public sealed class MemoryUpkeepTests : IDisposable
{
    private const long Usual = 100_000_000;

    private readonly FakeTimeProvider clock = new();
    private readonly AnswerMemory memory = new(long.MaxValue);
    private readonly SemaphoreSlim looked = new(0);
    private long resident = Usual;
    private int collected;

    public void Dispose() => looked.Dispose();

    [Fact]
    public async Task Memory_goes_back_when_nothing_has_been_asked_for_twenty_seconds()
    {
        using var upkeep = await StartAsync();
        Use();
        resident = 900_000_000;

        // Asked since the last look; quiet; quiet for two looks.
        Assert.Equal(0, await LookAsync());
        Assert.Equal(0, await LookAsync());
        Assert.Equal(1, await LookAsync());
        Assert.Equal(0, memory.IdleBytes);
        await upkeep.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task It_is_tried_three_times_and_no_more()
    {
        using var upkeep = await StartAsync();
        resident = 900_000_000;
        for (var i = 0; i < 50; i++)
        {
            await LookAsync();
        }

        Assert.Equal(3, collected);
        await upkeep.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Nothing_is_collected_without_need_or_while_answers_are_held()
    {
        using var upkeep = await StartAsync();
        resident = Usual + IdleMemory.LeastGrowth - 1;
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(0, await LookAsync());
        }

        resident = 900_000_000;
        var held = memory.TryRent(1 << 20)!;
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(0, await LookAsync());
        }

        memory.Return(held);
        await upkeep.StopAsync(CancellationToken.None);
    }

    private void Use() => memory.Return(memory.TryRent(1 << 20)!);

    private async Task<MemoryUpkeep> StartAsync()
    {
        var upkeep = new MemoryUpkeep(memory, clock, new IdleMemory.Runtime(Resident, () => collected++));
        upkeep.Looked += () => looked.Release();
        await upkeep.StartAsync(CancellationToken.None);
        while (clock.WaitingTimers == 0)
        {
            await Task.Yield();
        }

        return upkeep;
    }

    private long Resident() => resident;

    /// <summary>Ten seconds pass; how often has been collected by then.</summary>
    private async Task<int> LookAsync()
    {
        clock.Advance(IdleMemory.Interval);
        await looked.WaitAsync();
        return collected;
    }
}
