using System.Collections;
using System.Globalization;
using System.Text;

namespace GraphGateway.Subgraphs.Server;

/// <summary>Values as messages show them, in graphql-js's manner: names of members without quotes, deep and long parts cut.</summary>
internal static class ShownValue
{
    private const int MaxDepth = 2;
    private const int MaxItems = 10;

    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, depth: 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string words:
                text.Append(LiteralText.Quote(words));
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case double number when double.IsInfinity(number):
                text.Append(number > 0 ? "Infinity" : "-Infinity");
                break;
            case IReadOnlyDictionary<string, object?> members:
                AppendMembers(text, members, depth);
                break;
            case IFormattable formattable:
                text.Append(formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IEnumerable items:
                AppendItems(text, [.. items.Cast<object?>()], depth);
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static void AppendMembers(StringBuilder text, IReadOnlyDictionary<string, object?> members, int depth)
    {
        if (members.Count == 0 || depth >= MaxDepth)
        {
            text.Append(members.Count == 0 ? "{}" : "[Object]");
            return;
        }

        var separator = "{ ";
        foreach (var (name, member) in members)
        {
            text.Append(separator).Append(name).Append(": ");
            Append(text, member, depth + 1);
            separator = ", ";
        }

        text.Append(" }");
    }

    private static void AppendItems(StringBuilder text, List<object?> items, int depth)
    {
        if (items.Count == 0 || depth >= MaxDepth)
        {
            text.Append(items.Count == 0 ? "[]" : "[Array]");
            return;
        }

        text.Append('[');
        for (var i = 0; i < Math.Min(items.Count, MaxItems); i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Append(text, items[i], depth + 1);
        }

        var more = items.Count - MaxItems;
        text.Append(more > 0 ? $", ... {more} more item{(more > 1 ? "s" : "")}]" : "]");
    }
}
