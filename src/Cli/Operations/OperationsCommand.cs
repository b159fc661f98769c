using System.Collections.Immutable;
using System.CommandLine;
using GraphGateway.ControlPlane;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Cli;

/// <summary><c>graphgateway operations publish | list | retire | check</c>: the documents that clients may name by an identifier.</summary>
internal static class OperationsCommand
{
    private const int MaxNameLength = 128;

    /// <param name="clock">Tells the time.</param>
    internal static Command Create(TimeProvider clock) => new("operations", "Publishes, lists, retires and checks the operations that clients may name by an identifier.")
    {
        PublishCommand(clock),
        ListCommand(),
        RetireCommand(),
        CheckCommand(),
    };

    private static Command PublishCommand(TimeProvider clock)
    {
        var place = new OperationStoreOptions();
        var manifests = new Argument<string[]>("MANIFEST")
        {
            Description = "Apollo's or Relay's manifest, a .graphql file, or a folder of such files; several are one release.",
            Arity = ArgumentArity.OneOrMore,
        };
        var (client, tag, schema) = (Client(), Tag(), Schema());
        var gateway = new GatewaySettingsOption();
        var plan = new Option<bool>("--plan") { Description = "Show how each operation is planned, too; of more than 50 those that cost most." };
        var command = new Command("publish", "Validates and plans operations, and publishes them as one release: all of them or, where one fails, none.")
        {
            manifests, client, tag, schema, gateway.File, plan, place.Store, place.Json,
        };
        command.SetAction((parsed, cancellation) => place.RunAsync(parsed, async (store, report) =>
        {
            var (supergraph, problem) = ReadSupergraph(parsed.GetRequiredValue(schema));
            var (found, unread) = OperationFiles.Read(parsed.GetRequiredValue(manifests));
            var (rules, unset) = gateway.Read(parsed);
            if (supergraph is null || rules is null || !unread.IsEmpty)
            {
                return report.Fail([.. problem is null ? [] : new[] { problem }, .. unset, .. unread]);
            }

            var (name, tagName) = (parsed.GetValue(client), parsed.GetRequiredValue(tag));
            if (FindNameProblem(ref name, tagName, found) is { } wrongName)
            {
                return report.Fail(wrongName);
            }

            // Tools write an operation twice that two files have: it is one. What a manifest says of it may differ, and is told for each.
            found = [.. found.DistinctBy(static operation => (operation.Operation.Id, operation.Operation.Hash, operation.Mismatch))];
            var assessments = OperationsVerdict.AssessAll(supergraph, rules, found.Length, i => found[i].Operation.Text, Environment.ProcessorCount, cancellation);
            ImmutableArray<AssessedOperation> assessed = [.. found.Select((operation, i) => new AssessedOperation(operation, assessments[i]))];
            ImmutableArray<OperationProblem> problems = [.. assessed.SelectMany(ProblemsOf)];
            if (!problems.IsEmpty)
            {
                return report.Fail(problems);
            }

            var result = await store.PublishAsync(name, tagName, [.. found.Select(operation => operation.Operation)], clock.GetUtcNow(), cancellation);
            return result.IsStored
                ? report.Published(name, tagName, assessed, result, parsed.GetValue(plan) ? new OperationAssessor(supergraph, rules).PlansOf : null)
                : report.Fail($"Nothing is published: {result.Problem}{(result.Ids.IsEmpty ? "" : $" {string.Join(", ", result.Ids)}")}");
        }, cancellation));
        return command;
    }

    private static Command ListCommand()
    {
        var place = new OperationStoreOptions(isReader: true);
        var command = new Command("list", "Lists the releases that are published.") { place.Store, place.Json };
        command.SetAction((parsed, cancellation) => place.RunAsync(parsed, async (store, report) => report.List(await store.ListAsync(cancellation)), cancellation));
        return command;
    }

