using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>What tells what the registry has.</summary>
internal static class ReadOperations
{
    private const int UsualFirst = 20;
    private const int MostFirst = RemoteRegistry.MostFirst;
    private const string Stage = "/api/graphs/{graph}/stages/{stage}";

    // Who decides what becomes live in a stage sees what there is to decide about.
    private static readonly ImmutableArray<RegistryRole> Deciders = [RegistryRole.Read, RegistryRole.Promote];

    private static readonly ApiParameter First = new("first", true, $"How many, the newest first: 1 to {MostFirst}, {UsualFirst} where it is left out.");

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("listStages", "GET", "/api/stages", "Lists the stages that the key may read or promote to, with what is live in them.", Deciders)
        {
            Query = [new ApiParameter("graph", false, "Only of this graph.")], Answer = typeof(ImmutableArray<StageAnswer>), Run = StagesAsync,
        },
        new("getStage", "GET", Stage, "Tells which launch is live, and which is the last.", Deciders) { Answer = typeof(StageAnswer), Run = StageAsync },
        new("listLaunches", "GET", $"{Stage}/launches", "Lists the launches of a stage, the newest first.", Deciders)
        {
            Query = [First], Answer = typeof(ImmutableArray<Launch>), IsLarge = true, Run = LaunchesAsync,
        },
        new("getLaunch", "GET", $"{Stage}/launches/{{launch}}", "Tells a launch with its sources, and what composition said.", Deciders)
        {
            Answer = typeof(LaunchAnswer), Run = LaunchAsync,
        },
        new("getSupergraph", "GET", $"{Stage}/launches/{{launch}}/supergraph", "Gives the supergraph of a launch.", Deciders) { IsLarge = true, Run = SupergraphAsync },
        new("getSource", "GET", $"{Stage}/launches/{{launch}}/sources/{{source}}", "Gives a source of a launch with its texts.", Deciders)
        {
            Answer = typeof(SourceAnswer), IsLarge = true, Run = SourceAsync,
        },
        new("listVersions", "GET", "/api/graphs/{graph}/sources/{source}/versions", "Lists the versions of a source over all stages, the newest first.", [RegistryRole.Read])
        {
            Query = [First], Answer = typeof(ImmutableArray<SourceVersion>), IsLarge = true, Run = VersionsAsync,
        },
        new("diff", "GET", $"{Stage}/diff", "Tells what changed for clients from one launch to another one.", Deciders)
        {
            Query =
            [
                new ApiParameter("from", true, "The older launch; left out: the one on which the other was made."),
                new ApiParameter("to", true, "The newer launch; left out: the one that is live."),
            ],
            Answer = typeof(ChangesAnswer), IsHeavy = true, Run = DiffAsync,
        },
        new("check", "POST", $"{Stage}/check", "Tells what publishing would come to: composition, and what breaks for clients. Nothing is stored.", [RegistryRole.Read, RegistryRole.Publish])
        {
            IsQuestion = true, Body = typeof(CheckBody), Answer = typeof(ChangesAnswer), IsHeavy = true, Run = CheckAsync,
        },
        new("preview", "POST", $"{Stage}/preview", "Tells what a change would make live. Nothing is stored.", Deciders)
        {
            IsQuestion = true, Body = typeof(PreviewBody), Answer = typeof(PreviewAnswer), IsHeavy = true, Run = PreviewAsync,
        },
    ];

    private static async Task<ApiAnswer> StagesAsync(ApiCall call)
    {
        var stages = await call.Registry.ListStagesAsync(call.Text("graph"), call.Cancellation);
        return ApiAnswer.Of(stages.Where(stage => Deciders.Any(role => call.Caller.May(role, stage.Stage.Graph, stage.Stage.Stage, null))).ToImmutableArray());
    }

    private static async Task<ApiAnswer> StageAsync(ApiCall call) => await call.Registry.StageAsync(call.Graph, call.Stage, call.Cancellation) is { } stage
        ? ApiAnswer.Of(await WithLaunchAsync(call, stage))
        : NoStage(call);

    private static async Task<ApiAnswer> LaunchesAsync(ApiCall call)
    {
        if (!call.TryNumber(First.Name, UsualFirst, MostFirst, out var first))
        {
            return ApiProblem.Argument($"\"first\" is a number from 1 to {MostFirst}.");
        }

        var launches = await call.Registry.LaunchesAsync(call.Graph, call.Stage, first!.Value, call.Cancellation);
        return launches.IsEmpty ? NoStage(call) : ApiAnswer.Of(launches);
    }

    private static async Task<ApiAnswer> LaunchAsync(ApiCall call) =>
        !call.TryRouteNumber("launch", out var number) ? ApiProblem.Argument("A launch is named by its number, such as 12.")
        : await call.Registry.DescribeLaunchAsync(call.Graph, call.Stage, number, call.Cancellation) is { } launch ? ApiAnswer.Of(launch)
        : NoLaunch(number);

    private static ApiProblem NoLaunch(int number) => ApiProblem.NotFound($"There is no launch #{number} in this stage.");

    private static async Task<ApiAnswer> SupergraphAsync(ApiCall call)
    {
        if (!call.TryRouteNumber("launch", out var number))
        {
            return ApiProblem.Argument("A launch is named by its number, such as 12.");
        }

        if (await call.Registry.FindLaunchAsync(call.Graph, call.Stage, number, call.Cancellation) is not { } launch)
        {
            return NoLaunch(number);
        }

        // What there is no room for is not read: however many wait, nothing of it is in memory.
        if (launch.Hash is not { } hash || await call.Registry.SupergraphLengthAsync(call.Graph, call.Stage, number, call.Cancellation) is not { } length)
        {
            return ApiProblem.NotFound(launch.WithoutSupergraph);
        }

        if (!call.Services.Sent.IsThere(hash) && !call.Services.Answers.HasRoomFor(call.Caller.KeyId, length))
        {
            return ApiGate.NoRoom;
        }

        return await call.Services.Sent.GetAsync(hash, () => call.Registry.SupergraphBytesAsync(call.Graph, call.Stage, number, CancellationToken.None), call.Cancellation) is { } text
            ? ApiAnswer.OfText(text)
            : ApiProblem.NotFound(launch.WithoutSupergraph);
    }

    private static async Task<ApiAnswer> SourceAsync(ApiCall call)
    {
        if (!call.TryRouteNumber("launch", out var number))
        {
            return ApiProblem.Argument("A launch is named by its number, such as 12.");
        }

        if (await call.Registry.FindLaunchAsync(call.Graph, call.Stage, number, call.Cancellation) is null)
        {
            return NoLaunch(number);
        }

        var sources = await call.Registry.SourcesAsync(call.Graph, call.Stage, number, call.Cancellation);
        return sources.FirstOrDefault(known => known.Source == call.Route("source")) is not { } source
                ? ApiProblem.NotFound($"#{number} of {call.Stage} of {call.Graph} has no such source. It has: {string.Join(", ", sources.Select(known => known.Source))}.")
            : await call.Registry.ContentAsync(call.Graph, source.Source, source.Version, call.Cancellation) is { } content ? ApiAnswer.Of(new SourceAnswer(source, content))
            : NoStage(call);
    }

    private static async Task<ApiAnswer> VersionsAsync(ApiCall call)
    {
        if (!call.TryNumber(First.Name, UsualFirst, MostFirst, out var first))
        {
            return ApiProblem.Argument($"\"first\" is a number from 1 to {MostFirst}.");
        }

        var versions = await call.Registry.VersionsAsync(call.Graph, call.Route("source"), first!.Value, call.Cancellation);
        return versions.IsEmpty ? ApiProblem.NotFound("The graph has no such source.") : ApiAnswer.Of(versions);
    }

    private static async Task<ApiAnswer> DiffAsync(ApiCall call)
    {
        _ = call.TryNumber("to", null, int.MaxValue, out var to);
        _ = call.TryNumber("from", null, int.MaxValue, out var from);
        var found = await call.Registry.DiffAsync(call.Graph, call.Stage, from, to, call.Cancellation);
        return found.Value is { } changes ? ApiAnswer.Of(changes) : ApiProblem.NotFound(found.Problem!);
    }

    // Who may publish some sources may check these alone: what is said of a check tells of the others.
    private static async Task<ApiAnswer> CheckAsync(ApiCall call)
    {
        var (body, problem) = call.Read<CheckBody>();
        if ((problem ?? ChangeOperations.FindProblem(body!.Sources)) is { } wrong)
        {
            return wrong;
        }

        if (!call.Caller.May(RegistryRole.Read, call.Graph, call.Stage, null)
            && body!.Sources.Any(source => !call.Caller.May(RegistryRole.Publish, call.Graph, call.Stage, source.Source)))
        {
            return call.Forbidden($"may check in {call.Stage} of {call.Graph} only what it may publish.");
        }

        if (body!.WithSupergraph && !call.Caller.May(RegistryRole.Read, call.Graph, call.Stage, null))
        {
            return call.Forbidden($"may not read {call.Stage} of {call.Graph}, and so not what would be composed there.");
        }

        if (body.Days < 1 || body.Days > new UsageLimits().Days)
        {
            return ApiCall.Invalid($"\"days\" is a number from 1 to {new UsageLimits().Days}.");
        }

        if (body.NewStage is not true && await call.Registry.StageAsync(call.Graph, call.Stage, call.Cancellation) is null)
        {
            return ApiProblem.NotFound(StageReviews.NoStage(call.Graph, call.Stage));
        }

        var review = await call.Registry.ReviewAsync(
            call.Graph,
            call.Stage,
            [.. body.Sources.Select(source => source.ToPublication())],
            new ReviewOptions(body.AllowRemovalOfDeprecated, body.Days, body.WithSupergraph, body.NewStage is true),
            call.Now,
            call.Cancellation);
        return review.Value is { } changes ? ApiAnswer.Of(changes) : ApiProblem.Refused(review.Problem!);
    }

    private static async Task<ApiAnswer> PreviewAsync(ApiCall call)
    {
        var (body, problem) = call.Read<PreviewBody>();
        if ((problem ?? FindProblem(call, body!)) is { } wrong)
        {
            return wrong;
        }

        var found = await call.Registry.PreviewAsync(call.Graph, call.Stage, ChangeOf(body!), call.Cancellation);
        return found.Value is { } preview ? ApiAnswer.Of(preview) : ApiProblem.Refused(found.Problem!);
    }

    private static ApiProblem? FindProblem(ApiCall call, PreviewBody body) =>
        new object?[] { body.Publish, body.Delete, body.Promote, body.Rollback, body.Approve }.Count(change => change is not null) != 1
            ? ApiCall.Invalid("A preview has exactly one of \"publish\", \"delete\", \"promote\", \"rollback\" and \"approve\".")
        : body.Publish is { } publish ? ChangeOperations.FindProblem(publish.Sources)
        : body.Promote is { } promote ? ChangeOperations.FindProblem(call, promote)
        : null;

    private static StageChange ChangeOf(PreviewBody body) =>
        body.Publish is { } publish ? new StageChange.Publish([.. publish.Sources.Select(source => source.ToPublication())])
        : body.Delete is { } delete ? new StageChange.Delete(delete.Source)
        : body.Promote is { } promote ? new StageChange.Promote(promote.From, ChangeOperations.UrlsOf(promote))
        : body.Rollback is { } rollback ? new StageChange.Rollback(rollback.To)
        : new StageChange.Approve(body.Approve!.Launch, body.Approve.OverNewer);

    private static async Task<StageAnswer> WithLaunchAsync(ApiCall call, StageSummary stage) =>
        new(stage, stage.Live is { } live ? await call.Registry.FindLaunchAsync(stage.Graph, stage.Stage, live, call.Cancellation) : null);

    public static ApiProblem NoStage(ApiCall call) => ApiProblem.NotFound(
        (RegistryLimits.FindProblem("graph", call.Graph) ?? RegistryLimits.FindProblem("stage", call.Stage)) ?? $"{call.Graph} has no stage {call.Stage}.");
}
