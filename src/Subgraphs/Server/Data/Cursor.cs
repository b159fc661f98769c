using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GraphGateway.Language;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Where an item stands in an order: the values of the order's columns, and the order itself, so that a cursor of another order is refused
/// rather than misread. Opaque to clients: base64url of a JSON array of strings.
/// </summary>
internal static class Cursor
{
    public static string Encode(string order, IEnumerable<object?> values) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(values.Select(ToText).Prepend(Signature(order))));

    public static object?[] Decode(string cursor, string order, ImmutableArray<SortStep> steps, string argument)
    {
        try
        {
            var texts = JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(cursor));
            if (texts?.Length == steps.Length + 1 && texts[0] == Signature(order))
            {
                return [.. steps.Select((step, i) => FromText(texts[i + 1], step.Path.ReturnType))];
            }
        }
        catch (Exception exception) when (exception is FormatException or JsonException or OverflowException)
        {
            throw new GraphQLException($"\"{argument}\" is not a cursor of this list.", ErrorCode.BadUserInput);
        }

        throw new GraphQLException($"\"{argument}\" is not a cursor of this list in this order.", ErrorCode.BadUserInput);
    }

    private static string Signature(string order)
    {
        // FNV-1a: short, and the same in every process.
        var hash = 2166136261;
        foreach (var c in order)
        {
            hash = (hash ^ c) * 16777619;
        }

        return hash.ToString("x8");
    }

    private static string? ToText(object? value) => value switch
    {
        null => null,
        string text => text,
        Enum => Convert.ToInt64(value).ToString(),
        DateTime instant => instant.ToString("O"),
        DateTimeOffset instant => instant.ToString("O"),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static object? FromText(string? text, Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return text switch
        {
            null => null,
            _ when target == typeof(string) => text,
            _ when target.IsEnum => Enum.ToObject(target, long.Parse(text)),
            _ when target == typeof(DateTime) => DateTime.Parse(text, null, DateTimeStyles.RoundtripKind),
            _ when target == typeof(DateTimeOffset) => DateTimeOffset.Parse(text, null, DateTimeStyles.RoundtripKind),
            _ when target == typeof(Guid) => Guid.Parse(text),
            _ when target == typeof(DateOnly) => DateOnly.Parse(text),
            _ => Convert.ChangeType(text, target, CultureInfo.InvariantCulture),
        };
    }
}
