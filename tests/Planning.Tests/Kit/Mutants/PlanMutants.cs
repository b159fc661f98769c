using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Plans with one thing changed, for each member of the plan's data model: each must be found wrong. A change that makes no other answer
/// and no other request is not made; the comment beside it says why.
/// </summary>
internal static class PlanMutants
{
    public static IEnumerable<(string What, QueryPlan Plan)> Of(QueryPlan plan)
    {
        foreach (var i in Enumerable.Range(0, plan.Steps.Length))
        {
            yield return ($"step {i} dropped", With(plan, Without(plan, i)));
            yield return ($"step {i} doubled", With(plan, plan.Steps.Add(plan.Steps[i] with { Id = plan.Steps.Length, Request = null })));
            foreach (var (what, step) in StepMutants.Of(plan, plan.Steps[i]))
            {
                yield return ($"step {i}: {what}", With(plan, plan.Steps.SetItem(i, step)));
            }
        }

        // The order of steps says nothing but that what is waited for comes first.
        if (plan.Steps.Length > 1)
        {
            yield return ("the last step goes first", With(plan, [plan.Steps[^1], .. plan.Steps.Take(plan.Steps.Length - 1)]));
        }

        foreach (var mutant in OfRequests(plan).Concat(CopiedFieldMutants.Of(plan)).Concat(TurnMutants.Of(plan)).Concat(OfUnservable(plan)).Concat(ShapeMutants.Of(plan)))
        {
            yield return mutant;
        }
    }

    /// <summary>The types with one of them missing; none where that leaves nothing to tell apart.</summary>
    public static IEnumerable<TypeSet> Less(TypeSet types) => types.IsEmpty ? [] : [types.Except(One(types))];

    /// <summary>The types with one more out of some; none where all are there.</summary>
    public static IEnumerable<TypeSet> More(TypeSet types, TypeSet all) =>
        all.Except(types) is { IsEmpty: false } others ? [types.Union(One(others))] : [];

    private static TypeSet One(TypeSet types) => default(TypeSet).With(types.Ordinals().First());

    private static int First(this TypeOrdinals ordinals)
    {
        foreach (var ordinal in ordinals)
        {
            return ordinal;
        }

        return -1;
    }

    // A write, or a root fetch that asks something else, that does not go alone, and a step in the request of one that must have ended: below the field of a mutation before, say.
    private static IEnumerable<(string What, QueryPlan Plan)> OfRequests(QueryPlan plan)
    {
        foreach (var step in plan.Steps)
        {
            foreach (var other in plan.Steps.Take(step.Id).Where(other => other.Source == step.Source && other.Kind == step.Kind))
            {
                if ((step.Kind == FetchKind.Root && (step.Path.IsEmpty || step.Document.Text != other.Document.Text)) || Follows(plan, step, other))
                {
                    var request = other.Request ?? other.Id;
                    yield return ($"steps {other.Id} and {step.Id} in one request", With(plan, plan.Steps
                        .SetItem(other.Id, other with { Request = request }).SetItem(step.Id, step with { Request = request })));
                }
            }
        }
    }

    private static bool Follows(QueryPlan plan, FetchStep step, FetchStep other) =>
        step.DependsOn.Any(id => id == other.Id || Follows(plan, plan.Steps[id], other));

