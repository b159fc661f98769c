using System.CommandLine;
using System.Globalization;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary><c>graphgateway publish | delete | promote | rollback | approve | reject</c>: what changes a stage of a graph in the registry.</summary>
internal static class StageCommands
{
    /// <param name="clock">Tells the time.</param>
    internal static IEnumerable<Command> Create(TimeProvider clock) => [Publish(clock), Delete(clock), Promote(clock), Rollback(clock), Approve(clock), Reject(clock)];

    private static Command Publish(TimeProvider clock)
    {
        var (options, source) = (new StageChangeOptions(), new RegistryOptions.SourceOptions());
        var command = new Command("publish", "Publishes a source's schema, or those of a folder, to a stage of a graph: live where it composes with the others, else kept as a draft.")
        {
            source.Folder, options.Graph, options.Stage, source.Source, source.Schema, source.Settings, source.Url,
        };
        options.AddTo(command, mayWait: true);
        command.SetAction((parsed, cancellation) =>
        {
            var stage = parsed.GetRequiredValue(options.Stage);
            var (publications, problems) = source.Read(parsed, stage);
            return options.RunAsync(parsed, stage, problems, new StageChange.Publish(publications), clock, cancellation);
        });
        return command;
    }

    private static Command Delete(TimeProvider clock)
    {
        var options = new StageChangeOptions();
        var source = new Option<string>("--source") { HelpName = "NAME", Description = "The source, such as orders.", Required = true };
        var command = new Command("delete", "Takes a source out of a stage; where the others do not compose without it, that is kept as a draft.") { options.Graph, options.Stage, source };
        options.AddTo(command, mayWait: true);
        command.SetAction((parsed, cancellation) => options.RunAsync(
            parsed, parsed.GetRequiredValue(options.Stage), [], new StageChange.Delete(parsed.GetRequiredValue(source)), clock, cancellation));
        return command;
    }

    private static Command Promote(TimeProvider clock)
    {
        var options = new StageChangeOptions();
        var from = new Option<string>("--from") { HelpName = "STAGE", Description = "The stage whose live sources are taken.", Required = true };
        var to = new Option<string>("--to") { HelpName = "STAGE", Description = "The stage that gets them.", Required = true };
        var urls = new Option<string[]>("--url") { HelpName = "NAME=URL", Description = "Where a source answers in the new stage, where that is new; can be repeated." };
        urls.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"--url needs NAME=URL, such as orders=https://orders.example/graphql, and not {token.Value}.");
            }
        });
        var command = new Command("promote", "Gives a stage the sources of what is live in another one. Each keeps the address that it has in its stage.") { options.Graph, from, to, urls };
        options.AddTo(command, mayWait: true);
        command.SetAction((parsed, cancellation) => options.RunAsync(
            parsed, parsed.GetRequiredValue(to), [], new StageChange.Promote(parsed.GetRequiredValue(from), UrlsOf(parsed.GetValue(urls) ?? [])), clock, cancellation));
        return command;
    }

    private static Command Rollback(TimeProvider clock)
    {
        var options = new StageChangeOptions();
        var to = new Option<string?>("--to") { HelpName = "LAUNCH", Description = "The launch, such as 12; left out: the one that was live before." };
        var command = new Command("rollback", "Makes an earlier launch of a stage live again, as it was.") { options.Graph, options.Stage, to };
        options.AddTo(command, mayWait: false);
        command.SetAction((parsed, cancellation) =>
        {
            var number = parsed.GetValue(to) is { } text ? NumberOf(text) : null;
            return options.RunAsync(
                parsed,
                parsed.GetRequiredValue(options.Stage),
                parsed.GetValue(to) is { } given && number is null ? [NoNumber("--to", given)] : [],
                new StageChange.Rollback(number),
                clock,
                cancellation);
        });
        return command;
    }

    private static Command Approve(TimeProvider clock)
    {
        var options = new StageChangeOptions();
        var launch = new Option<string>("--launch") { HelpName = "LAUNCH", Description = "The launch that waits, such as 12.", Required = true };
        var overNewer = new Option<bool>("--over-newer") { Description = "Also where what it changes was changed by others after it was made: it takes the place of that." };
        var command = new Command("approve", "Makes a launch live that waits for approval; where others have changed the stage since, its changes on top of theirs.")
        {
            options.Graph, options.Stage, launch, overNewer,
        };
        options.AddTo(command, mayWait: false);
        command.SetAction((parsed, cancellation) =>
        {
            var number = NumberOf(parsed.GetRequiredValue(launch));
            return options.RunAsync(
                parsed,
                parsed.GetRequiredValue(options.Stage),
                number is null ? [NoNumber("--launch", parsed.GetRequiredValue(launch))] : [],
                new StageChange.Approve(number ?? 0, parsed.GetValue(overNewer)),
                clock,
                cancellation);
        });
        return command;
    }

    private static Command Reject(TimeProvider clock)
    {
        var options = new RegistryOptions();
        var launch = new Option<string>("--launch") { HelpName = "LAUNCH", Description = "The launch that waits, such as 12.", Required = true };
        var reason = new Option<string?>("--reason") { HelpName = "TEXT", Description = "Why, for those who read the history." };
        var command = new Command("reject", "Rejects a launch that waits for approval: it never becomes live. With it what was made on it, in a stage where nothing is live.")
        {
            options.Graph, options.Stage, launch, reason, options.Author, options.Store, options.Registry, options.KeyFile, options.Json,
        };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async (registry, report) =>
        {
            if (NumberOf(parsed.GetRequiredValue(launch)) is not { } number)
            {
                return report.Fail(NoNumber("--launch", parsed.GetRequiredValue(launch)));
            }

            var (graph, stage) = (parsed.GetRequiredValue(options.Graph), parsed.GetRequiredValue(options.Stage));
            var rejection = new LaunchRejection(options.NoteOf(parsed).Author, clock.GetUtcNow(), parsed.GetValue(reason));
            var (answer, refusal) = await registry.RejectAsync(graph, stage, number, rejection, cancellation);
            return answer is null ? report.Fail(refusal!) : report.Rejected(graph, stage, answer.Rejected);
        }, cancellation));
        return command;
    }

    /// <summary>The number of a launch, as <c>12</c> or <c>#12</c>; null where it is none.</summary>
    internal static int? NumberOf(string text) =>
        int.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    internal static string NoNumber(string option, string text) => $"{option} needs the number of a launch, such as 12, and not {text}.";

    private static Dictionary<string, string> UrlsOf(IEnumerable<string> given)
    {
        var urls = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            urls[text[..at]] = text[(at + 1)..];
        }

        return urls;
    }
}
