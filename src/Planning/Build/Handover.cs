using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// Objects that one step brought and another one of the plan brings in any case: the other one goes on doing it, and the first need not ask for them any more. Who waited for the
/// first on account of the objects waits for the other, and who knows others there stands after that one.
/// </summary>
internal sealed class Handover(PlanAttempt attempt)
{
    /// <summary>True where nobody for whom the other one waits waits for the objects on account of the step, and it can stand before all that know others there.</summary>
    /// <param name="bringer">The other one, at the objects.</param>
    /// <param name="step">Who brought them.</param>
    public bool CanBring(Presence bringer, StepBuilder step)
    {
        var position = bringer.Position;
        return step.Dependents.TrueForAll(waiting => !waiting.Position.IsAtOrBelow(position) || waiting.Follows(bringer.Step) || !attempt.BringersFirst.IsAfter(bringer.Step, waiting))
            && position.Presences.TrueForAll(adding => adding.Step == step || adding.Step == bringer.Step || bringer.Types.IsSubsetOf(adding.Types)
                || !attempt.BringersFirst.IsAfter(bringer.Step, adding.Step));
    }

    /// <summary>Has a field of another step bring what one brought that is left out, if it brought any.</summary>
    public void Take(SelectionEntry other, SelectionEntry leftOut, StepBuilder step)
    {
        if (leftOut.IsFirst)
        {
            other.IsFirst = true;
            Bring(other.Child!, step, leftOut.Types);
        }
    }

    /// <summary>Has the other one bring the objects of a field that the step leaves out.</summary>
    public void Bring(Presence bringer, StepBuilder step, TypeSet above)
    {
        var position = bringer.Position;
        foreach (var waiting in step.Dependents.ToList())
        {
            if (waiting.Position.IsAtOrBelow(position))
            {
                waiting.DependOn(bringer.Step);
            }
        }

        foreach (var adding in position.Presences)
        {
            if (adding.Step != step && adding.Step != bringer.Step && !bringer.Types.IsSubsetOf(adding.Types))
            {
                attempt.BringersFirst.Put(bringer.Step, adding.Step);
            }
        }

        position.HandOver(step, bringer.Step, above);
    }
}
