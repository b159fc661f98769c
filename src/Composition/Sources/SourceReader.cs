using System.Collections.Immutable;
using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>Parses the sources, tells their dialects, and hands each to its dialect's reader.</summary>
internal static class SourceReader
{
    internal static ImmutableArray<SourceModel> Read(ImmutableArray<SourceInput> inputs, ProblemSink problems)
    {
        if (inputs.IsEmpty)
        {
            problems.Error(ProblemCode.SourceNotReadable, "There is no source schema to compose.", "Give at least one.");
        }

        CheckNames(inputs, problems);
        var models = new SourceModel?[inputs.Length];
        var assumptions = new DialectAssumptions(inputs.Length);
        ProblemSink.ForEach(
            inputs,
            (input, ordinal, own) =>
            {
                if (Parse(input, own) is { } documents)
                {
                    var dialect = assumptions.Add(ordinal, input, documents) ?? input.Settings.UntoldDialect;
                    models[ordinal] = ReadSource(input, ordinal, dialect, documents, own);
                }
            },
            problems);
        assumptions.Warn(problems);
        return [.. models.OfType<SourceModel>()];
    }

    /// <summary>True for a source of Apollo's dialect; false for one that does not parse.</summary>
    internal static bool IsApollo(SourceInput input) =>
        Parse(input, new ProblemSink()) is { } documents
        && (input.Settings.Dialect ?? DialectDetector.Detect(input.Settings, documents) ?? input.Settings.UntoldDialect) == SourceDialect.Apollo;

    private static SourceModel? ReadSource(
        SourceInput input, int ordinal, SourceDialect dialect, ImmutableArray<DocumentNode> documents, ProblemSink problems)
    {
        ReservedNames.Check(input, documents, problems);
        problems.Cancellation.ThrowIfCancellationRequested();
        return dialect == SourceDialect.Apollo
            ? ApolloSourceReader.Read(input, ordinal, documents, problems)
            : CompositeSourceReader.Read(input, ordinal, documents, problems);
    }

    private static void CheckNames(ImmutableArray<SourceInput> inputs, ProblemSink problems)
    {
        foreach (var input in inputs.Where(input => input.Name.Trim().Length == 0 || input.Name.Any(char.IsControl)))
        {
            problems.Error(
                ProblemCode.SettingsInvalid,
                input.Name.Trim().Length == 0
                    ? "The name of the source is empty."
                    : $"The name of the source has a line break or another control character in it: {JsonSerializer.Serialize(input.Name)}.",
                "Give it a name of letters, digits, \"-\" and \"_\": messages, plans and @override refer to sources by name.",
                input.NamePlace ?? new Place(input.Name, input.Documents[0], 0));
        }

        foreach (var group in inputs.GroupBy(input => input.Name).Where(group => group.Skip(1).Any()))
        {
            problems.Error(
                ProblemCode.ConflictingSourceSchemaName,
                $"{group.Count()} source schemas are named \"{group.Key}\".",
                "Give each a name of its own in its settings: messages, plans and @override refer to sources by name.",
                group.Select(input => input.NamePlace ?? new Place(input.Name, input.Documents[0], 0)));
        }
    }

    private static ImmutableArray<DocumentNode>? Parse(SourceInput input, ProblemSink problems)
    {
        var documents = ImmutableArray.CreateBuilder<DocumentNode>(input.Documents.Length);
        foreach (var text in input.Documents)
        {
            problems.Cancellation.ThrowIfCancellationRequested();
            var parsed = Parser.ParseDocument(text, ParserOptions.Schema);
            if (parsed.IsSuccess && parsed.Value.Definitions.All(definition => definition is OperationDefinitionNode or FragmentDefinitionNode))
            {
                problems.Error(
                    ProblemCode.InvalidGraphql,
                    $"{text.Name} holds {(parsed.Value.Definitions.Any(it => it is OperationDefinitionNode) ? "an operation" : "a fragment")} and no schema.",
                    $"Put the schema of {input.Name} there: type definitions, such as \"type Query {{ ... }}\".",
                    new Place(input.Name, text, parsed.Value.Definitions[0].Start));
            }
            else if (parsed.IsSuccess)
            {
                documents.Add(WithoutTags(parsed.Value, input.Settings.ExcludeByTag));
            }
            else
            {
                SourceSchemas.ReportInvalid(
                    input,
                    [parsed.Error with { LocationSources = [.. parsed.Error.Locations.Select(_ => text.Name)] }],
                    problems);
            }
        }

        return documents.Count == input.Documents.Length ? documents.DrainToImmutable() : null;
    }

    private static DocumentNode WithoutTags(DocumentNode document, ImmutableArray<string> tags)
    {
        if (tags.IsEmpty)
        {
            return document;
        }

        bool IsExcluded(ImmutableArray<DirectiveNode> directives) => directives.Any(directive =>
            directive.Name.Value is "tag" or "federation__tag"
            && directive.Argument("name") is StringValueNode name && tags.Contains(name.Value));
        var excluded = document.Definitions.OfType<TypeDefinitionNode>()
            .Where(type => IsExcluded(type.Directives))
            .Select(type => type.Name.Value)
            .ToHashSet(StringComparer.Ordinal);
        return new DocumentFilter
        {
            KeepType = name => !excluded.Contains(name),
            KeepMember = directives => !IsExcluded(directives),
        }.Apply(document);
    }
}
