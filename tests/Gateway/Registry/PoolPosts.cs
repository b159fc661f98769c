using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>What one thread gives the pool to do, as the runtime tells of it.</summary>
/// <param name="thread">The thread's id.</param>
internal sealed class PoolPosts(int thread) : EventListener
{
    private const EventKeywords ThreadPool = (EventKeywords)2;

    private readonly ConcurrentQueue<string> stacks = [];

    /// <summary>Where it was each time that it did.</summary>
    public IReadOnlyCollection<string> Stacks => stacks;

    // Called by the base's constructor as well.
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Diagnostics.Eventing.FrameworkEventSource")
        {
            EnableEvents(eventSource, EventLevel.Verbose, ThreadPool);
        }
    }

    // On the thread that does it.
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (Environment.CurrentManagedThreadId == thread && eventData.EventName?.StartsWith("ThreadPoolEnqueue", StringComparison.Ordinal) == true)
        {
            stacks.Enqueue(Environment.StackTrace);
        }
    }
}
