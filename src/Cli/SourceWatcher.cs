using System.Threading.Channels;

namespace GraphGateway.Cli;

/// <summary>
/// Runs something once, and again whenever a source file has changed and then nothing changes for <see cref="Quiet"/>: editors and
/// exporters write several files, or one in several steps.
/// </summary>
internal sealed class SourceWatcher(TimeProvider time, Func<CancellationToken, Task> run)
{
    /// <summary>How long no file may change before it runs.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that a source file has changed.</summary>
    internal void Changed() => changes.Writer.TryWrite(true);

    /// <summary>Runs until it is cancelled; then it returns.</summary>
    internal async Task Run(CancellationToken cancellation)
    {
        try
        {
            await run(cancellation);
            while (await changes.Reader.WaitToReadAsync(cancellation))
            {
                await UntilQuiet(cancellation);
                await run(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl+C is how one ends watching.
        }
    }

    /// <summary>Watches a folder with all that is below it, or the folders of files, and calls <see cref="Changed"/>.</summary>
    /// <param name="paths">Folders and files that exist.</param>
    /// <param name="isIgnored">Files that are written by the run itself, by full path.</param>
    internal IDisposable Watch(IEnumerable<string> paths, Func<string, bool> isIgnored)
    {
        var watchers = new List<IDisposable>();
        foreach (var group in paths.Select(Path.GetFullPath).GroupBy(path => Directory.Exists(path) ? path : Path.GetDirectoryName(path)!))
        {
            watchers.Add(new FolderWatch(group.Key, withFolders: Directory.Exists(group.First()), changed =>
            {
                if (changed is null || !isIgnored(changed))
                {
                    Changed();
                }
            }));
        }

        return new Watchers(watchers);
    }

    private async Task UntilQuiet(CancellationToken cancellation)
    {
        while (changes.Reader.TryRead(out _))
        {
            await Task.Delay(Quiet, time, cancellation);
        }
    }

    private sealed class Watchers(List<IDisposable> watchers) : IDisposable
    {
        public void Dispose() => watchers.ForEach(watcher => watcher.Dispose());
    }
}
