namespace GraphGateway.Planning.Tests;

/// <summary>Plans in which lookups that ask for the same objects in turn do so otherwise.</summary>
internal static class TurnMutants
{
    public static IEnumerable<(string What, QueryPlan Plan)> Of(QueryPlan plan)
    {
        foreach (var step in plan.Steps.Where(step => !step.InsteadOf.IsEmpty))
        {
            foreach (var (what, mutant) in Of(plan, step))
            {
                yield return ($"step {step.Id}: {what}", PlanMutants.With(plan, plan.Steps.SetItem(step.Id, mutant)));
            }

            foreach (var id in step.InsteadOf)
            {
                var first = plan.Steps[id];
                yield return ($"step {id} asks for what step {step.Id} leaves", PlanMutants.With(plan, plan.Steps
                    .SetItem(id, first with { InsteadOf = [step.Id] }).SetItem(step.Id, step with { InsteadOf = step.InsteadOf.Remove(id) })));
                foreach (var mutant in DroppedFieldMutants.OfTop(first))
                {
                    yield return ($"step {id}: {mutant.What}", PlanMutants.With(plan, plan.Steps.SetItem(id, mutant.Step)));
                }
            }
        }

        // A root fetch, one of another source or place, one that comes later, itself.
        foreach (var step in plan.Steps)
        {
            foreach (var other in plan.Steps.Where(other => !step.InsteadOf.Contains(other.Id) && !other.InsteadOf.Contains(step.Id)))
            {
                yield return ($"step {step.Id} asks for what step {other.Id} leaves", PlanMutants.With(plan, plan.Steps.SetItem(step.Id, step with
                {
                    InsteadOf = [.. step.InsteadOf.Add(other.Id).Order()],
                })));
            }
        }
    }

    private static IEnumerable<(string What, FetchStep Step)> Of(QueryPlan plan, FetchStep step)
    {
        yield return ("it asks for all objects", step with { InsteadOf = [] });
        yield return ("one comes before it twice", step with { InsteadOf = step.InsteadOf.Insert(0, step.InsteadOf[0]) });
        if (step.InsteadOf.Length > 1)
        {
            yield return ("those before it the other way round", step with { InsteadOf = [.. step.InsteadOf.Reverse()] });
        }

        foreach (var id in step.InsteadOf)
        {
            yield return ($"it waits for step {id}", step with { DependsOn = [.. step.DependsOn.Except(plan.Steps[id].DependsOn).Append(id).Order()] });
            if (step.InsteadOf.Length > 1)
            {
                yield return ($"it does not leave to step {id} what that has", step with { InsteadOf = step.InsteadOf.Remove(id) });
            }
        }

        foreach (var mutant in DroppedFieldMutants.OfTop(step))
        {
            yield return mutant;
        }
    }
}
