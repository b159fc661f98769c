using System.Collections.Immutable;
using System.CommandLine;
using GraphGateway.Composition;
using GraphGateway.ControlPlane;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Cli;

/// <summary>
/// <c>graphgateway check SOURCES --schema FILE</c>: what the sources would change for the clients of a committed supergraph; or, with <c>--graph</c>, what one source
/// would for those of a stage in the registry.
/// </summary>
internal static class CheckCommand
{
    internal static Command Create(TimeProvider clock)
    {
        var sources = new SourceArguments { Sources = { Arity = ArgumentArity.ZeroOrOne } };
        var stage = new StageCheckOptions();
        var schema = new Option<string>("--schema", "-s")
        {
            HelpName = "FILE",
            Description = "What is published now: a supergraph, or the schema that clients see; with --graph the source's new schema. - is standard input.",
            Required = true,
        };
        var contract = new ContractArguments();
        var deprecated = new Option<bool>("--allow-removal-of-deprecated") { Description = "What was deprecated may be removed: dangerous instead of breaking." };
        var operations = new PersistedCheckOptions("Also hold the persisted operations of this store against the new graph, and what they cost beside what they cost now");
        var json = new Option<bool>("--json") { Description = "Report as one JSON object, for machines." };
        var markdown = new Option<bool>("--markdown") { Description = "Report as Markdown, for a comment on a change." };
        var command = new Command("check", "Composes the sources and tells what breaks, what is dangerous and what is safe for clients.")
        {
            sources.Sources, schema, sources.Environment, sources.GlobalIds, contract.Include, contract.Exclude, contract.HideUnreachable, deprecated, operations.Store, operations.Gateway.File,
            json, markdown,
            stage.Graph, stage.Stage, stage.NewStage, stage.Source, stage.Settings, stage.Url, stage.Place.Store, stage.Place.Registry, stage.Place.KeyFile, stage.Days,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var invocation = parsed.InvocationConfiguration;
            var format = parsed.GetValue(json) ? ChangeFormat.Json : parsed.GetValue(markdown) ? ChangeFormat.Markdown : ChangeFormat.Text;
            var report = new ProblemReport(invocation.Output, invocation.Error, format == ChangeFormat.Json);
            int Fail(ImmutableArray<CompositionProblem> problems, int more = 0)
            {
                // Who puts the output into a comment has it there as well.
                invocation.Output.Write(format == ChangeFormat.Markdown ? ChangeMarkdown.OfProblems(problems, more) : "");
                return report.Fail(problems, more);
            }

            var (rules, unset) = operations.Read(parsed);
            if ((stage.FindProblem(parsed, parsed.GetValue(sources.Sources)) ?? unset) is { } wrong)
            {
                return Fail([WrongArguments(wrong)]);
            }

            var options = new SchemaComparisonOptions { AllowRemovalOfDeprecated = parsed.GetValue(deprecated) };
            var compared = stage.IsMeant(parsed)
                ? await OfStageAsync(stage, parsed, parsed.GetRequiredValue(schema), options, parsed.GetValue(operations.Store) is not null, clock.GetUtcNow(), cancellation)
                : await OfSourcesAsync(sources, contract, parsed, parsed.GetRequiredValue(schema), options, cancellation);
            if (!compared.IsDone)
            {
                return Fail(compared.Problems, compared.MoreProblems);
            }

            var (persisted, problem) = await operations.HoldAsync(parsed, rules, compared.Composed, compared.Before, compared.Uses, cancellation);
            if (problem is not null)
            {
                return Fail([problem]);
            }

            var found = new ChangeReport(compared.Changes, compared.Problems, persisted, parsed.GetValue(stage.Days))
            {
                More = compared.More, MoreProblems = compared.MoreProblems, Nothing = compared.Nothing, NewSources = compared.NewSources, NewUrls = compared.NewUrls,
            };
            invocation.Output.Write(found.In(format));
            if (format != ChangeFormat.Json)
            {
                report.Show(compared.Problems, compared.MoreProblems);
                invocation.Error.Write(compared.Nothing is { } nothing ? $"{nothing}{invocation.Error.NewLine}" : "");
            }

            return found.IsSafe ? 0 : 1;
        });
        return command;
    }

    private static async Task<Comparison> OfSourcesAsync(
        SourceArguments sources, ContractArguments contract, ParseResult parsed, string schema, SchemaComparisonOptions options, CancellationToken cancellation)
    {
        var before = ReadSchema(schema);
        if (before is { Supergraph: null, Schema: null })
        {
            return Comparison.Failed(before.Problems);
        }

        var read = await sources.Read(parsed, cancellation);
        using var pause = CollectorPause.Begin(read.Sources);
        var composed = read.Compose(new ComposerOptions { Contract = contract.Read(parsed), EnableGlobalObjectIdentification = parsed.GetValue(sources.GlobalIds) });
        if (composed.Supergraph is not { } supergraph)
        {
            return Comparison.Failed(composed.Problems, composed.MoreProblems);
        }

        var changes = before.Supergraph is { } graph ? SchemaComparison.Compare(graph, supergraph, options) : SchemaComparison.Compare(before.Schema!, supergraph.PublicSchema, options);
        return new Comparison(true, composed.Problems, ApiSchemaChange.Of(changes, SourcePlaces.Of(read.Sources)), supergraph)
        {
            MoreProblems = composed.MoreProblems,
            Before = before.Supergraph?.PublicSchema ?? (SchemaComparison.TellsCosts(before.Schema!) ? before.Schema : null),
        };
    }

    // Where nothing is live yet, nothing can break: that is said.
    private static async Task<Comparison> OfStageAsync(
        StageCheckOptions stage, ParseResult parsed, string schema, SchemaComparisonOptions options, bool forOperations, DateTimeOffset now, CancellationToken cancellation)
    {
        var (found, wrong) = await stage.RunAsync(parsed, schema, options.AllowRemovalOfDeprecated, forOperations, now, cancellation);
        if (found is not { Answer: var review } answered)
        {
            return Comparison.Failed([wrong!.Fault is { } fault ? Fault(fault, wrong.Message) : WrongArguments(wrong.Message)]);
        }

        ImmutableArray<CompositionProblem> problems = [.. review.Problems.Select(problem => problem.ToProblem())];
        if (problems.Any(problem => problem.Severity == ProblemSeverity.Error))
        {
            return Comparison.Failed(problems, review.MoreProblems ?? 0);
        }

        if (forOperations && review.Supergraph is null)
        {
            return Comparison.Failed([Fault(RegistryFault.Refused, "The registry does not tell what it has composed, so --operations cannot be held against it: it is of an older version.")]);
        }

        var composed = review.Supergraph is { } text ? SupergraphReader.Read(new SourceText(text, "the composed supergraph")) : null;
        var live = answered.Live is { } liveText ? SupergraphReader.Read(new SourceText(liveText, "the live supergraph")) : null;
        return new[] { composed, live }.FirstOrDefault(read => read is { Supergraph: null }) is { } unread
                ? Comparison.Failed([Fault(RegistryFault.NotUsable, $"What the registry has cannot be read: {unread.Errors[0].Message}")])
            : forOperations && review.From is { } launch && live is null
                ? Comparison.Failed([Fault(RegistryFault.Unavailable, $"#{launch} has become too old to be kept while it was compared with. Check again.")])
            : new Comparison(true, problems, review.Changes, composed?.Supergraph)
            {
                MoreProblems = review.MoreProblems ?? 0,
                More = review.MoreChanges,
                Nothing = review.From is null
                    ? $"Nothing is live in {parsed.GetValue(stage.Stage)} of {parsed.GetValue(stage.Graph)} yet: there is nothing to compare with, and no client can break."
                    : null,
                Before = live?.Supergraph?.PublicSchema,
                Uses = answered.Uses,
                NewSources = review.NewSources ?? [],
                NewUrls = review.NewUrls ?? [],
            };
    }

    private static CompositionProblem WrongArguments(string message) =>
        new() { Code = ProblemCode.ArgumentsInvalid, Message = message, Hint = "\"graphgateway check --help\" tells what it takes." };

    // Who runs this for each change tells by the code whether to try again.
    private static CompositionProblem Fault(RegistryFault fault, string message) => fault switch
    {
        RegistryFault.Unavailable => new() { Code = ProblemCode.RegistryUnavailable, Message = message, Hint = "Nothing is wrong with the schema as far as is known: check again when the registry can be used." },
        RegistryFault.NotUsable => new() { Code = ProblemCode.RegistryNotUsable, Message = message, Hint = "Mend the address or the place, or what the message says of it: until then the same fails again." },
        _ => new() { Code = ProblemCode.RegistryRefused, Message = message, Hint = "Mend what the message says; \"graphgateway list\" tells which graphs and stages there are." },
    };

    // What changes, and what was composed where somebody needs it; or why there is nothing to compare.
    private sealed record Comparison(bool IsDone, ImmutableArray<CompositionProblem> Problems, ImmutableArray<ApiSchemaChange> Changes, Supergraph? Composed)
    {
        /// <summary>What clients see now, where that tells costs and somebody needs it.</summary>
        public Schema? Before { get; init; }

        /// <summary>What clients have asked for, where that is counted and somebody needs it.</summary>
        public IReadOnlyList<OperationUse> Uses { get; init; } = [];

        /// <summary>How many more problems there are than are told.</summary>
        public int MoreProblems { get; init; }

        /// <summary>How many more changes there are than are told; null where there are none.</summary>
        public MoreChanges? More { get; init; }

        /// <summary>Why there was nothing to compare with; null where there was.</summary>
        public string? Nothing { get; init; }

        /// <inheritdoc cref="ChangeReport.NewSources"/>
        public ImmutableArray<string> NewSources { get; init; } = [];

        /// <inheritdoc cref="ChangeReport.NewUrls"/>
        public ImmutableArray<NewSourceUrl> NewUrls { get; init; } = [];

        public static Comparison Failed(ImmutableArray<CompositionProblem> problems, int more = 0) => new(false, problems, [], null) { MoreProblems = more };
    }

    // A supergraph, or the schema that clients see, or problems.
    private sealed record Published(Supergraph? Supergraph, Schema? Schema, ImmutableArray<CompositionProblem> Problems);

    private static Published ReadSchema(string name)
    {
        var (bytes, reason) = InputFile.ReadBytes(name);
        if (bytes is null)
        {
            return new Published(null, null, [Problem($"{name} cannot be read: {reason}", [])]);
        }

        var source = new SourceText(bytes.Value, name);
        var read = SupergraphReader.Read(source);
        if (read.Supergraph is not null)
        {
            return new Published(read.Supergraph, null, []);
        }

        // No supergraph of any format: perhaps what clients see, as /graphql/schema.graphql serves it.
        if (read.Errors is [{ Code: ErrorCode.NotSupported }] && Parser.ParseDocument(source, ParserOptions.Schema).Value is { } document)
        {
            var built = SchemaBuilder.Build([document], new SchemaBuilderOptions { Prelude = WellKnownDirectives.PublicDocument });
            return built.Schema is { } schema
                ? new Published(null, schema, [])
                : new Published(null, null,
                [
                    .. read.Errors.Select(error => Problem(error.Message, error.Locations, name)),
                    .. built.Errors.Select(error => Problem($"It is no valid schema for clients, either: {error.Message}", error.Locations, name)),
                ]);
        }

        return new Published(null, null, [.. read.Errors.Select(error => Problem(error.Message, error.Locations, name))]);
    }

    private static CompositionProblem Problem(string message, ImmutableArray<SourceLocation> locations, string file = "") => new()
    {
        Code = ProblemCode.SourceNotReadable,
        Message = message,
        Hint = "Give --schema the file that \"graphgateway compose\" wrote, or the schema that clients see.",
        Places = [.. locations.Select(location => new ProblemPlace("", file, location.Line, location.Column))],
    };
}
