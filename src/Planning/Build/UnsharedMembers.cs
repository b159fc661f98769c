using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// The members of unions that some of the sources which share a field do not know there. Where several sources could be asked for a field,
/// the answer must not hang on which one the planner prefers: it has the members that all of them know, and objects of other types are there
/// without their fields. Where one source alone can be asked, all its members count.
/// </summary>
internal sealed class UnsharedMembers(PlanAttempt attempt)
{
    private readonly Dictionary<ResultField, TypeSet> found = [];

    /// <summary>The fields that are not fetched, and for which runtime types; empty in a graph whose sources agree about unions.</summary>
    public static Dictionary<ResultField, TypeSet> Of(PlanAttempt attempt)
    {
        var members = new UnsharedMembers(attempt);
        if (attempt.Graph.HasUnevenUnions)
        {
            var all = attempt.Graph.Sources.Aggregate(default(SourceSet), (set, source) => set.With(source));
            members.Walk(attempt.Root, all);
        }

        return members.found;
    }

    /// <param name="shape">The position.</param>
    /// <param name="standing">The sources of which any could have given the objects.</param>
    private void Walk(ResultShape shape, SourceSet standing)
    {
        foreach (var field in shape.Fields)
        {
            if (field.Shape is null || Demand.IsFilledWithoutSteps(field))
            {
                continue;
            }

            var able = default(SourceSet);
            var shared = default(TypeSet?);
            var known = default(TypeSet);
            foreach (var ordinal in field.AppliesTo.Ordinals())
            {
                foreach (var at in Able(attempt.Graph.ObjectAt(ordinal), field, standing))
                {
                    able = able.With(at.Source);
                    if (at.Result is { Type: UnionType } union && union.BySource[at.Source.Ordinal] is { } there)
                    {
                        known = known.Union(there.PossibleTypes);
                        shared = shared?.Intersect(there.PossibleTypes) ?? there.PossibleTypes;
                    }
                }
            }

            if (shared is { } common && !known.Except(common).IsEmpty)
            {
                Exclude(field.Shape, known.Except(common));
            }

            Walk(field.Shape, able);
        }
    }

    private void Exclude(ResultShape shape, TypeSet types)
    {
        foreach (var field in shape.Fields)
        {
            if (field.AppliesTo.Overlaps(types) && !Demand.IsFilledWithoutSteps(field))
            {
                found[field] = field.AppliesTo.Intersect(types);
            }
        }
    }

    // The sources that serve the field by themselves, on objects that they stand on or can be entered with.
    private IEnumerable<FieldAtSource> Able(GraphType type, ResultField field, SourceSet standing)
    {
        foreach (var ordinal in type.SourcesByField.GetValueOrDefault(field.Definition.Name, []))
        {
            var at = type.BySource[ordinal]!.Fields[field.Definition.Name];
            if (at.Needs is null && at.IsServed(field.Arguments, view: null)
                && (standing.Contains(at.Source) || IsEntered(type, at.Source, standing)))
            {
                yield return at;
            }
        }
    }

    private bool IsEntered(GraphType type, SourceSchema source, SourceSet standing) =>
        type.BySource.Any(from => from is not null && standing.Contains(from.Source) && attempt.Reachability.From(from).EntryOf(source) is not null);
}
