namespace GraphGateway.Gateway;

/// <summary>
/// Files that the gateway keeps for its next start. Who reads one sees the old content or the new one, never a part, also after the machine has stopped while it was
/// written; and nobody but the gateway's user reads it.
/// </summary>
internal static class WholeFile
{
    private const string DraftEnding = ".tmp";

    // Nobody writes a file for so long.
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    /// <summary>Writes a file, in place of the one that may be there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">What is in it.</param>
    /// <exception cref="IOException">It cannot be written; the old one is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        // In the same folder, since only there is a rename one step. Containers that share a folder have the same process ids.
        var draft = $"{path}.{Guid.NewGuid():n}{DraftEnding}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var stream = new FileStream(draft, options))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            Remove(draft);
            throw;
        }
    }

    /// <summary>Removes what gateways have left behind that were killed while they wrote: as much as the file itself each time.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="isOurs">Whether a name is one of those that are written there.</param>
    /// <param name="clock">Says what nobody writes any longer.</param>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be removed.</exception>
    public static void RemoveAbandoned(string folder, Func<string, bool> isOurs, TimeProvider clock)
    {
        var before = clock.GetUtcNow().UtcDateTime - Abandoned;
        foreach (var draft in new DirectoryInfo(folder).EnumerateFiles('*' + DraftEnding).ToList())
        {
            var name = draft.Name[..^DraftEnding.Length];
            var dot = name.LastIndexOf('.');
            if (dot > 0 && Guid.TryParseExact(name[(dot + 1)..], "n", out _) && isOurs(name[..dot]) && draft.LastWriteTimeUtc < before)
            {
                draft.Delete();
            }
        }
    }

    private static void Remove(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What matters is told by whoever could not write.
        }
    }
}
