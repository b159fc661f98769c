using System.CommandLine;

namespace GraphGateway.Cli;

/// <summary><c>graphgateway registry stages remove</c>: takes a stage of the registry away.</summary>
internal static class StagesCommand
{
    internal static Command Create() => new("stages", "Takes stages of the registry away.") { Remove() };

    private static Command Remove()
    {
        var options = new RegistryOptions();
        var yes = new Option<bool>("--yes") { Description = "Do it. Without it only what would be lost is told." };
        var command = new Command("remove", "Takes a stage away for good, with its launches and what clients use there. Over HTTP it needs an admin's key.")
        {
            options.Graph, options.Stage, yes, options.Store, options.Registry, options.KeyFile, options.Json,
        };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async (registry, report) =>
        {
            var (graph, stage) = (parsed.GetRequiredValue(options.Graph), parsed.GetRequiredValue(options.Stage));
            if (parsed.GetValue(yes))
            {
                return await registry.RemoveStageAsync(graph, stage, cancellation) is { } removed ? report.Removed(removed) : report.Fail($"{graph} has no stage {stage}.");
            }

            return (await registry.ListStagesAsync(graph, cancellation)).Select(known => known.Stage).ToList() is var stages && stages.Find(known => known.Stage == stage) is { } found
                ? report.Fail(
                    $"Nothing is removed yet. {stage} of {graph} would go for good, with its history up to #{found.Last} and what clients use there"
                    + $"{(stages.Count == 1 ? $"; it is the last stage of {graph}: the versions of all its sources would go, too" : "")}. "
                    + $"{(found.Live is { } live ? $"#{live} is live: gateways that run it go on with it, and do not start anew without a copy of it (Gateway:Registry:File). " : "")}Say --yes to do it.")
                : report.Fail($"{graph} has no stage {stage}.");
        }, cancellation));
        return command;
    }
}
