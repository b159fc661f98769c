using System.Runtime.ExceptionServices;

namespace GraphGateway.Gateway;

/// <summary>
/// The two threads for another graph. One follows: it asks, awaits, and keeps on disk; a disk, or the lock of a store, keeps no thread of requests waiting there. The other one makes, at a low priority: it reads and plans, so that
/// requests come first. A thread has the priority of the one that starts it (on Linux), and a worker of the pool may be started by whoever has something for the pool, awaits it, or starts a timer. So what is made does none of
/// these, and what it comes to is told by the one that follows.
/// </summary>
internal sealed class GraphThreads : IDisposable
{
    /// <summary>The name of the thread that follows.</summary>
    public const string Follower = "Graph follower";

    /// <summary>The name of the thread that makes.</summary>
    public const string Maker = "Graph maker";

    private readonly OwnThread follower = new(Follower);
    private readonly OwnThread maker;

    // The one that tells ends after the one that has something to tell.
    public GraphThreads() => maker = new OwnThread(Maker, LowPriority.Take, follower.Dispose);

    /// <summary>
    /// Between two parts of what is made: lets go first who waits for the processor. A worker of the pool gives way between two pieces of work (so the runtime has it), also to a thread of lower priority, and would get its
    /// processor back at the kernel's next tick only, up to 4 ms later, with nothing to do but wait.
    /// </summary>
    public static void GiveWay() => Thread.Yield();

    /// <summary>Does some work, and all that it awaits, on the thread that follows.</summary>
    public Task FollowAsync(Func<Task> work) => follower.DoAsync(work);

    /// <summary>Makes something. Throws what that throws.</summary>
    /// <param name="work">Awaits nothing, and starts neither threads nor timers.</param>
    public Task<T> MakeAsync<T>(Func<T> work)
    {
        var made = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        maker.Do(() =>
        {
            Action tell;
            try
            {
                var result = work();
                tell = () => made.SetResult(result);
            }
            catch (Exception exception)
            {
                tell = () => made.SetException(exception);
            }

            follower.Do(tell);
        });
        return made.Task;
    }

    /// <inheritdoc cref="MakeAsync{T}"/>
    public Task MakeAsync(Action work) => MakeAsync(() =>
    {
        work();
        return true;
    });

    /// <summary>Sleeps while the thread that follows does something and awaits it: for who makes and has to wait. Throws what that throws, and <see cref="OperationCanceledException"/> when patience is over.</summary>
    /// <param name="work">What is waited for.</param>
    /// <param name="patience">Ends the waiting; the work goes on.</param>
    public void Sleep(Func<Task> work, CancellationToken patience)
    {
        // At once: to look for it for some time first would take a processor that requests want. Not disposed: where the wait is given up it is set all the same, and it holds nothing of the system's.
        var over = new ManualResetEventSlim(initialState: false, spinCount: 0);
        ExceptionDispatchInfo? fault = null;
        follower.Do(() => _ = WorkAsync());
        over.Wait(patience);
        fault?.Throw();

        async Task WorkAsync()
        {
            try
            {
                await work();
            }
            catch (Exception exception)
            {
                fault = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                over.Set();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => maker.Dispose();
}
