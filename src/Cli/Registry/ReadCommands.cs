using System.CommandLine;
using System.Globalization;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary><c>graphgateway list | history | fetch</c>: what the registry has.</summary>
internal static class ReadCommands
{
    private const int DefaultFirst = 20;
    private const int MostFirst = 100_000;

    // Of graphs that there are.
    private const int MostNamed = 20;

    internal static IEnumerable<Command> Create() => [List(), History(), Fetch()];

    private static Command List()
    {
        var options = new RegistryOptions(isReader: true);
        var graph = new Option<string?>("--graph") { HelpName = "NAME", Description = "Only this graph." };
        var stage = new Option<string?>("--stage") { HelpName = "NAME", Description = "The sources that are live in this stage of the graph." };
        var command = new Command("list", "Lists the stages of all graphs with what is live in them, or the sources of one stage.") { graph, stage, options.Store, options.Registry, options.KeyFile, options.Json };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async (registry, report) =>
        {
            var (graphName, stageName) = (parsed.GetValue(graph), parsed.GetValue(stage));
            if (stageName is null)
            {
                var stages = await registry.ListStagesAsync(graphName, cancellation);
                return stages.IsEmpty && graphName is not null ? report.Fail(await NoGraphAsync(registry, graphName, cancellation)) : report.Stages(stages);
            }

            return graphName is null ? report.Fail("--stage needs --graph: stages of several graphs can have the same name.")
                : (await registry.StageAsync(graphName, stageName, cancellation))?.Live is { } launch
                    ? await TellSourcesAsync(registry, report, graphName, stageName, launch, withLaunch: false, cancellation)
                : report.Fail($"Nothing is live in {stageName} of {graphName}.");
        }, cancellation));
        return command;
    }

    private static Command History()
    {
        var options = new RegistryOptions(isReader: true);
        var stage = new Option<string?>("--stage") { HelpName = "NAME", Description = "The launches of this stage." };
        var source = new Option<string?>("--source") { HelpName = "NAME", Description = "The versions of this source." };
        var launch = new Option<string?>("--launch") { HelpName = "LAUNCH", Description = "This launch with its sources, and what composition said." };
        var first = new Option<int>("--first") { HelpName = "NUMBER", Description = "How many, the newest first.", DefaultValueFactory = _ => DefaultFirst };
        var command = new Command("history", "Lists the launches of a stage, or the versions of a source, the newest first.")
        {
            options.Graph, stage, source, launch, first, options.Store, options.Registry, options.KeyFile, options.Json,
        };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async (registry, report) =>
        {
            var (graph, stageName, count) = (parsed.GetRequiredValue(options.Graph), parsed.GetValue(stage), parsed.GetValue(first));
            if (count is < 1 or > MostFirst)
            {
                return report.Fail($"--first is a number from 1 to {MostFirst}.");
            }

            if (parsed.GetValue(source) is { } name)
            {
                if (stageName is not null || parsed.GetValue(launch) is not null)
                {
                    return report.Fail(
                        "--source and --stage or --launch together: the versions of a source are those of all stages. Leave --source out for the launches of a stage, or the others for its versions.");
                }

                var versions = await registry.VersionsAsync(graph, name, count, cancellation);
                return versions.IsEmpty ? report.Fail($"{graph} has no source {name}.") : report.Versions(versions);
            }

            if (stageName is null)
            {
                return report.Fail("Give --stage for its launches, or --source for its versions.");
            }

            if (parsed.GetValue(launch) is { } text)
            {
                return StageCommands.NumberOf(text) is { } number
                    ? await TellSourcesAsync(registry, report, graph, stageName, number, withLaunch: true, cancellation)
                    : report.Fail(StageCommands.NoNumber("--launch", text));
            }

            var launches = await registry.LaunchesAsync(graph, stageName, count, cancellation);
            return launches.IsEmpty ? report.Fail($"{graph} has no stage {stageName}.") : report.Launches(launches);
        }, cancellation));
        return command;
    }

    private static async Task<string> NoGraphAsync(IRegistry registry, string graph, CancellationToken cancellation)
    {
        var known = (await registry.ListStagesAsync(null, cancellation)).Select(stage => stage.Stage.Graph).Distinct(StringComparer.Ordinal).ToList();
        return known.Count == 0 ? $"There is no graph {graph}: nothing is published, or nothing that you may read."
            : $"There is no graph {graph}. There {(known.Count == 1 ? "is" : "are")}: {string.Join(", ", known.Take(MostNamed))}{(known.Count > MostNamed ? $", and {known.Count - MostNamed} more" : "")}.";
    }

    private static Command Fetch()
    {
        var options = new RegistryOptions(isReader: true);
        var launch = new Option<string?>("--launch") { HelpName = "LAUNCH", Description = "Of this launch; left out: of what is live." };
        var source = new Option<string?>("--source") { HelpName = "NAME", Description = "The schema of this source, instead of the supergraph." };
        var settings = new Option<bool>("--settings") { Description = "The source's settings, instead of its schema." };
        var file = new Option<string?>("--output", "-o") { HelpName = "FILE", Description = "Where to write it; left out, or -: standard output." };
        var command = new Command("fetch", "Gives the supergraph of a stage, or the schema or the settings of one of its sources.")
        {
            options.Graph, options.Stage, launch, source, settings, file, options.Store, options.Registry, options.KeyFile,
        };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async (registry, report) =>
        {
            var (graph, stage) = (parsed.GetRequiredValue(options.Graph), parsed.GetRequiredValue(options.Stage));
            if (parsed.GetValue(launch) is { } given && StageCommands.NumberOf(given) is null)
            {
                return report.Fail(StageCommands.NoNumber("--launch", given));
            }

            if ((parsed.GetValue(launch) is { } text ? StageCommands.NumberOf(text) : (await registry.StageAsync(graph, stage, cancellation))?.Live) is not { } number)
            {
                return report.Fail($"Nothing is live in {stage} of {graph}.");
            }

            var (content, problem) = await ContentAsync(registry, graph, stage, number, parsed.GetValue(source), parsed.GetValue(settings), cancellation);
            return problem is not null ? report.Fail(problem) : Write(parsed.GetValue(file), content!, report);
        }, cancellation));
        return command;
    }

    private static async Task<(string? Text, string? Problem)> ContentAsync(
        IRegistry registry, string graph, string stage, int launch, string? source, bool isSettings, CancellationToken cancellation)
    {
        if (await registry.DescribeLaunchAsync(graph, stage, launch, cancellation) is not { } details)
        {
            return (null, $"{stage} of {graph} has no launch #{launch}.");
        }

        if (source is null)
        {
            return isSettings ? (null, "--settings needs --source.")
                : await registry.SupergraphAsync(graph, stage, launch, cancellation) is not { } supergraph ? (null, details.Launch.WithoutSupergraph)
                : details.Launch.IsSupergraph(supergraph) ? (supergraph, null)
                : (null, details.Launch.WithOtherSupergraph);
        }

        if (details.Sources.FirstOrDefault(known => known.Source == source) is not { } found)
        {
            return (null, $"#{launch} of {stage} of {graph} has no source {source}. It has: {string.Join(", ", details.Sources.Select(known => known.Source))}.");
        }

        // The stage can be taken away between two questions.
        return await registry.SourceTextAsync(graph, stage, launch, source, cancellation) is not { } content ? (null, $"{stage} of {graph} has no launch #{launch}.")
            : !isSettings ? (content.Schema, null)
            : content.Settings is { } settings ? (settings, null) : (null, $"{found} has no settings.");
    }

    private static int Write(string? file, string content, RegistryReport report)
    {
        if (file is null or "-" or "/dev/stdout")
        {
            PeopleWriter.AsItIs(report.Output).Write(content);
            return 0;
        }

        return OutputFile.Write(file, content) is { } problem ? report.Fail(problem.Message) : 0;
    }

    private static async Task<int> TellSourcesAsync(
        IRegistry registry, RegistryReport report, string graph, string stage, int launch, bool withLaunch, CancellationToken cancellation) =>
        await registry.DescribeLaunchAsync(graph, stage, launch, cancellation) is { } details
            ? report.Sources(details, withLaunch)
            : report.Fail(string.Create(CultureInfo.InvariantCulture, $"{stage} of {graph} has no launch #{launch}."));
}
