using System.CommandLine;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>What a source would change for the clients of a stage of the registry: <c>graphgateway check --graph --stage --source --schema</c>.</summary>
internal sealed class StageCheckOptions
{
    private const int DefaultDays = ReviewOptions.UsualDays;
    private static readonly int MostDays = new UsageLimits().Days;

    internal Option<string?> Graph { get; } = new("--graph") { HelpName = "NAME", Description = "Check a source against a stage of this graph in the registry, instead of SOURCES." };

    internal Option<string?> Stage { get; } = new("--stage") { HelpName = "NAME", Description = "The stage." };

    internal Option<bool> NewStage { get; } = new("--new-stage") { Description = "With --graph: the stage need not be there yet; a publish makes it." };

    internal Option<string?> Source { get; } = new("--source") { HelpName = "NAME", Description = "The source, whose schema is FILE of --schema." };

    internal Option<string?> Settings { get; } = RegistryOptions.SourceOptions.SettingsOption();

    internal Option<string?> Url { get; } = RegistryOptions.SourceOptions.UrlOption();

    internal RegistryOptions Place { get; } = new(isReader: true);

    internal Option<int> Days { get; } = DaysOption("With --graph, where gateways count it: which clients have used in so many days what would change.");

    internal static Option<int> DaysOption(string description) => new("--days") { HelpName = "NUMBER", Description = description, DefaultValueFactory = _ => DefaultDays };

    internal static string? FindDaysProblem(int days) => days >= 1 && days <= MostDays ? null : $"--days is a number from 1 to {MostDays}: so many are kept.";

    /// <summary>True where a stage of the registry is meant.</summary>
    internal bool IsMeant(ParseResult parsed) => parsed.GetValue(Graph) is not null;

    /// <summary>What is wrong with the arguments; null where nothing is.</summary>
    internal string? FindProblem(ParseResult parsed, string? sources)
    {
        if (IsMeant(parsed))
        {
            return sources is not null ? "SOURCES and --graph together: give a folder, or a source of a graph in the registry."
                : parsed.GetValue(Stage) is null || parsed.GetValue(Source) is null ? "--graph needs --stage and --source."
                : FindDaysProblem(parsed.GetValue(Days)) is { } wrong ? wrong
                : null;
        }

        return new[] { parsed.GetValue(Stage), parsed.GetValue(Source), parsed.GetValue(Settings), parsed.GetValue(Url), parsed.GetValue(Place.Store), parsed.GetValue(Place.Registry), parsed.GetValue(Place.KeyFile) }.Any(value => value is not null) || parsed.GetValue(NewStage)
            ? "--stage, --new-stage, --source, --settings, --url, --store, --registry and --key-file need --graph."
            : sources is null ? "Give SOURCES, or --graph, --stage and --source." : null;
    }

    /// <summary>What it would come to; or what is wrong.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="schemaFile">The new schema.</param>
    /// <param name="allowRemovalOfDeprecated">True: what was deprecated may be removed.</param>
    /// <param name="forOperations">True: operations are held against it, for which both graphs are needed.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<(StageReview? Review, RegistryProblem? Problem)> RunAsync(
        ParseResult parsed, string schemaFile, bool allowRemovalOfDeprecated, bool forOperations, DateTimeOffset now, CancellationToken cancellation)
    {
        var (publication, problems) = RegistryOptions.SourceOptions.Read(parsed.GetValue(Source)!, schemaFile, parsed.GetValue(Settings), parsed.GetValue(Url));
        if (publication is null)
        {
            return (null, new RegistryProblem(string.Join(" ", problems), null));
        }

        var (graph, stage) = (parsed.GetValue(Graph)!, parsed.GetValue(Stage)!);
        var (found, problem) = await Place.UseAsync(
            parsed,
            async registry =>
            {
                var options = new ReviewOptions(allowRemovalOfDeprecated, parsed.GetValue(Days), WithSupergraph: forOperations, parsed.GetValue(NewStage));
                var (answer, refusal) = await registry.ReviewAsync(graph, stage, [publication], options, now, cancellation);
                return answer is null ? new Found<StageReview>(null, refusal)
                    : !forOperations || answer.From is not { } live ? new Found<StageReview>(new StageReview(answer, null, []), null)
                    : new Found<StageReview>(
                        new StageReview(
                            answer,
                            await registry.SupergraphAsync(graph, stage, live, cancellation),
                            await registry.OperationsUsedAsync(graph, stage, parsed.GetValue(Days), now, cancellation)),
                        null);
            },
            cancellation);
        return found?.Value is { } review ? (review, null) : (null, problem ?? new RegistryProblem(found!.Problem!, RegistryFault.Refused));
    }
}

/// <summary>What a source would come to in a stage.</summary>
/// <param name="Answer">The changes, and what composition said.</param>
/// <param name="Live">The supergraph that is live, where operations are held against the new one; null where nothing is live.</param>
/// <param name="Uses">Which operations clients have asked for, where operations are held against the new one; empty where nobody counts.</param>
internal sealed record StageReview(ChangesAnswer Answer, string? Live, IReadOnlyList<OperationUse> Uses);
