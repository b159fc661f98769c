using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Services;

/// <summary>JSON as tests show it: what fits into a line stands on one line.</summary>
internal static class JsonText
{
    private const int Width = 150;
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode? node) => Write(node, 0);

    /// <summary>Fails with the whole actual text, which xunit would cut.</summary>
    public static void Check(string expected, string actual) =>
        Assert.True(expected == actual, $"Expected:\n{expected}\n\nActual:\n{actual}");

    private static string Write(JsonNode? node, int indent)
    {
        var line = Line(node);
        if (line.Length + indent <= Width || node is not (JsonObject or JsonArray))
        {
            return line;
        }

        var space = new string(' ', indent + 2);
        var parts = node is JsonObject o
            ? o.Select(member => $"{space}\"{member.Key}\": {Write(member.Value, indent + 2)}")
            : node.AsArray().Select(item => space + Write(item, indent + 2));
        var (open, close) = node is JsonObject ? ('{', '}') : ('[', ']');
        return $"{open}\n{string.Join(",\n", parts)}\n{new string(' ', indent)}{close}";
    }

    private static string Line(JsonNode? node) => node switch
    {
        JsonObject { Count: 0 } => "{}",
        JsonObject o => $"{{ {string.Join(", ", o.Select(member => $"\"{member.Key}\": {Line(member.Value)}"))} }}",
        JsonArray items => $"[{string.Join(", ", items.Select(Line))}]",
        null => "null",
        _ => node.ToJsonString(Relaxed),
    };
}
