using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// Leaves out of a fetch what an earlier one asks the same source for, of the same objects. A fetch that waits for what it carries gives a field that
/// something else requires; then the search may have that field asked for at once (<see cref="EntrySteps.IsLate(Presence, List{Demand})"/>), and the first need not give it
/// any more: who reads it from there reads it from the earlier one.
/// </summary>
internal sealed class RepeatedFields(PlanAttempt attempt)
{
    private readonly Readings readings = new(attempt);

    // The positions where steps enter that fill a slot which another one fills.
    private readonly HashSet<Position> positions = [];

    /// <summary>Notes that a step which entered at a position fills a slot there, or below, which was filled already.</summary>
    public void Note(Position position) => positions.Add(position);

    /// <summary>Leaves out all of it, when all steps are there.</summary>
    public void LeaveOut()
    {
        foreach (var position in positions)
        {
            if (!HasRivals(position))
            {
                continue;
            }

            var entered = position.Presences.FindAll(static presence => presence.Step.Presence == presence && presence.Step.Keys.Count > 0).ConvertAll(static presence => presence.Step);
            foreach (var calls in entered.GroupBy(static step => (step.Source, step.CallId)).Where(static calls => calls.Skip(1).Any()))
            {
                List<StepBuilder> byDepth = [.. calls.OrderBy(static step => step.Depth).ThenBy(static step => step.Order)];
                LeaveOutWhole(byDepth);
                LeaveOut(byDepth);
            }
        }
    }

