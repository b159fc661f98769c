using System.Text;
using GraphGateway.Language;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GraphGateway.Cli;

/// <summary>
/// A schema that stands in a YAML file, as a text whose places are those of the file: what is before it are empty lines, and its indentation
/// stays. A block string's own indentation is the same either way (GraphQL, Section 2.9.4, BlockStringValue).
/// </summary>
internal static class InlineText
{
    /// <summary>The text; null where the value does not stand in the file as it is (escapes, folded lines, variables).</summary>
    internal static SourceText? Of(string value, YamlScalarNode node, string yaml, string path)
    {
        var lines = yaml.ReplaceLineEndings("\n").Split('\n');
        var (line, column) = ((int)node.Start.Line - 1, (int)node.Start.Column - 1);
        return node.Style == ScalarStyle.Literal ? OfBlock(value.TrimEnd('\n').Split('\n'), lines, line + 1, path)
            : OfLine(value, lines[line], line, column + (node.Style is ScalarStyle.DoubleQuoted or ScalarStyle.SingleQuoted ? 1 : 0), path);
    }

    private static SourceText? OfBlock(string[] value, string[] lines, int first, string path)
    {
        // Before a line that says how far the block is indented there can be empty ones.
        var begins = Array.FindIndex(value, line => line.Length > 0);
        if (begins < 0 || first + value.Length > lines.Length || !lines[first + begins].EndsWith(value[begins], StringComparison.Ordinal))
        {
            return null;
        }

        var indentation = lines[first + begins][..^value[begins].Length];
        var text = new StringBuilder().Append('\n', first);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i].Length > 0 ? lines[first + i] != indentation + value[i] : lines[first + i].Trim().Length > 0)
            {
                return null;
            }

            text.Append(lines[first + i]).Append('\n');
        }

        return new SourceText(text.ToString(), path);
    }

    private static SourceText? OfLine(string value, string line, int before, int start, string path) =>
        start <= line.Length && line.AsSpan(start).StartsWith(value, StringComparison.Ordinal)
            ? new SourceText(new StringBuilder().Append('\n', before).Append(' ', start).Append(value).ToString(), path)
            : null;
}
