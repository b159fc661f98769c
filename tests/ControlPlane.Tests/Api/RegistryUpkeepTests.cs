using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>A server that has a process of its own gives its memory back when it has nothing to do.</summary>
public sealed class RegistryUpkeepTests : IDisposable
{
    private const long Usual = 100_000_000;

    private readonly FakeTimeProvider clock = new();
    private readonly SemaphoreSlim looked = new(0);
    private readonly TemporaryFolder folder = new();
    private long resident = Usual;
    private bool isUsed;
    private int collected;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        looked.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Memory_goes_back_after_twenty_seconds_without_work()
    {
        await using var upkeep = new RegistryUpkeep(() => isUsed, clock, new IdleMemory.Runtime(() => resident, () => collected++), () => looked.Release());
        resident = 900_000_000;
        isUsed = true;
        Assert.Equal("0 0 0", await LookAsync(3));
        isUsed = false;
        Assert.Equal("0 1", await LookAsync(2));

        // Some of it lies in pools that let go of it later.
        Assert.Equal("1 1 1 1 2", await LookAsync(5));
    }

    [Fact]
    public async Task Nothing_is_collected_where_the_process_has_not_grown()
    {
        await using var upkeep = new RegistryUpkeep(() => isUsed, clock, new IdleMemory.Runtime(() => resident, () => collected++), () => looked.Release());
        resident = Usual + IdleMemory.LeastGrowth - 1;
        Assert.Equal("0 0 0 0 0 0 0 0 0 0", await LookAsync(10));
    }

    [Fact]
    public async Task Only_a_server_with_a_process_of_its_own_collects()
    {
        var runtime = new IdleMemory.Runtime(() => resident, () => collected++);
        await using (var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "hosted.db"), options => options with { Runtime = runtime }))
        {
            Assert.Equal(0, api.Clock.WaitingTimersOf(IdleMemory.Interval));
        }

        await using (var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "own.db"), options => options with { OwnsProcess = true, Runtime = runtime }))
        {
            Assert.Equal(1, api.Clock.WaitingTimersOf(IdleMemory.Interval));
            resident = 900_000_000;
            using var limit = new CancellationTokenSource(TestPatience.Limit);
            while (Volatile.Read(ref collected) == 0)
            {
                api.Clock.Advance(IdleMemory.Interval);
                await Task.Yield();
                limit.Token.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Ten seconds pass, so many times; how often has been collected by each of them.</summary>
    private async Task<string> LookAsync(int times)
    {
        var counts = new List<int>();
        while (counts.Count < times)
        {
            clock.Advance(IdleMemory.Interval);
            await looked.WaitAsync();
            counts.Add(collected);
        }

        return string.Join(' ', counts);
    }
}
