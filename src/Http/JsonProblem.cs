using System.Globalization;
using System.Text.Json;

namespace GraphGateway.Http;

/// <summary>What is wrong with a body that is no JSON, or is nested too deeply, with the position: line and column from 1, the column in bytes.</summary>
internal static class JsonProblem
{
    public static string Describe(JsonException exception, ReadOnlySpan<byte> body, int depthMax)
    {
        var line = exception.LineNumber ?? 0;
        var column = exception.BytePositionInLine ?? 0;
        if (IsTooDeep(exception))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The request body is nested deeper than {depthMax} levels of JSON, which is the limit, at line {line + 1}, column {column + 1}.");
        }

        var words = IsAfterComma(body, line, column)
            ? "There is a comma with nothing after it."
            : FirstSentence(exception.Message);
        return string.Create(CultureInfo.InvariantCulture, $"The request body is not valid JSON at line {line + 1}, column {column + 1}: {words}");
    }

    /// <summary>True when the text may be JSON, but is nested deeper than the reader was told to read.</summary>
    public static bool IsTooDeep(JsonException exception) =>
        exception.Message.StartsWith("The maximum configured depth of", StringComparison.Ordinal);

    // The reader's own words for it speak of its options, which a client cannot change.
    private static bool IsAfterComma(ReadOnlySpan<byte> body, long line, long column)
    {
        var lineStart = 0;
        for (var i = 0; i < line; i++)
        {
            lineStart += body[lineStart..].IndexOf((byte)'\n') + 1;
        }

        var at = lineStart + column;
        return at < body.Length
            && body[(int)at] is (byte)'}' or (byte)']'
            && body[..(int)at].TrimEnd(" \t\r\n"u8) is [.., (byte)','];
    }

    /// <summary>The reader's message up to its position, which it counts from 0.</summary>
    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
