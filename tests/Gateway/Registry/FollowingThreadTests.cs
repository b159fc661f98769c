using System.Collections.Concurrent;
using System.Globalization;
using GraphGateway.Gateway.Tests.Pipeline;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>Where the next graph is made: beside the requests, and after them.</summary>
public sealed class FollowingThreadTests
{
    [Fact]
    public async Task What_is_awaited_comes_back_to_it_and_plans_are_made_on_it()
    {
        using var thread = new FollowingThread();
        var names = new List<string?>();
        void Note() => names.Add(Thread.CurrentThread.Name);
        await thread.RunAsync(async () =>
        {
            Note();
            await Task.Run(static () => { });
            Note();
            await new PlanFlights(bound: 1).GetAsync(
                "a",
                _ =>
                {
                    Note();
                    return new PlanResolution(null, []);
                },
                CancellationToken.None);
            Note();
        });
        Assert.Equal(Enumerable.Repeat(FollowingThread.Name, 4), names);
    }

    [Fact]
    public async Task What_it_does_in_parallel_it_does_alone()
    {
        using var thread = new FollowingThread();
        var names = new ConcurrentBag<string?>();
        await thread.RunAsync(() =>
        {
            var here = new ParallelOptions { TaskScheduler = TaskScheduler.Current };
            Parallel.For(0, 100, here, _ => names.Add(Thread.CurrentThread.Name));
            Parallel.Invoke(here, () => names.Add(Thread.CurrentThread.Name), () => names.Add(Thread.CurrentThread.Name));
            return Task.CompletedTask;
        });
        Assert.Equal(Enumerable.Repeat(FollowingThread.Name, 102), names);
    }

    [Fact]
    public async Task Its_priority_is_low_and_that_of_who_collects_for_it_is_not()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var thread = new FollowingThread();
        var (own, usual) = (0, 0);
        await thread.RunAsync(async () =>
        {
            own = Niceness();
            usual = await Task.Factory.StartNew(Niceness, CancellationToken.None, TaskCreationOptions.DenyChildAttach, thread.Usual);
        });

        // What starts them here may be a thread that has inherited a low one.
        Assert.Equal((LowPriority.Niceness, Niceness()), (own, usual));
    }

    [Fact]
    public void Threads_of_the_runtime_that_work_beside_requests_get_a_low_priority_and_no_others()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var inherited = Niceness();
        using var isTaken = new ManualResetEventSlim();
        using var started = new CountdownEvent(4);
        var found = new ConcurrentDictionary<string, int>();
        Thread[] threads = [.. new[] { ".NET BGC", ".NET Tiered Com", ".NET TP Worker", "BGC" }.Select(name => new Thread(() =>
        {
            started.Signal();
            isTaken.Wait();
            found[name] = Niceness();
        }) { Name = name })];
        Array.ForEach(threads, static thread => thread.Start());
        started.Wait();
        LowPriority.TakeForRuntime();
        isTaken.Set();
        Array.ForEach(threads, static thread => thread.Join());
        Assert.Equal(
            [(".NET BGC", LowPriority.Niceness), (".NET TP Worker", inherited), (".NET Tiered Com", LowPriority.Niceness), ("BGC", inherited)],
            found.Select(static thread => (thread.Key, thread.Value)).OrderBy(static thread => thread.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Between_parts_it_gives_way_and_others_do_not()
    {
        using var thread = new FollowingThread();
        Action? own = null;
        Action? others = FollowingThread.GiveWay;
        await thread.RunAsync(async () =>
        {
            own = FollowingThread.BetweenParts;
            others = await Task.Run(static () => FollowingThread.BetweenParts);
        });
        Assert.Equal((FollowingThread.GiveWay, null), (own, others));
    }

    [Fact]
    public async Task What_comes_when_it_is_over_is_done_all_the_same()
    {
        var thread = new FollowingThread();
        thread.Dispose();
        var isDone = false;
        await thread.RunAsync(() =>
        {
            isDone = true;
            return Task.CompletedTask;
        });
        Assert.True(isDone);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_graph_is_made_on_it(bool overHttp)
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"a":"a","b":"b"}}""");
        await using var test = new FollowingGateway();
        await test.PublishAsync("one", source.Url, "a");
        if (overHttp)
        {
            await test.ServeAsync(0, "read:shop/dev", "report:shop/dev");
        }

        Assert.Empty(await test.StartAsync());
        await test.PublishAsync("one", source.Url, "a", "b");
        await test.SeenAsync(2);
        Assert.Equal([false, true], test.MadeOn.Select(static name => name == FollowingThread.Name));
    }

    // proc(5): after the name in parentheses the nice value is the 17th.
    private static int Niceness()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
