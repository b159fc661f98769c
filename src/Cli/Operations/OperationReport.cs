using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using GraphGateway.ControlPlane;
using GraphGateway.Planning;

namespace GraphGateway.Cli;

/// <summary>An operation with what it comes to.</summary>
internal sealed record AssessedOperation(FoundOperation Found, OperationAssessment Assessment);

/// <summary>Tells what became of operations: to people, or with <c>--json</c> as one object on the standard output.</summary>
internal sealed class OperationReport(TextWriter output, TextWriter error, bool isJson)
{
    // Of a hundred thousand nobody reads more; machines get all of them.
    private const int MostRows = 50;

    /// <summary>What was published.</summary>
    /// <param name="client">Whose; null for all clients.</param>
    /// <param name="tag">The release.</param>
    /// <param name="operations">Its operations.</param>
    /// <param name="result">What the store has made of it.</param>
    /// <param name="plansOf">The plans of a document, where those of the operations that cost most are wanted; else null.</param>
    internal int Published(
        string? client, string tag, ImmutableArray<AssessedOperation> operations, PublishResult result, Func<string, IEnumerable<PlannedOutcome>>? plansOf)
    {
        AssessedOperation[] most = [.. operations.OrderByDescending(operation => operation.Assessment.FieldCost + operation.Assessment.TypeCost).Take(MostRows)];
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new
            {
                Success = true,
                Client = client,
                Tag = tag,
                result.Added,
                result.WasThere,
                Operations = operations.Select(operation => new
                {
                    operation.Found.Operation.Id,
                    Name = OperationsVerdict.NameOf(operation.Assessment),
                    operation.Assessment.FieldCost,
                    operation.Assessment.TypeCost,
                    operation.Assessment.Requests,
                    operation.Assessment.Depth,
                    Measured = operation.Assessment.Measured.IsEmpty ? (IEnumerable<string>?)null : operation.Assessment.Measured.Select(error => error.Message),
                    Plans = plansOf is not null && most.Contains(operation) ? plansOf(operation.Found.Operation.Text).Select(Json) : null,
                }),
            }));
            return 0;
        }

        TextTable.Write(output,
        [
            ["ID", "NAME", "FIELD COST", "TYPE COST", "REQUESTS", "DEPTH"],
            .. most.Select(Row),
        ]);
        if (operations.Length > MostRows)
        {
            output.WriteLine($"These cost most; --json tells all {operations.Length}.{(plansOf is null ? "" : $" Plans are shown of these {MostRows}.")}");
        }

        if (plansOf is not null)
        {
            TellPlans(most, plansOf);
        }

        TellMeasured(operations);
        var what = $"{operations.Length} operation{(operations.Length == 1 ? "" : "s")} for {client ?? "all clients"}, {tag}";
        error.WriteLine(result.WasThere ? $"Published before: {what}. Nothing has changed." : $"Published {what}: {result.Added} new. Gateways know them within 10 seconds.");
        return 0;
    }

    internal int List(ImmutableArray<OperationRelease> releases)
    {
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new
            {
                Success = true,
                Releases = releases.Select(release => new { release.Client, release.Tag, release.Operations, Published = Time(release.Published) }),
            }));
        }
        else if (releases.IsEmpty)
        {
            error.WriteLine("There are no releases. `graphgateway operations publish MANIFEST --tag NAME --schema FILE` publishes one.");
        }
        else
        {
            TextTable.Write(output,
            [
                ["CLIENT", "TAG", "OPERATIONS", "PUBLISHED"],
                .. releases.Select(release => new[]
                {
                    release.Client ?? "-", release.Tag, release.Operations.ToString(CultureInfo.InvariantCulture), Time(release.Published),
                }),
            ]);
        }

        return 0;
    }

    internal int Retired(string? client, string tag, int gone)
    {
        output.WriteLine(isJson
            ? JsonText.Of(new { Success = true, Client = client, Tag = tag, Removed = gone })
            : $"Release {tag} of {client ?? "all clients"} is retired: {gone} document{(gone == 1 ? "" : "s")} went that no other release has. Gateways know it within 10 seconds.");
        return 0;
    }

    internal int Checked(StoreVerdict verdict)
    {
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new { Success = verdict.Problems.IsEmpty, Operations = verdict.Count, Problems = verdict.Problems.Select(Json) }));
            return verdict.Problems.IsEmpty ? 0 : 1;
        }

        Tell(verdict.Problems);
        output.WriteLine(verdict.Summary);
        return verdict.Problems.IsEmpty ? 0 : 1;
    }

    internal int Fail(ImmutableArray<OperationProblem> problems)
    {
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new { Success = false, Problems = problems.Select(Json) }));
            return 1;
        }

        Tell(problems);
        error.WriteLine($"{problems.Length} problem{(problems.Length == 1 ? "" : "s")}. Nothing is published.");
        return 1;
    }

    internal int Fail(params ImmutableArray<string> messages)
    {
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new { Success = false, Problems = messages.Select(message => new { Message = message }) }));
        }
        else
        {
            foreach (var message in messages)
            {
                error.WriteLine(message);
            }
        }

        return 1;
    }

    internal static object Json(OperationProblem problem) => new
    {
        problem.File,
        problem.Client,
        Tags = problem.File is null ? problem.Tags : (ImmutableArray<string>?)null,
        problem.Id,
        problem.Name,
        problem.Line,
        problem.Column,
        problem.Error.Message,
    };

    private void TellMeasured(ImmutableArray<AssessedOperation> operations)
    {
        var beyond = operations.Where(operation => !operation.Assessment.Measured.IsEmpty).ToList();
        foreach (var operation in beyond.Take(MostRows))
        {
            foreach (var limit in operation.Assessment.Measured)
            {
                error.WriteLine($"Measured: {operation.Found.File}: {operation.Found.Operation.Id}: {limit.Message}");
            }
        }

        if (beyond.Count > 0)
        {
            error.WriteLine($"{beyond.Count} of {operations.Length} operation{(operations.Length == 1 ? " is" : "s are")} beyond a limit that the gateway measures and does not enforce: {(beyond.Count == 1 ? "it runs" : "they run")}.{(beyond.Count > MostRows ? $" The first {MostRows} are told; --json tells all." : "")}");
        }
    }

    private void TellPlans(AssessedOperation[] operations, Func<string, IEnumerable<PlannedOutcome>> plansOf)
    {
        foreach (var operation in operations)
        {
            foreach (var planned in plansOf(operation.Found.Operation.Text))
            {
                var where = string.Join(", ", planned.Conditions.Select(condition => $"${condition.Key} is {(condition.Value ? "true" : "false")}"));
                output.WriteLine($"\nPlan of {operation.Found.Operation.Id}{(planned.Operation is { } name ? $" ({name})" : "")}{(where.Length > 0 ? $", where {where}" : "")}:\n");
                output.WriteLine(PlanPrinter.Print(planned.Plan, explains: true).TrimEnd('\n'));
            }
        }
    }

    private static object Json(PlannedOutcome planned) => new
    {
        planned.Operation,
        Conditions = planned.Conditions.IsEmpty ? null : planned.Conditions.ToDictionary(),
        Plan = JsonNode.Parse(PlanJsonWriter.Write(planned.Plan)),
    };

    private void Tell(ImmutableArray<OperationProblem> problems)
    {
        foreach (var problem in problems)
        {
            error.WriteLine(problem);
        }
    }

    private static string[] Row(AssessedOperation operation) =>
    [
        operation.Found.Operation.Id, OperationsVerdict.NameOf(operation.Assessment) ?? "-", Figure(operation.Assessment.FieldCost), Figure(operation.Assessment.TypeCost),
        Figure(operation.Assessment.Requests), Figure(operation.Assessment.Depth),
    ];

    private static string Figure(double figure) => figure.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => KeyReport.Time(time);
}
