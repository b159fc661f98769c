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
        var (options, source, operations) = (new RegistryOptions(), new RegistryOptions.SourceOptions(), new PublishedOperationsGuard());
        var command = new Command("publish", "Publishes a source's schema, or those of a folder, to a stage of a graph: live where it composes with the others, else kept as a draft.")
        {
            source.Folder, options.Graph, options.Stage, source.Source, source.Schema, source.Settings, source.Url, options.Tag, options.Author, options.WaitForApproval, operations.Store, operations.Gateway, options.Store, options.Registry, options.KeyFile, options.SignWith, options.Json,
        };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async (registry, report) =>
        {
            var (publications, problems) = source.Read(parsed, parsed.GetRequiredValue(options.Stage));
            if (!publications.IsEmpty)
            {
                problems = await operations.FindProblemsAsync(parsed, registry, parsed.GetRequiredValue(options.Graph), parsed.GetRequiredValue(options.Stage), publications, clock.GetUtcNow(), cancellation);
            }

            return !problems.IsEmpty
                ? report.Fail(problems)
                : await ChangeAsync(parsed, options, report, parsed.GetRequiredValue(options.Stage), (graph, stage) => registry.PublishAsync(
                    graph, stage, publications, options.NoteOf(parsed) with { WaitForApproval = parsed.GetValue(options.WaitForApproval) }, clock.GetUtcNow(), cancellation));
        }, cancellation));
        return command;
    }

    private static Command Delete(TimeProvider clock)
    {
        var options = new RegistryOptions();
        var source = new Option<string>("--source") { HelpName = "NAME", Description = "The source, such as orders.", Required = true };
        var command = new Command("delete", "Takes a source out of a stage; where the others do not compose without it, that is kept as a draft.")
        {
            options.Graph, options.Stage, source, options.Tag, options.Author, options.WaitForApproval, options.Store, options.Registry, options.KeyFile, options.SignWith, options.Json,
        };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, (registry, report) => ChangeAsync(
            parsed, options, report, parsed.GetRequiredValue(options.Stage), (graph, stage) => registry.DeleteAsync(
                graph, stage, parsed.GetRequiredValue(source), options.NoteOf(parsed) with { WaitForApproval = parsed.GetValue(options.WaitForApproval) }, clock.GetUtcNow(), cancellation)), cancellation));
        return command;
    }

    private static Command Promote(TimeProvider clock)
    {
        var options = new RegistryOptions();
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
        var command = new Command("promote", "Gives a stage the sources of what is live in another one. Each keeps the address that it has in its stage.")
        {
            options.Graph, from, to, urls, options.Tag, options.Author, options.WaitForApproval, options.Store, options.Registry, options.KeyFile, options.SignWith, options.Json,
        };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, (registry, report) => ChangeAsync(
            parsed, options, report, parsed.GetRequiredValue(to), (graph, stage) => registry.PromoteAsync(
                graph, parsed.GetRequiredValue(from), stage, UrlsOf(parsed.GetValue(urls) ?? []),
                options.NoteOf(parsed) with { WaitForApproval = parsed.GetValue(options.WaitForApproval) }, clock.GetUtcNow(), cancellation)), cancellation));
        return command;
    }

    private static Command Rollback(TimeProvider clock)
    {
        var options = new RegistryOptions();
        var to = new Option<string?>("--to") { HelpName = "LAUNCH", Description = "The launch, such as 12; left out: the one that was live before." };
        var command = new Command("rollback", "Makes an earlier launch of a stage live again, as it was.") { options.Graph, options.Stage, to, options.Tag, options.Author, options.Store, options.Registry, options.KeyFile, options.SignWith, options.Json };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, (registry, report) =>
            parsed.GetValue(to) is { } text && NumberOf(text) is null
                ? Task.FromResult(report.Fail(NoNumber("--to", text)))
                : ChangeAsync(parsed, options, report, parsed.GetRequiredValue(options.Stage), (graph, stage) => registry.RollbackAsync(
                    graph, stage, parsed.GetValue(to) is { } number ? NumberOf(number) : null, options.NoteOf(parsed), clock.GetUtcNow(), cancellation)), cancellation));
        return command;
    }

    private static Command Approve(TimeProvider clock)
    {
        var options = new RegistryOptions();
        var launch = new Option<string>("--launch") { HelpName = "LAUNCH", Description = "The launch that waits, such as 12.", Required = true };
        var overNewer = new Option<bool>("--over-newer") { Description = "Also where what it changes was changed by others after it was made: it takes the place of that." };
        var command = new Command("approve", "Makes a launch live that waits for approval; where others have changed the stage since, its changes on top of theirs.")
        {
            options.Graph, options.Stage, launch, overNewer, options.Tag, options.Author, options.Store, options.Registry, options.KeyFile, options.SignWith, options.Json,
        };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, (registry, report) =>
            NumberOf(parsed.GetRequiredValue(launch)) is not { } number
                ? Task.FromResult(report.Fail(NoNumber("--launch", parsed.GetRequiredValue(launch))))
                : ChangeAsync(parsed, options, report, parsed.GetRequiredValue(options.Stage), (graph, stage) =>
                    registry.ApproveAsync(graph, stage, number, parsed.GetValue(overNewer), options.NoteOf(parsed), clock.GetUtcNow(), cancellation)), cancellation));
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

    private static async Task<int> ChangeAsync(
        ParseResult parsed, RegistryOptions options, RegistryReport report, string stage, Func<string, string, Task<LaunchResult>> change)
    {
        var graph = parsed.GetRequiredValue(options.Graph);
        return report.Tell(graph, stage, await change(graph, stage));
    }

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
