using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// Checks that no source can give what a plan says cannot be served. It walks down the answer with the sources that could have given the
/// objects there, by each way in which objects of a type come, and asks <see cref="Access"/> whether the field can be had of all of them.
/// What it finds can be had for certain.
/// </summary>
internal sealed class GapVerifier(PlanIndex index, Fills fills, List<string> problems)
{
    // Beyond so many positions a plan may refuse to tell apart the kinds of objects below interfaces.
    private const int KindsMax = 250;

    private readonly QueryPlan plan = index.Plan;
    private readonly Lazy<Access> access = new(() => new Access(index.Plan.Supergraph, index.ActiveLabels));

    public void Verify()
    {
        if (plan.Unservable.IsEmpty)
        {
            return;
        }

        Verify(plan.Root, Fills.Full(plan, plan.Root).Ordinals().ToDictionary(type => type, Everywhere), [], default);
    }

    private Ways Everywhere(int type) =>
        new([Standing.Of(plan.Supergraph.Sources.Select(source => source.Ordinal).Where(source => access.Value.Knows(source, type)))]);

    private void Verify(ResultShape shape, Dictionary<int, Ways> here, ImmutableStack<IReadOnlyDictionary<int, Ways>> above, TypeSet unshared)
    {
        foreach (var field in shape.Fields.Where(field => !field.IsHidden))
        {
            foreach (var gap in index.GapsOf(field))
            {
                Check(gap, here, above, unshared);
            }

            if (field.IsWithheld)
            {
                CheckTypes(field, here);
            }

            if (field.Shape is { } below && field.Definition.DeclaringType is not null)
            {
                var objects = shape == plan.Root && plan.Operation.Kind != OperationType.Query ? Writers(field, here) : here;
                objects = objects.Where(pair => field.AppliesTo.Contains(pair.Key)).ToDictionary();
                Verify(below, Below(field, objects, above), above.Push(objects), UnsharedBelow(field, unshared));
            }
        }
    }

    // A write is done by one source, whoever else has it: by the one that the plan has chosen.
    private Dictionary<int, Ways> Writers(ResultField field, Dictionary<int, Ways> here)
    {
        var writers = fills.StepsOf(field).Select(id => plan.Steps[id].Source.Ordinal).Distinct().ToList();
        return writers.Count == 0 ? here : here.Keys.ToDictionary(type => type, _ => new Ways([Standing.Of(writers)]));
    }

    private void Check(UnservableField gap, Dictionary<int, Ways> here, ImmutableStack<IReadOnlyDictionary<int, Ways>> above, TypeSet unshared)
    {
        var field = gap.Field;
        var isWrong = gap.Cause switch
        {
            UnservableCause.UnsharedMember => !gap.Types.IsSubsetOf(unshared),
            UnservableCause.Withheld => field.Selection is not { IsWithheld: true } || gap.Types != field.AppliesTo,
            _ when field.Selection is { IsWithheld: true } => true,
            UnservableCause.TooManyWays => (plan.Bounds & (PlanningBounds.Requirements | PlanningBounds.Ways)) == 0,
            UnservableCause.TooManyKinds when plan.Bounds.HasFlag(PlanningBounds.Documents) => !plan.Steps.IsEmpty || field.Parent != plan.Root,
            UnservableCause.TooManyKinds => field.Shape is null || field.AppliesTo.Count + Kinds(plan.Root) <= KindsMax,
            _ when field.Definition == MetaFields.Typename && fills.IsTypeKnown(field.Parent, gap.Types, StepSet.All) => true,
            _ => gap.Types.Ordinals().Any(type => here.GetValueOrDefault(type) is { Each.Count: > 0 } ways
                && ways.Each.TrueForAll(standing => (access.Value.CanTell(type, standing) || IsOfAll(field, gap.Types))
                    && (field.Definition == MetaFields.Typename || access.Value.Of(type, field.Definition.Name, field.Arguments, standing, above).Count > 0))),
        };
        if (isWrong || gap.Types.IsEmpty || !gap.Types.IsSubsetOf(field.AppliesTo))
        {
            problems.Add($"{field} is named as one that cannot be served ({gap.Cause}), and it can be");
        }
    }

    // Which objects have what the client may not see: where not all do, it is told if it can be.
    private void CheckTypes(ResultField field, Dictionary<int, Ways> here)
    {
        var there = fills.Arrived(field.Parent);
        if (there.Overlaps(field.AppliesTo) && !there.IsSubsetOf(field.AppliesTo) && !fills.IsTypeKnown(field.Parent, there, StepSet.All)
            && there.Ordinals().All(type => here.GetValueOrDefault(type) is { Each.Count: > 0 } ways && ways.Each.TrueForAll(standing => access.Value.CanTell(type, standing))))
        {
            problems.Add($"nothing tells which objects have {field}, which is withheld from the client, and it could be told");
        }
    }

    // Nobody has to tell what the objects are where all of them have the field.
    private bool IsOfAll(ResultField field, TypeSet types) => field.Definition != MetaFields.Typename && Fills.Full(plan, field.Parent).IsSubsetOf(types);

    private Dictionary<int, Ways> Below(ResultField field, Dictionary<int, Ways> objects, ImmutableStack<IReadOnlyDictionary<int, Ways>> above)
    {
        var below = new Dictionary<int, Ways>();
        foreach (var (type, ways) in objects)
        {
            foreach (var standing in ways.Each)
            {
                var givers = access.Value.Of(type, field.Definition.Name, field.Arguments, standing, above);
                foreach (var inner in givers.Aggregate(default(TypeSet), (all, giver) => all.Union(giver.Types)).Ordinals())
                {
                    if (!below.TryGetValue(inner, out var known))
                    {
                        below.Add(inner, known = new Ways([]));
                    }

                    known.Each.Add(Access.Below(givers, inner));
                }
            }
        }

        // Who stands on Query can be asked by everybody, wherever that is.
        if (plan.Supergraph.FullSchema.QueryType is { } query && below.ContainsKey(query.Ordinal))
        {
            below[query.Ordinal] = Everywhere(query.Ordinal);
        }

        return below.ToDictionary(pair => pair.Key, pair => new Ways([.. pair.Value.Each.DistinctBy(standing => standing.Text)]));
    }

    // The objects that some source which has the field above does not know there.
    private TypeSet UnsharedBelow(ResultField field, TypeSet unshared)
    {
        if (field.AppliesTo.IsSubsetOf(unshared))
        {
            return Fills.Full(plan, field.Shape!);
        }

        var known = OwnersOf(field).Select(owner => access.Value.TypesBelow(owner.Source, owner.Type, field.Definition.Name)).ToList();
        var all = known.Aggregate(default(TypeSet), (some, types) => some.Union(types));
        return all.Except(known.Aggregate(all, (some, types) => some.Intersect(types)));
    }

    private List<(int Source, int Type)> OwnersOf(ResultField field) =>
    [
        .. from type in field.AppliesTo.Ordinals()
           from source in plan.Supergraph.FindField(plan.Supergraph.FullSchema.ObjectTypes[type].Name, field.Definition.Name)?.Sources ?? []
           select (source.Source.Ordinal, type),
    ];

    private static int Kinds(ResultShape shape)
    {
        var visible = shape.Fields.Where(field => !field.IsHidden).ToList();
        return visible.Count - visible.DistinctBy(field => field.Selection).Count() + visible.Where(field => field.Shape is not null).Sum(field => Kinds(field.Shape!));
    }
}
