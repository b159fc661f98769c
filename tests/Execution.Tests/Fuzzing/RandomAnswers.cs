using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphGateway.Language;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;

namespace GraphGateway.Execution.Tests;

/// <summary>
/// Makes answers out of what a step asks for: right ones, mostly; with nulls, wrong kinds, missing and double keys, errors at places that
/// exist or not; and now and then with broken bytes. The same seed gives the same answers.
/// </summary>
internal sealed class RandomAnswers(QueryPlan plan, int seed)
{
    private static readonly string[] WrongValues = ["7", "\"x\"", "true", "{}", "[]", "{\"id\":\"1\"}", "[[1]]", "1.5", "99999999999", "\"OFF\"", "\"\\u0041\""];
    private readonly Dictionary<int, int> calls = [];

    // In thousandths, as what follows: where lookups come in turn, many objects have no key for some of them.
    private readonly int nullLeaves = plan.Steps.Any(step => !step.InsteadOf.IsEmpty) ? 400 : 0;

    // Some runs are clean, so that the usual way is tested as well.
    private readonly int wrong = new[] { 0, 0, 5, 20, 80 }[(uint)seed % 5];

    public Answer Next(int id, string body)
    {
        var step = plan.Steps[id];
        var call = calls[id] = calls.GetValueOrDefault(id) + 1;
        var random = new Random(HashCode(seed, id, call));
        if (random.Next(1000) < wrong)
        {
            return (SubgraphOutcome)random.Next(1, 5);
        }

        var text = Text(step, body, random);
        if (random.Next(1000) < wrong)
        {
            text = Broken(text, random);
        }

        return Answer.WithStatus(random.Next(1000) < wrong ? 500 : 200, text);
    }

    // string.GetHashCode and System.HashCode differ from run to run.
    private static int HashCode(int a, int b, int c) => unchecked((((a * 397) ^ b) * 397) ^ c);

    private string Text(FetchStep step, string body, Random random)
    {
        using var request = JsonDocument.Parse(body);
        var count = 1;
        var index = request.RootElement.ValueKind == JsonValueKind.Array ? "requestIndex" : null;
        var isAliased = step.Kind == FetchKind.Lookup && body.Contains("_0: ", StringComparison.Ordinal);
        if (index is not null)
        {
            count = request.RootElement.GetArrayLength();
        }
        else if (request.RootElement.TryGetProperty("variables", out var variables))
        {
            index = variables.ValueKind == JsonValueKind.Array ? "variableIndex" : null;
            count = index is not null ? variables.GetArrayLength()
                : isAliased ? Regex.Count(request.RootElement.GetProperty("query").GetString()!, "_[0-9]+: ")
                : variables.TryGetProperty("representations", out var all) ? all.GetArrayLength()
                : 1;
        }

        var types = step.TargetTypes;
        if (step.Kind == FetchKind.Root)
        {
            return Envelope(Object(step.Selection, types, random), step, count, random, "");
        }

        if (step.Kind == FetchKind.Representations)
        {
            count += random.Next(1000) < wrong ? random.Next(-1, 2) : 0;
            var items = Enumerable.Range(0, Math.Max(count, 0)).Select(_ => Value(() => Object(step.Selection, types, random), random));
            return Envelope($$"""{"_entities":[{{string.Join(',', items)}}]}""", step, count, random, "");
        }

        if (index is not null)
        {
            // A list of requests may be answered in its order alone.
            var isOrdered = index == "requestIndex" && random.Next(2) == 0;
            var lines = Enumerable.Range(0, count).Where(_ => random.Next(1000) >= wrong).Select(position =>
                Envelope(Lookup(step, random, step.Document.LookupPath[0]), step, 1, random, isOrdered ? "" : $"\"{index}\":{position}")).ToList();
            return index == "requestIndex" && random.Next(1000) < wrong ? """{"errors":[{"message":"no lists here"}]}"""
                : isOrdered || random.Next(2) == 0 ? $"[{string.Join(',', lines)}]"
                : string.Join('\n', lines);
        }

        return isAliased
            ? Envelope($"{{{string.Join(',', Enumerable.Range(0, count).Select(index => Lookup(step, random, $"_{index}")[1..^1]))}}}", step, count, random, "")
            : Envelope(Lookup(step, random, step.Document.LookupPath[0]), step, 1, random, "");
    }

    private string Lookup(FetchStep step, Random random, string first)
    {
        var value = Value(() => Object(step.Selection, step.TargetTypes, random), random);
        foreach (var key in step.Document.LookupPath.Skip(1).Reverse())
        {
            value = $"{{\"{key}\":{value}}}";
        }

        return $"{{\"{first}\":{value}}}";
    }

