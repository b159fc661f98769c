using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// Leaves out of fetches the objects of which they ask nothing, where another fetch brings them in any case. A source that gives a field is asked for it before it is known what
/// comes from it below, and in the end all of that may come from others. What is left then is that the objects are there, which the others tell, too.
/// </summary>
internal sealed class EmptyObjects(PlanAttempt attempt)
{
    private readonly KeyCertainty certainty = new(attempt);

    /// <summary>Leaves out all of them, and the fetches that are left with nothing; true when there were such.</summary>
    /// <param name="needed">The steps of the plan; those that are left out are taken away.</param>
    public bool LeaveOut(HashSet<StepBuilder> needed)
    {
        var before = needed.Count;
        foreach (var step in attempt.Steps)
        {
            if (needed.Contains(step) && LeaveOut(step.Presence!, needed) && step.Selection.Entries.Count == 0 && !StepOrder.IsNeededItself(step))
            {
                step.LeaveOut();
                needed.Remove(step);
            }
        }

        return needed.Count < before;
    }

    private bool LeaveOut(Presence presence, HashSet<StepBuilder> needed)
    {
        var isAny = false;
        var entries = presence.Selection.Entries;
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (entries[i] is not { Child: { } child } entry)
            {
                continue;
            }

            isAny |= LeaveOut(child, needed);
            if (child.Selection.Entries.Count == 0 && !entry.Target.IsHidden && OtherOf(presence, entry, needed) is { } other)
            {
                presence.Selection.Remove(entry);
                attempt.Handover.Bring(other, presence.Step, entry.Types);
                isAny = true;
            }
        }

        return isAny;
    }

    // Who brings all of the objects wherever the step is sent.
    private Presence? OtherOf(Presence presence, SelectionEntry entry, HashSet<StepBuilder> needed)
    {
        // Before their types are told all objects are asked, also those that do not have the slot (SlotParts).
        var types = entry.Types.Intersect(entry.Target.AppliesTo);
        foreach (var other in presence.Position.Presences)
        {
            if (other.Step != presence.Step && needed.Contains(other.Step) && Same(other, entry, types) is { } child
                && types.Ordinals().All(type => certainty.IsCertain(other, presence.Position, type)) && attempt.Handover.CanBring(child, presence.Step))
            {
                return child;
            }
        }

        return null;
    }

    // Who does not tell what the objects are has somebody else asked: that one waits for either of two who do not.
    private static Presence? Same(Presence other, SelectionEntry entry, TypeSet types) => other.Selection.Entries.Find(same => same.Target == entry.Target && types.IsSubsetOf(same.Types)
        && same.Child is { } child && child.IsTypeUnknown == entry.Child!.IsTypeUnknown && entry.Child.Types == child.Types)?.Child;
}
