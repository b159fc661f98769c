using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// How few requests can be of the steps of an attempt that stay when others are planned in another way, in a plan that is no deeper.
/// A step that stays keeps what it waits for. So it goes at its depth at the earliest, and early enough at the latest for the longest chain of
/// those that stay and wait for it (<see cref="RequestLevels"/> delays nothing further). Steps of one source share a request only when they go
/// at the same time: there are at least as many requests as it takes points in time to meet each step's span, and as many as such steps wait
/// for each other. What is planned anew can add to that and cannot take away.
/// </summary>
internal sealed class RequestBound
{
    private readonly PlanMeasure measure;
    private readonly List<StepBuilder> kept = [];
    private readonly int[] tails;

    private RequestBound(PlanMeasure measure, bool[] touched)
    {
        this.measure = measure;
        tails = new int[touched.Length];
        var stays = new bool[touched.Length];
        // Those that wait for others first.
        foreach (var step in measure.Needed.OrderByDescending(step => step.Depth))
        {
            var dependents = step.Dependents.FindAll(dependent => stays[dependent.Order]);
            if (!touched[step.Order] && (dependents.Count > 0 || StepOrder.IsNeededItself(step)))
            {
                stays[step.Order] = true;
                tails[step.Order] = dependents.Count == 0 ? 0 : 1 + dependents.Max(dependent => tails[dependent.Order]);
                kept.Add(step);
            }
        }

        kept.Reverse();
    }

    /// <summary>The least number of requests.</summary>
    /// <param name="measure">The attempt.</param>
    /// <param name="touched">By <see cref="StepBuilder.Order"/>: what can be planned in another way.</param>
    public static int Of(PlanMeasure measure, bool[] touched)
    {
        var bound = new RequestBound(measure, touched);
        return bound.kept.Where(step => !PlanMeasure.IsShared(step) && !step.Source.IsGateway).Sum(step => step.CallCount)
            + bound.kept.Where(PlanMeasure.IsShared).GroupBy(step => step.Called.Ordinal).Sum(steps => bound.Of([.. steps]));
    }

    private int Of(List<StepBuilder> steps) => steps.Count == 1 ? 1 : Math.Max(PointsToMeet(steps), LongestChain(steps[0].Called));

    private int PointsToMeet(List<StepBuilder> steps)
    {
        var (points, last) = (0, 0);
        foreach (var (from, to) in steps.Select(step => (step.Depth, measure.Cost.Depth - tails[step.Order])).OrderBy(span => span.Item2))
        {
            if (from > last)
            {
                last = to;
                points++;
            }
        }

        return points;
    }

    private int LongestChain(SourceSchema source)
    {
        var (lengths, longest) = (new int[tails.Length], 0);
        foreach (var step in kept)
        {
            var before = 0;
            foreach (var dependency in step.Dependencies)
            {
                before = Math.Max(before, lengths[dependency.Order]);
            }

            lengths[step.Order] = before + (step.Called == source && PlanMeasure.IsShared(step) ? 1 : 0);
            longest = Math.Max(longest, lengths[step.Order]);
        }

        return longest;
    }
}