    private static Command RetireCommand()
    {
        var place = new OperationStoreOptions();
        var (client, tag) = (Client(), Tag());
        var command = new Command("retire", "Takes a release away, with the documents that no other release of its client has.") { client, tag, place.Store, place.Json };
        command.SetAction((parsed, cancellation) => place.RunAsync(parsed, async (store, report) =>
        {
            var (name, tagName) = (parsed.GetValue(client), parsed.GetRequiredValue(tag));
            return await store.RetireAsync(name, tagName, cancellation) is { } gone
                ? report.Retired(name, tagName, gone)
                : report.Fail($"There is no release {tagName} of {name ?? "all clients"}: `graphgateway operations list` shows which there are.");
        }, cancellation));
        return command;
    }

    private static Command CheckCommand()
    {
        var place = new OperationStoreOptions(isReader: true);
        var schema = Schema();
        var gateway = new GatewaySettingsOption();
        var command = new Command("check", "Holds all published operations against a supergraph, and tells which would break. Exit code 1 where one would.")
        {
            schema, gateway.File, place.Store, place.Json,
        };
        command.SetAction((parsed, cancellation) => place.RunAsync(parsed, async (store, report) =>
        {
            var (supergraph, problem) = ReadSupergraph(parsed.GetRequiredValue(schema));
            var (rules, unset) = gateway.Read(parsed);
            return supergraph is null || rules is null ? report.Fail([.. problem is null ? [] : new[] { problem }, .. unset])
                : report.Checked(await StoreVerdict.OfAsync(store, supergraph, rules, ground: null, cancellation));
        }, cancellation));
        return command;
    }

    private static (Supergraph? Supergraph, string? Problem) ReadSupergraph(string name)
    {
        const string hint = "Give --schema the file that \"graphgateway compose\" wrote.";
        var (bytes, reason) = InputFile.ReadBytes(name);
        if (bytes is not { } text)
        {
            return (null, $"{name} cannot be read: {reason} {hint}");
        }

        var read = SupergraphReader.Read(new SourceText(text, name));
        return read.Supergraph is { } supergraph ? (supergraph, null) : (null, $"{name}: {read.Errors[0].Message} {hint}");
    }

    // Who publishes without --client takes the one that the manifest names.
    private static string? FindNameProblem(ref string? client, string tag, ImmutableArray<FoundOperation> found)
    {
        if (!IsName(tag) || (client is not null && !IsName(client)))
        {
            return $"--client and --tag: a name has 1 to {MaxNameLength} characters, none of them a control character.";
        }

        var named = found.Select(operation => operation.Client).Distinct().ToList();
        if (client is null && named is [{ } only])
        {
            client = only;
            return IsName(only) ? null : "The manifest's clientName is no name.";
        }

        var given = client;
        return named.Any(name => name is not null && name != given)
            ? $"The manifest names other clients, {string.Join(", ", named.OfType<string>().Where(name => name != given))}: publish each client's operations by themselves."
            : null;
    }

    private static IEnumerable<OperationProblem> ProblemsOf(AssessedOperation operation)
    {
        var name = OperationsVerdict.NameOf(operation.Assessment);
        var more = new[] { operation.Found.Operation.Problem, operation.Found.Mismatch }.OfType<string>().Select(static problem => new GraphQLError { Message = problem });
        return more.Concat(operation.Assessment.Errors).Select(error => new OperationProblem(operation.Found.File, null, [], operation.Found.Operation.Id, name, error));
    }

    private static bool IsName(string text) => text.Trim().Length > 0 && text.Length <= MaxNameLength && !text.Any(char.IsControl);

    private static Option<string?> Client() =>
        new("--client") { HelpName = "NAME", Description = "Whose operations they are, as its header graphql-client-name says; without it, all clients'." };

    private static Option<string> Tag() => new("--tag") { HelpName = "NAME", Description = "The release, such as 1.4.2.", Required = true };

    private static Option<string> Schema() => new("--schema", "-s") { HelpName = "FILE", Description = "The supergraph; - is standard input.", Required = true };
}
