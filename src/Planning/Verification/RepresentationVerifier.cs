using System.Runtime.InteropServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Checks the representations by which a step enters its source: a whole key, what its fields require, and what the objects are.</summary>
internal sealed class RepresentationVerifier(
    PlanIndex index, FetchStep step, ResultShape shape, Fills fills, StepSet ended, TriedKeys tried, List<string> problems)
{
    private readonly QueryPlan plan = index.Plan;
    private readonly SourceFacts facts = index.Of(step.Source);
    private readonly Meanings meanings = index.MeaningsOf(step.Source);
    private readonly AvailabilityVerifier availability = new(step.Path, shape, fills, ended, problems);
    private readonly KeyVerifier keys = new(index, step, shape, fills, ended, tried, problems);
    private readonly Dictionary<int, HashSet<string>> required = [];
    private readonly Dictionary<int, string> names = [];

    // In the order in which they are tried; empty where the input is no representation.
    private readonly List<Alternative> alternatives = AlternativesOf(step);

    /// <summary>Checks the call; the selection set on the targets, or null when there is none.</summary>
    public (SelectionSetNode Set, string TypeName)? Verify(OperationDefinitionNode operation)
    {
        if (operation.SelectionSet.Selections is not [FieldNode { Name.Value: "_entities", Alias: null, SelectionSet: { } set } field]
            || step.Inputs is not [{ SkipsOnNull: true } input, ..] || alternatives.Count == 0
            || step.Inputs.Skip(1).Any(other => other.Value is not ContextTemplate)
            || field.Arguments is not [{ Name.Value: "representations", Value: VariableNode variable }]
            || variable.Name.Value != input.VariableName || input.Type.ToString() != "[_Any!]!")
        {
            problems.Add("it does not ask _entities with one input of representations");
            return null;
        }

        foreach (var alternative in alternatives)
        {
            var (types, template) = (alternative.Types, alternative.Template);
            var named = template.Entries.Where(entry => entry.Value is TypenameTemplate { FixedName: null }).Aggregate(default(TypeSet), (all, entry) => all.Union(entry.AppliesTo));
            if (!fills.IsTypeKnown(shape, named.Intersect(types), ended))
            {
                problems.Add("it names a runtime type, and does not wait for the step that tells it");
            }

            CheckNames(template, types, [.. types.Ordinals().ToArray().Select(NameIn).Distinct(StringComparer.Ordinal)]);
        }

        if (input.Value is ChoiceTemplate choice)
        {
            keys.CheckTypes(choice);
        }

        return (set, "");
    }

    private static List<Alternative> AlternativesOf(FetchStep step) => step.Inputs switch
    {
        [{ Value: ObjectTemplate only }, ..] => [new(step.TargetTypes, only)],
        [{ Value: ChoiceTemplate { Alternatives: [_, _, ..] } choice }, ..] when choice.Alternatives.All(alternative => alternative.Value is ObjectTemplate) =>
            [.. choice.Alternatives.Select(alternative => new Alternative(alternative.AppliesTo.Intersect(step.TargetTypes), (ObjectTemplate)alternative.Value))],
        _ => [],
    };

    // No name stands twice in an object, and an object of an abstract type says what it is.
    private void CheckNames(ObjectTemplate template, TypeSet types, List<string> owners)
    {
        var byName = new Dictionary<string, TypeSet>(StringComparer.Ordinal);
        foreach (var entry in template.Entries)
        {
            ref var before = ref CollectionsMarshal.GetValueRefOrAddDefault(byName, entry.Name, out _);
            if (before.Overlaps(entry.AppliesTo.Intersect(types)))
            {
                problems.Add("the representation has one name twice");
            }

            before = before.Union(entry.AppliesTo.Intersect(types));
        }

        foreach (var composite in template.Entries.Select(entry => entry.Value).OfType<CompositeTemplate>())
        {
            if (composite.Inner is not ObjectTemplate inner)
            {
                problems.Add($"{composite.Field} is not carried as an object");
                continue;
            }

            var below = fills.Arrived(composite.Field.Shape!);
            List<string> inSource = [.. owners.Select(owner => facts.Field(owner, composite.Field.Definition.Name)).OfType<FieldInSource>().Select(field => SourceFacts.NamedOf(field.Type)).Distinct()];
            var names = inner.Entries.Where(entry => entry is { Name: "__typename", Value: TypenameTemplate }).ToList();
            if (composite.Field.Shape!.Type is not ObjectType
                && below.Ordinals().Any(type => names.FindAll(entry => entry.AppliesTo.Contains(type)) is var own
                    && (HasNoName(inSource, type) ? own.Count > 0 : own is not [{ Value: TypenameTemplate name }] || name.FixedName != NameBelow(inSource, type))))
            {
                problems.Add($"the representation does not say what {composite.Field} is");
            }

            var named = names.Where(entry => entry.Value is TypenameTemplate { FixedName: null }).Aggregate(default(TypeSet), (all, entry) => all.Union(entry.AppliesTo));
            availability.CheckTypesKnown(composite.Field.Shape!, named.Intersect(below));

            CheckNames(inner, below, inSource);
        }
    }

    // Nobody can tell what an object is of an interface that no object type implements, and the source has no other name for it.
    private bool HasNoName(List<string> declared, int type) => UntoldTypes.IsOne(plan.Supergraph.FullSchema.ObjectTypes[type]) && NameBelow(declared, type) is null;

    // The name of an interface where the source has an object in its place and does not know the object type; null for the type's own.
    private string? NameBelow(List<string> declared, int type)
    {
        var objectType = plan.Supergraph.FullSchema.ObjectTypes[type];
        var names = objectType.Interfaces.Select(@interface => @interface.Name).Where(facts.IsInterfaceObject).ToList();
        return facts.Knows(objectType.Name) ? null : names.Find(declared.Contains) ?? names.FirstOrDefault();
    }

    /// <summary>Notes what fields of the source require that are asked of these types.</summary>
    public void Require(SelectionSetNode selection, TypeSet types)
    {
        foreach (var type in types.Intersect(step.TargetTypes).Ordinals())
        {
            if (!required.TryGetValue(type, out var entries))
            {
                required.Add(type, entries = new HashSet<string>(StringComparer.Ordinal));
            }

            entries.UnionWith(meanings.Entries(selection, type));
        }
    }

    /// <summary>
    /// After all fields were seen: of each type each alternative of the representation holds a key of the source and what the fields require that are
    /// asked of it, and nothing else.
    /// </summary>
    public void CheckContent()
    {
        if (alternatives.SelectMany(alternative => alternative.Template.Entries)
            .Any(entry => entry.WhenUnfit is null != (entry.IsKey || !Strictness.IsChecked(entry)) || Strictness.IsToldBelow(entry.Value)))
        {
            problems.Add("what becomes of a required value that does not fit is told wrongly");
        }

        foreach (var type in step.TargetTypes.Ordinals())
        {
            var objectType = plan.Supergraph.FullSchema.ObjectTypes[type];
            if (step.Selection.TellsRuntimeType && UntoldTypes.IsOne(objectType) && step.TargetTypes.Count > 1)
            {
                // Who is asked what objects are knows those that some source defines.
                continue;
            }

            var name = NameIn(type);
            var lookups = facts.Lookups(objectType).FindAll(lookup => lookup.Kind == LookupKind.Representations && lookup.TypeName == name);
            var inTurn = new List<Lookup>(1);
            foreach (var alternative in alternatives)
            {
                if (!alternative.Types.Contains(type))
                {
                    continue;
                }

                var held = alternative.Held ?? HeldBy(alternative, type);
                if (lookups.Find(lookup => meanings.TextOf(lookup.Key, type) == held.Key) is not { } found)
                {
                    problems.Add($"{facts.Source.Name} has no key of {objectType.Name} that is just the one in the representation");
                    continue;
                }

                inTurn.Add(found);
                if (required.TryGetValue(type, out var entries) ? !held.AreJust(entries) : held.KeyEntries.Count != held.Entries.Count)
                {
                    problems.Add("the representation does not hold just what the fields require");
                }
            }

            if (inTurn.Count > 0)
            {
                tried.Note(step.Id, type, inTurn);
                keys.Check(type, inTurn, lookups.Where(lookup => FitsBeside(lookup, type) && Printer.Print(lookup.Key) != Printer.Print(inTurn[0].Key)));
            }
            else
            {
                problems.Add($"a {objectType.Name} has no key in any representation");
            }
        }
    }

    // What is the same for objects of all types is found once.
    private HeldEntries HeldBy(Alternative alternative, int type)
    {
        var held = meanings.Entries(alternative.Template, type).ToList();
        var all = held.Where(entry => entry.IsKey is not null).Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        var key = held.Where(entry => entry.IsKey == true).Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        var found = new HeldEntries(Meanings.TextOf(key), key, all, held.Where(entry => entry.IsKey is null).Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal));
        alternative.Held = alternative.IsOneForAll ? found : null;
        return found;
    }

    private sealed record HeldEntries(string Key, HashSet<string> KeyEntries, HashSet<string> Entries, HashSet<string> Names)
    {
        // With these, apart from names that are there in any case.
        public bool AreJust(IEnumerable<string> required) => Entries.SetEquals(KeyEntries.Concat(required.Where(entry => !Names.Contains(entry))));
    }

    // A representation for objects of some types.
    private sealed class Alternative(TypeSet types, ObjectTemplate template)
    {
        public TypeSet Types { get; } = types;

        public ObjectTemplate Template { get; } = template;

        public List<TemplateEntry> Names { get; } = [.. template.Entries.Where(entry => entry.Name == "__typename")];

        /// <summary>Apart from names of types objects of all types have the same in it.</summary>
        public bool IsOneForAll { get; } = template.Entries.All(entry => entry is { Name: "__typename", Value: TypenameTemplate } || (entry.Value is LeafTemplate && types.IsSubsetOf(entry.AppliesTo)));

        /// <summary>What they have, once it was found.</summary>
        public HeldEntries? Held { get; set; }
    }

    // One name has one value.
    private bool FitsBeside(Lookup lookup, int type)
    {
        var others = required.GetValueOrDefault(type, []);
        return meanings.Entries(lookup.Key, type).All(entry => others.Contains(entry) || !others.Any(other => NameOf(other) == NameOf(entry)));
    }

    private static string NameOf(string entry) => entry[..entry.IndexOf('=', StringComparison.Ordinal)].TrimEnd('+');

    /// <summary>The name by which the source is given targets of a type in representations; empty where there is none, or more than one.</summary>
    public string NameIn(int type)
    {
        if (alternatives is [{ Names: [var only] } alternative] && alternative.Types.Contains(type) && only.AppliesTo.Contains(type))
        {
            return NameOf(only, type);
        }

        if (!names.TryGetValue(type, out var name))
        {
            var own = alternatives.Where(other => other.Types.Contains(type))
                .Select(other => other.Names.FindAll(entry => entry.AppliesTo.Contains(type)) is [var one] ? NameOf(one, type) : "").Distinct(StringComparer.Ordinal).ToList();
            names.Add(type, name = own is [var found] ? found : "");
        }

        return name;
    }

    private string NameOf(TemplateEntry entry, int type) => entry.Value is TypenameTemplate name ? name.FixedName ?? plan.Supergraph.FullSchema.ObjectTypes[type].Name : "";
}
