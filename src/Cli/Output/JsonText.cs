using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GraphGateway.Composition;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>The JSON that commands write for machines; docs/cli.md tells the shapes.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = Options(isIndented: true);
    private static readonly JsonSerializerOptions OneLine = Options(isIndented: false);

    /// <summary>JSON is for machines, and read by people in a terminal: what they would not see is written by its number, which is the same text.</summary>
    internal static string Of(object value, bool isOneLine = false) =>
        UnseenText.Show(JsonSerializer.Serialize(value, isOneLine ? OneLine : Indented), static number => string.Concat(char.ConvertFromUtf32(number).Select(part => $"\\u{(int)part:X4}")));

    internal static object Problem(CompositionProblem problem) => new
    {
        Code = problem.Code.ToWire(),
        Severity = problem.Severity == ProblemSeverity.Error ? "error" : "warning",
        problem.Message,
        problem.Hint,
        Places = problem.Places.Select(Place),
        MorePlaces = More(problem.MorePlaces),
    };

    /// <summary>How many more there are; null, which is left out, where there are none.</summary>
    internal static int? More(int count) => count > 0 ? count : null;

    internal static object Place(ProblemPlace place) => new { place.Source, place.File, place.Line, place.Column };

    private static JsonSerializerOptions Options(bool isIndented) => new()
    {
        WriteIndented = isIndented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
