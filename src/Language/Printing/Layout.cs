using System.Collections.Immutable;

namespace GraphGateway.Language;

/// <summary>The few ways in which printed parts are put together.</summary>
internal static class Layout
{
    /// <summary>The parts that are not empty, with a separator between them.</summary>
    public static string Join(string separator, params ReadOnlySpan<string> parts)
    {
        var present = new List<string>(parts.Length);
        foreach (var part in parts)
        {
            if (part.Length > 0)
            {
                present.Add(part);
            }
        }

        return string.Join(separator, present);
    }

    /// <summary>The printed nodes, with a separator between them.</summary>
    public static string Join<T>(ImmutableArray<T> nodes, string separator, Func<T, string> print)
    {
        // No Select: values nest by this method, and its frames would be most of what one level takes of the stack.
        var parts = nodes.IsEmpty ? [] : new string[nodes.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = print(nodes[i]);
        }

        return string.Join(separator, parts);
    }

    /// <summary>The text between two others, or nothing when it is empty.</summary>
    public static string Wrap(string start, string text, string end = "") => text.Length == 0 ? "" : start + text + end;

    /// <summary>Indented lines in braces, or nothing when there are none.</summary>
    public static string Block(string lines) => lines.Length == 0 ? "" : $"{{\n{Indent(lines)}\n}}";

    /// <summary>Each line two columns to the right.</summary>
    public static string Indent(string lines) =>
        lines.Length == 0 ? "" : "  " + lines.Replace("\n", "\n  ", StringComparison.Ordinal);
}
