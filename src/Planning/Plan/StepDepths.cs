using System.Collections.Immutable;

namespace GraphGateway.Planning;

/// <summary>How many requests follow each other until a step has ended; what the gateway answers at once takes no time.</summary>
internal static class StepDepths
{
    /// <summary>By step.</summary>
    public static int[] Of(ImmutableArray<FetchStep> steps)
    {
        var depths = new int[steps.Length];
        foreach (var step in steps)
        {
            var before = 0;
            foreach (var dependency in step.DependsOn)
            {
                before = Math.Max(before, depths[dependency]);
            }

            depths[step.Id] = step is { Source.IsGateway: true, DependsOn.IsEmpty: true } ? 0 : 1 + before;
        }

        return depths;
    }
}
