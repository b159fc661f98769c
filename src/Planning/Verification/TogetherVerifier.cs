using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Checks which fields a plan says to come from several sources together only: each source that gives the objects says of some of them that
/// another one is to be asked, and nobody can be entered. What is named is so, and what is so is named.
/// </summary>
internal sealed class TogetherVerifier(PlanIndex index, Fills fills, List<string> problems)
{
    private readonly QueryPlan plan = index.Plan;
    private readonly HashSet<ResultField> named = [.. index.Plan.OnlyTogether.Select(together => together.Field)];
    private readonly Dictionary<int, bool> provides = [];

    public void Verify()
    {
        foreach (var together in plan.OnlyTogether)
        {
            if (together.Field.IsHidden || together.Field.Definition.DeclaringType is not InterfaceType
                || fills.StepsOf(together.Field).Distinct().Count() < 2 || fills.IsFilledByOne(together.Field))
            {
                problems.Add($"{together.Field} is said to come from several sources together only, and one gives it of all objects");
            }
        }

        Verify(plan.Root);
    }

    private void Verify(ResultShape shape)
    {
        foreach (var above in shape.Fields.Where(field => field.Shape is not null))
        {
            var givers = fills.StepsOf(above).Distinct().Select(id => plan.Steps[id]).Where(step => step.Kind == FetchKind.Root).ToList();
            if (givers.DistinctBy(step => step.Source.Ordinal).Skip(1).Any())
            {
                foreach (var field in above.Shape!.Fields.Where(field => !field.IsHidden && !field.IsWithheld && field.Definition.DeclaringType is InterfaceType))
                {
                    if (givers.TrueForAll(step => Lacks(step, above, field)) && !named.Contains(field))
                    {
                        problems.Add($"{field} comes from several sources together only, and is not named as such");
                    }
                }
            }

            Verify(above.Shape!);
        }
    }

    // The source gives objects of a type whose field is another's, has not the field from above, and nobody with the field can be entered for them.
    private bool Lacks(FetchStep step, ResultField above, ResultField field)
    {
        var facts = index.Of(step.Source);
        var here = Reads(step.Selection).Where(read => read.Target == above).Select(read => facts.PossibleTypes(SourceFacts.NamedOf(read.SourceType)))
            .Aggregate(default(TypeSet), (all, types) => all.Union(types)).Intersect(field.AppliesTo);
        var filled = fills.FilledBy(field, StepSet.Of([step.Id], []));
        return !Provides(step.Source) && here.Ordinals().Any(type => !filled.Contains(type)
            && facts.Field(plan.Supergraph.FullSchema.ObjectTypes[type].Name, field.Definition.Name) is { IsExternal: true }
            && !MayBeHad(plan.Supergraph.FullSchema.ObjectTypes[type], field.Definition.Name, facts));
    }

    private bool Provides(SourceSchema source)
    {
        if (!provides.TryGetValue(source.Ordinal, out var any))
        {
            provides.Add(source.Ordinal, any = plan.Supergraph.Types.Any(type => type.Fields.Any(own => own.In(source)?.Provides is not null)));
        }

        return any;
    }

    // It finds no less than can be had: what a key has below its fields, arguments, requirements and contexts are not looked at.
    private bool MayBeHad(ObjectType type, string field, SourceFacts from)
    {
        var reached = new List<SourceFacts> { from };
        var others = plan.Supergraph.Sources.Where(source => source.Ordinal != from.Source.Ordinal).Select(index.Of).ToList();
        while (others.Find(source => source.Lookups(type).Any(lookup => lookup.Key.Selections.All(item => item is not FieldNode key || Gives(reached, type, key.Name.Value)))) is { } next)
        {
            others.Remove(next);
            reached.Add(next);
        }

        return Gives(reached, type, field);
    }

    private static bool Gives(List<SourceFacts> sources, ObjectType type, string field) => sources.Exists(source =>
        type.Interfaces.Select(@interface => @interface.Name).Where(source.IsInterfaceObject).Prepend(type.Name).Any(name => source.Field(name, field) is { IsExternal: false })
        || field == "__typename");

    private static IEnumerable<FetchField> Reads(FetchSelectionSet selection) =>
        selection.Fields.SelectMany(read => (read.Selection is { } below ? Reads(below) : []).Prepend(read));
}
