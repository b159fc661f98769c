using System.CommandLine;
using GraphGateway.Composition;
using GraphGateway.ControlPlane;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Cli;

/// <summary><c>graphgateway diff</c>: what changed for clients between two launches of a stage.</summary>
internal static class DiffCommand
{
    internal static Command Create()
    {
        var options = new RegistryOptions();
        var from = new Option<string?>("--from") { HelpName = "LAUNCH", Description = "The older launch; left out: the one that was live before the other." };
        var to = new Option<string?>("--to") { HelpName = "LAUNCH", Description = "The newer launch; left out: the one that is live." };
        var markdown = new Option<bool>("--markdown") { Description = "Report as Markdown, for a comment on a change." };
        var command = new Command("diff", "Tells what changed for clients from one launch of a stage to another one.")
        {
            options.Graph, options.Stage, from, to, options.Store, options.Json, markdown,
        };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async (registry, report) =>
        {
            var (graph, stage) = (parsed.GetRequiredValue(options.Graph), parsed.GetRequiredValue(options.Stage));
            foreach (var (option, text) in new[] { ("--from", parsed.GetValue(from)), ("--to", parsed.GetValue(to)) })
            {
                if (text is not null && StageCommands.NumberOf(text) is null)
                {
                    return report.Fail(StageCommands.NoNumber(option, text));
                }
            }

            var (after, problem) = await FindAsync(registry, graph, stage, parsed.GetValue(to) is { } newer ? StageCommands.NumberOf(newer) : null, cancellation);
            if (after is null)
            {
                return report.Fail(problem!);
            }

            if ((parsed.GetValue(from) is { } older ? StageCommands.NumberOf(older) : after.Launch.Base) is not { } number)
            {
                return report.Fail($"#{after.Launch.Number} is the first of {stage} of {graph}: there is nothing to compare with.");
            }

            (var before, problem) = await FindAsync(registry, graph, stage, number, cancellation);
            return before is null ? report.Fail(problem!)
                : await TellAsync(registry, graph, before, after, report.IsJson ? ChangeFormat.Json : parsed.GetValue(markdown) ? ChangeFormat.Markdown : ChangeFormat.Text, report, cancellation);
        }, cancellation));
        return command;
    }

    /// <summary>The supergraph of a text that the registry has; or why it is none.</summary>
    internal static (Supergraph? Supergraph, string? Problem) Read(string text, int launch)
    {
        var read = SupergraphReader.Read(new SourceText(text, $"#{launch}"));
        return (read.Supergraph, read.Supergraph is null ? $"The supergraph of #{launch} cannot be read: {read.Errors[0].Message}" : null);
    }

    private static async Task<(LaunchDetails? Details, string? Problem)> FindAsync(SchemaRegistry registry, string graph, string stage, int? launch, CancellationToken cancellation)
    {
        if ((launch ?? (await registry.StageAsync(graph, stage, cancellation))?.Live) is not { } number)
        {
            return (null, $"Nothing is live in {stage} of {graph}.");
        }

        return await registry.LaunchAsync(graph, stage, number, cancellation) switch
        {
            null => (null, $"{stage} of {graph} has no launch #{number}."),
            { Supergraph: null } old => (null, ReadCommands.WithoutSupergraph(old.Launch)),
            var details => (details, null),
        };
    }

    private static async Task<int> TellAsync(
        SchemaRegistry registry, string graph, LaunchDetails before, LaunchDetails after, ChangeFormat format, RegistryReport report, CancellationToken cancellation)
    {
        var ((old, problem), (now, otherProblem)) = (Read(before.Supergraph!, before.Launch.Number), Read(after.Supergraph!, after.Launch.Number));
        if (old is null || now is null)
        {
            return report.Fail((problem ?? otherProblem)!);
        }

        var sources = new List<SourceTexts>();
        foreach (var source in after.Sources)
        {
            var content = (await registry.ContentAsync(graph, source.Source, source.Version, cancellation))!;
            sources.Add(new SourceTexts(source.Source, new SourceText(content.Schema, source.ToString()), null, null));
        }

        // Only where members stand is asked; settings say nothing of that.
        var places = SourcePlaces.Of(SourceTexts.Read(sources, "").Sources);
        new ChangeReport(report.Output, SchemaComparison.Compare(old, now), places, null, usage: null).Write(format, []);
        return 0;
    }
}
