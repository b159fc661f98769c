using System.Buffers;

namespace GraphGateway.Gateway;

/// <summary>
/// The folder with a file of plans for each graph that was served lately (<see cref="WarmUpOptions.Plans"/>). A file is written whole or not at all, so that gateways of one
/// user can share the folder: a file is named by what its plans belong to, and of two that write it the last one counts.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="clock">Says which drafts nobody writes any longer.</param>
internal sealed class PlanFolder(string path, TimeProvider clock)
{
    /// <summary>Of how many graphs files stay: the newest.</summary>
    public const int MostFiles = 4;

    private const string Ending = ".plans";
    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>The name of the file of an identity.</summary>
    public string FileOf(byte[] identity) => Path.Combine(path, Convert.ToHexStringLower(identity) + Ending);

    /// <summary>What is in the file of an identity; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is no file, it is too large, it is another user's, or others than the gateway's user may read or write it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public byte[]? Read(byte[] identity)
    {
        var name = FileOf(identity);
        if (!File.Exists(name))
        {
            return null;
        }

        // Before it is opened: nobody writes into a pipe.
        if (FileOwner.IsNoFile(name))
        {
            throw new InvalidDataException("it is no file.");
        }

        // What is checked is what is read, whatever the name stands for meanwhile.
        using var file = File.OpenHandle(name);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & OfOthers) != 0)
        {
            throw new InvalidDataException("others than its owner may read or write it.");
        }

        // Who may write into the folder could put one there; root would read it.
        if (FileOwner.IsAnothers(file))
        {
            throw new InvalidDataException("it belongs to another user.");
        }

        var length = RandomAccess.GetLength(file);
        if (length > PlanFile.MaxBytes)
        {
            throw new InvalidDataException($"it has more than {PlanFile.MaxBytes} bytes.");
        }

        var bytes = new byte[length];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is > 0 and var more)
        {
            read += more;
        }

        return read == bytes.Length ? bytes : throw new InvalidDataException("it became shorter while it was read.");
    }

    /// <summary>Writes the file of an identity (<see cref="WholeFile"/>), and takes away those of graphs that were not served lately.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="bytes">What is in it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(byte[] identity, byte[] bytes)
    {
        var name = FileOf(identity);
        WholeFile.Write(name, bytes);
        Prune(name);
    }

    // Only what is named as ours: a SHA-256.
    private void Prune(string current)
    {
        var folder = new DirectoryInfo(path);
        var old = folder.EnumerateFiles('*' + Ending).Where(file => IsOurs(file.Name) && file.FullName != current)
            .OrderByDescending(static file => file.LastWriteTimeUtc).Skip(MostFiles - 1);
        foreach (var file in old.ToList())
        {
            file.Delete();
        }

        WholeFile.RemoveAbandoned(path, IsOurs, clock);
    }

    private static bool IsOurs(string file) =>
        file.Length == 64 + Ending.Length && file.EndsWith(Ending, StringComparison.Ordinal) && file.AsSpan(0, 64).IndexOfAnyExcept(Digits) < 0;
}
