using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>What gateways ask that follow a stage.</summary>
internal static class FollowOperations
{
    private const int MostWait = 60;
    private const string Stage = "/api/graphs/{graph}/stages/{stage}";

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("getLive", "GET", $"{Stage}/live", "Tells which launch is live, at once or as soon as it is another one than is known.", [RegistryRole.Read])
        {
            Query =
            [
                new ApiParameter("after", true, "The launch that is known; left out: none."),
                new ApiParameter("hash", false, "Its hash; left out: any. A stage that is taken away and made anew counts from 1 again."),
                new ApiParameter("wait", true, $"For how many seconds it is waited for another one: 1 to {MostWait}; left out: not at all."),
            ],
            Answer = typeof(LiveLaunch), Nothing = "Nothing is live, or nothing else.", Run = LiveAsync,
        },
    ];

    private static async Task<ApiAnswer> LiveAsync(ApiCall call)
    {
        _ = call.TryNumber("after", null, int.MaxValue, out var after);
        var hash = call.Text("hash");
        bool IsKnown(LiveLaunch live) => live.Launch == after && (hash is null || live.Hash == hash);
        if (!call.TryNumber("wait", null, MostWait, out var wait))
        {
            return ApiProblem.Argument($"\"wait\" is a number of seconds from 1 to {MostWait}.");
        }

        // A stage that somebody has invented is not waited for.
        if (await call.Registry.StageAsync(call.Graph, call.Stage, call.Cancellation) is null)
        {
            return ReadOperations.NoStage(call);
        }

        var (live, isFull) = wait is { } seconds
            ? await call.Services.Live.WaitAsync(call.Graph, call.Stage, IsKnown, TimeSpan.FromSeconds(seconds), call.Cancellation)
            : (await call.Registry.LiveAsync(call.Graph, call.Stage, call.Cancellation), false);
        return isFull ? new ApiProblem(ApiProblemCode.Busy, $"{LiveWatch.MostWaiters} gateways wait already.", "Ask without \"wait\", now and then.")
            : live is null || IsKnown(live) ? ApiAnswer.Nothing
            : ApiAnswer.Of(live);
    }
}
