using GraphGateway.Composition;

namespace GraphGateway.Cli;

/// <summary>Writes a file so that a reader sees the old content or the new one, never a part of either. Pipes and devices are written to.</summary>
internal static class OutputFile
{
    /// <summary>Null when it is written; otherwise why not, and then the old file is as it was.</summary>
    internal static CompositionProblem? Write(string path, string text)
    {
        string? temporary = null;
        try
        {
            if (path.Length > 0 && IsWrittenTo(path))
            {
                using var writer = new StreamWriter(new FileStream(path, FileMode.Open, FileAccess.Write));
                writer.Write(text);
                return null;
            }

            var full = Resolve(path);

            // In the same folder, since only there is a rename one step.
            temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid():n}.tmp");
            if (Directory.Exists(full))
            {
                throw new IOException("it is a folder.");
            }

            File.WriteAllText(temporary, text);
            File.Move(temporary, full, overwrite: true);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Remove(temporary);
            return new CompositionProblem
            {
                Code = ProblemCode.OutputNotWritable,
                Message = path.Length == 0
                    ? "The output has no name."
                    : $"{path} cannot be written: {exception.Message.Replace(temporary ?? path, path, StringComparison.Ordinal)}",
                Hint = "Give --output a file in a folder that exists and that you may write to.",
            };
        }
    }

    /// <summary>The whole path of the file that is written: what a link leads to, since a rename would replace the link itself.</summary>
    /// <exception cref="ArgumentException">There is no path.</exception>
    /// <exception cref="IOException">The links lead nowhere.</exception>
    internal static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
    }

    // A rename would put a file in the place of a pipe or device. What /dev/stderr and /dev/fd/3 lead to is open already, and may have no name.
    private static bool IsWrittenTo(string path)
    {
        var file = new FileInfo(path);
        return file.Exists
            && (file.FullName.StartsWith("/dev/", StringComparison.Ordinal) || file.FullName.StartsWith("/proc/", StringComparison.Ordinal) || SourceFile.KindOf(path) is not null);
    }

    private static void Remove(string? temporary)
    {
        try
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What matters is told by the caller; a left-over file begins with a dot and harms nobody.
        }
    }
}