    private string Envelope(string data, FetchStep step, int count, Random random, string member)
    {
        var members = new List<string>();
        if (member.Length > 0)
        {
            members.Add(member);
        }

        if (random.Next(1000) >= wrong)
        {
            members.Add($"\"data\":{Value(() => data, random)}");
        }

        if (random.Next(1000) < wrong * 5)
        {
            members.Add($"\"errors\":[{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Error(step, count, random)))}]");
        }

        if (random.Next(2) == 0)
        {
            members.Reverse();
        }

        return $"{{{string.Join(',', members)}}}";
    }

    private static string Error(FetchStep step, int count, Random random)
    {
        var path = new List<string>();
        if (step.Kind == FetchKind.Representations)
        {
            path.AddRange(["\"_entities\"", $"{random.Next(count + 1)}"]);
        }
        else if (step.Kind == FetchKind.Lookup)
        {
            path.Add(count > 1 ? $"\"_{random.Next(count + 1)}\"" : $"\"{step.Document.LookupPath[0]}\"");
        }

        var selection = step.Selection;
        while (selection is { Fields.IsEmpty: false } && random.Next(5) > 0)
        {
            var field = selection.Fields[random.Next(selection.Fields.Length)];
            path.Add($"\"{field.SourceKey}\"");
            if (random.Next(2) == 0)
            {
                path.Add($"{random.Next(3)}");
            }

            selection = field.Selection;
        }

        return random.Next(10) == 0 ? """{"message":"m"}""" : $$"""{"message":"m","path":[{{string.Join(',', path)}}]}""";
    }

    private string Object(FetchSelectionSet selection, TypeSet types, Random random)
    {
        var schema = plan.Supergraph.FullSchema;
        var possible = types.Ordinals().ToList();
        var type = selection.FixedType is { } known ? (ObjectType)schema.FindType(known.Name)! : schema.ObjectTypes[possible[random.Next(possible.Count)]];
        var members = new List<string>();
        if (selection.TellsRuntimeType)
        {
            members.Add($"\"__typename\":{Value(() => $"\"{type.Name}\"", random)}");
        }

        foreach (var field in selection.Fields.Where(field => field.AppliesTo.Contains(type)).DistinctBy(field => field.SourceKey))
        {
            var copies = random.Next(1000) < wrong ? random.Next(3) : 1;
            for (var i = 0; i < copies; i++)
            {
                members.Add($"\"{field.SourceKey}\":{Field(field, field.SourceType, random)}");
            }
        }

        if (random.Next(10) == 0)
        {
            members.Insert(random.Next(members.Count + 1), """ "other" : [ {"id": null} ] """);
            if (random.Next(2) == 0)
            {
                members.Reverse();
            }
        }

        return $"{{{string.Join(',', members)}}}";
    }

    private string Field(FetchField field, TypeNode type, Random random) => Value(
        () => type switch
        {
            NonNullTypeNode nonNull => Field(field, nonNull.Type, random),
            _ when field.Selection is null && field.Target.Definition.Type is NamedType && random.Next(1000) < nullLeaves => "null",
            ListTypeNode list => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Field(field, list.Type, random)))}]",
            _ when field.Selection is { } below => Object(
                below, ((CompositeType)plan.Supergraph.FullSchema.FindType(field.Target.Shape!.Type.Name)!).PossibleTypes, random),
            _ => Leaf(field.Target.Definition.Type.Named.Name, random),
        },
        random);

    private static string Leaf(string type, Random random) => type switch
    {
        "Int" => random.Next(-9, 9).ToString(),
        "Float" => random.Next(9) + ".50",
        "Boolean" => random.Next(2) == 0 ? "true" : "false",
        "ID" => random.Next(3) == 0 ? random.Next(3).ToString() : $"\"{random.Next(3)}\"",
        "Status" => "\"ON\"",
        "Json" => """{"a":[1,null,{"b":"c"}]}""",
        _ => $"\"{new string('x', random.Next(20))}\\n{random.Next(3)}\"",
    };

    private string Value(Func<string> make, Random random) => random.Next(1000) switch
    {
        var roll when roll < wrong / 2 => WrongValues[random.Next(WrongValues.Length)],
        var roll when roll < wrong * 3 => "null",
        _ => make(),
    };

    private static string Broken(string text, Random random)
    {
        var at = random.Next(text.Length);
        return random.Next(4) switch
        {
            0 => text[..at],
            1 => text.Insert(at, new[] { ",", "}", "]", "\"", "\\", " x", "{", ":", "0", "-" }[random.Next(10)]),
            2 => text.Remove(at, 1),
            _ => new StringBuilder(text) { [at] = (char)random.Next(1, 127) }.ToString(),
        };
    }
}
