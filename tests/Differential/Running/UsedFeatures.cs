using GraphGateway.Planning;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Differential;

/// <summary>What a plan makes use of: that the sources of a world declare something does not say that a request needs it.</summary>
/// <param name="plan">The plan.</param>
internal sealed class UsedFeatures(QueryPlan plan)
{
    private static readonly string[] Nothing = [];

    /// <summary>The features, each as often as it is used.</summary>
    public IEnumerable<string> All => plan.Steps.Where(PlanFeatures.IsOfEntities).SelectMany(OfEntry)
        .Concat(plan.Steps.SelectMany(step => step.Selection.Fields.SelectMany(read => OfField(step, read))))
        .Concat(OfRoots());

    private IEnumerable<string> OfEntry(FetchStep step)
    {
        foreach (var key in KeysOf(step))
        {
            yield return key.Count > 1 || key.Exists(part => part is ObjectTemplate { Entries.Length: > 1 }) ? "a compound key" : "a single key";
            if (key.Exists(IsNested))
            {
                yield return "a nested key";
            }
        }

        foreach (var feature in step.Kind == FetchKind.Lookup ? OfLookup(step) : OfRepresentations(step))
        {
            yield return feature;
        }

        if (step.Selection.TellsRuntimeType)
        {
            yield return "types told by another source";
        }

        foreach (var feature in OfRequirements(step))
        {
            yield return feature;
        }
    }

    private IEnumerable<string> OfLookup(FetchStep step)
    {
        if (step.Document.LookupPath.Length > 1)
        {
            yield return "a nested lookup";
        }

        if (step.TargetTypes.Count > 1)
        {
            yield return "an abstract lookup";
        }

        // One of several alternatives of an input with @oneOf.
        if (step.Inputs.Any(input => input is { IsKey: true } && Alternatives(input.Value).Any(value => value is ObjectTemplate)) && WaysOf(step) > 1)
        {
            yield return "a lookup with alternatives";
        }
    }

    private static IEnumerable<string> OfRepresentations(FetchStep step) =>
        Alternatives(step.Inputs[0].Value).OfType<ObjectTemplate>().SelectMany(value => value.Entries).Any(entry => entry.Value is TypenameTemplate { FixedName: not null })
            ? ["objects by the name of their interface"] : Nothing;

    private IEnumerable<string> OfRequirements(FetchStep step)
    {
        if (!step.Selection.Fields.Any(read => !read.Requires.IsEmpty))
        {
            yield break;
        }

        yield return "a requirement";
        var required = step.Inputs.SelectMany(input => input.Value is ObjectTemplate value && step.Kind == FetchKind.Representations
            ? value.Entries.Where(entry => !entry.IsKey).SelectMany(entry => SlotsOf(entry.Value))
            : input.IsKey ? [] : SlotsOf(input.Value)).ToHashSet();
        if (required.Any(slot => !slot.Arguments.IsEmpty))
        {
            yield return "a requirement with arguments";
        }

        if (plan.Steps.Any(other => other.Selection.Fields.Any(read => !read.Requires.IsEmpty && required.Contains(read.Target))))
        {
            yield return "a requirement of a requirement";
        }
    }

    private IEnumerable<string> OfField(FetchStep step, FetchField read)
    {
        foreach (var type in read.AppliesTo.Ordinals().ToArray().Select(ordinal => plan.Supergraph.FullSchema.ObjectTypes[ordinal]))
        {
            var field = plan.Supergraph.FindField(type.Name, read.Target.Definition.Name);
            if (field?.In(step.Source) is { } there)
            {
                if (there.IsExternal)
                {
                    yield return "a provided field";
                }

                if (there.Override is not null)
                {
                    yield return "a field of a label";
                }
            }

            if (plan.Supergraph.PublicSchema.FindType(type.Name) is not ComplexType seen || seen.FindField(read.Target.Definition.Name) is null)
            {
                yield return "something that no client sees";
            }
        }

        foreach (var feature in read.Selection?.Fields.SelectMany(below => OfField(step, below)) ?? [])
        {
            yield return feature;
        }
    }

    private IEnumerable<string> OfRoots()
    {
        var roots = plan.Steps.Where(step => step.Kind == FetchKind.Root && step.Path.IsEmpty && !step.Source.IsGateway).ToList();
        if (roots.SelectMany(step => step.Selection.Fields.Select(read => read.Target)).GroupBy(target => target).Any(same => same.Skip(1).Any()))
        {
            yield return "a root field of several sources";
        }

        if (plan.Operation.Kind == GraphGateway.Language.OperationType.Mutation && plan.Root.Fields.Count(field => field.Shape is not null || field.Definition.Type.Named.IsLeafType) > 1)
        {
            yield return "several writes";
            if (roots.Count > 1)
            {
                yield return "writes in turn";
            }
        }
    }

    // By how many keys the lookup field can be called.
    private int WaysOf(FetchStep step) => step.TargetTypes.Ordinals().ToArray().Max(type => plan.Supergraph.FindType(plan.Supergraph.FullSchema.ObjectTypes[type].Name)!.Lookups
        .Count(lookup => lookup.Source.Ordinal == step.Source.Ordinal && lookup.Path.Append(lookup.FieldName).SequenceEqual(step.Document.LookupPath)));

    // Each as its parts.
    private static List<List<ValueTemplate>> KeysOf(FetchStep step) => step.Kind == FetchKind.Lookup
        ? [[.. step.Inputs.Where(input => input.IsKey).Select(input => input.Value)]]
        : [.. Alternatives(step.Inputs[0].Value).Select(PartsOf)];

    private static IEnumerable<ValueTemplate> Alternatives(ValueTemplate value) => value is ChoiceTemplate choice ? choice.Alternatives.Select(alternative => alternative.Value) : [value];

    private static List<ValueTemplate> PartsOf(ValueTemplate value) => value is ObjectTemplate @object
        ? [.. @object.Entries.Where(entry => entry is { IsKey: true, Value: not TypenameTemplate }).Select(entry => entry.Value)] : [];

    private static bool IsNested(ValueTemplate value) => value switch
    {
        CompositeTemplate => true,
        ObjectTemplate @object => @object.Entries.Any(entry => IsNested(entry.Value)),
        ChoiceTemplate choice => choice.Alternatives.Any(alternative => IsNested(alternative.Value)),
        _ => false,
    };

    private static IEnumerable<ResultField> SlotsOf(ValueTemplate value) => value switch
    {
        LeafTemplate leaf => [leaf.Field],
        CompositeTemplate composite => SlotsOf(composite.Inner).Prepend(composite.Field),
        ObjectTemplate @object => @object.Entries.SelectMany(entry => SlotsOf(entry.Value)),
        ChoiceTemplate choice => choice.Alternatives.SelectMany(alternative => SlotsOf(alternative.Value)),
        _ => [],
    };
}
