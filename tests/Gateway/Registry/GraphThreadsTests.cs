using System.Collections.Concurrent;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>Where the next graph is made: beside the requests, and after them.</summary>
public sealed class GraphThreadsTests
{
    [Fact]
    public async Task Who_follows_comes_back_after_all_that_is_awaited_and_what_is_made_is_made_by_the_other_one()
    {
        using var threads = new GraphThreads();
        var names = new List<string?>();
        void Note() => names.Add(Thread.CurrentThread.Name);
        await threads.FollowAsync(async () =>
        {
            Note();
            await Task.Run(static () => { });
            Note();
            names.Add(await threads.MakeAsync(static () => Thread.CurrentThread.Name));
            Note();
        });
        Assert.Equal([GraphThreads.Follower, GraphThreads.Follower, GraphThreads.Maker, GraphThreads.Follower], names);
    }

    [Fact]
    public async Task Who_makes_sleeps_while_the_other_one_awaits_something()
    {
        using var threads = new GraphThreads();
        var names = new List<string?>();
        await threads.MakeAsync(() =>
        {
            names.Add(Thread.CurrentThread.Name);
            threads.Sleep(
                async () =>
                {
                    names.Add(Thread.CurrentThread.Name);
                    await Task.Run(static () => { });
                    names.Add(Thread.CurrentThread.Name);
                },
                CancellationToken.None);
            names.Add(Thread.CurrentThread.Name);
        });
        Assert.Equal([GraphThreads.Maker, GraphThreads.Follower, GraphThreads.Follower, GraphThreads.Maker], names);
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => threads.MakeAsync(() =>
            threads.Sleep(static () => throw new InvalidOperationException("no"), CancellationToken.None)))).Message);
    }

    [Fact]
    public async Task Who_makes_and_sleeps_is_woken_when_patience_is_over()
    {
        using var threads = new GraphThreads();
        using var patience = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource();
        var made = threads.MakeAsync(() => threads.Sleep(
            () =>
            {
                begun.SetResult();
                return never.Task;
            },
            patience.Token));
        await begun.Task;
        Assert.False(made.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => made);
    }

    [Fact]
    public async Task What_is_made_in_parallel_is_made_by_one_alone()
    {
        using var threads = new GraphThreads();
        var names = new ConcurrentBag<string?>();
        await threads.MakeAsync(() =>
        {
            var here = new ParallelOptions { TaskScheduler = TaskScheduler.Current };
            Parallel.For(0, 100, here, _ => names.Add(Thread.CurrentThread.Name));
            Parallel.Invoke(here, () => names.Add(Thread.CurrentThread.Name), () => names.Add(Thread.CurrentThread.Name));
        });
        Assert.Equal(Enumerable.Repeat(GraphThreads.Maker, 102), names);
    }

    [LinuxFact]
    public async Task The_priority_of_who_makes_is_low_and_that_of_who_follows_is_not()
    {
        // What starts them here may be a thread that has inherited a low one.
        var usual = ThreadPriorities.Own();
        using var threads = new GraphThreads();
        var follows = 0;
        await threads.FollowAsync(() =>
        {
            follows = ThreadPriorities.Own();
            return Task.CompletedTask;
        });
        Assert.Equal((LowPriority.Niceness, usual), (await threads.MakeAsync(ThreadPriorities.Own), follows));
    }

    [LinuxFact]
    public void Threads_of_the_runtime_that_work_beside_requests_get_a_low_priority_and_no_others()
    {
        var inherited = ThreadPriorities.Own();
        using var isTaken = new ManualResetEventSlim();
        using var started = new CountdownEvent(4);
        var found = new ConcurrentDictionary<string, int>();
        Thread[] threads = [.. new[] { ".NET BGC", ".NET Tiered Com", ".NET TP Worker", "BGC" }.Select(name => new Thread(() =>
        {
            started.Signal();
            isTaken.Wait();
            found[name] = ThreadPriorities.Own();
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
    public async Task What_comes_when_it_is_over_is_done_all_the_same()
    {
        var threads = new GraphThreads();
        threads.Dispose();
        Assert.True(await threads.MakeAsync(static () => true));
        await threads.FollowAsync(static () => Task.CompletedTask);
    }

    // Whoever makes something when it is over has it told by the one that follows all the same.
    [Fact]
    public async Task What_is_being_made_when_it_is_over_comes_to_its_end_there()
    {
        var threads = new GraphThreads();
        using var begun = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var names = new ConcurrentQueue<string?>();
        var made = threads.MakeAsync(() =>
        {
            begun.Set();
            mayEnd.Wait();
            Parallel.Invoke(new ParallelOptions { TaskScheduler = TaskScheduler.Current }, () => names.Enqueue(Thread.CurrentThread.Name), () => names.Enqueue(Thread.CurrentThread.Name));
            threads.Sleep(
                () =>
                {
                    names.Enqueue(Thread.CurrentThread.Name);
                    return Task.CompletedTask;
                },
                CancellationToken.None);
        });
        begun.Wait();
        threads.Dispose();
        mayEnd.Set();
        await made;
        Assert.Equal([GraphThreads.Maker, GraphThreads.Maker, GraphThreads.Follower], names);
    }

    // A worker of the pool, or the runtime's thread for timers, would have its priority. What is published is read anew for each graph, and its plans are looked for on disk.
    [Fact]
    public async Task Who_makes_gives_the_pool_nothing_to_do_and_starts_no_timer()
    {
        using var folder = new TemporaryFolder();
        var clock = new NotedClock();
        var (file, store) = (folder.Write("live.graphql", RunningGateway.Supergraph), Path.Combine(folder.Path, "operations.db"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "plans"));
        await ManyTypes.PublishAsync(store, 0);
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = await RunningGateway.StartAsync(
            source,
            [$"--Gateway:Supergraph={file}", "--Gateway:FollowSupergraph=On", "--Gateway:WarmUp:Time=1h", $"--Gateway:WarmUp:Plans={folder.Path}/plans", $"--Gateway:PersistedOperations:Store={store}", "--Gateway:VerifyPlans=On", "--Gateway:Cost:Mode=Enforce"],
            clock);
        await gateway.Services.GetRequiredService<WarmUpService>().Over;
        var threads = gateway.Services.GetRequiredService<GraphThreads>();
        using var posts = new PoolPosts(await threads.MakeAsync(static () => Environment.CurrentManagedThreadId));
        var current = gateway.Services.GetRequiredService<CurrentGraph>();
        clock.StartedBy.Clear();
        for (var change = 1; change <= 2; change++)
        {
            var before = current.Graph;
            await ManyTypes.PublishAsync(store, change);
            await File.WriteAllTextAsync(file, ManyTypes.Graph(250 + change));
            for (var begun = TimeProvider.System.GetTimestamp(); current.Graph == before; await Task.Yield())
            {
                Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromMinutes(2));
                clock.Advance(TimeSpan.FromMilliseconds(20));
            }
        }

        Assert.Equal("", string.Join("\n\n", posts.Stacks));
        Assert.Contains(GraphThreads.Follower, clock.StartedBy);
        Assert.DoesNotContain(GraphThreads.Maker, clock.StartedBy);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_graph_is_made_there(bool overHttp)
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
        Assert.Equal([false, true], test.MadeOn.Select(static name => name == GraphThreads.Maker));
    }
}
