using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Tells which decisions of a complete attempt can lead to a better one, so that the search builds no other. What a decision touches are the
/// steps that fetch what it is about, and all that wait for these. Another option can make the plan
/// <list type="bullet">
/// <item>less deep only when every step at its deepest is touched,</item>
/// <item>of fewer requests only when the steps that are not touched can do with fewer (<see cref="RequestBound"/>).</item>
/// </list>
/// ProspectsTests builds what is ruled out.
/// </summary>
internal sealed class Prospects(PlanMeasure measure)
{
    private StepBuilder[]? byDepth;
    private bool[]? touched;
    private RequestBound? bound;

    /// <summary>True when the second option in all decisions of these kinds may be better. Each kind must have one.</summary>
    public bool CanGain(ChoiceKinds kinds)
    {
        var (all, isOpen) = (ChoiceKinds.None, false);
        foreach (var decision in measure.Attempt.Choices.Decisions)
        {
            if ((decision.Kind & kinds) != 0)
            {
                all |= decision.Kind;
                isOpen |= IsOpen(decision);
            }
        }

        return all == kinds && !IsUnbeatable && (isOpen || CanGain(measure.Attempt.Choices.Decisions.FindAll(decision => (decision.Kind & kinds) != 0)));
    }

    /// <summary>True when another option in the decision may be better.</summary>
    /// <param name="decision">The decision.</param>
    public bool CanGain(Decision decision) => !IsUnbeatable && (IsOpen(decision) || CanGain((List<Decision>)[decision]));

    /// <summary>True when the second option in all decisions of these kinds may make the plan less deep. There need not be one.</summary>
    public bool CanBeShallower(ChoiceKinds kinds) =>
        measure.Cost is { Unservable: 0, Depth: > 1 } && AreDeepestTouched(measure.Attempt.Choices.Decisions.FindAll(decision => (decision.Kind & kinds) != 0));

    private bool IsUnbeatable => measure.Cost is { Unservable: 0, Requests: <= 1 };

    // Where something is missing any plan may be better. Who shares a field decides how many fields are asked, too.
    private bool IsOpen(Decision decision) => measure.Cost.Unservable > 0 || decision.Taken > 0 || decision.Kind == ChoiceKinds.Share;

    private bool CanGain(List<Decision> decisions) =>
        (AreDeepestTouched(decisions) && measure.Cost.Depth > 1) || (bound ??= new RequestBound(measure, byDepth!)).Of(touched!) < measure.Cost.Requests;

    private bool AreDeepestTouched(List<Decision> decisions)
    {
        byDepth ??= ByDepth();
        touched ??= new bool[measure.Attempt.Steps.Count];
        var areTouched = true;
        foreach (var step in byDepth)
        {
            touched[step.Order] = IsTouched(step, decisions, touched);
            areTouched &= step.Depth < measure.Cost.Depth || touched[step.Order];
        }

        return areTouched;
    }

    // A step is deeper than what it depends on.
    private StepBuilder[] ByDepth()
    {
        var steps = measure.Needed.ToArray();
        Array.Sort(steps, static (a, b) => a.Depth.CompareTo(b.Depth));
        return steps;
    }

    private static bool IsTouched(StepBuilder step, List<Decision> decisions, bool[] touched)
    {
        foreach (var decision in decisions)
        {
            if (Touches(decision, step) || (decision.Subject.Late is { } late && step.Dependencies.Contains(late)))
            {
                return true;
            }
        }

        foreach (var dependency in step.Dependencies)
        {
            if (touched[dependency.Order])
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAmongOthers(Decision decision, SourceSchema source)
    {
        foreach (var some in decision.Subject.Sources)
        {
            if (some.Contains(source))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Touches(Decision decision, StepBuilder step)
    {
        var (position, fields, _, _) = decision.Subject;
        if (position is null)
        {
            return false;
        }

        if (step.Position == position)
        {
            return decision.Kind == ChoiceKinds.Source && (!position.IsRoot || IsAmongOthers(decision, step.Source));
        }

        var depth = position.Path.Length;
        return step.Position.Path.Length > depth && fields.Contains(step.Position.Path[depth])
            && step.Position.Path.AsSpan()[..depth].SequenceEqual(position.Path.AsSpan());
    }
}
