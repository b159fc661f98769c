using System.Collections.Immutable;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Checks a plan symbolically: it returns exactly what the operation asks, and asks of each source only what that source can give.
/// It follows the plan step by step as an executor would, with sets of runtime types in place of data:
/// <list type="number">
/// <item>The shape of the answer is the operation's.</item>
/// <item>Each step waits for everything that it reads, and enters its source by a lookup that the source has, with the whole key.</item>
/// <item>Of several lookups of the same objects each object is asked for by the first whose key it has, and no key is left out that is there.</item>
/// <item>Each document asks the source for fields that it has there, and what is read of the answer is what the document asks.</item>
/// <item>Each slot is filled for every runtime type that it applies to, or named as one that cannot be served, which no source can give.</item>
/// <item>Of an object that only its global id tells of, a lookup by that id says whether it is there.</item>
/// </list>
/// </summary>
public static class PlanVerifier
{
    /// <summary>All problems of the plan; empty when it is right.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="activeLabels">The labels of progressive overrides that it was planned for.</param>
    public static ImmutableArray<string> Verify(QueryPlan plan, ImmutableHashSet<string>? activeLabels = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var problems = new List<string>();
        CheckShape(plan, plan.Root, plan.Operation.SelectionSet, problems);
        var fills = new Fills(plan);
        var ancestors = Ancestors(plan, problems);
        if (problems.Count > 0)
        {
            // Steps that are numbered wrongly cannot be followed.
            return [.. problems];
        }

        var tried = new TriedKeys(plan, fills, ancestors);
        var facts = new Dictionary<SourceSchema, SourceFacts>(ReferenceEqualityComparer.Instance);
        foreach (var step in plan.Steps)
        {
            if (!facts.TryGetValue(step.Source, out var ofSource))
            {
                facts.Add(step.Source, ofSource = new SourceFacts(plan.Supergraph, step.Source, activeLabels ?? []));
            }

            var own = new List<string>();
            new StepVerifier(plan, step, fills, ancestors[step.Id], ofSource, tried, own).Verify();
            problems.AddRange(own.Select(problem => $"step {step.Id}: {problem}"));
        }

        RequestVerifier.Verify(plan, problems);
        new CompletenessVerifier(plan, fills, ancestors, problems).Verify();
        new TogetherVerifier(plan, fills, activeLabels ?? [], problems).Verify();
        ExistenceVerifier.Verify(plan, fills, problems);
        new GapVerifier(plan, new Access(plan.Supergraph, activeLabels ?? []), fills, problems).Verify();
        return [.. problems];
    }

    // Ids, order, and dependencies that each say something.
    private static HashSet<int>[] Ancestors(QueryPlan plan, List<string> problems)
    {
        var ancestors = new HashSet<int>[plan.Steps.Length];
        var same = new SameSteps(plan);
        for (var id = 0; id < plan.Steps.Length; id++)
        {
            var step = plan.Steps[id];
            var valid = step.DependsOn.Where(other => other >= 0 && other < id).ToList();
            if (step.Id != id || valid.Count != step.DependsOn.Length || !step.DependsOn.SequenceEqual(step.DependsOn.Distinct().Order()))
            {
                problems.Add($"step {id}: its id or what it depends on is out of order");
            }

            // Often many wait for the same: where that is right for one it is for the next one.
            ancestors[id] = id > 0 && plan.Steps[id - 1].DependsOn.SequenceEqual(step.DependsOn) ? ancestors[id - 1] : [.. valid.SelectMany(other => ancestors[other])];
            if ((id == 0 || ancestors[id] != ancestors[id - 1]) && valid.Any(ancestors[id].Contains))
            {
                problems.Add($"step {id}: depends on a step that another of its dependencies waits for already");
            }

            ancestors[id].UnionWith(valid);
            if (plan.Steps.Take(id).Any(other => same.AreSame(other, step)))
            {
                problems.Add($"step {id}: asks what another asks already");
            }
        }

        return ancestors;
    }

    private static void CheckShape(QueryPlan plan, ResultShape shape, NormalizedSelectionSet selections, List<string> problems)
    {
        var visible = shape.Fields.Where(field => !field.IsHidden).ToList();
        var untold = UntoldTypes.Of(plan.Supergraph.FullSchema, selections.Type.Name);
        var selected = selections.Fields.Where(selection => untold is not null || !selection.AppliesTo.IsEmpty).ToList();
        // What is below a field can be several positions, one for some types each.
        if (shape.Type != selections.Type || !visible.Select(field => field.Selection).Distinct().SequenceEqual(selected))
        {
            problems.Add($"the shape of {selections.Type.Name} does not have the fields of the operation");
            return;
        }

        var byKey = shape.Fields.ToLookup(field => field.Key, StringComparer.Ordinal);
        for (var i = 0; i < shape.Fields.Count; i++)
        {
            var field = shape.Fields[i];
            if (field.Slot != i || field.Parent != shape || (i < visible.Count) == field.IsHidden
                || byKey[field.Key].Any(other => other != field && other.AppliesTo.Overlaps(field.AppliesTo)))
            {
                problems.Add($"{field} is in a wrong slot or shares its key");
            }
        }

        foreach (var field in shape.Fields.Where(field => field.IsHidden))
        {
            CheckHidden(field, problems);
        }

        var bySelection = visible.ToLookup(field => field.Selection);
        foreach (var field in visible)
        {
            var selection = field.Selection!;
            var types = bySelection[selection].Aggregate(default(TypeSet), (all, other) => all.Union(other.AppliesTo));
            if (field.AppliesTo.IsEmpty || field.Key != selection.ResponseKey || field.Definition != selection.Definition
                || !(untold is null ? Same(plan, types, selection.AppliesTo) : types == untold.PossibleTypes)
                || field.Shape is null != selection.SelectionSet is null)
            {
                problems.Add($"{field} is not what the operation selects");
            }
            else if (selection.SelectionSet is not null)
            {
                CheckShape(plan, field.Shape!, selection.SelectionSet, problems);
            }
        }
    }

    // What keys and requirements need, all the way down; no client can write its key.
    private static void CheckHidden(ResultField field, List<string> problems)
    {
        if (!field.IsHidden || field.Selection is not null || field.Key is not ['~', ..] || field.Definition.DeclaringType is null
            || field.Shape?.Type != (field.Definition.Type.Named as CompositeType))
        {
            problems.Add($"{field} is no hidden slot of its field");
            return;
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (slot, below) in (field.Shape?.Fields ?? []).Index())
        {
            if (below.Slot != slot || below.Parent != field.Shape || !keys.Add(below.Key))
            {
                problems.Add($"{below} is in a wrong slot or shares its key");
            }

            CheckHidden(below, problems);
        }
    }

    // The operation counts types by the public schema, the plan by the full one.
    private static bool Same(QueryPlan plan, TypeSet full, TypeSet ofPublic) =>
        full.Ordinals().Select(ordinal => plan.Supergraph.FullSchema.ObjectTypes[ordinal].Name).ToHashSet()
            .SetEquals(ofPublic.Ordinals().Select(ordinal => plan.Supergraph.PublicSchema.ObjectTypes[ordinal].Name));
}
