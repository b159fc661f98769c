namespace GraphGateway.Cli;

/// <summary>Reads what a command is given.</summary>
internal static class InputFile
{
    /// <summary>The bytes of a file, or of standard input for <c>-</c>, without a byte order mark; null when it cannot be read, with the reason.</summary>
    internal static (ReadOnlyMemory<byte>? Bytes, string? Reason) ReadBytes(string name)
    {
        if (name == "-")
        {
            using var input = Console.OpenStandardInput();
            using var all = new MemoryStream();
            input.CopyTo(all);
            return (WithoutMark(all.ToArray()), null);
        }

        try
        {
            return (WithoutMark(File.ReadAllBytes(name)), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, exception.Message);
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) => bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    /// <summary>The text of a file, or of standard input for <c>-</c>; null when it cannot be read, with the reason.</summary>
    internal static (string? Text, string? Reason) Read(string name)
    {
        try
        {
            return (name == "-" ? Console.In.ReadToEnd() : File.ReadAllText(name), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, exception.Message);
        }
    }
}
