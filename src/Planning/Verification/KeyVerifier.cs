using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Checks the keys that a step tries in turn for objects of a type: each but the last can be absent, or those after it are never sent, and each can be there where those
/// before it are absent; and where all can, no further one is left out that is there.
/// </summary>
internal sealed class KeyVerifier(PlanIndex index, FetchStep step, ResultShape shape, Fills fills, StepSet ended, TriedKeys tried, List<string> problems)
{
    private readonly QueryPlan plan = index.Plan;

    /// <summary>Checks the keys of objects of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="inTurn">The lookups whose keys are tried.</param>
    /// <param name="others">The others that the same call could take.</param>
    public void Check(int type, IReadOnlyList<Lookup> inTurn, IEnumerable<Lookup> others)
    {
        if (inTurn.Count > 1)
        {
            CheckOrder(type, inTurn);
        }

        // Where the objects come without their types, who has which key is not known by then.
        if (tried.CanBeAbsent(step.Id, inTurn[^1].Key, type) && fills.IsTypeKnown(shape, fills.Arrived(shape), StepSet.None)
            && others.FirstOrDefault(lookup => !inTurn.Contains(lookup) && IsThere(lookup, inTurn, type)) is { } missing)
        {
            problems.Add($"where the key is null it could send {string.Join(' ', missing.Key.Selections.Select(Printer.Print))}, which is there");
        }
    }

    private void CheckOrder(int type, IReadOnlyList<Lookup> inTurn)
    {
        if (inTurn.SkipLast(1).Any(lookup => !tried.CanBeAbsent(step.Id, lookup.Key, type)) || inTurn.Distinct().Count() < inTurn.Count)
        {
            problems.Add("a key comes after one that is never null, or after itself");
        }

        if (inTurn.Index().Skip(1).Any(item => !tried.CanBeThere(step.Id, item.Item, inTurn.Take(item.Index), type)))
        {
            problems.Add("a key comes after others without which it is never there");
        }
    }

    /// <summary>Checks that objects whose types nobody has told have all alternatives.</summary>
    public void CheckTypes(ChoiceTemplate choice)
    {
        if (choice.Alternatives.Any(alternative => !step.TargetTypes.IsSubsetOf(alternative.AppliesTo)) && !fills.IsTypeKnown(shape, step.TargetTypes, ended))
        {
            problems.Add("some of its targets have another key, and nobody has told which");
        }
    }

    // Each field of it whole by one step that has ended (or by those that ask in turn with it), which needs nothing for it, and was sent though the others are absent.
    private bool IsThere(Lookup lookup, IReadOnlyList<Lookup> absent, int type)
    {
        var helps = new Lazy<Predicate<int>?>(() => tried.HelpersOf(step.Id, lookup, absent, type));
        return lookup.Key.Selections.All(item => item is FieldNode field && (field.Name.Value == "__typename"
            || GiversOf(field).Any(giver => Gives(giver, shape, field, type) && helps.Value?.Invoke(giver.Id) == true)));
    }

    // Those that have ended of the steps that fill a slot that is for the field, and of who is in turn with them.
    private IEnumerable<FetchStep> GiversOf(FieldNode field) => index.SlotsOf(shape, Meanings.Call(field.Name.Value, field.Arguments)).SelectMany(slot => fills.StepsOf(slot))
        .SelectMany(filling => index.Turns.Of(filling).Prepend(filling)).Where(ended.Contains).Distinct().Select(id => plan.Steps[id]);

    private bool Gives(FetchStep giver, ResultShape at, FieldNode field, int type) =>
        plan.Supergraph.FindField(plan.Supergraph.FullSchema.ObjectTypes[type].Name, field.Name.Value)?.In(giver.Source) is { Requirement: null, ContextArguments.IsEmpty: true }
        && index.SlotsOf(at, Meanings.Call(field.Name.Value, field.Arguments)).Exists(slot => !slot.IsWithheld
            && fills.FilledByTurns(slot, giver.Id).Contains(type)
            && (field.SelectionSet is not { } set || (slot.Shape is { Type: ObjectType } below && set.Selections.All(item => item is FieldNode inner
                && (inner.Name.Value == "__typename" || Gives(giver, below, inner, OrdinalOf(below.Type)))))));

    private int OrdinalOf(CompositeType type) => ((ObjectType)plan.Supergraph.FullSchema.FindType(type.Name)!).Ordinal;
}