    private static IEnumerable<(string What, QueryPlan Plan)> OfUnservable(QueryPlan plan)
    {
        for (var i = 0; i < plan.Unservable.Length; i++)
        {
            var entry = plan.Unservable[i];
            yield return ($"unservable {i} dropped", With(plan, plan.Unservable.RemoveAt(i)));
            foreach (var types in Less(entry.Types))
            {
                yield return ($"unservable {i} of less types", With(plan, plan.Unservable.SetItem(i, entry with { Types = types })));
            }

            // What is not to be there may as well be said to have no source.
            foreach (var cause in Enum.GetValues<UnservableCause>().Where(cause => cause != entry.Cause && cause != UnservableCause.NoSource))
            {
                yield return ($"unservable {i} by the cause {cause}", With(plan, plan.Unservable.SetItem(i, entry with { Cause = cause })));
            }

            foreach (var types in More(entry.Types, entry.Field.AppliesTo))
            {
                yield return ($"unservable {i} of more types", With(plan, plan.Unservable.SetItem(i, entry with { Types = types })));
            }
        }

        foreach (var field in Filled(plan))
        {
            yield return ($"{field} called unservable", With(plan, plan.Unservable.Add(Gap(field))));
        }

        foreach (var mutant in plan.Steps.SelectMany(step => OfGaps(plan, step)))
        {
            yield return mutant;
        }

        for (var i = 0; i < plan.OnlyTogether.Length; i++)
        {
            yield return ($"only together {i} dropped", Copy(plan, plan.Steps, plan.Unservable, plan.OnlyTogether.RemoveAt(i)));
        }

        foreach (var field in plan.OnlyTogether.IsEmpty ? Filled(plan).Take(1) : [])
        {
            yield return ($"{field} said to be there only together", Copy(plan, plan.Steps, plan.Unservable, [Gap(field)]));
        }
    }

    // Right plans in all but that something could have been had.
    private static IEnumerable<(string What, QueryPlan Plan)> OfGaps(QueryPlan plan, FetchStep step)
    {
        var others = plan.Steps.Where(other => other != step).SelectMany(other => Filled(other.Selection)).ToHashSet();
        var own = step.Selection.Fields.Where(read => !read.Target.IsHidden && !others.Contains(read.Target)).ToList();
        if (own.Count > 0 && plan.Steps.All(other => !other.DependsOn.Contains(step.Id)))
        {
            yield return (
                $"step {step.Id} dropped, and what it gives called unservable",
                Copy(plan, Without(plan, step.Id), plan.Unservable.AddRange(own.Select(read => read.Target).Distinct().Select(Gap)), plan.OnlyTogether));
        }

        foreach (var read in own.Where(read => read.Selection is null && step.Selection.Fields.Length > 1))
        {
            var without = step with
            {
                Document = DocumentMutants.Without(step, read.SourceKey),
                Selection = step.Selection with { Fields = [.. step.Selection.Fields.Where(other => other.SourceKey != read.SourceKey)] },
            };
            yield return (
                $"step {step.Id}: {read.Target} not asked, and called unservable",
                Copy(plan, plan.Steps.SetItem(step.Id, without), plan.Unservable.Add(Gap(read.Target)), plan.OnlyTogether));
        }
    }

    private static UnservableField Gap(ResultField field) => new(field, "Cannot.", "None can.", field.AppliesTo);

    private static IEnumerable<ResultField> Filled(QueryPlan plan) =>
        plan.Steps.SelectMany(step => Filled(step.Selection)).Where(field => !field.IsHidden).Distinct();

    private static IEnumerable<ResultField> Filled(FetchSelectionSet selection) =>
        selection.Fields.SelectMany(read => (read.Selection is { } below ? Filled(below) : []).Prepend(read.Target));

    public static QueryPlan With(QueryPlan plan, ImmutableArray<FetchStep> steps) => Copy(plan, steps, plan.Unservable, plan.OnlyTogether);

    public static QueryPlan With(QueryPlan plan, ImmutableArray<UnservableField> unservable) => Copy(plan, plan.Steps, unservable, plan.OnlyTogether);

    private static QueryPlan Copy(
        QueryPlan plan, ImmutableArray<FetchStep> steps, ImmutableArray<UnservableField> unservable, ImmutableArray<UnservableField> together) =>
        new(plan.Supergraph, plan.Operation, plan.Root, steps, unservable) { OnlyTogether = together, Bounds = plan.Bounds };

    private static ImmutableArray<FetchStep> Without(QueryPlan plan, int dropped) =>
    [
        .. plan.Steps.Where(step => step.Id != dropped).Select(step => step with
        {
            Id = step.Id > dropped ? step.Id - 1 : step.Id,
            DependsOn = [.. step.DependsOn.Where(id => id != dropped).Select(id => id > dropped ? id - 1 : id)],
            InsteadOf = [.. step.InsteadOf.Where(id => id != dropped).Select(id => id > dropped ? id - 1 : id)],
        }),
    ];
}
