using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// By which keys steps enter, as the verifier finds them step by step, and which of these an object can be without: where a part of the key is null, and
/// where the steps that give the part were not sent for the object.
/// </summary>
internal sealed class TriedKeys(PlanIndex index, Fills fills, StepSet[] ended)
{
    private readonly QueryPlan plan = index.Plan;
    private readonly Dictionary<(int Step, int Type), List<Lookup>> found = [];
    private readonly Dictionary<(int Step, int Type), bool> sent = [];
    private readonly Dictionary<int, bool> sentOfAll = [];
    private readonly Dictionary<(FieldNode Field, int Type), bool> nullable = [];

    /// <summary>Notes by which lookups a step enters a type, in the order in which their keys are tried.</summary>
    public void Note(int step, int type, List<Lookup> lookups) => found[(step, type)] = lookups;

    /// <summary>Those of an earlier step; none where it has none.</summary>
    public List<Lookup> Of(int step, int type) => found.GetValueOrDefault((step, type), []);

    /// <summary>True when an object of the type can be without the key when the step sends it.</summary>
    public bool CanBeAbsent(int step, SelectionSetNode key, int type) => CanBeAbsent(step, ShapeOf(step), key, type);

    /// <summary>True when a step that gives something of objects at a shape was sent for all of these types in any case.</summary>
    public bool IsSent(int giver, ResultShape at, TypeSet types) => types.Ordinals().ToArray().All(type => IsSent(giver, at, type));

    /// <summary>False where a key has all of another one, which the step sends, that can be absent: then it is absent where that is.</summary>
    public bool MayBeWholeWithout(int step, Lookup other, Lookup lookup, int type) => other.Key.Selections.Any(part =>
        CanBeAbsent(step, Alone(part), type) && lookup.Key.Selections.All(own => Printer.Print(own) != Printer.Print(part)));

    /// <summary>
    /// False where a key is absent with the others: it has all of one, or some part of it comes from those steps alone that were not sent for an object without them.
    /// </summary>
    /// <param name="step">Who sends the keys.</param>
    /// <param name="key">The key.</param>
    /// <param name="others">The keys that were tried before.</param>
    /// <param name="type">The type of the objects.</param>
    public bool CanBeThere(int step, Lookup key, IEnumerable<Lookup> others, int type)
    {
        var helpers = HelpersOf(step, key, others, type);
        return helpers is not null && Parts(key.Key).All(part => GiversOf(step, ShapeOf(step), part, type).Any(giver => helpers(giver.Step)));
    }

    /// <summary>For which steps it can be that they were sent for an object without these keys; null where a key is absent with the others.</summary>
    public Predicate<int>? HelpersOf(int step, Lookup key, IEnumerable<Lookup> others, int type)
    {
        var absent = new AbsentKeys(Without(step, others, type));
        return IsWholeWithout(key, absent, type) ? giver => CanBeSent(giver, ShapeOf(step), absent, type) : null;
    }

    // Keys that an object is without, and which steps can be sent for it all the same, as far as that was asked.
    private sealed record AbsentKeys(List<(int Step, Lookup Lookup)> Keys)
    {
        public Dictionary<int, bool> Sent { get; } = [];
    }

    private bool IsWholeWithout(Lookup key, AbsentKeys without, int type) =>
        without.Keys.TrueForAll(other => MayBeWholeWithout(other.Step, other.Lookup, key, type));

    private static SelectionSetNode Alone(SelectionNode part) => new(0, 0, [part]);

    private static IEnumerable<FieldNode> Parts(SelectionSetNode key) => key.Selections.OfType<FieldNode>().Where(part => part.Name.Value != "__typename");

    private ResultShape ShapeOf(int step) => plan.Steps[step].Path is [.., var last] ? last.Shape! : plan.Root;

    private bool CanBeAbsent(int step, ResultShape at, SelectionSetNode key, int type) => key.Selections.Any(item => item switch
    {
        FieldNode field => field.Name.Value != "__typename" && (CanBeNull(field, type) || !IsSure(step, at, field, type)),
        InlineFragmentNode fragment => Applies(fragment, type) && CanBeAbsent(step, at, fragment.SelectionSet, type),
        _ => false,
    });

    private bool CanBeNull(SelectionSetNode key, int type) => key.Selections.Any(item => item switch
    {
        FieldNode field => field.Name.Value != "__typename" && CanBeNull(field, type),
        InlineFragmentNode fragment => Applies(fragment, type) && CanBeNull(fragment.SelectionSet, type),
        _ => false,
    });

    private bool CanBeNull(FieldNode field, int type)
    {
        if (!nullable.TryGetValue((field, type), out var canBe))
        {
            nullable.Add((field, type), canBe = FindCanBeNull(field, type));
        }

        return canBe;
    }

    private bool FindCanBeNull(FieldNode field, int type)
    {
        var own = plan.Supergraph.FullSchema.ObjectTypes[type].FindField(field.Name.Value)?.Type;
        var text = own?.ToString() ?? "";
        return Enumerable.Range(0, own is null ? 1 : 1 + Strictness.ListsOf(own)).Any(depth => !Strictness.IsNonNull(Strictness.Inside(text, depth)))
            || (field.SelectionSet is { } set && own!.Named is CompositeType below && below.PossibleTypes.Ordinals().Any(inner => CanBeNull(set, inner)));
    }

    private bool Applies(InlineFragmentNode fragment, int type) => fragment.TypeCondition is not { } condition
        || (plan.Supergraph.FullSchema.FindType(condition.Name.Value) is CompositeType types && types.PossibleTypes.Contains(type));

