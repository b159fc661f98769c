using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// Leaves values out of fetches that nobody sends: they are part of a key, or of what a field requires, the rest of which could not be had then; and those who were to send them
/// may have been left out themselves.
/// </summary>
internal sealed class UnsentValues(PlanAttempt attempt, Templates templates, InputNames names)
{
    private readonly Dictionary<ResultField, List<(StepBuilder Step, TypeSet Types)>> senders = [];

    /// <summary>Leaves out all of them, and the fetches that are left with nothing.</summary>
    /// <param name="needed">The steps of the plan; those that are left out are taken away.</param>
    public void LeaveOut(HashSet<StepBuilder> needed)
    {
        foreach (var step in needed)
        {
            NoteSent(step);
        }

        // Those that send come after those that give.
        foreach (var step in needed.OrderByDescending(static step => step.Depth).ToList())
        {
            LeaveOutTypes(step);
            if (LeaveOut(step.Selection, step) && step.Selection.Entries.Count == 0 && !StepOrder.IsNeededItself(step))
            {
                step.LeaveOut();
                needed.Remove(step);
                foreach (var all in senders.Values)
                {
                    all.RemoveAll(sent => sent.Step == step);
                }
            }
        }
    }

    private void NoteSent(StepBuilder step)
    {
        foreach (var part in LookupParts.Of(step, attempt.Graph))
        {
            foreach (var slot in StepInputs.Of(part, templates, names, attempt.Contexts).All.SelectMany(static input => TemplateText.FieldsOf(input.Value)))
            {
                if (!senders.TryGetValue(slot, out var all))
                {
                    senders.Add(slot, all = []);
                }

                if (all.Count > 0 && all[^1].Step == step)
                {
                    all[^1] = (step, all[^1].Types.Union(part.TargetTypes));
                }
                else
                {
                    all.Add((step, part.TargetTypes));
                }
            }
        }
    }

    // What was asked of all objects, before it was known that each type is asked apart, and is sent for some.
    private void LeaveOutTypes(StepBuilder step)
    {
        if (!LookupParts.IsByKind(step, attempt.Graph))
        {
            return;
        }

        foreach (var entry in step.Selection.Entries.FindAll(static entry => entry.Target.IsHidden))
        {
            var sending = senders.GetValueOrDefault(entry.Target, []).FindAll(sender => sender.Step.Follows(step));
            if (sending.TrueForAll(sender => sender.Step.Position == step.Position))
            {
                var sent = entry.Types.Intersect(sending.Aggregate(default(TypeSet), static (all, sender) => all.Union(sender.Types)));
                entry.Types = sent.IsEmpty ? entry.Types : sent;
            }
        }
    }

    private bool LeaveOut(SelectionBuilder selection, StepBuilder step)
    {
        var isAny = false;
        for (var i = selection.Entries.Count - 1; i >= 0; i--)
        {
            var entry = selection.Entries[i];
            isAny |= entry.Child is { } child && LeaveOut(child.Selection, step);
            if (entry.Target.IsHidden && entry.Child is not { Selection.Entries.Count: > 0 } && !IsSent(entry.Target, step))
            {
                selection.Remove(entry);
                isAny = true;
            }
        }

        return isAny;
    }

    private bool IsSent(ResultField slot, StepBuilder giver)
    {
        foreach (var sender in senders.GetValueOrDefault(slot, []))
        {
            if (sender.Step.Follows(giver))
            {
                return true;
            }
        }

        return false;
    }
}
