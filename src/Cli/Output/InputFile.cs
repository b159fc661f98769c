using System.Text;
using GraphGateway.Composition;

namespace GraphGateway.Cli;

/// <summary>Reads what a command is given: a file, a pipe or standard input. A device is refused, for some never end.</summary>
internal static class InputFile
{
    // More than any graph; a program on the other side of a pipe may never stop.
    private const int MostBytes = 256 * 1024 * 1024;

    // What would be replaced would be another text than the file's.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>The bytes of a file or pipe, or of standard input for <c>-</c>, without a byte order mark; null when it cannot be read, with the reason.</summary>
    internal static (ReadOnlyMemory<byte>? Bytes, string? Reason) ReadBytes(string name)
    {
        var (bytes, reason) = ReadAll(name);
        if (bytes is null)
        {
            return (null, reason);
        }

        return (bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), null);
    }

    /// <summary>The text of a file or pipe, or of standard input for <c>-</c>; null when it cannot be read, with the reason.</summary>
    internal static (string? Text, string? Reason) Read(string name)
    {
        var (bytes, reason) = ReadAll(name);
        if (bytes is null)
        {
            return (null, reason);
        }

        // As its byte order mark says, and UTF-8 without one.
        using var reader = new StreamReader(new MemoryStream(bytes), Strict);
        try
        {
            return (reader.ReadToEnd(), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, "it is not valid UTF-8. Save it as UTF-8.");
        }
    }

    /// <summary>What is left of a stream; null when that is more than so many bytes.</summary>
    internal static byte[]? ReadToEnd(Stream stream, int mostBytes)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81920];
        while (stream.Read(buffer) is > 0 and var count)
        {
            if (all.Length + count > mostBytes)
            {
                return null;
            }

            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    private static (byte[]? Bytes, string? Reason) ReadAll(string name)
    {
        try
        {
            if (name != "-" && SourceFile.KindOf(name) == "device")
            {
                return (null, "it is a device, not a file.");
            }

            if (name != "-" && Directory.Exists(name))
            {
                return (null, "it is a folder, not a file.");
            }

            using var stream = name == "-" ? Console.OpenStandardInput() : File.OpenRead(name);
            var bytes = ReadToEnd(stream, MostBytes);
            return (bytes, bytes is null ? $"it is larger than {MostBytes / 1024 / 1024} MB." : null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "there is no such file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, exception.Message);
        }
    }
}
