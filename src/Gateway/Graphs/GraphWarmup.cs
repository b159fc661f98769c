using GraphGateway.Operations;

namespace GraphGateway.Gateway;

/// <summary>
/// Makes the operations that clients send ready in a graph before it is served, so that they do not all wait for their plans at once: parsed, validated, and where
/// one plan holds for all requests, planned. Bounded in number and time; what is left is made when it is asked for.
/// </summary>
internal static class GraphWarmup
{
    private const int MostOperations = 1_000;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    /// <summary>How many are ready.</summary>
    /// <param name="before">Has the operations.</param>
    /// <param name="next">Gets them.</param>
    /// <param name="clock">Measures the time.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task<int> RunAsync(ServedGraph before, ServedGraph next, TimeProvider clock, CancellationToken stopping)
    {
        var begun = clock.GetTimestamp();
        var count = 0;
        foreach (var key in before.Cache.Keys.Take(MostOperations))
        {
            if (stopping.IsCancellationRequested || clock.GetElapsedTime(begun) > MostTime)
            {
                break;
            }

            // One that is no longer valid is not kept, and told to the client that sends it.
            var resolution = next.Cache.GetAsync(key.Document, key.OperationName, next.Planner.Resolve, out _);
            if (resolution is { IsCompletedSuccessfully: true, Result.Operation: { } operation })
            {
                await PlanAsync(operation, stopping);
                count++;
            }
        }

        return count;
    }

    // Where conditions, labels or requirements decide, nobody knows yet how.
    private static async Task PlanAsync(PreparedOperation operation, CancellationToken stopping)
    {
        if (!operation.Labels.IsEmpty || !operation.Access.IsFree || !operation.Conditions.Variables.IsEmpty || operation.Conditions.Read(VariableValues.Empty).Values is not { } conditions)
        {
            return;
        }

        try
        {
            await operation.PlanForAsync(conditions, ActiveLabels.None, AccessOutcome.Free, stopping);
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            // A plan that cannot be made is not kept: it is made anew for the client that asks for it, and what goes wrong is told then.
        }
    }
}
