using System.Collections;
using System.Globalization;
using System.Text;

namespace GraphGateway.Differential;

/// <summary>Hashes that are the same in every process.</summary>
internal static class Hashing
{
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return Next(hash);
    }

    /// <summary>One step of splitmix64.</summary>
    public static ulong Next(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}

/// <summary>Values as text, the same for all ways in which they can come: keys sorted, numbers without their CLR type.</summary>
internal static class Canonical
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string s:
                text.Append('"').Append(s).Append('"');
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case IReadOnlyDictionary<string, object?> fields:
                text.Append('{');
                foreach (var (name, item) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
                {
                    text.Append(name).Append(':');
                    Append(text, item);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case IEnumerable items:
                text.Append('[');
                foreach (var item in items)
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture));
                break;
        }
    }
}

/// <summary>Keys as the worlds have them: <c>id</c>, <c>a b</c>, <c>ref { code }</c>, <c>deep { part { code } }</c>.</summary>
internal static class KeyText
{
    /// <summary>The leaves of a key, as paths: <c>ref.code</c>.</summary>
    public static List<string> Paths(string key)
    {
        var paths = new List<string>();
        var above = new Stack<string>([""]);
        foreach (var word in key.Split(' '))
        {
            switch (word)
            {
                case "{":
                    above.Push(paths[^1] + ".");
                    paths.RemoveAt(paths.Count - 1);
                    break;
                case "}":
                    above.Pop();
                    break;
                default:
                    paths.Add(above.Peek() + word);
                    break;
            }
        }

        return paths;
    }

    /// <summary>The key's own fields.</summary>
    public static IEnumerable<string> Fields(string key) => Paths(key).Select(path => path.Split('.')[0]).Distinct();
}
