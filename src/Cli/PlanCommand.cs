using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;

namespace GraphGateway.Cli;

/// <summary><c>graphgateway plan QUERY --schema FILE</c>: how the gateway would answer an operation, without asking a source.</summary>
internal static class PlanCommand
{
    private sealed record Request(string Query, string Schema, string? OperationName, string? Variables, ImmutableHashSet<string> Labels);

    internal static Command Create()
    {
        var query = new Argument<string>("QUERY") { Description = "A file with the operation, or the operation itself when it begins with { or a keyword." };
        var schema = new Option<string>("--schema", "-s") { HelpName = "FILE", Description = "The supergraph; - is standard input.", Required = true };
        var name = new Option<string?>("--operation") { HelpName = "NAME", Description = "Which operation, when the document has several." };
        var variables = new Option<string?>("--variables") { HelpName = "JSON", Description = "Needed only for what @skip and @include depend on." };
        var labels = new Option<string[]>("--label") { HelpName = "NAME", Description = "A label of @override(label:) that is on, others are off; can be repeated." };
        var json = new Option<bool>("--json") { Description = "The plan as JSON, as extensions.queryPlan shows it." };
        var command = new Command("plan", "Shows how an operation is planned, and verifies it: the fetches, why each is there, and what it costs.") { query, schema, name, variables, labels, json };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration;
            var request = new Request(
                parsed.GetRequiredValue(query), parsed.GetRequiredValue(schema), parsed.GetValue(name), parsed.GetValue(variables),
                [.. parsed.GetValue(labels) ?? []]);
            var (plan, problems) = Plan(request);
            if (plan is null && parsed.GetValue(json))
            {
                output.Output.WriteLine(JsonText.Of(new { Success = false, Problems = problems.Select(problem => new { Message = problem }) }));
                return 1;
            }

            foreach (var problem in problems)
            {
                output.Error.WriteLine(problem);
            }

            if (plan is not null)
            {
                output.Output.WriteLine(parsed.GetValue(json) ? PlanJsonWriter.Write(plan, isVerified: problems.IsEmpty) : PlanPrinter.Print(plan, explains: true).TrimEnd('\n'));
                if (problems.IsEmpty && !parsed.GetValue(json))
                {
                    output.Output.WriteLine("\nverified: it answers just what the operation asks, and each source has what it is asked for");
                }
            }

            return problems.IsEmpty ? 0 : 1;
        });
        return command;
    }

    private static (QueryPlan? Plan, ImmutableArray<string> Problems) Plan(Request request)
    {
        var (bytes, reason) = InputFile.ReadBytes(request.Schema);
        if (bytes is not { } schema)
        {
            return Fail($"{request.Schema} cannot be read: {reason} Give --schema the file that \"graphgateway compose\" wrote.");
        }

        var read = SupergraphReader.Read(new SourceText(schema, request.Schema));
        if (read.Supergraph is not { } supergraph)
        {
            const string hint = "Give --schema the file that \"graphgateway compose\" wrote.";
            return (null, [.. read.Errors.Select(error => Show(error, request.Schema)), hint]);
        }

        if (UnknownLabels(supergraph, request.Labels) is { IsEmpty: false } unknown)
        {
            return (null, unknown);
        }

        var (text, label, whyNot) = ReadText(request.Query, IsOperation(request.Query));
        if (text is null)
        {
            return Fail($"{request.Query} cannot be read: {whyNot} Give a file with an operation, or the operation itself.");
        }

        var (operation, problems) = Normalize(supergraph, new SourceText(text, label), request);
        if (operation is null)
        {
            return (null, problems);
        }

        var plan = QueryPlanner.Plan(supergraph, operation, new PlannerOptions { ActiveLabels = request.Labels });
        return (plan, [.. PlanVerifier.Verify(plan, request.Labels).Select(problem => $"The plan is wrong, please report it: {problem}")]);
    }

    private static ImmutableArray<string> UnknownLabels(Supergraph supergraph, ImmutableHashSet<string> labels)
    {
        var known = supergraph.OverrideLabels.ToList();
        var has = known.Count == 0 ? "It has none." : $"It has: {string.Join(", ", known)}.";
        return [.. labels.Except(known).Order(StringComparer.Ordinal).Select(label => $"--label: The supergraph has no override with the label '{label}'. {has}")];
    }

    private static (NormalizedOperation? Operation, ImmutableArray<string> Problems) Normalize(Supergraph supergraph, SourceText text, Request request)
    {
        var parsed = Parser.ParseDocument(text);
        if (!parsed.IsSuccess)
        {
            return (null, [Show(parsed.Error)]);
        }

        var valid = Validator.Validate(supergraph.PublicSchema, parsed.Value);
        if (!valid.IsValid)
        {
            return (null, [.. valid.Errors.Select(Show)]);
        }

        var selected = valid.Document.SelectOperation(request.OperationName);
        if (selected.Operation is not { } operation)
        {
            return (null, [Show(selected.Error!)]);
        }

        var (conditions, problems) = Conditions(operation, request.Variables);
        if (conditions is null)
        {
            return (null, problems);
        }

        var normalized = Normalizer.Normalize(operation, conditions);
        return normalized.Operation is null ? (null, [Show(normalized.Error!)]) : (normalized.Operation, []);
    }

    private static (ConditionValues? Values, ImmutableArray<string> Problems) Conditions(ValidOperation operation, string? variables)
    {
        var conditions = OperationConditions.Of(operation);
        if (conditions.Variables.IsEmpty)
        {
            return (ConditionValues.None, []);
        }

        try
        {
            using var json = JsonDocument.Parse(variables ?? "{}");
            var coerced = VariableCoercion.Coerce(operation, json.RootElement);
            if (coerced.Values is null)
            {
                return (null, [.. coerced.Errors.Select(error => Show(error) + (variables is null ? " Give variables as --variables JSON." : ""))]);
            }

            var read = conditions.Read(coerced.Values);
            return read.Values is null ? (null, [Show(read.Error!)]) : (read.Values, []);
        }
        catch (JsonException exception)
        {
            return (null, [$"--variables is not JSON: {exception.Message}"]);
        }
    }

    private static bool IsOperation(string query) =>
        WithoutComments(query) is var text && (text.StartsWith('{') || text.StartsWith('"')
            || new[] { "query", "mutation", "subscription", "fragment" }.Any(keyword => text.StartsWith(keyword, StringComparison.Ordinal)
                && text.Length > keyword.Length && " {(@#,\r\n\t".Contains(text[keyword.Length])));

    // From the first token on (Spec §2.1, Ignored Tokens).
    private static string WithoutComments(string query)
    {
        var text = query.AsSpan().TrimStart(" \t\r\n,\uFEFF");
        while (text.StartsWith('#'))
        {
            var end = text.IndexOfAny('\r', '\n');
            text = end < 0 ? [] : text[end..].TrimStart(" \t\r\n,");
        }

        return text.ToString();
    }

    private static (string? Text, string Label, string? Reason) ReadText(string name, bool isText)
    {
        if (isText)
        {
            return (name, "QUERY", null);
        }

        var (text, reason) = InputFile.Read(name);
        return (text, name, reason);
    }

    private static (QueryPlan? Plan, ImmutableArray<string> Problems) Fail(string message) => (null, [message]);

    private static string Show(GraphQLError error) => Show(error, "");

    private static string Show(GraphQLError error, string file)
    {
        var name = error.LocationSources.FirstOrDefault() ?? file;
        var place = error.Locations is [var first, ..] ? $"{name}:{first.Line}:{first.Column}: " : $"{name}: ";
        return place.TrimStart(':', ' ') + error.Message;
    }
}
