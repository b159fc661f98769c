using System.CommandLine;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Cli.Tests;

public sealed class WatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Many_changes_in_a_row_are_one_round()
    {
        var time = new FakeTimeProvider();
        using var rounds = new SemaphoreSlim(0);
        using var stop = new CancellationTokenSource();
        var watcher = new SourceWatcher(time, _ =>
        {
            rounds.Release();
            return Task.CompletedTask;
        });
        var running = watcher.Run(stop.Token);
        await rounds.WaitAsync();

        watcher.Changed();
        await Requirement(() => time.WaitingTimers == 1);
        watcher.Changed();
        time.Advance(SourceWatcher.Quiet);
        // The second change came while it waited, so that it waits again.
        await Requirement(() => time.WaitingTimers == 1);
        Assert.Equal(0, rounds.CurrentCount);
        time.Advance(SourceWatcher.Quiet);

        await rounds.WaitAsync();
        Assert.Equal(0, time.WaitingTimers);
        await stop.CancelAsync();
        await running;
        Assert.Equal(0, rounds.CurrentCount);
    }

    [Fact]
    public async Task Each_change_of_a_source_is_composed_and_a_mistake_leaves_the_output_as_it_was()
    {
        var source = Write("type Query { rose: Int }");
        var output = Path.Combine(folder.Path, "in", "supergraph.graphql");
        using var error = new Lines();
        using var nothing = new StringWriter();
        using var stop = new CancellationTokenSource();
        var running = CommandLine.Root().Parse(["compose", Path.Combine(folder.Path, "in"), "--output", output, "--watch"])
            .InvokeAsync(new InvocationConfiguration { Output = nothing, Error = error }, stop.Token);

        await error.Seen(line => line.StartsWith("Watching ", StringComparison.Ordinal), 1);
        var first = await File.ReadAllTextAsync(output);
        await File.WriteAllTextAsync(source, "type Query { rose: Rose }");
        await error.Seen(line => line.Contains("INVALID_GRAPHQL", StringComparison.Ordinal), 1);
        Assert.Equal(first, await File.ReadAllTextAsync(output));
        await File.WriteAllTextAsync(source, "type Query { lily: Int }");
        await error.Seen(line => line.StartsWith("Composed 1 source", StringComparison.Ordinal), 2);

        Assert.Contains("lily: Int", await File.ReadAllTextAsync(output), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(output)!, "*.tmp"));
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task A_folder_that_was_removed_and_made_anew_is_watched_on()
    {
        Write("type Query { rose: Int }");
        var output = Path.Combine(folder.Path, "supergraph.graphql");
        using var error = new Lines();
        using var nothing = new StringWriter();
        using var stop = new CancellationTokenSource();
        var running = CommandLine.Root().Parse(["compose", Path.Combine(folder.Path, "in"), "--output", output, "--watch"])
            .InvokeAsync(new InvocationConfiguration { Output = nothing, Error = error }, stop.Token);

        await error.Seen(line => line.StartsWith("Watching ", StringComparison.Ordinal), 1);
        Directory.Delete(Path.Combine(folder.Path, "in"), recursive: true);
        await error.Seen(line => line.Contains("SOURCE_NOT_READABLE", StringComparison.Ordinal), 1);
        var source = Write("type Query { lily: Int }");
        await error.Seen(line => line.StartsWith("Composed 1 source", StringComparison.Ordinal), 2);
        await File.WriteAllTextAsync(source, "type Query { tulip: Int }");
        await error.Seen(line => line.StartsWith("Composed 1 source", StringComparison.Ordinal), 3);

        Assert.Contains("tulip: Int", await File.ReadAllTextAsync(output), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task Where_nothing_is_there_is_nothing_to_watch()
    {
        var missing = Path.Combine(folder.Path, "nowhere");
        var (code, output, error) = await Cli.Run("compose", missing, "--watch");

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"SOURCE_NOT_READABLE The folder {missing} does not exist.\n", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Watching", error, StringComparison.Ordinal);
    }

    private string Write(string schema)
    {
        folder.Write("in/roses/schema-settings.json", """{"transports": {"http": {"url": "http://roses"}}}""");
        return folder.Write("in/roses/schema.graphqls", schema);
    }

    private static async Task Requirement(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    /// <summary>A writer whose lines can be waited for.</summary>
    private sealed class Lines : StringWriter
    {
        private readonly Lock gate = new();
        private readonly List<string> lines = [];
        private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void WriteLine(object? value) => WriteLine(value?.ToString());

        public override void WriteLine(string? value)
        {
            lock (gate)
            {
                lines.Add(value ?? "");
                changed.SetResult();
                changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        internal async Task Seen(Func<string, bool> isIt, int times)
        {
            for (; ; )
            {
                Task next;
                lock (gate)
                {
                    if (lines.Count(isIt) >= times)
                    {
                        return;
                    }

                    next = changed.Task;
                }

                await next.WaitAsync(TestPatience.Limit);
            }
        }
    }
}
