using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>A value of a settings file and where it stands, which <see cref="JsonDocument"/> does not keep.</summary>
/// <param name="Kind">
/// <see cref="JsonTokenType.StartObject"/>, <see cref="JsonTokenType.StartArray"/>, or the token of a string, number, true, false or null.
/// </param>
/// <param name="Offset">The byte offset of its first character.</param>
/// <param name="Text">The decoded string, or the number, true, false or null as it is written; empty for objects and lists.</param>
/// <param name="Properties">The properties of an object, in order.</param>
/// <param name="Items">The items of a list.</param>
internal sealed record SettingsNode(
    JsonTokenType Kind, int Offset, string Text, ImmutableArray<SettingsProperty> Properties, ImmutableArray<SettingsNode> Items)
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    internal bool IsObject => Kind == JsonTokenType.StartObject;

    /// <summary>
    /// The property of that name; null when there is none, or when it is null. A second one is refused, and in what other programs keep the
    /// last one counts, as they take it.
    /// </summary>
    internal SettingsNode? Find(string name) =>
        Properties.LastOrDefault(property => property.Name == name)?.Value is { Kind: not JsonTokenType.Null } found ? found : null;

    /// <summary>As messages show it: short values as they are, others by what they are.</summary>
    public override string ToString() => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"\"{Words.Cut(Text)}\"",
        _ => Words.Cut(Text),
    };

    /// <summary>The file's value; null when it is not JSON, which is then told with its place.</summary>
    internal static SettingsNode? Parse(SourceText text, string sourceName, ProblemSink problems)
    {
        if (!Utf8.IsValid(text.Utf8.Span))
        {
            Report("the file is not UTF-8.", ValidLength(text.Utf8.Span));
            return null;
        }

        var reader = new Utf8JsonReader(text.Utf8.Span, Options);
        try
        {
            reader.Read();
            var root = ReadValue(ref reader);
            reader.Read();
            root.CheckKeys(text, sourceName, problems);
            return root;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, as in "\uD83C".
            Report("the text ends in the middle of a character.", (int)reader.TokenStartIndex);
            return null;
        }
        catch (JsonException exception)
        {
            Report(Reason(exception), LineStart(text, exception.LineNumber ?? 0) + (int)(exception.BytePositionInLine ?? 0));
            return null;
        }

        void Report(string reason, int offset) => problems.Error(
            ProblemCode.SettingsInvalid,
            "The settings are not JSON: " + reason,
            "Mend the JSON, or remove the file to compose with the defaults.",
            new Place(sourceName, text, offset));
    }

    // One of the values would be lost. What other programs keep in the file is theirs.
    private void CheckKeys(SourceText text, string sourceName, ProblemSink problems)
    {
        foreach (var same in Properties.GroupBy(property => property.Name).Where(same => same.Skip(1).Any()))
        {
            problems.Error(
                ProblemCode.SettingsInvalid,
                $"\"{same.Key}\" stands there {(same.Skip(2).Any() ? $"{same.Count()} times" : "twice")}, and only one can hold.",
                "Keep one of them.",
                same.Select(property => new Place(sourceName, text, property.Offset)));
        }

        foreach (var property in Properties)
        {

            if (property.Name != "extensions")
            {
                property.Value.CheckKeys(text, sourceName, problems);
            }
        }

        foreach (var item in Items)
        {
            item.CheckKeys(text, sourceName, problems);
        }
    }

    private static SettingsNode ReadValue(ref Utf8JsonReader reader)
    {
        var kind = reader.TokenType;
        var offset = (int)reader.TokenStartIndex;
        switch (kind)
        {
            case JsonTokenType.StartObject:
                var properties = ImmutableArray.CreateBuilder<SettingsProperty>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    var at = (int)reader.TokenStartIndex;
                    reader.Read();
                    properties.Add(new SettingsProperty(name, at, ReadValue(ref reader)));
                }

                return new SettingsNode(kind, offset, "", properties.DrainToImmutable(), []);
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<SettingsNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadValue(ref reader));
                }

                return new SettingsNode(kind, offset, "", [], items.DrainToImmutable());
            case JsonTokenType.String:
                return new SettingsNode(kind, offset, reader.GetString()!, [], []);
            default:
                return new SettingsNode(kind, offset, Encoding.UTF8.GetString(reader.ValueSpan), [], []);
        }
    }

    // Up to the first byte that is not UTF-8.
    private static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(bytes[length..], out _, out var consumed) == OperationStatus.Done)
        {
            length += consumed;
        }

        return length;
    }

    private static int LineStart(SourceText text, long line)
    {
        var span = text.Utf8.Span;
        var start = 0;
        for (; line > 0 && span[start..].IndexOf((byte)'\n') is >= 0 and var length; line--)
        {
            start += length + 1;
        }

        return start;
    }

    // The exception's message repeats the position at its end; the place tells it already.
    private static string Reason(JsonException exception)
    {
        var at = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return at < 0 ? exception.Message : exception.Message[..at];
    }
}

/// <summary>A property of an object in a settings file.</summary>
/// <param name="Name">Its name, decoded.</param>
/// <param name="Offset">The byte offset of the name's quotation mark.</param>
/// <param name="Value">Its value.</param>
internal sealed record SettingsProperty(string Name, int Offset, SettingsNode Value);
