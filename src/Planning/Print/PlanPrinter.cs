using System.Globalization;
using System.Text;
using GraphGateway.Language;

namespace GraphGateway.Planning;

/// <summary>Writes a plan as text for people: an overview as a tree, then every fetch with its inputs and its document.</summary>
public static class PlanPrinter
{
    // Of the fetches that travel with one.
    private const int OthersShown = 10;

    private static readonly (PlanningBounds Bound, string Words)[] Bounds =
    [
        (PlanningBounds.Search, "The search for fewer requests ended when its fuel was used up: the plan is right, and a better one may exist."),
        (PlanningBounds.Requirements, $"Not followed: {Requirements.Bound}"),
        (PlanningBounds.Ways, $"Not followed: {Reachability.Bound}"),
        (PlanningBounds.Documents, $"Refused: {SelectionDraft.Bound}"),
    ];

    /// <summary>The text, lines ended by <c>\n</c>. Deterministic.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="explains">True: the last lines say what the names with a tilde are, where there are any.</param>
    public static string Print(QueryPlan plan, bool explains = false)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var text = new StringBuilder();
        var estimate = PlanEstimate.Of(plan);
        text.Append(CultureInfo.InvariantCulture,
            $"{Count(estimate.Fetches, "fetch", "fetches")}{Requests(estimate)}, {estimate.Depth} deep, estimated cost {estimate.Cost}\n");
        foreach (var step in plan.Steps.Where(step => step.DependsOn.IsEmpty))
        {
            AppendTree(text, plan, step, depth: 1);
        }

        foreach (var step in plan.Steps)
        {
            text.Append('\n');
            Append(text, plan, step);
        }

        foreach (var field in plan.Unservable)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nnull with an error: {field.Field}");
            text.Append(CultureInfo.InvariantCulture, $" on {TemplateText.Names(field.Types, plan.Supergraph.FullSchema)}\n  {field.Detail}\n");
        }

        foreach (var field in plan.OnlyTogether)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nof no source alone: {field.Field}\n  {field.Detail}\n");
        }

        foreach (var (bound, words) in Bounds)
        {
            text.Append(plan.Bounds.HasFlag(bound) ? $"\n{words}\n" : "");
        }

        if (explains)
        {
            Explain(text, plan);
        }

        return text.ToString();
    }

    // Those that the text names: what the documents ask for is written there by its own name.
    private static void Explain(StringBuilder text, QueryPlan plan)
    {
        var names = plan.Steps.SelectMany(step => step.Inputs.SelectMany(input => TemplateText.FieldsOf(input.Value)).Concat(step.Path))
            .Where(field => field.IsHidden).Select(field => field.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (names.Count > 0)
        {
            text.Append('\n').AppendJoin(", ", names).Append(names.Count == 1
                ? ": a field that the operation does not select. A later fetch needs it, as a key or for a field that requires it; it is not in the answer.\n"
                : ": fields that the operation does not select. Later fetches need them, as keys or for fields that require them; they are not in the answer.\n");
        }
    }

    // A fetch that waits for several stands below the last of them; its own entry names all.
    private static void AppendTree(StringBuilder text, QueryPlan plan, FetchStep step, int depth)
    {
        text.Append(' ', depth * 2).Append(CultureInfo.InvariantCulture, $"{step.Id} {step.Source.Name}{Place(step)}\n");
        foreach (var child in plan.Steps.Where(child => !child.DependsOn.IsEmpty && child.DependsOn[^1] == step.Id))
        {
            AppendTree(text, plan, child, depth + 1);
        }
    }

    private static void Append(StringBuilder text, QueryPlan plan, FetchStep step)
    {
        text.Append(CultureInfo.InvariantCulture, $"{step.Id} {step.Source.Name}{Place(step)}");
        if (!step.DependsOn.IsEmpty)
        {
            text.Append(" after ").AppendJoin(", ", step.DependsOn);
        }

        var others = step.Request is null ? [] : plan.Steps.Where(other => other.Request == step.Request && other.Id != step.Id).Select(other => other.Id).ToList();
        if (others.Count > 0)
        {
            // Thousands can travel together, and each would name all others.
            text.Append(", in one request with ").AppendJoin(", ", others.Take(OthersShown));
            if (others.Count > OthersShown)
            {
                text.Append(CultureInfo.InvariantCulture, $" and {others.Count - OthersShown:N0} more");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $", cost {PlanEstimate.Of(step, plan)}\n  why: {step.Reason}\n");
        var schema = plan.Supergraph.FullSchema;
        if (step.Kind != FetchKind.Root)
        {
            text.Append(CultureInfo.InvariantCulture, $"  for each {TemplateText.Names(step.TargetTypes, schema)}{Without(step)}\n");
        }

        foreach (var input in step.Inputs)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  ${input.VariableName}: {input.Type}{(input.SkipsOnNull ? "" : " or null")} = {TemplateText.Of(input.Value, schema, step.TargetTypes)}\n");
        }

        AppendDocument(text, step.Document.Text);
    }

    private static void AppendDocument(StringBuilder text, string document)
    {
        var parsed = Parser.ParseDocument(new SourceText(document), ParserOptions.Fetch);
        var pretty = parsed.IsSuccess ? Printer.Print(parsed.Value) : document;
        foreach (var line in pretty.Split('\n'))
        {
            text.Append("  ").Append(line).Append('\n');
        }
    }

    private static string Place(FetchStep step) => step.Path.IsEmpty ? "" : " at " + TemplateText.Of(step.Path);

    private static string Without(FetchStep step) => step.InsteadOf.IsEmpty ? "" : $" that has no key for {string.Join(" and none for ", step.InsteadOf)}";

    private static string Requests(PlanEstimate estimate) =>
        estimate.Requests == estimate.Fetches ? "" : $" in {Count(estimate.Requests, "request", "requests")}";

    private static string Count(int count, string one, string many) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + (count == 1 ? one : many);
}
