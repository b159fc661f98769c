using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Checks that every slot is filled, or named as one that cannot be served, and that the writes of a mutation keep their order.</summary>
internal sealed class CompletenessVerifier(PlanIndex index, Fills fills, StepSet[] ended, List<string> problems)
{
    private readonly QueryPlan plan = index.Plan;

    public void Verify()
    {
        Verify(plan.Root);
        foreach (var step in plan.Steps.Where(step => !step.Path.IsEmpty))
        {
            // Known only when all steps were looked at: what one of them brings late, nobody would ask for more of.
            if (!fills.AreBrought(step.Path[^1].Shape!, step.TargetTypes, ended[step.Id]))
            {
                problems.Add($"step {step.Id}: does not wait for all that bring objects to its position");
            }
        }

        foreach (var unservable in plan.Unservable)
        {
            if (unservable.Field.IsHidden || unservable.Types.Overlaps(fills.FilledBy(unservable.Field, StepSet.All)))
            {
                problems.Add($"{unservable.Field} is named as one that cannot be served, and is filled or hidden");
            }
        }

        NameWithheld(plan.Root);
        if (plan.Operation.Kind == OperationType.Mutation)
        {
            VerifyOrder();
        }
    }

    private void Verify(ResultShape shape)
    {
        var there = fills.Arrived(shape);
        foreach (var field in shape.Fields)
        {
            var types = field.AppliesTo.Intersect(there);
            if (types.IsEmpty || (field.Definition.DeclaringType is null && field.Definition != MetaFields.Typename))
            {
                continue;
            }

            var unserved = types.Except(Unservable(field));
            if (field.Definition == MetaFields.Typename)
            {
                if (!unserved.IsEmpty && !fills.IsTypeKnown(shape, unserved, StepSet.All))
                {
                    problems.Add($"nothing tells the type that {field} is to say");
                }

                continue;
            }

            if (!field.IsHidden && !unserved.IsEmpty && types != there && !fills.IsTypeKnown(shape, there, StepSet.All))
            {
                problems.Add($"nothing tells which objects have {field}");
            }

            // A hidden slot is for those who read it, and they were checked.
            var missing = unserved.Except(fills.FilledBy(field, StepSet.All));
            if (!field.IsHidden && !missing.IsEmpty)
            {
                problems.Add($"{field} is not filled for {string.Join(", ", missing.Ordinals().Select(type => plan.Supergraph.FullSchema.ObjectTypes[type].Name))}");
            }

            if (field.Shape is not null)
            {
                Verify(field.Shape);
                VerifyNobodys(field);
            }
        }
    }

    // Whether or not objects come there: what the client may not see is never silently left out.
    private void NameWithheld(ResultShape shape)
    {
        foreach (var field in shape.Fields)
        {
            if (field.Selection is { IsWithheld: true } && Unservable(field) != field.AppliesTo)
            {
                problems.Add($"{field} is withheld from the client, and is not named as such");
            }

            if (field.Shape is not null)
            {
                NameWithheld(field.Shape);
            }
        }
    }

    // An interface without objects in any source: what none of those that give it has must be named, since nobody can be asked for more.
    private void VerifyNobodys(ResultField above)
    {
        var steps = fills.StepsOf(above).ToList();
        if (above.Shape!.Type is not InterfaceType @interface || steps.Count == 0 || !fills.Arrived(above.Shape).IsEmpty
            || UntoldTypes.Of(plan.Supergraph.FullSchema, @interface.Name) is null)
        {
            return;
        }

        foreach (var field in above.Shape.Fields)
        {
            if (!field.IsHidden && field.Definition.DeclaringType is not null && Unservable(field).IsEmpty
                && !steps.Exists(step => plan.Supergraph.FindField(@interface.Name, field.Definition.Name)?.In(plan.Steps[step].Source) is not null))
            {
                problems.Add($"{field} is of objects that no source defines, and is not named as one that cannot be served");
            }
        }
    }

    private TypeSet Unservable(ResultField field) => index.GapsOf(field)
        .Aggregate(default(TypeSet), (all, unservable) => all.Union(unservable.Types));

    // Spec §6.2.2: a root field of a mutation begins when everything of the one before it has ended.
    private void VerifyOrder()
    {
        var below = plan.Steps.Where(step => step.Path.Length > 0).ToLookup(step => step.Path[0], step => step.Id);
        var earlier = StepSet.None;
        foreach (var root in plan.Root.Fields.Where(field => fills.StepsOf(field).Any()))
        {
            index.Work.Add();
            var own = fills.StepsOf(root).Distinct().ToList();
            if (own.Count != 1)
            {
                problems.Add($"{root} is written {own.Count} times");
            }

            if (!earlier.AreAmong(ended[own[0]], but: own[0]))
            {
                problems.Add($"{root} does not wait for all that comes before it");
            }

            earlier = StepSet.Of([.. below[root], .. own], [earlier]);
        }
    }
}
