using System.CommandLine;
using GraphGateway.Composition;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Cli;

/// <summary><c>graphgateway compose SOURCES --output FILE</c>.</summary>
internal static class ComposeCommand
{
    private sealed record Request(string Sources, string? Output, string? Environment, SchemaContract? Contract, bool? GlobalIds, bool IsForApollo);

    internal static Command Create()
    {
        var sources = new SourceArguments();
        var output = new Option<string?>("--output", "-o") { HelpName = "FILE", Description = "Where to write the supergraph; left out, or -: standard output." };
        var contract = new ContractArguments();
        var format = new Option<string>("--format", "-f")
        {
            HelpName = "canonical|apollo",
            Description = "canonical: our own form. apollo: a supergraph for Apollo's router and gateway (join 0.5), where the graph can be said in it.",
            DefaultValueFactory = _ => "canonical",
        };
        format.AcceptOnlyFromAmong("canonical", "apollo");
        var watch = new Option<bool>("--watch", "-w") { Description = "Compose again whenever a source file changes, until Ctrl+C." };
        var json = new Option<bool>("--json") { Description = "Report problems as one JSON object, for machines; with --watch one on a line each time." };
        var command = new Command("compose", "Composes source schemas of either dialect into one supergraph.")
        {
            sources.Sources, output, format, sources.Environment, sources.GlobalIds, contract.Include, contract.Exclude, contract.HideUnreachable, watch, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var invocation = parsed.InvocationConfiguration;
            var request = new Request(
                parsed.GetRequiredValue(sources.Sources),
                parsed.GetValue(output),
                parsed.GetValue(sources.Environment),
                contract.Read(parsed),
                parsed.GetValue(sources.GlobalIds),
                IsForApollo: parsed.GetValue(format) == "apollo");
            var isWatching = parsed.GetValue(watch);
            var report = new ProblemReport(invocation.Output, invocation.Error, parsed.GetValue(json), isOneLine: isWatching);
            // Where nothing is there is nothing to watch.
            if (!isWatching || !Path.Exists(request.Sources))
            {
                return await Run(request, report, cancellation);
            }

            await Watch(request, report, invocation.Error, cancellation);
            return 0;
        });
        return command;
    }

    private static async Task Watch(Request request, ProblemReport report, TextWriter error, CancellationToken cancellation)
    {
        var watcher = new SourceWatcher(TimeProvider.System, async stop =>
        {
            await Run(request, report, stop);

            // One run does without the collector; before a long wait the memory goes back.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            if (!report.IsJson)
            {
                error.WriteLine($"Watching {request.Sources}. Ctrl+C ends it.");
            }
        });
        string[] paths = SourceArguments.IsYaml(request.Sources) ? [.. SupergraphYaml.Files(request.Sources)] : [request.Sources];
        using var watching = watcher.Watch(paths.Where(path => File.Exists(path) || Directory.Exists(path)), IsOutput(request.Output));
        await watcher.Run(cancellation);
    }

    // The output may lie among the sources; writing it must not start the next round.
    private static Func<string, bool> IsOutput(string? output)
    {
        if (output is null or "" or "-" or "/dev/stdout")
        {
            return static _ => false;
        }

        var full = Target(output);
        var temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.");
        return path => path == full || path.StartsWith(temporary, StringComparison.Ordinal);
    }

    // Links that lead nowhere are told when it is written.
    private static string Target(string output)
    {
        try
        {
            return OutputFile.Resolve(output);
        }
        catch (IOException)
        {
            return Path.GetFullPath(output);
        }
    }

    private static async Task<int> Run(Request request, ProblemReport report, CancellationToken cancellation)
    {
        var read = await SourceArguments.Read(request.Sources, request.Environment, cancellation);
        using var pause = CollectorPause.Begin(read.Sources);
        var result = read.Compose(new ComposerOptions
        {
            Contract = request.Contract,
            EnableGlobalObjectIdentification = request.GlobalIds,
            WritesText = !request.IsForApollo,
        });
        if (result.Supergraph is null)
        {
            return report.Fail(result.Problems, result.MoreProblems);
        }

        var apollo = request.IsForApollo ? ApolloSupergraphWriter.Write(result.Supergraph) : null;
        if (apollo is { Text: null })
        {
            return report.Fail([.. result.Problems, .. Problems(apollo.Obstacles, SourcePlaces.Of(read.Sources))], result.MoreProblems);
        }

        var text = apollo?.Text ?? result.Text!;
        if (request.Output is null or "-" or "/dev/stdout")
        {
            return report.Succeed(result.Problems, result.MoreProblems, message: null, supergraph: text);
        }

        if ((OutputOverSources(request, read.Sources) ?? OutputFile.Write(request.Output, text)) is { } problem)
        {
            return report.Fail([.. result.Problems, problem], result.MoreProblems);
        }

        var count = read.Sources.Length;
        return report.Succeed(result.Problems, result.MoreProblems, $"Composed {count} source{(count == 1 ? "" : "s")} into {request.Output}.");
    }

    // A team's schema would be gone, or the supergraph be read as a part of one the next time.
    private static CompositionProblem? OutputOverSources(Request request, IEnumerable<SourceInput> sources)
    {
        if (request.Output is not { Length: > 0 } output)
        {
            return null;
        }

        var full = Target(output);
        var isSource = full == Path.GetFullPath(request.Sources)
            || sources.SelectMany(source => source.Documents).Any(document => SourceFolder.IsPartOf(Path.GetFullPath(document.Name), full));
        return !isSource ? null : new CompositionProblem
        {
            Code = ProblemCode.OutputNotWritable,
            Message = $"{output} is a file of a source, or would be read as one.",
            Hint = "Give --output a name that no source has, such as supergraph.graphql.",
        };
    }

    private static IEnumerable<CompositionProblem> Problems(IEnumerable<JoinObstacle> obstacles, SourcePlaces places) =>
        obstacles.Select(obstacle => new CompositionProblem
        {
            Code = ProblemCode.NotExpressibleForApollo,
            Message = obstacle.Message,
            Hint = "Write it as Apollo Federation has it, or leave out --format apollo and run the graph with GraphGateway.",
            Places = obstacle.Source is { } source ? places.OfSource(source) : places.Find(obstacle.Coordinate),
        });
}
