namespace GraphGateway.Cli;

/// <summary>Reads what a command is given.</summary>
internal static class InputFile
{
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
