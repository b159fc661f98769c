using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GraphGateway.Language;
using GraphGateway.TestKit;

namespace GraphGateway.Interop.Language;

/// <summary>An error as both sides write it. The rule is known of the reference's alone.</summary>
internal sealed record Finding(string Message, ImmutableArray<SourceLocation> Places, string? Rule)
{
    /// <summary>On one line: the message, then the places.</summary>
    public string Text { get; } = $"{Message} ({string.Join(", ", Places.Select(static place => $"{place.Line}:{place.Column}"))})";

    public bool Says(string part) => Message.Contains(part, StringComparison.Ordinal);
}

/// <summary>npm's <c>graphql</c> behind its pipe (<c>reference/graphql.mjs</c>), with its answers read.</summary>
internal sealed class GraphQLJs : IDisposable
{
    private readonly NodeReference node = NodeReference.Start("graphql");

    public void Dispose() => node.Dispose();

    /// <summary>The SDL of a schema that a package ships.</summary>
    /// <param name="package">A path below <c>node_modules</c>.</param>
    public string ReadSchema(string package) =>
        node.Ask("readSchema", Repository.PathOf("tests/Interop/node_modules/" + package))!.GetValue<string>();

    /// <summary>The full introspection query and its answer, and the schema printed; null where the reference cannot write a default value.</summary>
    public JsonNode? Introspect(string sdl) => node.Ask("introspect", new JsonObject { ["sdl"] = sdl });

    public void KeepSchema(string name, string sdl) => node.Ask("keepSchema", new JsonObject { ["name"] = name, ["sdl"] = sdl });

    /// <summary>For each document its errors, of syntax or of validation.</summary>
    public List<ImmutableArray<Finding>> ValidateDocuments(string schema, IReadOnlyCollection<string> documents, int maxErrors) =>
        Answers(node.Ask(
            "validateDocuments",
            new JsonObject { ["schema"] = schema, ["documents"] = Texts(documents), ["maxErrors"] = maxErrors }));

    /// <summary>For each text of definitions its errors, of syntax, else of SDL validation, else of schema validation.</summary>
    public List<ImmutableArray<Finding>> ValidateDefinitions(IReadOnlyCollection<string> documents) =>
        Answers(node.Ask("validateDefinitions", new JsonObject { ["documents"] = Texts(documents) }));

    /// <summary>For each text the one line of its error, or what the printer makes of it.</summary>
    /// <param name="kind"><c>document</c>, <c>value</c> or <c>type</c>.</param>
    /// <param name="texts">What is parsed.</param>
    /// <param name="maxTokens">The limit; 0 is none.</param>
    public List<string> ParseTexts(string kind, IReadOnlyCollection<string> texts, int maxTokens)
    {
        var answers = node.Ask("parseTexts", new JsonObject { ["kind"] = kind, ["texts"] = Texts(texts), ["maxTokens"] = maxTokens });
        return [.. answers!.AsArray().Select(static answer =>
            answer!["errors"] is { } errors ? Read(errors[0]!).Text : answer["printed"]!.GetValue<string>())];
    }

    /// <summary>The names of the reference's rules.</summary>
    /// <param name="kind"><c>documents</c> or <c>definitions</c>.</param>
    public List<string> RuleNames(string kind) =>
        [.. node.Ask("ruleNames")![kind]!.AsArray().Select(static name => name!.GetValue<string>())];

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(static text => (JsonNode)text)];

    private static List<ImmutableArray<Finding>> Answers(JsonNode? answers) =>
        [.. answers!.AsArray().Select(static errors => errors!.AsArray().Select(static error => Read(error!)).ToImmutableArray())];

    private static Finding Read(JsonNode error) => new(
        error["message"]!.GetValue<string>(),
        [.. error["locations"]!.AsArray().Select(static place => new SourceLocation(place![0]!.GetValue<int>(), place[1]!.GetValue<int>()))],
        error["rule"]?.GetValue<string>());
}
