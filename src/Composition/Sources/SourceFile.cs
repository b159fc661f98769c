using System.Formats.Tar;

namespace GraphGateway.Composition;

/// <summary>Reads a file that a source is written in. Pipes and devices are none: who opens a pipe waits, and some devices never end.</summary>
public static class SourceFile
{
    /// <summary>The bytes without a byte order mark; null when there are none, with the reason.</summary>
    /// <param name="path">The file.</param>
    public static (ReadOnlyMemory<byte>? Bytes, string? Reason) Read(string path)
    {
        try
        {
            if (KindOf(path) is { } kind)
            {
                return (null, $"it is a {kind}, not a file.");
            }

            ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path);
            return (bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>"pipe" or "device" for what is no file and no folder; null otherwise.</summary>
    /// <param name="path">What is looked at without being opened; a link is what it leads to.</param>
    /// <exception cref="IOException">Nothing is there.</exception>
    public static string? KindOf(string path)
    {
        // .NET tells the kind of a file without opening it only where it makes an archive of it. All but files are without length.
        var file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
        if (OperatingSystem.IsWindows() || !file.Exists || file.Length > 0)
        {
            return null;
        }

        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            writer.WriteEntry(file.FullName, "file");
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType switch
        {
            TarEntryType.Fifo => "pipe",
            TarEntryType.CharacterDevice or TarEntryType.BlockDevice => "device",
            _ => null,
        };
    }
}
