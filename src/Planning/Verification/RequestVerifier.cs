using System.Text.RegularExpressions;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Checks the steps that travel in one request: that they can, that none waits for another, and that their common document asks what each asks.
/// Root fetches, and so all writes, go alone. As each write waits for all steps of the fields before it (<see cref="CompletenessVerifier"/>), a
/// request with steps from before and after a write would wait for itself.
/// </summary>
internal static class RequestVerifier
{
    public static void Verify(QueryPlan plan, List<string> problems)
    {
        foreach (var group in plan.Steps.Where(step => step.Request is not null).GroupBy(step => step.Request))
        {
            var steps = group.ToList();
            if (steps.Count < 2)
            {
                problems.Add($"request {group.Key}: a step goes alone");
            }

            if (steps.Exists(step => step.Source != steps[0].Source || step.Kind != steps[0].Kind))
            {
                problems.Add($"request {group.Key}: its steps are of different sources or kinds");
            }
            else if (steps[0].Kind == FetchKind.Representations)
            {
                CheckDocument(steps, group.Key!.Value, problems);
            }
            else if (steps[0].Kind == FetchKind.Root)
            {
                problems.Add($"request {group.Key}: its steps are no lookups");
            }
            else if (steps.Exists(step => step.Document.Text != steps[0].Document.Text))
            {
                CheckLookups(plan, steps, group.Key!.Value, problems);
            }
        }

        VerifyOrder(plan, problems);
    }

    // A request starts once all that its steps wait for has ended: if none can start any more, they wait for each other. Where all have
    // started, they took as many rounds as the steps alone would take.
    private static void VerifyOrder(QueryPlan plan, List<string> problems)
    {
        var waiting = plan.Steps.GroupBy(step => step.Request ?? ~step.Id).Select(group => group.ToList()).ToList();
        // The gateway itself answers before the first round.
        var rounds = waiting.Where(steps => steps is [{ Source.IsGateway: true, DependsOn.IsEmpty: true }]).ToDictionary(steps => steps[0].Id, _ => 0);
        waiting.RemoveAll(steps => rounds.ContainsKey(steps[0].Id));
        for (var round = 1; waiting.Count > 0; round++)
        {
            var started = waiting.Where(steps => steps.TrueForAll(step => step.DependsOn.All(rounds.ContainsKey))).ToList();
            if (started.Count == 0)
            {
                problems.Add($"the requests of {string.Join(", ", waiting.Select(steps => string.Join('+', steps.Select(step => step.Id))))} wait for each other");
                return;
            }

            foreach (var step in started.SelectMany(steps => steps))
            {
                rounds[step.Id] = round;
            }

            waiting.RemoveAll(started.Contains);
        }

        var alone = new int[plan.Steps.Length];
        foreach (var step in plan.Steps)
        {
            alone[step.Id] = rounds[step.Id] == 0 ? 0 : 1 + step.DependsOn.Select(dependency => alone[dependency]).DefaultIfEmpty().Max();
        }

        if (rounds.Values.DefaultIfEmpty().Max() > alone.DefaultIfEmpty().Max())
        {
            problems.Add("steps that travel together make the plan deeper");
        }
    }

    private static void CheckDocument(List<FetchStep> steps, int request, List<string> problems)
    {
        if (steps.Exists(step => step.Document.Entities is null || step.Inputs.Length != 1 || Parse(step.Document.Text) is null))
        {
            problems.Add($"request {request}: a step does not ask for entities");
            return;
        }

        var batch = EntityBatch.Of([.. steps]);
        if (Parse(batch.Text) is not { Operation: OperationType.Query } common)
        {
            problems.Add($"request {request}: the document does not parse to one query");
            return;
        }

        var definitions = common.VariableDefinitions.Select(Printer.Print).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < steps.Count; i++)
        {
            var own = Parse(steps[i].Document.Text)!;
            var variable = batch.Variables[batch.ListOf[i]];
            var input = steps[i].Inputs[0].VariableName;
            var asked = common.SelectionSet.Selections.OfType<FieldNode>().FirstOrDefault(field => field.Alias?.Value == $"_{batch.ListOf[i]}");
            if (asked is null || !SelectionText.IsSame(
                Printer.Print(asked), $"{asked.Alias!.Value}: {Printer.Print(own.SelectionSet.Selections[0]).Replace($"${input}", $"${variable}", StringComparison.Ordinal)}"))
            {
                problems.Add($"request {request}: it does not ask what step {steps[i].Id} asks");
            }

            if (own.VariableDefinitions.Any(definition => definition.Variable.Name.Value != input && !definitions.Contains(Printer.Print(definition)))
                || !definitions.Contains($"${variable}: [_Any!]!") || steps[i].ForwardedVariables.Any(name => !batch.ForwardedVariables.Contains(name)))
            {
                problems.Add($"request {request}: a variable of step {steps[i].Id} is missing");
            }
        }
    }

    // Different lookups: the source must take them together, none may fail with another one, and each must be asked as it is alone.
    private static void CheckLookups(QueryPlan plan, List<FetchStep> steps, int request, List<string> problems)
    {
        if (!steps[0].Source.Batching.HasFlag(SourceBatching.Aliases) && !steps[0].Source.Batching.HasFlag(SourceBatching.Requests))
        {
            problems.Add($"request {request}: its source takes no different lookups in one");
        }

        foreach (var step in steps.Where(step => plan.Supergraph.Types.SelectMany(type => type.Lookups).Any(lookup => IsNonNull(lookup, step))))
        {
            problems.Add($"request {request}: where the lookup of step {step.Id} fails, the others would");
        }

        if (Parse(LookupBatch.Of([.. steps.Select(step => (step, 1))]).Text) is not { Operation: OperationType.Query } common
            || common.SelectionSet.Selections.Length != steps.Count)
        {
            problems.Add($"request {request}: the document does not parse to one query of all lookups");
            return;
        }

        var definitions = common.VariableDefinitions.Select(Printer.Print).ToList();
        var expected = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < steps.Count; i++)
        {
            var own = Parse(steps[i].Document.Text);
            var text = own is null ? "" : Printer.Print(own.SelectionSet.Selections[0]);
            foreach (var input in steps[i].Inputs.Select(input => input.VariableName))
            {
                text = Regex.Replace(text, $@"\${Regex.Escape(input)}\b", $"$${input}_{i}");
            }

            if (!SelectionText.IsSame(Printer.Print(common.SelectionSet.Selections[i]), $"_{i}: {text}"))
            {
                problems.Add($"request {request}: it does not ask what step {steps[i].Id} asks");
            }

            expected.UnionWith((own?.VariableDefinitions ?? []).Select(definition =>
                steps[i].Inputs.Any(input => input.VariableName == definition.Variable.Name.Value)
                    ? Printer.Print(definition).Replace($"${definition.Variable.Name.Value}:", $"${definition.Variable.Name.Value}_{i}:", StringComparison.Ordinal)
                    : Printer.Print(definition)));
        }

        if (!expected.SetEquals(definitions) || expected.Count != definitions.Count)
        {
            problems.Add($"request {request}: a variable of its lookups is missing, or there twice");
        }
    }

    private static bool IsNonNull(Lookup lookup, FetchStep step) => lookup.IsNonNull && lookup.Source.Ordinal == step.Source.Ordinal
        && lookup.Path.Append(lookup.FieldName).SequenceEqual(step.Document.LookupPath);

    private static OperationDefinitionNode? Parse(string text) =>
        Parser.ParseDocument(new SourceText(text)).Value?.Definitions is [OperationDefinitionNode operation] ? operation : null;
}
