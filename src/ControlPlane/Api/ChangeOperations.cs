using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>What changes a stage. Who does it is the one whom the key is for: nobody can act in another one's name.</summary>
internal static class ChangeOperations
{
    private const string Stage = "/api/graphs/{graph}/stages/{stage}";

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        Change<PublishBody>("publish", "Publishes sources: live where they compose with the others, else kept as a draft.", RegistryRole.Publish, PublishAsync),
        Change<DeleteBody>("delete", "Takes a source out; where the others do not compose without it, that is kept as a draft.", RegistryRole.Publish, DeleteAsync),
        Change<PromoteBody>("promote", "Gives the stage the sources of what is live in another one.", RegistryRole.Promote, PromoteAsync),
        Change<RollbackBody>("rollback", "Makes an earlier launch live again, as it was.", RegistryRole.Promote, (call, body) => AnswerAsync(
            call, call.Registry.RollbackAsync(call.Graph, call.Stage, body.To, Note(call, body.Tag, consents: body.AllowBreakingOperations), call.Now, call.Cancellation))),
        Change<ApproveBody>("approve", "Makes a launch live that waits for approval; refused where what it changes was changed after it was made.", RegistryRole.Promote, (call, body) => AnswerAsync(
            call, call.Registry.ApproveAsync(call.Graph, call.Stage, body.Launch, body.OverNewer, Note(call, body.Tag, consents: body.AllowBreakingOperations), call.Now, call.Cancellation))),
        new("reject", "POST", $"{Stage}/reject", "Rejects a launch that waits for approval; who may publish its sources, its own.", [RegistryRole.Promote, RegistryRole.Publish])
        {
            Body = typeof(RejectBody), Answer = typeof(RejectAnswer), Run = RejectAsync,
        },
        new("removeStage", "DELETE", Stage, "Takes a stage away with its launches and what clients use there, for good; with a graph's last stage the versions of its sources.", [RegistryRole.Admin])
        {
            Answer = typeof(RemovedStage), Run = RemoveStageAsync,
        },
    ];

    /// <summary>Why sources cannot be read from a body; null where they can.</summary>
    public static ApiProblem? FindProblem(ImmutableArray<SourceBody> sources) =>
        sources.IsEmpty ? ApiCall.Invalid("\"sources\" has none.")
        : sources.Any(source => source is null) ? ApiCall.Invalid("\"sources\" has a null.")
        : sources.Length > new RegistryLimits().Sources ? ApiCall.Invalid($"\"sources\" are {new RegistryLimits().Sources} at most.")
        : sources.Select(source => RegistryLimits.FindTextNameProblem(Short(source.Source), source.SchemaName, source.SettingsName)).FirstOrDefault(wrong => wrong is not null) is { } name
            ? ApiCall.Invalid(name)
        : null;

    /// <summary>Why nothing can be promoted so by whom the key is for; null where it can.</summary>
    public static ApiProblem? FindProblem(ApiCall call, PromoteBody body) =>
        !call.Caller.May(RegistryRole.Promote, call.Graph, body.From, null) && !call.Caller.May(RegistryRole.Read, call.Graph, body.From, null)
            ? call.Forbidden($"may neither read nor promote in {Short(body.From)} of {call.Graph}.")
        : UrlsOf(body).Values.Any(url => url is null) ? ApiCall.Invalid("\"urls\" has a null.")
        : null;

    /// <summary>Where sources answer in the new stage, where that changes.</summary>
    public static ImmutableDictionary<string, string> UrlsOf(PromoteBody body) => body.Urls ?? ImmutableDictionary<string, string>.Empty;

    private static ApiOperation Change<T>(string id, string summary, RegistryRole role, Func<ApiCall, T, Task<ApiAnswer>> change)
        where T : class => new(id, "POST", $"{Stage}/{id}", summary, [role])
    {
        Body = typeof(T),
        Answer = typeof(ChangeAnswer),
        IsHeavy = true,
        Run = async call => call.Read<T>() switch
        {
            (_, { } problem) => problem,
            var (body, _) => await change(call, body!),
        },
    };

    private static async Task<ApiAnswer> PublishAsync(ApiCall call, PublishBody body)
    {
        if (FindProblem(body.Sources) is { } problem)
        {
            return problem;
        }

        return body.Sources.FirstOrDefault(source => !call.Caller.May(RegistryRole.Publish, call.Graph, call.Stage, source.Source)) is { } foreign
            ? call.Forbidden($"may not publish {Short(foreign.Source)} to {call.Stage} of {call.Graph}.")
            : await FindUnmadeAsync(call) ?? await AnswerAsync(call, call.Registry.PublishAsync(
                call.Graph, call.Stage, [.. body.Sources.Select(source => source.ToPublication())], Note(call, body.Tag, body.WaitForApproval, body.AllowBreakingOperations), call.Now, call.Cancellation));
    }

    private static async Task<ApiAnswer> DeleteAsync(ApiCall call, DeleteBody body) =>
        !call.Caller.May(RegistryRole.Publish, call.Graph, call.Stage, body.Source)
            ? call.Forbidden($"may not delete {Short(body.Source)} from {call.Stage} of {call.Graph}.")
            : await AnswerAsync(call, call.Registry.DeleteAsync(
                call.Graph, call.Stage, body.Source, Note(call, body.Tag, body.WaitForApproval, body.AllowBreakingOperations), call.Now, call.Cancellation));

    // What is promoted can be read in the new stage: who may not see the old one does not get it that way.
    private static async Task<ApiAnswer> PromoteAsync(ApiCall call, PromoteBody body)
    {
        return FindProblem(call, body) is { } problem
            ? problem
            : await FindUnmadeAsync(call) ?? await AnswerAsync(call, call.Registry.PromoteAsync(
                call.Graph, body.From, call.Stage, UrlsOf(body), Note(call, body.Tag, body.WaitForApproval, body.AllowBreakingOperations), call.Now, call.Cancellation));
    }

    // Of a stage that the key may not make; null where it is there, or the key may.
    private static async Task<ApiAnswer?> FindUnmadeAsync(ApiCall call) =>
        call.Caller.MayMake(call.Graph, call.Stage) || await call.Registry.StageAsync(call.Graph, call.Stage, call.Cancellation) is not null
            ? null
            : (ApiAnswer)call.Forbidden(
                $"may not make {Short(call.Stage)} of {Short(call.Graph)}, which is not there: none of its scopes names that stage. An admin's key makes it, or a publish on the store.");

    private static async Task<ApiAnswer> RejectAsync(ApiCall call)
    {
        var (body, problem) = call.Read<RejectBody>();
        if (problem is not null)
        {
            return problem;
        }

        var mayRejectAll = call.Caller.May(RegistryRole.Promote, call.Graph, call.Stage, null);
        if (!mayRejectAll && !await IsOwnAsync(call, body!.Launch))
        {
            return call.Forbidden($"may reject in {call.Stage} of {call.Graph} only what it has published itself and may still publish.");
        }

        string? ForbidOthers(ImmutableArray<Launch> madeOnIt) => madeOnIt.FirstOrDefault(launch => launch.Note.Author != call.Caller.Name) is { } other
            ? $"#{other.Number} of {other.Note.Author ?? "somebody else"} was made on #{body!.Launch}, and would be rejected with it. Who may promote in {call.Stage} of {call.Graph} can do that."
            : null;
        var found = await call.Registry.RejectAsync(
            call.Graph, call.Stage, body!.Launch, new LaunchRejection(call.Caller.Name, call.Now, body.Reason), mayRejectAll ? null : ForbidOthers, call.Cancellation);
        return found.Value is { } rejected ? ApiAnswer.Of(rejected) : ApiProblem.Refused(found.Problem!);
    }

    // Who waits for what is live there finds none.
    private static async Task<ApiAnswer> RemoveStageAsync(ApiCall call)
    {
        if (await call.Registry.RemoveStageAsync(call.Graph, call.Stage, call.Cancellation) is not { } removed)
        {
            return ReadOperations.NoStage(call);
        }

        call.Services.Live.Wake(call.Graph, call.Stage);
        return ApiAnswer.Of(removed);
    }

    // Names of keys are not unique: what the key may publish counts, too. Of launches of others it is not told whether there are any.
    private static async Task<bool> IsOwnAsync(ApiCall call, int number) =>
        await call.Registry.FindLaunchAsync(call.Graph, call.Stage, number, call.Cancellation) is { } launch && launch.Note.Author == call.Caller.Name
        && (await call.Registry.ChangedSourcesAsync(call.Graph, call.Stage, launch, call.Cancellation))
            .All(source => call.Caller.May(RegistryRole.Publish, call.Graph, call.Stage, source));

    private static async Task<ApiAnswer> AnswerAsync(ApiCall call, Task<LaunchResult> change)
    {
        var result = await change;
        if (result.Refusal is not null)
        {
            return ApiProblem.Refused(result);
        }

        call.Services.Live.Wake(call.Graph, call.Stage);
        var (problems, more) = ApiCompositionProblem.Of(result.Problems, result.MoreProblems);
        return ApiAnswer.Of(new ChangeAnswer(
            result.Launch!.Status != LaunchStatus.Draft, result.Outcome, result.Live, result.Launch, SeenBy(call, result.Sources), problems, more, result.Broken.IsEmpty ? null : result.Broken, result.BrokenSummary));
    }

    // Who publishes one source need not know at which version, and where, the others are.
    private static ImmutableArray<StageSource> SeenBy(ApiCall call, ImmutableArray<StageSource> sources) =>
        call.Caller.May(RegistryRole.Read, call.Graph, call.Stage, null) || call.Caller.May(RegistryRole.Promote, call.Graph, call.Stage, null)
            ? sources
            : [.. sources.Where(source => call.Caller.May(RegistryRole.Publish, call.Graph, call.Stage, source.Source))];

    private static LaunchNote Note(ApiCall call, string? tag, bool waits = false, bool consents = false) =>
        new(call.Caller.Name, tag) { WaitForApproval = waits, AllowBreakingOperations = consents };

    private static string Short(string name) => name.Length > RegistryLimits.NameLength ? name[..RegistryLimits.NameLength] : name;
}
