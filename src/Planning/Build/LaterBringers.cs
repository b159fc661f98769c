namespace GraphGateway.Planning;

/// <summary>
/// Objects at one position that several steps bring, each those below other objects. Types whose field comes from the same sources in the same way share a position
/// (<see cref="FieldKinds"/>), and yet a source may be asked for it of some of them sooner than of the others. Whoever asks for more of the objects needs its key, and what it
/// requires, from each of those steps, and waits for all of them.
/// </summary>
internal sealed class LaterBringers(PlanAttempt attempt)
{
    /// <summary>False where someone who has entered among the objects has to end before the step: then it cannot bring any besides.</summary>
    public bool MayBring(StepBuilder step, Position position) => !position.OthersBringAny(step)
        || position.Presences.TrueForAll(presence => !IsEntered(presence) || !attempt.BringersFirst.IsAfter(step, presence.Step));

    /// <summary>Has those who have entered already ask for the objects of a further step, too: for what they send of them it is asked as well.</summary>
    public void TakeAlong(Presence bringing)
    {
        var position = bringing.Position;
        foreach (var step in position.Presences.FindAll(IsEntered).ConvertAll(static presence => presence.Step))
        {
            if (!step.TargetTypes.Overlaps(bringing.Types))
            {
                continue;
            }

            step.DependOn(bringing.Step);
            foreach (var key in step.Keys.ToList())
            {
                attempt.Local.Place(bringing, [.. attempt.EntrySteps.DemandsFor(position, key)]);
            }

            foreach (var use in step.Requirements.ToList())
            {
                attempt.Local.Place(bringing, [.. attempt.Requirements.DemandsFor(position, use.Types, use.Requirement, step.Source)]);
            }
        }
    }

    /// <summary>Has each of the steps that bring objects give what it can of the demands; gives what not all of them do.</summary>
    public List<Demand> Place(Position position, List<Demand> demands, SourceSet? allowed)
    {
        var left = new List<Demand>();
        var isAny = false;
        foreach (var presence in position.Presences.ToList())
        {
            if (position.BringsAny(presence.Step) && allowed?.Contains(presence.Source) != false)
            {
                isAny = true;
                left.AddRange(attempt.Local.Place(presence, demands).Except(left).ToList());
            }
        }

        return isAny ? left : demands;
    }

    private static bool IsEntered(Presence presence) => presence.Step.Presence == presence;
}
