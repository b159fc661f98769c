using System.Text.Json;
using System.Text.Json.Nodes;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>
/// Holds values against the schemas of an OpenAPI document, as far as these go: <c>$ref</c>, <c>type</c>, <c>required</c>, <c>properties</c>, <c>additionalProperties</c>,
/// <c>items</c>, <c>enum</c> and <c>anyOf</c> of JSON Schema. Another keyword that says what a value is fails the test.
/// </summary>
internal sealed class AnswerSchema(JsonNode document)
{
    private static readonly string[] Known =
        ["$ref", "type", "required", "properties", "additionalProperties", "items", "enum", "anyOf", "description", "default", "format", "minimum", "maxLength"];

    /// <summary>What is wrong with a value, each with its place.</summary>
    public IEnumerable<string> FindProblems(JsonNode? value, JsonNode schema, string place = "$")
    {
        if (schema is not JsonObject rules)
        {
            return (bool)schema ? [] : [$"{place} is not to be there"];
        }

        if (rules["$ref"] is { } reference)
        {
            return FindProblems(value, At((string)reference!), place);
        }

        var unknown = rules.Select(rule => rule.Key).Except(Known).Select(rule => $"{place}: the keyword {rule} is not known here").ToList();
        if (rules["anyOf"] is JsonArray any && !any.Any(one => !FindProblems(value, one!, place).Any()))
        {
            unknown.Add($"{place} is none of {any.ToJsonString()}");
        }

        if (rules["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
        {
            unknown.Add($"{place} is {value?.ToJsonString() ?? "null"}, none of {words.ToJsonString()}");
        }

        if (rules["type"] is { } type && !(type is JsonArray types ? types.Select(one => (string)one!) : [(string)type!]).Any(one => Is(value, one)))
        {
            unknown.Add($"{place} is {value?.GetValueKind().ToString() ?? "null"}, not {type.ToJsonString()}");
        }

        return unknown.Concat(value switch
        {
            JsonObject members => Members(members, rules, place),
            JsonArray items when rules["items"] is { } item => items.SelectMany((one, at) => FindProblems(one, item, $"{place}[{at}]")),
            _ => [],
        });
    }

    private IEnumerable<string> Members(JsonObject members, JsonObject rules, string place)
    {
        foreach (var missing in (rules["required"] as JsonArray ?? []).Select(name => (string)name!).Where(name => !members.ContainsKey(name)))
        {
            yield return $"{place} has no {missing}";
        }

        foreach (var (name, member) in members)
        {
            var rule = rules["properties"]?[name] ?? rules["additionalProperties"];
            foreach (var problem in rule is null ? [] : FindProblems(member, rule, $"{place}.{name}"))
            {
                yield return problem;
            }
        }
    }

    private JsonNode At(string reference) => reference[2..].Split('/').Aggregate(document, (node, name) => node is JsonArray list ? list[int.Parse(name)]! : node[name]!);

    private static bool Is(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && long.TryParse(value.ToJsonString(), out _),
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        _ => false,
    };
}
