using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Checks the steps that travel in one request: that they can, that none waits for another, and that their common document asks what each asks.
/// Root fetches go alone, and so do all writes, but for those that ask the same of <c>Query</c> below fields. As each write waits for all steps of the
/// fields before it (<see cref="CompletenessVerifier"/>), a request with steps from before and after a write would wait for itself.
/// </summary>
internal sealed class RequestVerifier(PlanIndex index, List<string> problems)
{
    private readonly QueryPlan plan = index.Plan;

    public void Verify()
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
                CheckDocument(steps, group.Key!.Value);
            }
            else if (steps[0].Kind == FetchKind.Root)
            {
                CheckRoots(steps, group.Key!.Value);
            }
            else if (steps.Exists(step => step.Document.Text != steps[0].Document.Text))
            {
                CheckLookups(steps, group.Key!.Value);
            }
        }

        VerifyOrder();
    }

    // A request starts once all that its steps wait for has ended: if none can start any more, they wait for each other. Where all have
    // started, they took as many rounds as the steps alone would take.
    private void VerifyOrder()
    {
        var requests = plan.Steps.GroupBy(step => step.Request ?? ~step.Id).Select(group => group.ToList()).ToList();
        var requestOf = new int[plan.Steps.Length];
        foreach (var (request, steps) in requests.Index())
        {
            steps.ForEach(step => requestOf[step.Id] = request);
        }

        var rounds = new int[requests.Count];
        var waiting = requests.ConvertAll(steps => steps.Sum(step => step.DependsOn.Length));
        var next = plan.Steps.SelectMany(step => step.DependsOn.Select(dependency => (dependency, step.Id))).ToLookup(pair => pair.dependency, pair => pair.Id);
        var started = new Queue<int>(Enumerable.Range(0, requests.Count).Where(request => waiting[request] == 0));
        var count = 0;
        for (; started.TryDequeue(out var request); count++)
        {
            // The gateway itself answers before the first round.
            var ends = rounds[request] + (requests[request] is [{ Source.IsGateway: true, DependsOn.IsEmpty: true }] ? 0 : 1);
            foreach (var waits in requests[request].SelectMany(step => next[step.Id]).Select(step => requestOf[step]))
            {
                index.Work.Add();
                rounds[waits] = Math.Max(rounds[waits], ends);
                if (--waiting[waits] == 0)
                {
                    started.Enqueue(waits);
                }
            }

            rounds[request] = ends;
        }

        if (count < requests.Count)
        {
            var stuck = requests.Where((_, request) => waiting[request] > 0).Select(steps => string.Join('+', steps.Select(step => step.Id)));
            problems.Add($"the requests of {string.Join(", ", stuck)} wait for each other");
        }
        else if (rounds.DefaultIfEmpty().Max() > DepthAlone())
        {
            problems.Add("steps that travel together make the plan deeper");
        }
    }

    private int DepthAlone()
    {
        var alone = new int[plan.Steps.Length];
        foreach (var step in plan.Steps)
        {
            alone[step.Id] = step is { Source.IsGateway: true, DependsOn.IsEmpty: true, Request: null } ? 0 : 1 + step.DependsOn.Select(dependency => alone[dependency]).DefaultIfEmpty().Max();
        }

        return alone.DefaultIfEmpty().Max();
    }

    private void CheckDocument(List<FetchStep> steps, int request)
    {
        if (steps.Exists(step => step.Document.Entities is null || step.Inputs.Length != 1 || index.DocumentOf(step) is null))
        {
            problems.Add($"request {request}: a step does not ask for entities");
            return;
        }

        var batch = EntityBatch.Of([.. steps]);
        if (PlanIndex.Parse(batch.Text) is not { Operation: OperationType.Query } common)
        {
            problems.Add($"request {request}: the document does not parse to one query");
            return;
        }

        var definitions = common.VariableDefinitions.Select(Printer.Print).ToHashSet(StringComparer.Ordinal);
        var forwarded = batch.ForwardedVariables.ToHashSet(StringComparer.Ordinal);
        var byAlias = common.SelectionSet.Selections.OfType<FieldNode>().DistinctBy(field => field.ResponseKey).ToDictionary(field => field.ResponseKey, StringComparer.Ordinal);
        for (var i = 0; i < steps.Count; i++)
        {
            var own = index.DocumentOf(steps[i])!;
            var variable = batch.Variables[batch.ListOf[i]];
            var input = steps[i].Inputs[0].VariableName;
            var alias = $"_{batch.ListOf[i]}";
            if (!byAlias.TryGetValue(alias, out var asked) || !SameCall.Is(asked, alias, own.SelectionSet.Selections[0], name => name == input ? variable : name))
            {
                problems.Add($"request {request}: it does not ask what step {steps[i].Id} asks");
            }

            if (own.VariableDefinitions.Any(definition => definition.Variable.Name.Value != input && !definitions.Contains(Printer.Print(definition)))
                || !definitions.Contains($"${variable}: [_Any!]!") || !steps[i].ForwardedVariables.All(forwarded.Contains))
            {
                problems.Add($"request {request}: a variable of step {steps[i].Id} is missing");
            }
        }
    }

    // One document is sent, and its answer given to each: nothing else than what each asks, for none of them may fail with another one. At the root a fetch
    // may write, and where it does not it is the only one of its source.
    private void CheckRoots(List<FetchStep> steps, int request)
    {
        foreach (var step in steps)
        {
            if (step.Path.IsEmpty || index.DocumentOf(step) is not { Operation: OperationType.Query })
            {
                problems.Add($"request {request}: step {step.Id} asks the root");
            }

            if (step.Document.Text != steps[0].Document.Text || !step.ForwardedVariables.ToHashSet(StringComparer.Ordinal).SetEquals(steps[0].ForwardedVariables))
            {
                problems.Add($"request {request}: it does not ask what step {step.Id} asks");
            }
        }
    }

    // Different lookups: the source must take them together, none may fail with another one, and each must be asked as it is alone.
    private void CheckLookups(List<FetchStep> steps, int request)
    {
        if (!steps[0].Source.Batching.HasFlag(SourceBatching.Aliases) && !steps[0].Source.Batching.HasFlag(SourceBatching.Requests))
        {
            problems.Add($"request {request}: its source takes no different lookups in one");
        }

        foreach (var step in steps.Where(step => index.Of(step.Source).IsNonNull(step.Document.LookupPath)))
        {
            problems.Add($"request {request}: where the lookup of step {step.Id} fails, the others would");
        }

        if (PlanIndex.Parse(LookupBatch.Of([.. steps.Select(step => (step, 1))]).Text) is not { Operation: OperationType.Query } common
            || common.SelectionSet.Selections.Length != steps.Count)
        {
            problems.Add($"request {request}: the document does not parse to one query of all lookups");
            return;
        }

        var expected = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < steps.Count; i++)
        {
            var suffix = $"_{i}";
            var own = index.DocumentOf(steps[i]);
            var inputs = steps[i].Inputs.Select(input => input.VariableName).ToHashSet(StringComparer.Ordinal);
            if (own is null || !SameCall.Is(common.SelectionSet.Selections[i], suffix, own.SelectionSet.Selections[0], name => inputs.Contains(name) ? name + suffix : name))
            {
                problems.Add($"request {request}: it does not ask what step {steps[i].Id} asks");
            }

            expected.UnionWith((own?.VariableDefinitions ?? []).Select(definition => inputs.Contains(definition.Variable.Name.Value)
                ? Printer.Print(definition).Replace($"${definition.Variable.Name.Value}:", $"${definition.Variable.Name.Value}{suffix}:", StringComparison.Ordinal)
                : Printer.Print(definition)));
        }

        var definitions = common.VariableDefinitions.Select(Printer.Print).ToList();
        if (!expected.SetEquals(definitions) || expected.Count != definitions.Count)
        {
            problems.Add($"request {request}: a variable of its lookups is missing, or there twice");
        }
    }
}
