using System.Collections.Immutable;
using GraphGateway.Composition;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>How <c>check</c> shows what it found.</summary>
internal enum ChangeFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For machines.</summary>
    Json,

    /// <summary>For a comment on a change.</summary>
    Markdown,
}

/// <summary>
/// Shows the changes of a schema with their places in the sources, and which persisted operations would break and which clients use what changes, where
/// that was asked.
/// </summary>
internal sealed class ChangeReport(TextWriter output, ImmutableArray<ApiSchemaChange> changes, StoreVerdict? operations, int days)
{
    private static readonly ChangeSeverity[] Severities = [ChangeSeverity.Breaking, ChangeSeverity.Dangerous, ChangeSeverity.Safe];

    internal void Write(ChangeFormat format, ImmutableArray<CompositionProblem> problems)
    {
        switch (format)
        {
            case ChangeFormat.Json:
                WriteJson(problems);
                break;
            case ChangeFormat.Markdown:
                WriteMarkdown();
                break;
            default:
                WriteText();
                break;
        }
    }

    private void WriteText()
    {
        foreach (var severity in Severities.Where(severity => Count(severity) > 0))
        {
            output.WriteLine($"{Title(severity)}:");
            output.WriteLine();
            foreach (var change in Of(severity))
            {
                output.WriteLine($"  {change.Code} {change.Message}");
                foreach (var place in change.Places)
                {
                    output.WriteLine($"    {place}");
                }

                if (UseOf(change) is { } use)
                {
                    output.WriteLine($"    {use}");
                }
            }

            output.WriteLine();
        }

        output.WriteLine(Summary());
        foreach (var problem in Broken)
        {
            output.WriteLine($"  {problem}");
        }
    }

    private void WriteMarkdown()
    {
        output.WriteLine("## Schema check");
        output.WriteLine();
        output.WriteLine(Summary());
        foreach (var severity in Severities.Where(severity => Count(severity) > 0))
        {
            output.WriteLine();
            output.WriteLine($"### {severity}");
            output.WriteLine();
            var isUsageTold = Of(severity).Any(change => change.Clients is not null);
            output.WriteLine($"| Change | Code | Where |{(isUsageTold ? " Clients |" : "")}");
            output.WriteLine($"|---|---|---|{(isUsageTold ? "---|" : "")}");
            foreach (var change in Of(severity))
            {
                var where = string.Join("<br>", change.Places.Select(place => $"`{place}`"));
                output.WriteLine($"| {Escaped(change.Message)} | `{change.Code}` | {where} |{(isUsageTold ? $" {Escaped(UseOf(change) ?? "")} |" : "")}");
            }
        }

        if (!Broken.IsEmpty)
        {
            output.WriteLine();
            output.WriteLine("### Persisted operations");
            output.WriteLine();
            output.WriteLine("| Client | Releases | Operation | What is wrong |");
            output.WriteLine("|---|---|---|---|");
            foreach (var problem in Broken)
            {
                output.WriteLine(
                    $"| {Escaped(problem.Client ?? "all")} | {Escaped(string.Join(", ", problem.Tags))} | {Escaped(problem.Name ?? "-")} `{problem.Id}` | {Escaped(problem.Error.Message)} |");
            }
        }
    }

    private void WriteJson(ImmutableArray<CompositionProblem> problems) => output.WriteLine(JsonText.Of(new
    {
        Success = Count(ChangeSeverity.Breaking) == 0 && Broken.IsEmpty,
        Problems = problems.Select(JsonText.Problem),
        Changes = changes.Select(change => new
        {
            change.Code,
            Severity = Word(change.Severity),
            change.Coordinate,
            change.Message,
            Places = change.Places.Select(JsonText.Place),
            change.Clients,
        }),
        Operations = operations is null ? null : new { operations.Count, Broken = Broken.Select(OperationReport.Json) },
    }));

    private string? UseOf(ApiSchemaChange change) => change.Clients is { } clients ? StageUsage.Words(clients, days) : null;

    private ImmutableArray<OperationProblem> Broken => operations?.Problems ?? [];

    private string Summary() => operations is null ? SummaryOfChanges() : $"{SummaryOfChanges()} {operations.Summary}";

    private string SummaryOfChanges() => changes.IsEmpty
        ? "Nothing changes for clients."
        : $"{Title(ChangeSeverity.Breaking)}, {Count(ChangeSeverity.Dangerous)} dangerous, {Count(ChangeSeverity.Safe)} safe."
            + (Count(ChangeSeverity.Breaking) > 0 ? " Clients would break." : " No client would break.");

    private string Title(ChangeSeverity severity) => $"{Count(severity)} {Word(severity)} change{(Count(severity) == 1 ? "" : "s")}";

    private IEnumerable<ApiSchemaChange> Of(ChangeSeverity severity) => changes.Where(change => change.Severity == severity);

    private int Count(ChangeSeverity severity) => Of(severity).Count();

    private static string Word(ChangeSeverity severity) => severity switch
    {
        ChangeSeverity.Breaking => "breaking",
        ChangeSeverity.Dangerous => "dangerous",
        _ => "safe",
    };

    private static string Escaped(string text) => text
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");
}
