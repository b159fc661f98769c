using System.Diagnostics;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>Two gateways with one store, as processes, under load, while items change and are to be forgotten, the store is killed, and a gateway is.</summary>
public sealed class SharedCacheLoadTests
{
    private const int Rate = 60;
    private const int Rounds = 3;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    [RedisFact]
    public async Task No_answer_is_older_than_what_was_acknowledged_and_no_request_fails()
    {
        await using var world = await SharedReplicas.StartAsync();
        using var end = new CancellationTokenSource();
        var load = Task.Run(() => LoadAsync(world, end.Token));
        try
        {
            await ChangeAndKillAsync(world);
        }
        finally
        {
            await end.CancelAsync();
            await load;
        }

        Assert.True(world.Problems.IsEmpty, string.Join('\n', world.Problems.Take(5)));
        Assert.True(world.KeptAnswers > world.Answers / 4 && world.SharedAnswers > 0, $"Of {world.Answers} answers {world.KeptAnswers} were kept and {world.SharedAnswers} shared: too few to say anything.");
    }

    private static async Task ChangeAndKillAsync(SharedReplicas world)
    {
        var item = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await ChangedAsync(world, round % 2, Next(ref item));
        }

        // The store is killed and has lost everything; what was said meanwhile is said again until it is heard.
        await world.KillRedisAsync();
        Assert.Equal(503, await world.ChangeAsync(world.Replicas[0], Next(ref item)));
        await world.RestartRedisAsync();
        await HeardAsync(world, item);
        await ChangedAsync(world, 1, item);

        // It comes back as it was before a change; who starts now knows nothing but the store.
        await world.SaveRedisAsync();
        await ChangedAsync(world, 0, item);
        await world.KillRedisAsync();
        await world.RestartRedisAsync();
        await world.ReplaceAsync(1, static () => Task.CompletedTask);
        await HeardAsync(world, item);

        // A gateway is killed, and another one comes in its place, which was not there when something was to be forgotten.
        await world.ReplaceAsync(0, () => ToldAsync(world, world.Replicas[1], Next(ref item)));
        for (var round = 0; round < Rounds; round++)
        {
            await ChangedAsync(world, round % 2, Next(ref item));
        }
    }

    private static int Next(ref int item) => item = (item % SharedReplicas.Items) + 1;

    // One gateway is told, the other one hears of it by itself, and then, when it is told something else, for sure.
    private static async Task ChangedAsync(SharedReplicas world, int told, int item)
    {
        var (one, other) = (world.Replicas[told], world.Replicas[1 - told]);
        var before = await world.VersionAtAsync(other, item);
        await ToldAsync(world, one, item);
        await UntilAsync(async () => await world.VersionAtAsync(other, item) > before, one, other);
        await UntilAsync(async () => await world.HearAsync(other, item) == 200, other);
    }

    // On a machine that is busy the store can take longer than requests wait for it: what was not heard is said again.
    private static async Task ToldAsync(SharedReplicas world, SharedReplicas.Replica replica, int item)
    {
        if (await world.ChangeAsync(replica, item) != 200)
        {
            await UntilAsync(async () => await world.RepeatAsync(replica, item) == 200, replica);
        }
    }

    private static async Task HeardAsync(SharedReplicas world, int item)
    {
        foreach (var replica in world.Replicas)
        {
            await UntilAsync(async () => await world.RepeatAsync(replica, item) == 200, replica);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, params SharedReplicas.Replica[] replicas)
    {
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        for (var began = Stopwatch.GetTimestamp(); !await isSo(); await timer.WaitForNextTickAsync())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TestPatience.Limit, string.Join('\n', replicas.Select(static replica => replica.Everything)));
        }
    }

    // Open loop: whether or not earlier ones are answered.
    private static async Task LoadAsync(SharedReplicas world, CancellationToken end)
    {
        var (sent, began, number) = (new List<Task>(), Stopwatch.GetTimestamp(), 0);
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        while (!end.IsCancellationRequested)
        {
            for (var due = Stopwatch.GetElapsedTime(began).TotalSeconds * Rate; number < due; number++)
            {
                sent.Add(world.AskAsync((number % SharedReplicas.Items) + 1, number));
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        await Task.WhenAll(sent);
    }
}
