using System.Collections.Immutable;
using GraphGateway.Composition;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.ControlPlane;

/// <summary>What tells what the registry has.</summary>
internal static class ReadOperations
{
    private const int UsualFirst = 20;
    private const int MostFirst = 1_000;
    private const string Stage = "/api/graphs/{graph}/stages/{stage}";

    private static readonly ApiParameter First = new("first", true, $"How many, the newest first: 1 to {MostFirst}, {UsualFirst} where it is left out.");

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("listStages", "GET", "/api/stages", "Lists the stages that the key may read, with what is live in them.", [RegistryRole.Read])
        {
            Query = [new ApiParameter("graph", false, "Only of this graph.")], Answer = typeof(ImmutableArray<StageAnswer>), Run = StagesAsync,
        },
        new("getStage", "GET", Stage, "Tells which launch is live, and which is the last.", [RegistryRole.Read]) { Answer = typeof(StageAnswer), Run = StageAsync },
        new("listLaunches", "GET", $"{Stage}/launches", "Lists the launches of a stage, the newest first.", [RegistryRole.Read])
        {
            Query = [First], Answer = typeof(ImmutableArray<Launch>), Run = LaunchesAsync,
        },
        new("getLaunch", "GET", $"{Stage}/launches/{{launch}}", "Tells a launch with its sources, and what composition said.", [RegistryRole.Read])
        {
            Answer = typeof(LaunchAnswer), Run = LaunchAsync,
        },
        new("getSupergraph", "GET", $"{Stage}/launches/{{launch}}/supergraph", "Gives the supergraph of a launch.", [RegistryRole.Read]) { Run = SupergraphAsync },
        new("getSource", "GET", $"{Stage}/launches/{{launch}}/sources/{{source}}", "Gives a source of a launch with its texts.", [RegistryRole.Read])
        {
            Answer = typeof(SourceAnswer), Run = SourceAsync,
        },
        new("listVersions", "GET", "/api/graphs/{graph}/sources/{source}/versions", "Lists the versions of a source over all stages, the newest first.", [RegistryRole.Read])
        {
            Query = [First], Answer = typeof(ImmutableArray<SourceVersion>), Run = VersionsAsync,
        },
        new("diff", "GET", $"{Stage}/diff", "Tells what changed for clients from one launch to another one.", [RegistryRole.Read])
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
            Body = typeof(CheckBody), Answer = typeof(ChangesAnswer), IsHeavy = true, Run = CheckAsync,
        },
    ];

    private static async Task<ApiAnswer> StagesAsync(ApiCall call)
    {
        var answers = ImmutableArray.CreateBuilder<StageAnswer>();
        foreach (var stage in await call.Registry.StagesAsync(call.Text("graph"), call.Cancellation))
        {
            if (call.Caller.May(RegistryRole.Read, stage.Graph, stage.Stage, null))
            {
                answers.Add(await WithLaunchAsync(call, stage));
            }
        }

        return ApiAnswer.Of(answers.ToImmutable());
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

    private static async Task<ApiAnswer> LaunchAsync(ApiCall call)
    {
        var (details, problem) = await FindLaunchAsync(call);
        if (details is null)
        {
            return problem!;
        }

        var versions = ImmutableArray.CreateBuilder<SourceVersion>(details.Sources.Length);
        foreach (var source in details.Sources)
        {
            versions.Add((await call.Registry.VersionAsync(call.Graph, source.Source, source.Version, call.Cancellation))!);
        }

        return ApiAnswer.Of(new LaunchAnswer(
            details.Launch, details.Sources, versions.ToImmutable(), ApiCompositionProblem.Of(details.Problems), details.Supergraph is not null));
    }

    private static async Task<ApiAnswer> SupergraphAsync(ApiCall call) => await FindLaunchAsync(call) switch
    {
        (null, var problem) => problem!,
        ({ Supergraph: { } text }, _) => ApiAnswer.OfText(text),
        var (details, _) => ApiProblem.NotFound(WithoutSupergraph(details!.Launch)),
    };

    private static async Task<ApiAnswer> SourceAsync(ApiCall call)
    {
        var (details, problem) = await FindLaunchAsync(call);
        return details is null ? problem!
            : details.Sources.FirstOrDefault(known => known.Source == call.Route("source")) is { } source
                ? ApiAnswer.Of(new SourceAnswer(source, (await call.Registry.ContentAsync(call.Graph, source.Source, source.Version, call.Cancellation))!))
            : ApiProblem.NotFound($"#{details.Launch.Number} of {call.Stage} of {call.Graph} has no such source. It has: {string.Join(", ", details.Sources.Select(known => known.Source))}.");
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
        to ??= (await call.Registry.StageAsync(call.Graph, call.Stage, call.Cancellation))?.Live;
        if (to is not { } newer)
        {
            return ApiProblem.NotFound("Nothing is live in this stage.");
        }

        var (after, problem) = await FindSupergraphAsync(call, newer);
        if (after is null)
        {
            return problem!;
        }

        if ((from ?? after.Launch.Base) is not { } older)
        {
            return ApiProblem.NotFound($"#{newer} is the first of {call.Stage} of {call.Graph}: there is nothing to compare with.");
        }

        (var before, problem) = await FindSupergraphAsync(call, older);
        return before is null ? problem! : await CompareAsync(call, before, after);
    }

    private static async Task<ApiAnswer> CompareAsync(ApiCall call, LaunchDetails before, LaunchDetails after)
    {
        var sources = new List<SourceTexts>();
        foreach (var source in after.Sources)
        {
            var content = (await call.Registry.ContentAsync(call.Graph, source.Source, source.Version, call.Cancellation))!;
            sources.Add(new SourceTexts(source.Source, new SourceText(content.Schema, source.ToString()), null, null));
        }

        var changes = SchemaComparison.Compare(Read(before.Supergraph!, before.Launch.Number), Read(after.Supergraph!, after.Launch.Number));
        return ApiAnswer.Of(new ChangesAnswer(
            changes.All(change => change.Severity != ChangeSeverity.Breaking),
            before.Launch.Number,
            after.Launch.Number,
            ApiSchemaChange.Of(changes, SourcePlaces.Of(SourceTexts.Read(sources, "").Sources)),
            []));
    }

    // Who may publish some sources may check these alone: what is said of a check tells of the others.
    private static async Task<ApiAnswer> CheckAsync(ApiCall call)
    {
        var (body, problem) = await call.ReadAsync<CheckBody>();
        if ((problem ?? ChangeOperations.FindProblem(body!.Sources)) is { } wrong)
        {
            return wrong;
        }

        if (!call.Caller.May(RegistryRole.Read, call.Graph, call.Stage, null)
            && body!.Sources.Any(source => !call.Caller.May(RegistryRole.Publish, call.Graph, call.Stage, source.Source)))
        {
            return call.Forbidden($"may check in {call.Stage} of {call.Graph} only what it may publish.");
        }

        var check = await call.Registry.CheckAsync(call.Graph, call.Stage, [.. body!.Sources.Select(source => source.ToPublication())], call.Cancellation);
        if (check.Refusal is { } refusal)
        {
            return ApiProblem.Refused(refusal);
        }

        var composed = check.Composed!;
        var changes = composed.Supergraph is { } after && check.Live is { } live
            ? SchemaComparison.Compare(Read(live, check.Launch!.Value), after, new SchemaComparisonOptions { AllowRemovalOfDeprecated = body.AllowRemovalOfDeprecated })
            : [];
        return ApiAnswer.Of(new ChangesAnswer(
            composed.Supergraph is not null && changes.All(change => change.Severity != ChangeSeverity.Breaking),
            check.Launch,
            null,
            ApiSchemaChange.Of(changes, SourcePlaces.Of(check.Sources!.Sources)),
            ApiCompositionProblem.Of(composed.Problems)));
    }

    private static Supergraph Read(string text, int launch)
    {
        var read = SupergraphReader.Read(new SourceText(text, $"#{launch}"));
        return read.Supergraph ?? throw new InvalidDataException($"The supergraph of #{launch} cannot be read: {read.Errors[0].Message}");
    }

    private static async Task<(LaunchDetails? Details, ApiProblem? Problem)> FindLaunchAsync(ApiCall call) =>
        !call.TryRouteNumber("launch", out var number) ? (null, ApiProblem.Argument("A launch is named by its number, such as 12."))
        : await call.Registry.LaunchAsync(call.Graph, call.Stage, number, call.Cancellation) is { } details ? (details, null)
        : (null, ApiProblem.NotFound($"There is no launch #{number} in this stage."));

    private static async Task<(LaunchDetails? Details, ApiProblem? Problem)> FindSupergraphAsync(ApiCall call, int number) =>
        await call.Registry.LaunchAsync(call.Graph, call.Stage, number, call.Cancellation) switch
        {
            null => (null, ApiProblem.NotFound($"There is no launch #{number} in this stage.")),
            { Supergraph: null } old => (null, ApiProblem.NotFound(WithoutSupergraph(old.Launch))),
            var details => (details, null),
        };

    private static async Task<StageAnswer> WithLaunchAsync(ApiCall call, StageSummary stage) =>
        new(stage, stage.Live is { } live ? await call.Registry.FindLaunchAsync(stage.Graph, stage.Stage, live, call.Cancellation) : null);

    private static string WithoutSupergraph(Launch launch) => launch.Status == LaunchStatus.Draft
        ? $"#{launch.Number} is a draft: it has no supergraph."
        : $"The supergraph of #{launch.Number} is too old to be kept.";

    public static ApiProblem NoStage(ApiCall call) => ApiProblem.NotFound(
        (RegistryLimits.FindProblem("graph", call.Graph) ?? RegistryLimits.FindProblem("stage", call.Stage)) ?? $"{call.Graph} has no stage {call.Stage}.");
}
