using System.Collections.Immutable;
using System.Text.Json;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Gateway;

/// <summary>
/// Reads what is to be forgotten, in the JSON of Apollo's router
/// (<see href="https://www.apollographql.com/docs/graphos/routing/performance/caching/response-caching/invalidation">invalidation methods</see>), one object or a list of
/// them: <c>{"kind":"subgraph","subgraph":"s"}</c>, <c>{"kind":"type","subgraph":"s","type":"T"}</c>, <c>{"kind":"cache_tag","subgraphs":["s"],"cache_tag":"t"}</c>,
/// and <c>{"kind":"entity","subgraph":"s","type":"T","key":{"id":"1"}}</c>. All problems are told, and then nothing is forgotten.
/// </summary>
/// <param name="supergraph">The graph: names that it does not know are refused.</param>
internal sealed class InvalidationReader(Supergraph supergraph)
{
    /// <summary>The most in one request.</summary>
    public const int Most = 1_000;

    // Beyond what a key is; what is shared of it has to fit into one answer of the store.
    private const int MostKeyCharacters = 65_536;

    /// <summary>What is to be forgotten, or the problems.</summary>
    public (ImmutableArray<Invalidation> Invalidations, ImmutableArray<string> Problems) Read(JsonElement body)
    {
        if (body.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
        {
            return ([], ["The body is neither a JSON object nor a list of them."]);
        }

        JsonElement[] items = body.ValueKind == JsonValueKind.Array ? [.. body.EnumerateArray()] : [body];
        if (items.Length is 0 or > Most)
        {
            return ([], [$"The list has {items.Length} items; it takes 1 to {Most}."]);
        }

        var problems = new List<string>();
        var read = items.Select((item, i) => ReadOne(item, problem => problems.Add($"[{i}]: {problem}"))).ToImmutableArray();
        return problems.Count > 0 ? ([], [.. problems]) : (read, []);
    }

    private Invalidation ReadOne(JsonElement item, Action<string> problem)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            problem("this is no object.");
            return new Invalidation();
        }

        var kind = Text(item, "kind");
        string[]? members = kind switch
        {
            "subgraph" => ["subgraph"],
            "type" => ["subgraph", "type"],
            "entity" => ["subgraph", "type", "key"],
            "cache_tag" => ["subgraphs", "cache_tag"],
            _ => null,
        };
        if (members is null)
        {
            problem("\"kind\" is one of subgraph, type, entity, cache_tag.");
            return new Invalidation();
        }

        foreach (var member in item.EnumerateObject().Where(member => member.Name != "kind" && !members.Contains(member.Name)))
        {
            problem($"\"{member.Name}\" is not known for the kind {kind}.");
        }

        var read = new Invalidation
        {
            Sources = kind == "cache_tag" ? SourcesOf(item, problem) : [SourceOf(Text(item, "subgraph"), problem)],
            Type = members.Contains("type") ? TypeOf(item, problem) : null,
            Key = kind == "entity" ? KeyOf(item, problem) : null,
            Tag = kind == "cache_tag" ? TagOf(item, problem) : null,
        };
        FindUnknownKey(read, problem);
        return read;
    }

    // A tag may be meant in all sources.
    private ImmutableArray<string> SourcesOf(JsonElement item, Action<string> problem)
    {
        if (!item.TryGetProperty("subgraphs", out var names))
        {
            return [];
        }

        if (names.ValueKind != JsonValueKind.Array || names.GetArrayLength() == 0)
        {
            problem("\"subgraphs\" is a list of one name or more; without it all are meant.");
            return [];
        }

        return [.. names.EnumerateArray().Select(name => SourceOf(name.ValueKind == JsonValueKind.String ? name.GetString() : null, problem)).Distinct()];
    }

    private string SourceOf(string? name, Action<string> problem)
    {
        if (name is null || supergraph.FindSource(name) is null)
        {
            problem(name is null ? "\"subgraph\" names a source." : $"there is no source \"{name}\".");
        }

        return name ?? "";
    }

    private static string TagOf(JsonElement item, Action<string> problem)
    {
        var tag = Needed(item, "cache_tag", problem);
        if (tag.Length > SourceTags.MostCharacters)
        {
            problem($"\"cache_tag\" has more than {SourceTags.MostCharacters} characters: no answer with such a tag is kept.");
        }

        return tag;
    }

    private string TypeOf(JsonElement item, Action<string> problem)
    {
        var name = Needed(item, "type", problem);
        var type = supergraph.FindType(name);
        if (name.Length > 0 && type is null)
        {
            problem($"there is no type \"{name}\".");
        }
        else if (type is { Type: not (ObjectType or InterfaceType or UnionType) })
        {
            problem($"\"{name}\" has no objects: give an object type, an interface or a union.");
        }

        return name;
    }

    // What is in no key is in nothing that is kept: by it all of the type would go.
    private void FindUnknownKey(Invalidation read, Action<string> problem)
    {
        if (read is not { Key: { } key, Type: { } type, Sources: [var name] } || supergraph.FindSource(name) is not { } source || supergraph.FindType(type) is null)
        {
            return;
        }

        string[] names = [.. EntityKeys.FieldsOf(supergraph, source, type)];
        if (names.Length == 0)
        {
            problem($"\"{type}\" has no key in the source \"{name}\".");
            return;
        }

        foreach (var member in key.EnumerateObject().Where(member => !names.Contains(member.Name)))
        {
            problem($"\"{member.Name}\" is in no key of \"{type}\" in the source \"{name}\": these are {string.Join(", ", names)}.");
        }
    }

    private static JsonElement? KeyOf(JsonElement item, Action<string> problem)
    {
        if (item.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.Object && key.EnumerateObject().Any())
        {
            if (key.GetRawText().Length > MostKeyCharacters)
            {
                problem($"\"key\" has more than {MostKeyCharacters} characters.");
            }

            // It outlives the body.
            return key.Clone();
        }

        problem("\"key\" is an object with the fields of the entity's key.");
        return null;
    }

    private static string Needed(JsonElement item, string name, Action<string> problem)
    {
        if (Text(item, name) is { Length: > 0 } text)
        {
            return text;
        }

        problem($"\"{name}\" is a text.");
        return "";
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
