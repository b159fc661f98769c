using System.Collections.Immutable;
using System.Text;
using GraphGateway.Language;

namespace GraphGateway.Planning;

/// <summary>Turns an attempt into the immutable plan: order, dependencies, texts.</summary>
internal sealed class PlanAssembler(PlanAttempt attempt)
{
    private const int UsualLength = 256;

    // PERF: one for the texts of all steps.
    private readonly StringBuilder pending = new(UsualLength);
    private readonly StringBuilder reason = new(UsualLength / 2);
    private readonly Templates templates = new(attempt.Graph, attempt.Slots);
    private readonly SelectionDrafter drafter = new(attempt.Graph);
    private readonly InputNames names = new(attempt.Operation.Variables);

    /// <summary>The plan; null where a document of it were larger than any that is sent (<see cref="SelectionDraft.MostWritten"/>).</summary>
    /// <param name="bounds">What was not followed to the end.</param>
    public QueryPlan? Assemble(PlanningBounds bounds)
    {
        var needed = StepOrder.Needed(attempt.Steps);
        new KeyAlternatives(attempt, templates).AddTo(needed);
        LeaveOutUnread(needed);
        var order = FetchOrder.Of(attempt);
        var steps = ImmutableArray.CreateBuilder<FetchStep>(order.Fetches.Count);
        foreach (var step in order.Fetches)
        {
            var draft = drafter.Draft(step.Presence!, step.TellsRuntimeType, isEntry: true);
            if (draft.Written > SelectionDraft.MostWritten)
            {
                return null;
            }

            steps.Add(Assemble(step, draft, steps.Count, order));
        }

        return new QueryPlan(
            attempt.Graph.Supergraph, attempt.Operation, attempt.Root, RequestGroups.Assign(steps.MoveToImmutable(), order.Fetches), Unservables.Of(attempt))
        {
            OnlyTogether = TogetherFields.Of(attempt),
            Bounds = bounds,
        };
    }

    // What is above values that nobody sends may be empty without them, and a fetch for nothing else sent values itself.
    private void LeaveOutUnread(HashSet<StepBuilder> needed)
    {
        do
        {
            new UnsentValues(attempt, templates, names).LeaveOut(needed);
        }
        while (new EmptyObjects(attempt).LeaveOut(needed));
    }

    private FetchStep Assemble(StepBuilder step, SelectionDraft draft, int id, FetchOrder order)
    {
        var inputs = StepInputs.Of(step, templates, names, attempt.Contexts);
        var all = inputs.All;
        var text = new TextPieces(pending);
        draft.Write(text, inputs);
        ImmutableArray<VariableDefinitionNode> used =
            text.Variables.Count == 0 ? [] : [.. attempt.Operation.Variables.Where(variable => text.Variables.Contains(variable.Variable.Name.Value))];
        return new FetchStep
        {
            Id = id,
            Source = step.Called,
            Kind = step.Kind,
            DependsOn = order.Dependencies[id],
            Path = step.Position.Path,
            TargetTypes = step.Kind == FetchKind.Root ? attempt.Graph.PossibleTypes(step.Position.Shape.Type.Name) : step.TargetTypes,
            InsteadOf = [.. step.InsteadOf.Select(order.IdOf)],
            Decides = step.Decides,
            Inputs = all,
            ForwardedVariables = used.IsEmpty ? [] : [.. used.Select(static variable => variable.Variable.Name.Value)],
            Document = Document(step, inputs, all, text, used.IsEmpty ? [] : [.. used.Select(Define)]),
            Selection = draft.ToSelectionSet(inputs),
            Reason = Reasons.Of(step, attempt.Graph, reason),
        };
    }

    private FetchDocument Document(StepBuilder step, StepInputs inputs, ImmutableArray<FetchInput> all, TextPieces text, ImmutableArray<string> clientDefinitions)
    {
        switch (step.Kind)
        {
            case FetchKind.Root:
                return FetchDocument.ForRoot(step.Position.IsRoot ? attempt.Operation.Kind : OperationType.Query, string.Join(", ", clientDefinitions), text.TakeText());
            case FetchKind.Representations:
                return FetchDocument.ForEntities(clientDefinitions, all, text.ToPieces());
            default:
                var lookup = step.Keys[0].Lookup;
                var selection = text.ToPieces();
                return FetchDocument.ForLookup(
                    clientDefinitions, all, lookup.Path.Add(lookup.FieldName),
                    new TextPieces(pending).AppendArguments([], inputs.CallArguments).ToPieces(), selection);
        }
    }

    // The client's own directives on the definition are not the source's business.
    private static string Define(VariableDefinitionNode variable) =>
        $"${variable.Variable.Name.Value}: {variable.Type}{(variable.DefaultValue is null ? "" : " = " + Printer.Print(variable.DefaultValue))}";
}
