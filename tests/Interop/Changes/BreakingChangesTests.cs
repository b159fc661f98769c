using System.Text.Json.Nodes;
using GraphGateway.Composition;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Xunit;

namespace GraphGateway.Interop.Changes;

public sealed class BreakingChangesTests
{
    // What graphql-js does not look for; all the rest must be the same, words included.
    private static readonly HashSet<ChangeCode> Own =
    [
        ChangeCode.ArgDefaultValueAdded, ChangeCode.InputFieldDefaultValueChange, ChangeCode.InputFieldDefaultValueAdded,
        ChangeCode.DirectiveArgChangedKind, ChangeCode.DirectiveArgDefaultValueChange, ChangeCode.TypeAddedToInterface,
    ];

    [InteropFact]
    public void Generated_pairs_of_schemas_have_the_changes_that_graphql_js_finds()
    {
        using var reference = NodeReference.Start("changes");
        var pairs = Enumerable.Range(1, 300).Select(seed => (Seed: seed, Schemas: new SchemaPairs(seed).Write())).ToArray();
        var answers = reference.Ask(
            "compare",
            new JsonArray([.. pairs.Select(pair => new JsonObject { ["before"] = pair.Schemas.Before, ["after"] = pair.Schemas.After })]))!.AsArray();

        var codes = new HashSet<string>();
        foreach (var (pair, answer) in pairs.Zip(answers))
        {
            var expected = answer!.AsArray().Select(change => $"{change!["type"]}: {change["description"]}").ToArray();
            var found = SchemaComparison.Compare(Build(pair.Schemas.Before), Build(pair.Schemas.After))
                .Where(change => change.Severity != ChangeSeverity.Safe && !Own.Contains(change.Code))
                .ToArray();
            var ours = found.Select(change => $"{change.WireCode}: {change.Message}").ToArray();
            Assert.True(
                !expected.Except(ours).Concat(ours.Except(expected)).Any(),
                $"Seed {pair.Seed}: only graphql-js: {string.Join("; ", expected.Except(ours))}. Only ours: {string.Join("; ", ours.Except(expected))}.");
            AssertSeverities(answer.AsArray(), found);
            codes.UnionWith(found.Select(change => change.WireCode));
        }

        // The pairs must not all be alike.
        Assert.Equal(
            """
            ARG_CHANGED_KIND ARG_DEFAULT_VALUE_CHANGE ARG_REMOVED DIRECTIVE_ARG_REMOVED DIRECTIVE_LOCATION_REMOVED DIRECTIVE_REMOVED
            DIRECTIVE_REPEATABLE_REMOVED FIELD_CHANGED_KIND FIELD_REMOVED IMPLEMENTED_INTERFACE_ADDED IMPLEMENTED_INTERFACE_REMOVED
            OPTIONAL_ARG_ADDED OPTIONAL_INPUT_FIELD_ADDED REQUIRED_ARG_ADDED REQUIRED_DIRECTIVE_ARG_ADDED REQUIRED_INPUT_FIELD_ADDED
            TYPE_ADDED_TO_UNION TYPE_CHANGED_KIND TYPE_REMOVED TYPE_REMOVED_FROM_UNION VALUE_ADDED_TO_ENUM VALUE_REMOVED_FROM_ENUM
            """.ReplaceLineEndings(" "),
            string.Join(' ', codes.Order(StringComparer.Ordinal)));
    }

    // A default that is gone where null is refused is only dangerous for graphql-js; requests that relied on it are refused.
    private static void AssertSeverities(JsonArray expected, SchemaChange[] found)
    {
        var severities = expected.GroupBy(change => (string)change!["description"]!).ToDictionary(group => group.Key, group => (string)group.First()!["severity"]!);
        foreach (var change in found.Where(change => !(change.Code == ChangeCode.ArgDefaultValueChange && change.Message.EndsWith("was removed.", StringComparison.Ordinal))))
        {
            Assert.Equal(severities[change.Message].ToUpperInvariant(), change.Severity.ToString().ToUpperInvariant());
        }
    }

    private static Schema Build(string text)
    {
        var built = SchemaBuilder.Build([Parser.ParseDocument(new SourceText(text), ParserOptions.Schema).Value!]);
        return built.Schema ?? throw new InvalidOperationException($"{built.Errors[0].Message}\n{text}");
    }
}
