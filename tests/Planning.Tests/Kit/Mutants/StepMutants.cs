using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning.Tests;

/// <summary>Steps with one thing changed.</summary>
internal static class StepMutants
{
    public static IEnumerable<(string What, FetchStep Step)> Of(QueryPlan plan, FetchStep step) =>
        OfOrder(plan, step)
            .Concat(OfPlace(plan, step))
            .Concat(OfInputs(plan, step))
            .Concat(OfVariables(step))
            .Concat(OfExchanges(plan, step))
            .Concat(SelectionMutants.Of(plan, step.Selection, step.Path is [.., var last] ? last.Shape! : plan.Root)
                .Select(mutant => (mutant.What, step with { Selection = mutant.Selection })))
            .Concat(DroppedFieldMutants.Of(step))
            .Concat(UnreadMutants.Of(plan, step))
            .Concat(DocumentMutants.Of(plan, step).Select(mutant => (mutant.What, step with { Document = mutant.Document })));

    // A dependency more only has the step wait: the answer and the requests are the same. The reason is text for people.
    private static IEnumerable<(string What, FetchStep Step)> OfOrder(QueryPlan plan, FetchStep step)
    {
        yield return ("its id another", step with { Id = step.Id + 1 });
        foreach (var id in step.DependsOn)
        {
            yield return ($"dependency on {id} dropped", step with { DependsOn = step.DependsOn.Remove(id) });
            yield return ($"dependency on {id} doubled", step with { DependsOn = step.DependsOn.Insert(0, id) });
        }

        yield return ("it waits for itself", step with { DependsOn = step.DependsOn.Add(step.Id) });
        yield return ("it waits for one that comes later", step with { DependsOn = step.DependsOn.Add(plan.Steps.Length) });
        if (step.Request is null)
        {
            yield return ("a request with nobody", step with { Request = 99 });
        }
        else if (step.Kind != FetchKind.Root)
        {
            yield return ("a request with a root fetch", step with { Kind = FetchKind.Root });
        }
    }

    private static IEnumerable<(string What, FetchStep Step)> OfPlace(QueryPlan plan, FetchStep step)
    {
        foreach (var kind in Enum.GetValues<FetchKind>().Where(kind => kind != step.Kind))
        {
            yield return ($"of the kind {kind}", step with { Kind = kind });
        }

        // One that has the same fields and the same ways in may be asked as well.
        foreach (var source in plan.Supergraph.WithGateway.Sources.Where(source => source.Ordinal != step.Source.Ordinal && Lacks(plan, step, source)))
        {
            yield return ($"it asks {source}", step with { Source = source });
        }

        if (!step.Path.IsEmpty)
        {
            yield return ("its path one field shorter", step with { Path = step.Path[..^1] });
            yield return ("its path begins one field later", step with { Path = step.Path[1..] });
            foreach (var other in step.Path[^1].Parent.Fields.Where(field => field != step.Path[^1] && field.Shape is not null))
            {
                yield return ($"its path leads through {other}", step with { Path = step.Path.SetItem(step.Path.Length - 1, other) });
            }
        }

        foreach (var types in PlanMutants.Less(step.TargetTypes))
        {
            yield return ("a target type dropped", step with { TargetTypes = types });
        }

        foreach (var types in PlanMutants.More(step.TargetTypes, TypeSet.Of(plan.Supergraph.FullSchema.ObjectTypes)))
        {
            yield return ("a target type more", step with { TargetTypes = types });
        }

        if (!step.Decides.IsEmpty)
        {
            yield return ("nobody decides whether objects are there", step with { Decides = default });
            foreach (var types in PlanMutants.More(step.Decides, step.TargetTypes))
            {
                yield return ("it decides about a type more", step with { Decides = types });
            }
        }
        else if (step.Kind != FetchKind.Root)
        {
            yield return ("another decides whether objects are there", step with { Decides = step.TargetTypes });
        }
    }

