using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphGateway.TypeSystem;

namespace GraphGateway.Operations;

/// <summary>Values as messages show them: graphql-js's <c>inspect</c>, which cuts what is long or deep.</summary>
internal static class JsonInspection
{
    private const int MaxDepth = 2;
    private const int MaxItems = 10;

    internal static string Inspect(JsonElement json)
    {
        var text = new StringBuilder();
        Append(text, json, 1);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement json, int depth)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                AppendString(text, json.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(JavaScriptNumber.Format(json.GetDouble()));
                break;
            case JsonValueKind.Array:
                AppendArray(text, json, depth);
                break;
            case JsonValueKind.Object:
                AppendObject(text, json, depth);
                break;
            default:
                text.Append(json.GetRawText());
                break;
        }
    }

    private static void AppendArray(StringBuilder text, JsonElement json, int depth)
    {
        var length = json.GetArrayLength();
        if (length == 0 || depth > MaxDepth)
        {
            text.Append(length == 0 ? "[]" : "[Array]");
            return;
        }

        var separator = "[";
        foreach (var item in json.EnumerateArray().Take(MaxItems))
        {
            text.Append(separator);
            Append(text, item, depth + 1);
            separator = ", ";
        }

        text.Append((length - MaxItems) switch
        {
            1 => ", ... 1 more item]",
            > 1 and var remaining => $", ... {remaining} more items]",
            _ => "]",
        });
    }

    private static void AppendObject(StringBuilder text, JsonElement json, int depth)
    {
        if (!json.EnumerateObject().Any() || depth > MaxDepth)
        {
            text.Append(depth > MaxDepth && json.EnumerateObject().Any() ? "[Object]" : "{}");
            return;
        }

        var separator = "{ ";
        foreach (var property in json.EnumerateObject())
        {
            text.Append(separator).Append(property.Name).Append(": ");
            Append(text, property.Value, depth + 1);
            separator = ", ";
        }

        text.Append(" }");
    }

    // JSON.stringify: only what must be escaped is.
    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => null,
            });
            if (c is >= ' ' and not ('"' or '\\'))
            {
                text.Append(c);
            }
        }

        text.Append('"');
    }
}
