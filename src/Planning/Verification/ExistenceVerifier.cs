using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Checks objects by global ids: of each type that the gateway gives there, one step says whether the object is there, by a lookup that
/// knows it; and nowhere else does one. Of types whose objects the client may not see none does.
/// </summary>
internal sealed class ExistenceVerifier(PlanIndex index, Fills fills, List<string> problems)
{
    private readonly QueryPlan plan = index.Plan;

    public void Verify()
    {
        foreach (var step in plan.Steps.Where(step => !step.Decides.IsEmpty))
        {
            if (step.Path.IsEmpty || !IsGateways(step.Path[^1]))
            {
                problems.Add($"step {step.Id}: it decides whether objects are there that did not come from the gateway");
            }

            if (!step.Decides.IsSubsetOf(step.TargetTypes))
            {
                problems.Add($"step {step.Id}: it decides about types that it does not ask for");
            }

            foreach (var type in step.Decides.Ordinals().ToArray().Where(type => !CanDecide(step, plan.Supergraph.FullSchema.ObjectTypes[type])))
            {
                problems.Add($"step {step.Id}: its lookup cannot say whether a {plan.Supergraph.FullSchema.ObjectTypes[type].Name} is there");
            }
        }

        if (plan.Supergraph.Sources.Any(source => source.IsGateway))
        {
            Verify(plan.Root, []);
        }
    }

    private void Verify(ResultShape shape, ImmutableArray<ResultField> path)
    {
        foreach (var field in shape.Fields.Where(field => field.Shape is not null))
        {
            var below = path.Add(field);
            if (IsGateways(field))
            {
                var (decided, isTwice) = (default(TypeSet), false);
                foreach (var types in index.StepsAt(field).Where(step => step.Path.SequenceEqual(below)).Select(step => step.Decides))
                {
                    isTwice |= decided.Overlaps(types);
                    decided = decided.Union(types);
                }

                if (isTwice || decided != fills.Arrived(field.Shape!).Except(Withheld(field)))
                {
                    problems.Add($"{field}: not of each type one step decides whether its objects are there");
                }
            }

            Verify(field.Shape!, below);
        }
    }

    // Whoever may not see them is not told whether they are there.
    private TypeSet Withheld(ResultField field)
    {
        var types = default(TypeSet);
        foreach (var ordinal in (field.Selection?.SelectionSet?.Withheld ?? default).Ordinals())
        {
            var name = plan.Supergraph.PublicSchema.ObjectTypes[ordinal].Name;
            types = types.Union(((ObjectType)plan.Supergraph.FullSchema.FindType(name)!).PossibleTypes);
        }

        return types;
    }

    private bool IsGateways(ResultField field) =>
        plan.Supergraph.FindField(field.Parent.Type.Name, field.Definition.Name) is { IsGateways: true };

    // The same call, with nothing but the id, of a lookup that clients may use too, in a source that knows the type itself.
    private bool CanDecide(FetchStep step, ObjectType type)
    {
        var facts = index.Of(step.Source);
        return facts.Knows(type.Name) && facts.Lookups(type).Any(lookup =>
            !lookup.IsInternal && string.Join(' ', lookup.Key.Selections.Select(Printer.Print)) == "id"
            && (lookup.Kind == LookupKind.Representations
                ? step.Kind == FetchKind.Representations
                : step.Kind == FetchKind.Lookup && lookup.Path.Add(lookup.FieldName).SequenceEqual(step.Document.LookupPath)));
    }
}