    // Some step that gives it was sent in any case, all the way down.
    private bool IsSure(int step, ResultShape at, FieldNode field, int type) => GiversOf(step, at, field, type).Any(giver => IsSent(giver.Step, at, type)
        && (field.SelectionSet is not { } set || fills.Arrived(giver.Slot.Shape!).Ordinals().ToArray()
            .Where(inner => plan.Supergraph.FullSchema.ObjectTypes[type].FindField(field.Name.Value)?.Type.Named is CompositeType own && own.PossibleTypes.Contains(inner))
            .All(inner => !CanBeAbsent(step, giver.Slot.Shape!, set, inner))));

    private IEnumerable<(int Step, ResultField Slot)> GiversOf(int step, ResultShape at, FieldNode field, int type)
    {
        foreach (var slot in index.SlotsOf(at, Meanings.Call(field.Name.Value, field.Arguments)))
        {
            foreach (var giver in slot.AppliesTo.Contains(type) ? fills.StepsOf(slot, type) : [])
            {
                if (ended[step].Contains(giver))
                {
                    yield return (giver, slot);
                }
            }
        }
    }

    // Who brings all of the objects has what it gives of them, and who brings some of them has it of these; who asks for more of them was sent where it had a key.
    private bool IsSent(int giver, ResultShape at, int type) =>
        plan.Steps[giver].Kind == FetchKind.Root || fills.BringsAll(giver, at, type)
        || (ShapeOf(giver) == at ? IsSent(giver, type) : IsSentOfAll(giver) || fills.Bringers(at, type).All(bringers => bringers.Contains(giver) && bringers.TrueForAll(other => IsSentWith(giver, other))));

    // Whoever else brings the objects has asked for what is above them by the same keys: without those there are none.
    private bool IsSentWith(int giver, int other)
    {
        var (step, beside) = (plan.Steps[giver], plan.Steps[other]);
        return fills.AreOne(giver, other) || (ShapeOf(giver) == ShapeOf(other) && CarriesNothing(step) && beside.TargetTypes.IsSubsetOf(step.TargetTypes)
            && beside.TargetTypes.Ordinals().ToArray().All(type => !KeysOf(other, type).Select(TextOf).Except(KeysOf(giver, type).Select(TextOf)).Any()));
    }

    private static string TextOf((int Step, Lookup Lookup) key) => Printer.Print(key.Lookup.Key);

    // Nothing whose null or whose value keeps an object from being asked for.
    private static bool CarriesNothing(FetchStep step) => step.Inputs.All(input => input.IsKey && (input.Value is ChoiceTemplate choice
        ? choice.Alternatives.All(alternative => IsKeyAlone(alternative.Value)) : IsKeyAlone(input.Value)));

    private static bool IsKeyAlone(ValueTemplate value) => value is not ObjectTemplate all || all.Entries.All(entry => entry.IsKey || entry.Value is TypenameTemplate);

    private bool IsSentOfAll(int giver)
    {
        if (!sentOfAll.TryGetValue(giver, out var isSent))
        {
            sentOfAll.Add(giver, isSent = plan.Steps[giver].TargetTypes.Ordinals().ToArray().All(above => IsSent(giver, above)));
        }

        return isSent;
    }

    private bool IsSent(int giver, int type)
    {
        if (!sent.TryGetValue((giver, type), out var isSent))
        {
            // In a plan that is wrong steps in turn can wait for one another: then it is asked while it is found out.
            sent.Add((giver, type), false);
            sent[(giver, type)] = isSent = KeysOf(giver, type).Any(key => !CanBeAbsent(key.Step, key.Lookup.Key, type));
        }

        return isSent;
    }

    private IEnumerable<(int Step, Lookup Lookup)> KeysOf(int giver, int type)
    {
        foreach (var step in index.Turns.Of(giver).Prepend(giver))
        {
            foreach (var lookup in Of(step, type))
            {
                index.Work.Add();
                yield return (step, lookup);
            }
        }
    }

    // All keys that an object does not have which is without some: where the one part that it can be without is never null, nobody was sent who gives it.
    private List<(int Step, Lookup Lookup)> Without(int step, IEnumerable<Lookup> others, int type)
    {
        List<(int Step, Lookup Lookup)> without = [.. others.Select(lookup => (step, lookup))];
        for (var i = 0; i < without.Count; i++)
        {
            var (sender, lookup) = without[i];
            var parts = lookup.Key.Selections.Where(part => CanBeAbsent(sender, Alone(part), type)).ToList();
            if (parts is [FieldNode only] && !CanBeNull(only, type))
            {
                without.AddRange(GiversOf(sender, ShapeOf(sender), only, type).Where(giver => ShapeOf(giver.Step) == ShapeOf(sender) && !IsSent(giver.Step, ShapeOf(sender), type))
                    .SelectMany(giver => KeysOf(giver.Step, type)).Where(key => !without.Contains(key)).Distinct().ToList());
            }
        }

        return without;
    }

    private bool CanBeSent(int giver, ResultShape at, AbsentKeys without, int type)
    {
        if (!without.Sent.TryGetValue(giver, out var canBe))
        {
            canBe = IsSent(giver, at, type) || ShapeOf(giver) != at || KeysOf(giver, type).Any(key => !without.Keys.Contains(key)
                && IsWholeWithout(key.Lookup, without, type)
                && Parts(key.Lookup.Key).All(part => GiversOf(giver, at, part, type).Any(other => CanBeSent(other.Step, at, without, type))));
            without.Sent.Add(giver, canBe);
        }

        return canBe;
    }
}
