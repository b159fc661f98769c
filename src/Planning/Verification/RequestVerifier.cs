using GraphGateway.Language;

namespace GraphGateway.Planning;

/// <summary>Checks the steps that travel in one request: that they can, that none waits for another, and that their common document asks what each asks.</summary>
internal static class RequestVerifier
{
    public static void Verify(QueryPlan plan, List<string> problems)
    {
        var depths = new int[plan.Steps.Length];
        foreach (var step in plan.Steps)
        {
            foreach (var dependency in step.DependsOn.Where(dependency => dependency >= 0 && dependency < step.Id))
            {
                depths[step.Id] = Math.Max(depths[step.Id], depths[dependency] + 1);
            }
        }

        foreach (var group in plan.Steps.Where(step => step.Request is not null).GroupBy(step => step.Request))
        {
            var steps = group.ToList();
            if (plan.Operation.Kind != OperationType.Query || steps.Count < 2)
            {
                problems.Add($"request {group.Key}: a step goes alone, or a write goes with others");
            }

            if (steps.Exists(step => step.Source != steps[0].Source || step.Kind != steps[0].Kind || depths[step.Id] != depths[steps[0].Id]))
            {
                problems.Add($"request {group.Key}: its steps are of different sources, kinds or depths");
            }
            else if (steps[0].Kind == FetchKind.Representations)
            {
                CheckDocument(steps, group.Key!.Value, problems);
            }
            else if (steps[0].Kind == FetchKind.Root || steps.Exists(step => step.Document.Text != steps[0].Document.Text))
            {
                problems.Add($"request {group.Key}: its steps are no executions of one lookup");
            }
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
            if (asked is null || Printer.Print(asked) != $"{asked.Alias!.Value}: {Printer.Print(own.SelectionSet.Selections[0]).Replace($"${input}", $"${variable}", StringComparison.Ordinal)}")
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

    private static OperationDefinitionNode? Parse(string text) =>
        Parser.ParseDocument(new SourceText(text)).Value?.Definitions is [OperationDefinitionNode operation] ? operation : null;
}
