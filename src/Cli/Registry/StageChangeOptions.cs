using System.Collections.Immutable;
using System.CommandLine;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>What the commands that change what is live in a stage share, and how each of them goes: what could break is looked at first, where that is asked.</summary>
internal sealed class StageChangeOptions
{
    private readonly RegistryOptions place = new();
    private readonly PublishedOperationsGuard operations = new();

    internal Option<string> Graph => place.Graph;

    internal Option<string> Stage => place.Stage;

    private Option<bool> AllowBreaking { get; } = new("--allow-breaking-operations")
    {
        Description = "With --registry: make the change also where the server holds it against persisted operations and one would break.",
    };

    /// <summary>Gives a command the options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="mayWait">Whether what it makes can wait for approval.</param>
    internal void AddTo(Command command, bool mayWait)
    {
        Option[] options =
        [
            place.Tag, place.Author, .. mayWait ? new Option[] { place.WaitForApproval } : [], operations.Store, operations.Gateway, AllowBreaking, place.Store, place.Registry, place.KeyFile,
            place.SignWith, place.Json,
        ];
        foreach (var option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Makes a change, and tells what became of it.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="problems">What is wrong with them.</param>
    /// <param name="change">The change.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="cancellation">Ends it.</param>
    internal Task<int> RunAsync(ParseResult parsed, string stage, ImmutableArray<string> problems, StageChange change, TimeProvider clock, CancellationToken cancellation) =>
        place.RunAsync(
            parsed,
            async (registry, report) =>
            {
                var graph = parsed.GetRequiredValue(Graph);
                if (problems.IsEmpty)
                {
                    problems = FindProblem(parsed) is { } wrong ? [wrong] : await operations.FindProblemsAsync(parsed, registry, graph, stage, change, cancellation);
                }

                return problems.IsEmpty ? report.Tell(graph, stage, await MakeAsync(registry, graph, stage, change, NoteOf(parsed), clock.GetUtcNow(), cancellation)) : report.Fail(problems);
            },
            cancellation);

    private string? FindProblem(ParseResult parsed) =>
        !parsed.GetValue(AllowBreaking) ? null
        : parsed.GetValue(place.Registry) is null ? "--allow-breaking-operations needs --registry: on a store nothing is held against persisted operations without --operations."
        : parsed.GetValue(operations.Store) is not null ? "--allow-breaking-operations and --operations together: leave out --operations where operations may break."
        : null;

    private LaunchNote NoteOf(ParseResult parsed) =>
        place.NoteOf(parsed) with { WaitForApproval = parsed.GetValue(place.WaitForApproval), AllowBreakingOperations = parsed.GetValue(AllowBreaking) };

    private static Task<LaunchResult> MakeAsync(
        IRegistry registry, string graph, string stage, StageChange change, LaunchNote note, DateTimeOffset now, CancellationToken cancellation) => change switch
        {
            StageChange.Publish publish => registry.PublishAsync(graph, stage, publish.Publications, note, now, cancellation),
            StageChange.Delete delete => registry.DeleteAsync(graph, stage, delete.Source, note, now, cancellation),
            StageChange.Promote promote => registry.PromoteAsync(graph, promote.From, stage, promote.Urls, note, now, cancellation),
            StageChange.Rollback rollback => registry.RollbackAsync(graph, stage, rollback.To, note, now, cancellation),
            StageChange.Approve approve => registry.ApproveAsync(graph, stage, approve.Launch, approve.OverNewer, note, now, cancellation),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "There is no such change."),
        };
}
