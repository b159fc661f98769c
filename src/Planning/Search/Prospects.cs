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
    /// <summary>True when the second option in all decisions of these kinds may be better. Each kind must have one.</summary>
    public bool CanGain(ChoiceKinds kinds)
    {
        var decisions = measure.Attempt.Choices.Decisions.Where(decision => (decision.Kind & kinds) != 0).ToList();
        return decisions.Aggregate(ChoiceKinds.None, (all, decision) => all | decision.Kind) == kinds && !IsUnbeatable
            && (decisions.Exists(IsOpen) || CanGain(decisions));
    }

    /// <summary>True when another option in the decision may be better.</summary>
    /// <param name="decision">The decision.</param>
    public bool CanGain(Decision decision) => !IsUnbeatable && (IsOpen(decision) || CanGain([decision]));

    private bool IsUnbeatable => measure.Cost is { Unservable: 0, Requests: <= 1 };

    // Where something is missing any plan may be better. Who shares a field decides how many fields are asked, too.
    private bool IsOpen(Decision decision) => measure.Cost.Unservable > 0 || decision.Taken > 0 || decision.Kind == ChoiceKinds.Share;

    private bool CanGain(List<Decision> decisions)
    {
        var touched = Touched(decisions);
        return (measure.Cost.Depth > 1 && measure.Needed.All(step => step.Depth < measure.Cost.Depth || touched[step.Order]))
            || RequestBound.Of(measure, touched) < measure.Cost.Requests;
    }

    private bool[] Touched(List<Decision> decisions)
    {
        var touched = new bool[measure.Attempt.Steps.Count];
        foreach (var step in measure.Needed.OrderBy(step => step.Depth))
        {
            touched[step.Order] = decisions.Exists(decision => Touches(decision, step))
                || step.Dependencies.Any(dependency => touched[dependency.Order] || decisions.Exists(decision => decision.Subject.Late == dependency));
        }

        return touched;
    }

    private static SourceSet AllOthers(Decision decision) => decision.Subject.Sources.Aggregate(default(SourceSet), (all, some) => all.Union(some));

    private static bool Touches(Decision decision, StepBuilder step)
    {
        var (position, fields, _, _) = decision.Subject;
        if (position is null)
        {
            return false;
        }

        if (step.Position == position)
        {
            return decision.Kind == ChoiceKinds.Source && (!position.IsRoot || AllOthers(decision).Contains(step.Source));
        }

        var depth = position.Path.Length;
        return step.Position.Path.Length > depth && fields.Contains(step.Position.Path[depth])
            && step.Position.Path.AsSpan()[..depth].SequenceEqual(position.Path.AsSpan());
    }
}
