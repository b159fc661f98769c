namespace GraphGateway.Planning;

/// <summary>
/// How few requests can be of the steps of an attempt that stay when others are planned in another way, in a plan that is no deeper.
/// A step that stays keeps what it waits for. So it goes at its depth at the earliest, and early enough at the latest for the longest chain of
/// those that stay and wait for it (<see cref="RequestLevels"/> delays nothing further). Steps of one source share a request only when they go
/// at the same time: there are at least as many requests as it takes points in time to meet each step's span, and as many as such steps wait
/// for each other. What is planned anew can add to that and cannot take away.
/// </summary>
/// <param name="measure">The attempt.</param>
/// <param name="byDepth">The steps that are needed, each after what it depends on.</param>
internal sealed class RequestBound(PlanMeasure measure, StepBuilder[] byDepth)
{
    // PERF: asked for each decision, so that all that it works with is made once. By StepBuilder.Order, and by the source that is called.
    private readonly bool?[] areNeeded = new bool?[measure.Attempt.Steps.Count];
    private readonly bool[] stays = new bool[measure.Attempt.Steps.Count];
    private readonly int[] tails = new int[measure.Attempt.Steps.Count];
    private readonly int[] lengths = new int[measure.Attempt.Steps.Count];
    private readonly List<StepBuilder>?[] shared = SharedBySource(measure, byDepth);
    private readonly List<(int From, int To)> spans = [];

    /// <summary>The least number of requests.</summary>
    /// <param name="touched">By <see cref="StepBuilder.Order"/>: what can be planned in another way.</param>
    public int Of(bool[] touched)
    {
        // Those that wait for others first.
        for (var i = byDepth.Length - 1; i >= 0; i--)
        {
            Settle(byDepth[i], touched);
        }

        var requests = 0;
        foreach (var step in byDepth)
        {
            requests += stays[step.Order] && !PlanMeasure.IsShared(step) && !step.Source.IsGateway ? step.CallCount : 0;
        }

        for (var source = 0; source < shared.Length; source++)
        {
            requests += shared[source] is { } steps ? RequestsOf(steps, source) : 0;
        }

        return requests;
    }

    private static List<StepBuilder>?[] SharedBySource(PlanMeasure measure, StepBuilder[] byDepth)
    {
        var shared = new List<StepBuilder>?[measure.Attempt.Graph.Sources.Length];
        foreach (var step in byDepth)
        {
            if (PlanMeasure.IsShared(step))
            {
                (shared[step.Called.Ordinal] ??= []).Add(step);
            }
        }

        return shared;
    }

    // PERF: where the steps of a source that stay go at few depths there is no longer chain of them to be looked for among all steps.
    private int RequestsOf(List<StepBuilder> steps, int source)
    {
        var (count, depths, last) = (0, 0, 0);
        foreach (var step in steps)
        {
            if (stays[step.Order])
            {
                count++;
                depths += step.Depth > last ? 1 : 0;
                last = step.Depth;
            }
        }

        if (count <= 1)
        {
            return count;
        }

        var points = PointsToMeet(steps);
        return depths <= points ? points : Math.Max(points, LongestChain(source));
    }

    private void Settle(StepBuilder step, bool[] touched)
    {
        var tail = 0;
        foreach (var dependent in step.Dependents)
        {
            tail = stays[dependent.Order] ? Math.Max(tail, 1 + tails[dependent.Order]) : tail;
        }

        tails[step.Order] = tail;
        stays[step.Order] = !touched[step.Order] && (tail > 0 || (areNeeded[step.Order] ??= StepOrder.IsNeededItself(step)));
    }

    private static bool IsShared(StepBuilder step, int source) => step.Called.Ordinal == source && PlanMeasure.IsShared(step);

    private int PointsToMeet(List<StepBuilder> steps)
    {
        spans.Clear();
        foreach (var step in steps)
        {
            if (stays[step.Order])
            {
                spans.Add((step.Depth, measure.Cost.Depth - tails[step.Order]));
            }
        }

        spans.Sort(static (a, b) => a.To.CompareTo(b.To));
        var (points, last) = (0, 0);
        foreach (var (from, to) in spans)
        {
            if (from > last)
            {
                last = to;
                points++;
            }
        }

        return points;
    }

    private int LongestChain(int source)
    {
        var longest = 0;
        Array.Clear(lengths);
        foreach (var step in byDepth)
        {
            if (!stays[step.Order])
            {
                continue;
            }

            var before = 0;
            foreach (var dependency in step.Dependencies)
            {
                before = Math.Max(before, lengths[dependency.Order]);
            }

            lengths[step.Order] = before + (IsShared(step, source) ? 1 : 0);
            longest = Math.Max(longest, lengths[step.Order]);
        }

        return longest;
    }
}