    private static bool Lacks(QueryPlan plan, FetchStep step, SourceSchema source) => step.Selection.Fields.Any(read => read.AppliesTo.Ordinals()
        .Any(type => plan.Supergraph.FindField(plan.Supergraph.FullSchema.ObjectTypes[type].Name, read.Target.Definition.Name)?.In(source) is null));

    private static IEnumerable<(string What, FetchStep Step)> OfInputs(QueryPlan plan, FetchStep step)
    {
        for (var i = 0; i < step.Inputs.Length; i++)
        {
            var input = step.Inputs[i];
            yield return ($"input {i} dropped", step with { Inputs = step.Inputs.RemoveAt(i) });
            yield return ($"input {i} doubled", step with { Inputs = step.Inputs.Add(input) });
            yield return ($"input {i} twice by two names", step with { Inputs = step.Inputs.Add(input with { VariableName = input.VariableName + "x" }) });
            yield return ($"input {i} by another name", step with { Inputs = step.Inputs.SetItem(i, input with { VariableName = input.VariableName + "x" }) });
            yield return ($"input {i} of another type", step with { Inputs = step.Inputs.SetItem(i, input with { Type = Other(input.Type) }) });
            yield return ($"input {i} does not keep its null", step with { Inputs = step.Inputs.SetItem(i, input with { SkipsOnNull = !input.SkipsOnNull }) });
            yield return ($"input {i} tells otherwise of a null", step with { Inputs = step.Inputs.SetItem(i, input with { WhenNull = input.WhenNull is null ? "No." : null }) });
            yield return ($"input {i} tells otherwise of what does not fit", step with { Inputs = step.Inputs.SetItem(i, input with { WhenUnfit = input.WhenUnfit is null ? "No." : null }) });
            yield return ($"input {i} {(input.IsKey ? "is no key" : "is a key")}", step with { Inputs = step.Inputs.SetItem(i, input with { IsKey = !input.IsKey }) });
            foreach (var (what, value) in TemplateMutants.Of(plan, step, input))
            {
                yield return ($"input {i}: {what}", step with { Inputs = step.Inputs.SetItem(i, input with { Value = value }) });
            }
        }
    }

    // Two inputs, or two steps, that have each other's part.
    private static IEnumerable<(string What, FetchStep Step)> OfExchanges(QueryPlan plan, FetchStep step)
    {
        foreach (var ((_, first), (i, second)) in SyntaxMutants.Pairs(step.Inputs.Index()))
        {
            yield return ($"inputs {i - 1} and {i} with each other's value", step with
            {
                Inputs = step.Inputs.SetItem(i - 1, first with { Value = second.Value }).SetItem(i, second with { Value = first.Value }),
            });
        }

        foreach (var other in plan.Steps.Where(other => other != step && other.Document.Text != step.Document.Text).Take(3))
        {
            yield return ($"it asks what step {other.Id} asks", step with { Document = other.Document });
            // Those that ask in turn read the same.
            if (!step.Selection.Fields.IsEmpty && !step.InsteadOf.Contains(other.Id) && !other.InsteadOf.Contains(step.Id))
            {
                yield return ($"it reads what step {other.Id} reads", step with { Selection = other.Selection });
            }
        }
    }

    private static TypeNode Other(TypeNode type) => type is NonNullTypeNode nonNull ? nonNull.Type : new NonNullTypeNode(0, 0, type);

    private static IEnumerable<(string What, FetchStep Step)> OfVariables(FetchStep step)
    {
        foreach (var name in step.ForwardedVariables)
        {
            yield return ($"variable {name} not forwarded", step with { ForwardedVariables = step.ForwardedVariables.Remove(name) });
            yield return ($"variable {name} forwarded twice", step with { ForwardedVariables = step.ForwardedVariables.Add(name) });
        }

        yield return ("a variable forwarded that nobody uses", step with { ForwardedVariables = step.ForwardedVariables.Add("nobodys") });
    }
}
