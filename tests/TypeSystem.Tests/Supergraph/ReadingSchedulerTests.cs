using System.Collections.Concurrent;
using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.TypeSystem.Tests;

/// <summary>Where a supergraph is read.</summary>
public sealed class ReadingSchedulerTests
{
    [Fact]
    public async Task What_is_done_in_parallel_is_done_by_the_scheduler_of_who_reads()
    {
        var text = new SourceText(await File.ReadAllBytesAsync(Repository.PathOf("schemas/supergraph.graphql")), "supergraph.graphql");
        using var scheduler = new OneThread();
        var result = await Task.Factory.StartNew(() => SupergraphReader.Read(text), CancellationToken.None, TaskCreationOptions.None, scheduler);
        Assert.Empty(result.Errors);

        // The reading itself is one of them.
        Assert.True(scheduler.Tasks > 1, $"{scheduler.Tasks} tasks");
    }

    private sealed class OneThread : TaskScheduler, IDisposable
    {
        private readonly BlockingCollection<Task> tasks = [];
        private readonly Thread thread;

        public OneThread()
        {
            thread = new Thread(() =>
            {
                foreach (var task in tasks.GetConsumingEnumerable())
                {
                    TryExecuteTask(task);
                }
            });
            thread.Start();
        }

        // How many it was given.
        public int Tasks { get; private set; }

        public void Dispose()
        {
            tasks.CompleteAdding();
            thread.Join();
            tasks.Dispose();
        }

        protected override void QueueTask(Task task)
        {
            Tasks++;
            tasks.Add(task);
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => Thread.CurrentThread == thread && TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => tasks.ToArray();
    }
}
