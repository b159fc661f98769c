using System.Collections.Immutable;

namespace GraphGateway.Planning;

/// <summary>
/// Leaves out of a fetch what an earlier one asks the same source for, of the same objects. A fetch that waits for what it carries gives a field that
/// something else requires; then the search may have that field asked for at once (<see cref="EntrySteps.IsLate(Presence, List{Demand})"/>), and the first need not give it
/// any more: who reads it from there reads it from the earlier one.
/// </summary>
internal sealed class RepeatedFields(PlanAttempt attempt)
{
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
                LeaveOut([.. calls.OrderBy(static step => step.Depth).ThenBy(static step => step.Order)]);
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

    // A null in what one carries that is for some fields alone skips objects of which the others get something: who does not wait for that is no rival.
    private void LeaveOut(List<StepBuilder> byDepth)
    {
        foreach (var (index, late) in byDepth.Index())
        {
            for (var i = 0; i < index; i++)
            {
                if (byDepth[i].AloneWith is null && IsEnteredBy(byDepth[i], late) && !IsAllGiven(byDepth[i].Selection, late.Selection))
                {
                    LeaveOut(byDepth[i], late);
                }
            }
        }
    }

    private bool IsEnteredBy(StepBuilder early, StepBuilder late) => late.Keys.TrueForAll(key => early.Keys.Exists(known =>
        key.Types.IsSubsetOf(known.Types) && known.Lookup.TypeName == key.Lookup.TypeName && attempt.Graph.KeyOf(known.Lookup) == attempt.Graph.KeyOf(key.Lookup)));

    private void LeaveOut(StepBuilder early, StepBuilder late)
    {
        var leftOut = new HashSet<ResultField>();
        LeaveOut(early.Selection, late.Selection, leftOut);
        foreach (var reader in leftOut.Count == 0 ? [] : late.Dependents.ToList())
        {
            if (Reads(reader, leftOut))
            {
                reader.DependOn(early);
            }
        }
    }

    private static void LeaveOut(SelectionBuilder early, SelectionBuilder late, HashSet<ResultField> leftOut)
    {
        foreach (var entry in late.Entries.ToList())
        {
            if (Same(early, entry) is not { } given)
            {
                continue;
            }

            if (entry.Child is { } child)
            {
                LeaveOut(given.Child!.Selection, child.Selection, leftOut);
            }

            if (IsGiven(given, entry))
            {
                late.Remove(entry);
                leftOut.Add(entry.Target);
            }
        }
    }

    private static bool IsAllGiven(SelectionBuilder early, SelectionBuilder late) => late.Entries.TrueForAll(entry => Same(early, entry) is { } given
        && !entry.IsFirst && (entry.Child is not { } child || IsAllGiven(given.Child!.Selection, child.Selection)));

    // Nothing is left of it. Who brought the objects below goes on doing it.
    private static bool IsGiven(SelectionEntry given, SelectionEntry entry) =>
        entry.Child is not { } child || (!entry.IsFirst && child.Selection.Entries.Count == 0 && given.Child!.Selection.Entries.Count > 0);

    private static SelectionEntry? Same(SelectionBuilder early, SelectionEntry entry) => early.Entries.Find(other => other.Target == entry.Target
        && other.Field.Result == entry.Field.Result && other.Field.Needs == entry.Field.Needs && entry.Types.IsSubsetOf(other.Types)
        && Equals(other.View, entry.View) && other.Child is null == entry.Child is null);

    private bool Reads(StepBuilder reader, HashSet<ResultField> fields) =>
        reader.Keys.Exists(key => AreAmong(attempt.EntrySteps.DemandsFor(reader.Position, key), fields))
        || reader.Requirements.Exists(use => !use.Requirement.Contexts.IsEmpty
            || AreAmong(attempt.Requirements.DemandsFor(reader.Position, use.Types, use.Requirement, reader.Source), fields));

    private static bool AreAmong(ImmutableArray<Demand> demands, HashSet<ResultField> fields) =>
        !demands.IsDefault && demands.Any(demand => fields.Contains(demand.Field) || AreAmong(demand.Children, fields));
}
