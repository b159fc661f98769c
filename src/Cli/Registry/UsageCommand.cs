using System.CommandLine;
using System.Globalization;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary><c>graphgateway usage</c>: which clients use which operations and members of the schema of a stage, by what its gateways have counted.</summary>
internal static class UsageCommand
{
    internal static Command Create(TimeProvider clock)
    {
        var options = new RegistryOptions(isReader: true);
        var members = new Option<string[]>("--member")
        {
            HelpName = "COORDINATE",
            Description = "Who uses this member of the schema, such as Order, Order.total or Query.orders(first:), instead of all operations; can be repeated.",
        };
        var days = StageCheckOptions.DaysOption("In how many days, today among them.");
        var command = new Command("usage", "Lists the operations that clients of a stage have asked for, or the clients that have used members of its schema.")
        {
            options.Graph, options.Stage, members, days, options.Store, options.Registry, options.KeyFile, options.Json,
        };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async (registry, report) =>
        {
            var (graph, stage, count) = (parsed.GetRequiredValue(options.Graph), parsed.GetRequiredValue(options.Stage), parsed.GetValue(days));
            if (StageCheckOptions.FindDaysProblem(count) is { } wrong)
            {
                return report.Fail(wrong);
            }

            if (await registry.StageAsync(graph, stage, cancellation) is null)
            {
                return report.Fail($"{graph} has no stage {stage}.");
            }

            return parsed.GetValue(members) is { Length: > 0 } named
                ? Tell(report, await registry.MembersUsedAsync(graph, stage, named, count, clock.GetUtcNow(), cancellation))
                : Tell(report, await registry.OperationsUsedAsync(graph, stage, count, clock.GetUtcNow(), cancellation));
        }, cancellation));
        return command;
    }

    private static int Tell(RegistryReport report, IReadOnlyList<MemberUse> uses) => Tell(
        report,
        uses.Select(object (use) => new { use.Coordinate, use.Client, use.Requests }),
        ["MEMBER", "CLIENT", "REQUESTS"],
        uses.Select(use => new[] { use.Coordinate, StageUsage.NameOf(use.Client), Number(use.Requests) }));

    private static int Tell(RegistryReport report, IReadOnlyList<OperationUse> uses) => Tell(
        report,
        uses.Select(object (use) => new { use.Client, use.Name, use.Hash, use.Requests }),
        ["CLIENT", "OPERATION", "SHA-256", "REQUESTS"],
        uses.Select(use => new[]
        {
            StageUsage.NameOf(use.Client), use.Hash.Length == 0 ? UsageLimits.Others : use.Name.Length == 0 ? "(no name)" : use.Name, use.Hash.Length == 0 ? "-" : use.Hash, Number(use.Requests),
        }));

    private static int Tell(RegistryReport report, IEnumerable<object> machine, string[] header, IEnumerable<string[]> people)
    {
        string[][] rows = [header, .. people];
        if (report.IsJson)
        {
            report.Output.WriteLine(JsonText.Of(new { Success = true, Uses = machine }));
        }
        else if (rows.Length == 1)
        {
            report.Output.WriteLine("Nothing was counted in that time.");
        }
        else
        {
            TextTable.Write(report.Output, rows);
        }

        return 0;
    }

    private static string Number(long requests) => requests.ToString("N0", CultureInfo.InvariantCulture);
}
