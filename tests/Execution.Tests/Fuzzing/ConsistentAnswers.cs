using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphGateway.Language;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;

namespace GraphGateway.Execution.Tests;

/// <summary>
/// Right answers, by a seed: what is told of an entity is the same wherever and however it is asked for, so that steps may share requests and
/// entities may be taken over.
/// </summary>
internal sealed partial class ConsistentAnswers(QueryPlan plan, int seed)
{
    // So few that the same ones come up again and again.
    private const int Entities = 4;

    public Answer Next(int id, string body)
    {
        using var request = JsonDocument.Parse(body);
        if (request.RootElement.ValueKind == JsonValueKind.Array)
        {
            return $"[{string.Join(',', request.RootElement.EnumerateArray().Select(one => AnswerTo(id, one)))}]";
        }

        return AnswerTo(id, request.RootElement);
    }

    private string AnswerTo(int id, JsonElement request)
    {
        var variables = request.TryGetProperty("variables", out var given) ? given : default;
        var lookups = Lookup().Matches(request.GetProperty("query").GetString()!);
        if (lookups.Count == 0)
        {
            // The document of a step that shares no request names its number alone.
            var step = plan.Steps[id];
            return $$"""{"data":{{(step.Kind == FetchKind.Root ? Object("", step.Selection) : $$"""{"_entities":{{Values(step, variables.GetProperty("representations"))}}}""")}}}""";
        }

        return variables.ValueKind == JsonValueKind.Array
            ? $"[{string.Join(',', variables.EnumerateArray().Select((one, index) => $$"""{"variableIndex":{{index}},"data":{{Data(lookups, one)}}}"""))}]"
            : $$"""{"data":{{Data(lookups, variables)}}}""";
    }

    private string Data(MatchCollection lookups, JsonElement variables) => $"{{{string.Join(',', lookups.Select(lookup =>
    {
        var step = plan.Steps[int.Parse(lookup.Groups["step"].Value, CultureInfo.InvariantCulture)];
        return $"\"{lookup.Groups["key"].Value}\":{Values(step, variables.GetProperty(lookup.Groups["variable"].Value))}";
    }))}}}";

    // A list of representations, or one id.
    private string Values(FetchStep step, JsonElement asked) => asked.ValueKind == JsonValueKind.Array
        ? $"[{string.Join(',', asked.EnumerateArray().Select(one => Object(one.GetProperty("id").GetString()!, step.Selection)))}]"
        : Object(asked.GetString()!, step.Selection);

    // An alias or a field, its argument's variable, and the step whose selection it has.
    [GeneratedRegex(@"(?<key>\w+)(?:: \w+)?\(\w+: \$(?<variable>\w+)\) \{ step(?<step>\d+) \}")]
    private static partial Regex Lookup();

    private string Object(string id, FetchSelectionSet selection) =>
        $"{{{string.Join(',', selection.Fields.Select(field => $"\"{field.SourceKey}\":{Value(id, field, field.Target.Definition.Type, "")}"))}}}";

    private string Value(string id, FetchField field, GraphQLType type, string place)
    {
        var hash = Hash($"{id} {field.Target.Definition.Name} {place}");
        return type switch
        {
            NonNullType nonNull => NonNull(id, field, nonNull.OfType, place, hash),
            _ when hash % 7 == 0 => "null",
            _ => NonNull(id, field, type, place, hash),
        };
    }

    private string NonNull(string id, FetchField field, GraphQLType type, string place, uint hash) => type switch
    {
        ListType list => $"[{string.Join(',', Enumerable.Range(0, (int)(hash / 7 % 4)).Select(index => Value(id, field, list.OfType, $"{place} {index}")))}]",
        _ when field.Selection is { } below => Object((hash / 7 % Entities).ToString(CultureInfo.InvariantCulture), below),
        _ when field.Target.Definition.Name == "id" => $"\"{id}\"",
        _ when type.Named.Name == "Int" => (hash / 7 % 100).ToString(CultureInfo.InvariantCulture),
        _ => $"\"{field.Target.Definition.Name} of {id}, {hash % 1000}\"",
    };

    // string.GetHashCode differs from run to run.
    private uint Hash(string text)
    {
        var hash = unchecked((uint)seed * 2654435761);
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ letter) * 16777619);
        }

        return unchecked((hash ^ (hash >> 15)) * 2246822519) >> 3;
    }
}
