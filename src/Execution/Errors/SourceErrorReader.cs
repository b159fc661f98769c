using System.Globalization;
using System.Text;

namespace GraphGateway.Execution;

/// <summary>
/// Reads the entries of a source's <c>errors</c> (Spec §7.1.6), the first ones of many. What does not look like an error is one all the same. Messages
/// and extensions stay where they were received: what a source writes there costs nothing more.
/// </summary>
internal static class SourceErrorReader
{
    // More segments than a source's JSON can be deep, and longer keys than a document can have, are the path of no field.
    private const int LongestPath = 1_024;
    private const int LongestKey = 1_000_000;

    // The error itself and its place in the lists that it goes through.
    private const int ErrorBytes = 256;
    private const int SegmentBytes = 40;

    private static readonly byte[] NoMessage = "\"Unexpected error from a source.\""u8.ToArray();

    /// <summary>Reads the list that begins at the cursor.</summary>
    /// <param name="cursor">Ends behind it.</param>
    /// <param name="body">The bytes that the cursor goes over.</param>
    /// <param name="most">How many are read; the others are counted.</param>
    /// <param name="budget">Where they are counted.</param>
    /// <param name="unread">How many were not read.</param>
    public static SourceError[] Read(ref JsonCursor cursor, ReadOnlyMemory<byte> body, int most, AnswerBudget budget, out int unread)
    {
        unread = 0;
        var errors = new List<SourceError>();
        cursor.Consume((byte)'[');
        if (cursor.IsMalformed || cursor.TryConsume((byte)']'))
        {
            return [];
        }

        do
        {
            if (errors.Count < most)
            {
                errors.Add(ReadError(ref cursor, body, budget));
                budget.Note(ErrorBytes + (SegmentBytes * (errors[^1].Path?.Length ?? 0)));
            }
            else
            {
                cursor.SkipValue();
                unread++;
            }
        }
        while (cursor.TryNext((byte)']'));
        return [.. errors];
    }

    private static SourceError ReadError(ref JsonCursor cursor, ReadOnlyMemory<byte> body, AnswerBudget budget)
    {
        if (cursor.Peek() != (byte)'{')
        {
            cursor.SkipValue();
            return new SourceError(NoMessage, default, null);
        }

        var (message, extensions, path) = ((ReadOnlyMemory<byte>)NoMessage, default(ReadOnlyMemory<byte>), default(object[]));
        cursor.Consume((byte)'{');
        if (cursor.TryConsume((byte)'}'))
        {
            return new SourceError(message, extensions, path);
        }

        do
        {
            var key = cursor.ReadKey(out var isEscaped);
            key = isEscaped ? JsonNames.Unescape(key) : key;
            var (first, start) = (cursor.Peek(), cursor.Position);
            if (key.SequenceEqual("path"u8))
            {
                // Of equal keys the last one counts.
                path = ReadPath(ref cursor, budget);
                continue;
            }

            cursor.SkipValue();
            if (key.SequenceEqual("message"u8))
            {
                message = first == (byte)'"' ? body[start..cursor.Position] : NoMessage;
            }
            else if (key.SequenceEqual("extensions"u8))
            {
                extensions = first == (byte)'{' ? body[start..cursor.Position] : default;
            }
        }
        while (cursor.TryNext((byte)'}'));
        return new SourceError(message, extensions, path);
    }

    // Null for what is none.
    private static object[]? ReadPath(ref JsonCursor cursor, AnswerBudget budget)
    {
        if (cursor.Peek() != (byte)'[')
        {
            cursor.SkipValue();
            return null;
        }

        var segments = new List<object>();
        var isPath = true;
        cursor.Consume((byte)'[');
        if (cursor.TryConsume((byte)']'))
        {
            return null;
        }

        do
        {
            var (first, start) = (cursor.Peek(), cursor.Position);
            cursor.SkipValue();
            isPath &= !cursor.IsMalformed && segments.Count < LongestPath && cursor.Position - start < LongestKey;
            if (isPath && Segment(first, cursor.Slice(start)) is { } segment)
            {
                budget.Note(segment is string key ? 2 * key.Length : 0);
                segments.Add(segment);
            }
            else
            {
                isPath = false;
            }
        }
        while (cursor.TryNext((byte)']'));
        return isPath ? [.. segments] : null;
    }

    private static object? Segment(byte first, ReadOnlySpan<byte> json)
    {
        if (first != (byte)'"')
        {
            return first is (byte)'-' or (>= (byte)'0' and <= (byte)'9') && int.TryParse(json, CultureInfo.InvariantCulture, out var index) ? index : null;
        }

        var text = json[1..^1];
        if (text.Contains((byte)'\\') && !JsonNames.TryUnescape(text, out text))
        {
            // Half of a surrogate pair: the key of no field.
            return null;
        }

        return Encoding.UTF8.GetString(text);
    }
}