    // PERF: mostly another source gives it, too, and there are as many positions as fragments.
    private static bool HasRivals(Position position)
    {
        for (var i = 1; i < position.Presences.Count; i++)
        {
            var step = position.Presences[i].Step;
            for (var j = 0; j < i && step.Position == position; j++)
            {
                var other = position.Presences[j].Step;
                if (other.Position == position && other.Source.Ordinal == step.Source.Ordinal && other.CallId == step.CallId)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // What is asked of some objects, and of all of them by a fetch that is there as soon: who waits for the one waits for the other.
    private void LeaveOutWhole(List<StepBuilder> byDepth)
    {
        for (var i = 0; i < byDepth.Count; i++)
        {
            var spared = byDepth[i];
            if (byDepth.Find(other => other != spared && CanStandFor(other, spared)) is not { } other)
            {
                continue;
            }

            HandOver(other.Selection, spared.Selection, spared);
            spared.LeaveOut(other);
            byDepth.RemoveAt(i--);
        }
    }

    private bool CanStandFor(StepBuilder other, StepBuilder spared) => other.Depth <= spared.Depth
        && !spared.TellsRuntimeType && spared.Decides.IsEmpty && (other.AloneWith?.Nulls is not { } nulls || nulls == spared.AloneWith?.Nulls)
        && spared.TargetTypes.IsSubsetOf(SharedTypes(other, spared)) && IsAllGiven(other.Selection, spared.Selection, types: null, handsOver: spared)
        && !spared.Dependents.Exists(reader => reader == other || attempt.BringersFirst.IsAfter(other, reader));

    // A null in what one carries that is for some fields alone skips objects of which the others get something: who does not wait for that is no rival.
    private void LeaveOut(List<StepBuilder> byDepth)
    {
        foreach (var (index, late) in byDepth.Index())
        {
            for (var i = 0; i < byDepth.Count; i++)
            {
                var early = byDepth[i];
                if (early.AloneWith is null && (i < index || (i > index && IsAsSoon(early, late)))
                    && SharedTypes(early, late) is { IsEmpty: false } types && !IsAllGiven(early.Selection, late.Selection, types))
                {
                    LeaveOut(early, late, types);
                }
            }
        }
    }

    // Who asks something of some objects alone leaves to others what is asked of all of them as soon.
    private bool IsAsSoon(StepBuilder early, StepBuilder late) =>
        (late.AloneWith is not null || !early.TargetTypes.IsSubsetOf(late.TargetTypes)) && early.Depth <= late.Depth
        && !late.Dependents.Exists(reader => reader == early || attempt.BringersFirst.IsAfter(early, reader));

    // The types that both enter by the same key. Objects of types that nobody has told yet are asked for all alike.
    private TypeSet SharedTypes(StepBuilder early, StepBuilder late)
    {
        var shared = default(TypeSet);
        foreach (var key in late.Keys)
        {
            foreach (var known in early.Keys)
            {
                if (key.Types.Overlaps(known.Types) && known.Lookup.TypeName == key.Lookup.TypeName && attempt.Graph.KeyOf(known.Lookup) == attempt.Graph.KeyOf(key.Lookup))
                {
                    shared = shared.Union(key.Types.Intersect(known.Types));
                }
            }
        }

        return late.TargetTypes.IsSubsetOf(shared) || late.Position.InseparableTypes is null || (late.Position.TypeTeller is { } teller && late.Follows(teller)) ? shared : default;
    }

    private void LeaveOut(StepBuilder early, StepBuilder late, TypeSet types)
    {
        var leftOut = new HashSet<ResultField>();
        LeaveOut(early.Selection, late, late.Selection, types, leftOut);
        if (leftOut.Count == 0)
        {
            return;
        }

        foreach (var reader in late.Dependents.ToList())
        {
            if (!readings.Reads(reader, leftOut))
            {
                continue;
            }

            reader.DependOn(early);
            if (!readings.Needs(reader, late))
            {
                reader.Release(late);
            }
        }

        LeaveOutRequirements(late);
        LeaveOutTypes(late, types);
    }

    // What a field requires that is left out is not sent for others.
    private static void LeaveOutRequirements(StepBuilder late)
    {
        var carried = late.Requirements.ToList();
        late.Requirements.Clear();
        foreach (var use in carried)
        {
            var asked = late.Selection.Entries.Where(entry => entry.Field.Needs == use.Requirement).Aggregate(default(TypeSet), static (all, entry) => all.Union(entry.Types));
            if (use.Types.Overlaps(asked))
            {
                late.Requirements.Add(use with { Types = use.Types.Intersect(asked) });
            }
        }
    }

    private void LeaveOut(SelectionBuilder early, StepBuilder step, SelectionBuilder late, TypeSet? types, HashSet<ResultField> leftOut)
    {
        foreach (var entry in late.Entries.ToList())
        {
            if (Same(early, entry) is not { } given)
            {
                continue;
            }

            var common = entry.Types.Intersect(given.Types).Intersect(types ?? entry.Types);
            if (common != entry.Types)
            {
                // Of objects below it is left out for all or for none.
                if (!common.IsEmpty && entry.Child is null)
                {
                    entry.Types = entry.Types.Except(common);
                    leftOut.Add(entry.Target);
                }

                continue;
            }

            if (entry.Child is { } child)
            {
                LeaveOut(given.Child!.Selection, step, child.Selection, types: null, leftOut);
            }

            if (IsGiven(given, entry, step))
            {
                late.Remove(entry);
                attempt.Handover.Take(given, entry, step);
                leftOut.Add(entry.Target);
            }
        }
    }

    // Of whom nothing is asked any more is not entered.
    private static void LeaveOutTypes(StepBuilder late, TypeSet types)
    {
        var unasked = late.TargetTypes.Intersect(types);
        foreach (var entry in late.Selection.Entries)
        {
            unasked = unasked.Except(entry.Types);
        }

        if (unasked.IsEmpty || late.AloneWith is not null || late.TellsRuntimeType || !late.Decides.IsEmpty || late.Position.InseparableTypes is not null)
        {
            return;
        }

        var asked = late.TargetTypes.Except(unasked);
        late.Narrow(asked);
        var (keys, requirements) = (EntrySteps.Narrow([.. late.Keys], asked), late.Requirements.ToList());
        late.Keys.Clear();
        late.Keys.AddRange(keys);
        late.Requirements.Clear();
        late.Requirements.AddRange(requirements.Where(use => use.Types.Overlaps(asked)).Select(use => use with { Types = use.Types.Intersect(asked) }));
        late.Presence!.Types = late.TargetTypes;
    }

    private bool IsAllGiven(SelectionBuilder early, SelectionBuilder late, TypeSet? types, StepBuilder? handsOver = null) => late.Entries.TrueForAll(entry =>
        Same(early, entry) is { } given && entry.Types.IsSubsetOf(given.Types) && (types is null || entry.Types.IsSubsetOf(types.Value))
        && (!entry.IsFirst || (handsOver is not null && attempt.Handover.CanBring(given.Child!, handsOver)))
        && (entry.Child is not { } child || IsAllGiven(given.Child!.Selection, child.Selection, types: null, handsOver)));

    // Nothing is left of it. Who brought the objects below goes on doing it, unless the other one can.
    private bool IsGiven(SelectionEntry given, SelectionEntry entry, StepBuilder step) => entry.Child is not { } child
        || (child.Selection.Entries.Count == 0 && given.Child!.Selection.Entries.Count > 0 && (!entry.IsFirst || attempt.Handover.CanBring(given.Child, step)));

    private void HandOver(SelectionBuilder early, SelectionBuilder late, StepBuilder step)
    {
        foreach (var entry in late.Entries)
        {
            if (entry.Child is { } child && Same(early, entry) is { } given)
            {
                HandOver(given.Child!.Selection, child.Selection, step);
                attempt.Handover.Take(given, entry, step);
            }
        }
    }

    private static SelectionEntry? Same(SelectionBuilder early, SelectionEntry entry) => early.Entries.Find(other => other.Target == entry.Target
        && other.Field.Result == entry.Field.Result && other.Field.Needs == entry.Field.Needs && entry.Types.Overlaps(other.Types)
        && Equals(other.View, entry.View) && other.Child is null == entry.Child is null);
}
