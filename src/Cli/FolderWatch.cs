namespace GraphGateway.Cli;

/// <summary>
/// Watches a folder, and goes on when it is removed and made anew, as a checkout or an export does it: the system's own watch ends with the folder.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly string folder;
    private readonly bool withFolders;
    private readonly Action<string?> changed;
    private readonly FileSystemWatcher? above;
    private readonly Lock gate = new();
    private FileSystemWatcher? inside;
    private bool isDisposed;

    /// <summary>Watches from now on.</summary>
    /// <param name="folder">Its full path; it exists.</param>
    /// <param name="withFolders">All that is below it, too.</param>
    /// <param name="changed">Takes the full path of what has changed; null when it is not known what.</param>
    internal FolderWatch(string folder, bool withFolders, Action<string?> changed)
    {
        (this.folder, this.withFolders, this.changed) = (Path.TrimEndingDirectorySeparator(folder), withFolders, changed);
        Begin();
        if (Path.GetDirectoryName(this.folder) is { } parent)
        {
            above = new FileSystemWatcher(parent, Path.GetFileName(this.folder)) { NotifyFilter = NotifyFilters.DirectoryName };
            above.Created += (_, _) => BeginAgain();
            above.Renamed += (_, _) => BeginAgain();
            above.Deleted += (_, _) => changed(null);
            above.EnableRaisingEvents = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            above?.Dispose();
            inside?.Dispose();
        }
    }

    private void BeginAgain()
    {
        lock (gate)
        {
            if (!isDisposed && Directory.Exists(folder))
            {
                inside?.Dispose();
                try
                {
                    Begin();
                }
                catch (Exception exception) when (exception is ArgumentException or IOException)
                {
                    // Gone again already; when it comes back, so does this.
                    inside = null;
                }
            }
        }

        // What was written before the watch began.
        changed(null);
    }

    private void Begin()
    {
        inside = new FileSystemWatcher(folder) { IncludeSubdirectories = withFolders };
        inside.Changed += (_, change) => changed(change.FullPath);
        inside.Created += (_, change) => changed(change.FullPath);
        inside.Deleted += (_, change) => changed(change.FullPath);
        inside.Renamed += (_, change) => changed(change.FullPath);
        // Too many at once to say which: something has changed, whatever it was.
        inside.Error += (_, _) => changed(null);
        inside.EnableRaisingEvents = true;
    }
}
