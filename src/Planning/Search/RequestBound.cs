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
    private readonly int[] shared = new int[measure.Attempt.Graph.Sources.Length];
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
        Array.Clear(shared);
        foreach (var step in byDepth)
        {
            if (!stays[step.Order])
            {
                continue;
            }

            if (PlanMeasure.IsShared(step))
            {
                shared[step.Called.Ordinal]++;
            }
            else if (!step.Source.IsGateway)
            {
                requests += step.CallCount;
            }
        }

        for (var source = 0; source < shared.Length; source++)
        {
            requests += shared[source] <= 1 ? shared[source] : Math.Max(PointsToMeet(source), LongestChain(source));
        }

        return requests;
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

    private int PointsToMeet(int source)
    {
        spans.Clear();
        foreach (var step in byDepth)
        {
            if (stays[step.Order] && IsShared(step, source))
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
