using System.CommandLine;

namespace GraphGateway.Cli;

/// <summary><c>graphgateway diff</c>: what changed for clients between two launches of a stage.</summary>
internal static class DiffCommand
{
    internal static Command Create()
    {
        var options = new RegistryOptions(isReader: true);
        var from = new Option<string?>("--from") { HelpName = "LAUNCH", Description = "The older launch; left out: the one that was live before the other." };
        var to = new Option<string?>("--to") { HelpName = "LAUNCH", Description = "The newer launch; left out: the one that is live." };
        var markdown = new Option<bool>("--markdown") { Description = "Report as Markdown, for a comment on a change." };
        var command = new Command("diff", "Tells what changed for clients from one launch of a stage to another one.")
        {
            options.Graph, options.Stage, from, to, options.Store, options.Registry, options.KeyFile, options.Json, markdown,
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

            int? Number(Option<string?> option) => parsed.GetValue(option) is { } text ? StageCommands.NumberOf(text) : null;
            var found = await registry.DiffAsync(graph, stage, Number(from), Number(to), cancellation);
            if (found.Value is not { } diff)
            {
                return report.Fail(found.Problem!);
            }

            var changes = new ChangeReport(diff.Changes, [], null, 0) { More = diff.MoreChanges, Title = $"Schema changes from #{diff.From} to #{diff.To}" };
            report.Output.Write(changes.In(report.IsJson ? ChangeFormat.Json : parsed.GetValue(markdown) ? ChangeFormat.Markdown : ChangeFormat.Text));
            return 0;
        }, cancellation));
        return command;
    }
}
