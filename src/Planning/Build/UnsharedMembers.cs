using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// The objects of unions and interfaces that some of the sources which share a field do not know there. Where several sources could be asked
/// for a union, the answer must not hang on which one the planner prefers: it has the members that all of them know, and objects of other
/// types are there without their fields. Where one source alone can be asked, all its members count. Of an interface the planner fetches what
/// there is; what is missing below an object that not all know is no gap of the graph, since it is not to be there.
/// </summary>
internal sealed class UnsharedMembers(PlanAttempt attempt)
{
    private readonly Dictionary<ResultField, TypeSet> leftOut = [];
    private readonly Dictionary<ResultShape, TypeSet> unshared = [];

    /// <summary>The fields that are not fetched, and for which runtime types; empty in a graph whose sources agree about unions.</summary>
    public static Dictionary<ResultField, TypeSet> LeftOut(PlanAttempt attempt) => attempt.Graph.HasUnevenUnions ? Of(attempt).leftOut : [];

    /// <summary>By position: the objects that not all sources which share a field above know there.</summary>
    public static Dictionary<ResultShape, TypeSet> ByPosition(PlanAttempt attempt) => Of(attempt).unshared;

    private static UnsharedMembers Of(PlanAttempt attempt)
    {
        var members = new UnsharedMembers(attempt);
        members.Walk(attempt.Root, attempt.Graph.Sources.Aggregate(default(SourceSet), (set, source) => set.With(source)));
        return members;
    }

    /// <param name="shape">The position.</param>
    /// <param name="standing">The sources of which any could have given the objects.</param>
    private void Walk(ResultShape shape, SourceSet standing)
    {
        foreach (var field in shape.All)
        {
            if (field.Shape is null || Demand.IsFilledWithoutSteps(field))
            {
                continue;
            }

            var able = default(SourceSet);
            var (members, objects) = (new Sides(), new Sides());
            foreach (var ordinal in field.AppliesTo.Ordinals())
            {
                foreach (var at in Able(attempt.Graph.ObjectAt(ordinal), field, standing))
                {
                    able = able.With(at.Below?.Source ?? at.Source);
                    if (at.Below is { } there)
                    {
                        members = at.Result!.Type is UnionType ? members.With(there.PossibleTypes) : members;
                        // One that returns an object in place of an interface says nothing of further objects.
                        objects = field.Shape.Type is UnionType || at.Result.Type is not ObjectType ? objects.With(there.PossibleTypes) : objects;
                    }
                }
            }

            Exclude(field.Shape, members.Unshared);
            // Below an object that is not to be there nothing is.
            unshared[field.Shape] = field.AppliesTo.IsSubsetOf(unshared.GetValueOrDefault(shape)) ? field.Shape.Type.PossibleTypes : objects.Unshared;
            Walk(field.Shape, able);
        }
    }

    private void Exclude(ResultShape shape, TypeSet types)
    {
        foreach (var field in shape.All)
        {
            if (field.AppliesTo.Overlaps(types) && !Demand.IsFilledWithoutSteps(field))
            {
                leftOut[field] = field.AppliesTo.Intersect(types);
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

    // What the sources know, each for itself.
    private readonly record struct Sides(TypeSet All, TypeSet? Common)
    {
        public TypeSet Unshared => All.Except(Common ?? All);

        public Sides With(TypeSet types) => new(All.Union(types), Common?.Intersect(types) ?? types);
    }
}
