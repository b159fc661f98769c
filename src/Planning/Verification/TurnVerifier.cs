using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Checks lookups of the same objects by several fields of a source: the later ones are for those objects that the earlier ones leave, each in one order for
/// all objects of a type, and ask for the same. No key is left out that is there, and where the last one has none that is told.
/// </summary>
internal sealed class TurnVerifier(
    PlanIndex index, FetchStep step, ResultShape shape, Fills fills, StepSet ended, TriedKeys tried, List<string> problems)
{
    private readonly QueryPlan plan = index.Plan;
    private readonly SourceFacts facts = index.Of(step.Source);
    private readonly KeyVerifier keys = new(index, step, shape, fills, ended, tried, problems);
    private readonly AvailabilityVerifier availability = new(step.Path, shape, fills, ended, problems);

    /// <summary>Checks which steps it comes after, and that it asks for what these ask for; false where it cannot be followed.</summary>
    public bool CheckPlace()
    {
        if (!step.InsteadOf.SequenceEqual(step.InsteadOf.Distinct().Order()) || step.InsteadOf.Any(id => id < 0 || id >= step.Id || !IsOfSame(plan.Steps[id]))
            || (!step.InsteadOf.IsEmpty && (!step.Decides.IsEmpty || step.Selection.TellsRuntimeType)))
        {
            problems.Add("it is to ask in turn with steps that are no lookups of the same objects");
            return false;
        }

        foreach (var type in step.InsteadOf.IsEmpty ? default : step.TargetTypes.Ordinals())
        {
            var before = Before(step, type);
            if (before.Count == 0 || before.Index().Any(item => !Before(plan.Steps[item.Item], type).SequenceEqual(before.Take(item.Index))))
            {
                problems.Add("the lookups that it asks in turn with are in no order, or leave none of its objects");
            }
        }

        foreach (var earlier in step.InsteadOf.Select(id => plan.Steps[id]))
        {
            CheckBeside(earlier, step.TargetTypes.Intersect(earlier.TargetTypes));
        }

        return true;
    }

    private void CheckBeside(FetchStep earlier, TypeSet types)
    {
        if (ended.Contains(earlier.Id))
        {
            problems.Add($"it waits for step {earlier.Id}, though who is asked by the one is not asked by the other");
        }

        if (!Covers(earlier.Selection, step.Selection, types) || !Covers(step.Selection, earlier.Selection, types))
        {
            problems.Add($"it does not ask for what step {earlier.Id} would ask for");
        }

        foreach (var input in earlier.Inputs.Where(input => input.IsKey))
        {
            availability.Check(input.Value, types);
        }
    }

    /// <summary>Checks the keys of objects of a type, those of the steps before it included.</summary>
    /// <param name="type">The type.</param>
    /// <param name="own">The lookups of the step itself, in turn.</param>
    public void CheckKeys(int type, List<Lookup> own)
    {
        tried.Note(step.Id, type, own);
        var steps = Before(step, type).ConvertAll(id => tried.Of(id, type)).Append(own).Where(lookups => lookups.Count > 0).ToList();
        List<Lookup> inTurn = [.. steps.SelectMany(lookups => lookups)];
        var isLast = !index.Turns.After(step.Id).Any(later => later.TargetTypes.Contains(type));
        keys.Check(type, inTurn, isLast ? Others(type, steps.ConvertAll(lookups => lookups[0]), inTurn) : []);
    }

    /// <inheritdoc cref="KeyVerifier.CheckTypes"/>
    public void CheckTypes(ChoiceTemplate choice) => keys.CheckTypes(choice);

    // The same calls with another value of one argument, and other fields, but for a step that says what the objects are, or whether they are there.
    private IEnumerable<Lookup> Others(int type, List<Lookup> firsts, List<Lookup> inTurn)
    {
        var objectType = plan.Supergraph.FullSchema.ObjectTypes[type];
        var isOne = !step.Decides.IsEmpty || step.Selection.TellsRuntimeType;
        return facts.Lookups(objectType).Where(lookup => lookup.Kind == LookupKind.Field && EnteredBy(lookup) == EnteredBy(firsts[0])
            && (firsts.Exists(known => IsField(known, lookup))
                ? firsts.Exists(known => known.TypeName == lookup.TypeName && IsOtherValue(known, lookup))
                : !isOne && inTurn.TrueForAll(known => tried.MayBeWholeWithout(step.Id, known, lookup, type))));

        string EnteredBy(Lookup lookup) => facts.IsInterfaceObject(lookup.TypeName) ? lookup.TypeName : objectType.Name;
    }

    private static bool IsField(Lookup left, Lookup right) => left.FieldName == right.FieldName && left.Path.SequenceEqual(right.Path);

    private static bool IsOtherValue(Lookup left, Lookup right) => left.ReturnTypeName == right.ReturnTypeName && left.Arguments.Length == right.Arguments.Length
        && right.Arguments.Count(argument => left.Arguments.FirstOrDefault(other => other.Name == argument.Name) is not { } other
            || Printer.Print(other.Map) != Printer.Print(argument.Map) || other.Type.ToString() != argument.Type.ToString()) == 1;

    private bool IsOfSame(FetchStep other) => other.Kind == FetchKind.Lookup && step.Kind == FetchKind.Lookup && other.Source == step.Source
        && other.Path.SequenceEqual(step.Path) && other.TargetTypes.Overlaps(step.TargetTypes);

    private List<int> Before(FetchStep of, int type) => [.. of.InsteadOf.Where(id => id >= 0 && id < of.Id && plan.Steps[id].TargetTypes.Contains(type))];

    // Whatever one reads of objects of these types the other one reads, too.
    private bool Covers(FetchSelectionSet wide, FetchSelectionSet narrow, TypeSet types) =>
        (wide.TellsRuntimeType || !narrow.TellsRuntimeType) && wide.Fields.Where(other => other.AppliesTo.Overlaps(types)).ToLookup(other => other.Target) is var reads
        && narrow.Fields.Where(read => read.AppliesTo.Overlaps(types)).All(read =>
        {
            var same = reads[read.Target].ToList();
            return read.AppliesTo.Intersect(types).IsSubsetOf(same.Aggregate(default(TypeSet), (all, other) => all.Union(other.AppliesTo)))
                && (read.Selection is not { } below || same.TrueForAll(other => other.Selection is { } there && Covers(there, below, Below(read).Intersect(Below(other)))));
        });

    private TypeSet Below(FetchField read) => facts.PossibleTypes(SourceFacts.NamedOf(read.SourceType));
}
