using System.Collections.Immutable;
using GraphGateway.Composition;

namespace GraphGateway.ControlPlane;

/// <summary>A source that is published, or checked.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Settings">Its settings, the text of <c>schema-settings.json</c>; left out where there are none.</param>
/// <param name="Url">Where it answers in this stage; left out: as before, or as its settings say.</param>
/// <param name="SchemaName">What messages call the schema, such as the name of its file.</param>
/// <param name="SettingsName">What messages call the settings.</param>
public sealed record SourceBody(string Source, string Schema, string? Settings = null, string? Url = null, string? SchemaName = null, string? SettingsName = null)
{
    internal SourcePublication ToPublication() => new(Source, Schema) { Settings = Settings, Url = Url, SchemaName = SchemaName, SettingsName = SettingsName };
}

/// <summary>Sources to publish, all of them in one launch.</summary>
/// <param name="Sources">The sources.</param>
/// <param name="Tag">What the change belongs to, such as the commit.</param>
/// <param name="WaitForApproval">True: it does not become live, but waits for <c>approve</c>.</param>
/// <param name="AllowBreakingOperations">True: also where the server holds changes of the stage against persisted operations and one would break.</param>
public sealed record PublishBody(ImmutableArray<SourceBody> Sources, string? Tag = null, bool WaitForApproval = false, bool AllowBreakingOperations = false);

/// <summary>Sources to check.</summary>
/// <param name="Sources">The sources.</param>
/// <param name="AllowRemovalOfDeprecated">True: what was deprecated may be removed, which is dangerous then instead of breaking.</param>
/// <param name="Days">In how many days it is looked which clients have used what would change, today among them.</param>
/// <param name="WithSupergraph">True: what was composed is answered, too; who may read the stage may have that.</param>
/// <param name="NewStage">True: the stage need not be there; else, and left out, that is answered with 404.</param>
public sealed record CheckBody(
    ImmutableArray<SourceBody> Sources, bool AllowRemovalOfDeprecated = false, int Days = ReviewOptions.UsualDays, bool WithSupergraph = false, bool? NewStage = null);

/// <summary>A source to delete.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Tag">What the change belongs to.</param>
/// <param name="WaitForApproval">True: it waits for <c>approve</c>.</param>
/// <param name="AllowBreakingOperations">True: also where the server holds changes of the stage against persisted operations and one would break.</param>
public sealed record DeleteBody(string Source, string? Tag = null, bool WaitForApproval = false, bool AllowBreakingOperations = false);

/// <summary>A stage to take the live sources from.</summary>
/// <param name="From">The stage that has them.</param>
/// <param name="Urls">Where sources answer in the new stage, by name, where that changes.</param>
/// <param name="Tag">What the change belongs to.</param>
/// <param name="WaitForApproval">True: it waits for <c>approve</c>.</param>
/// <param name="AllowBreakingOperations">True: also where the server holds changes of the stage against persisted operations and one would break.</param>
public sealed record PromoteBody(string From, ImmutableDictionary<string, string>? Urls = null, string? Tag = null, bool WaitForApproval = false, bool AllowBreakingOperations = false);

/// <summary>A launch to go back to.</summary>
/// <param name="To">Its number; left out: the one that was live before.</param>
/// <param name="Tag">What the change belongs to.</param>
/// <param name="AllowBreakingOperations">True: also where the server holds changes of the stage against persisted operations and one would break.</param>
public sealed record RollbackBody(int? To = null, string? Tag = null, bool AllowBreakingOperations = false);

/// <summary>A launch to make live.</summary>
/// <param name="Launch">Its number.</param>
/// <param name="Tag">What the change belongs to.</param>
/// <param name="OverNewer">True: also where what it changes was changed by others after it was made.</param>
/// <param name="AllowBreakingOperations">True: also where the server holds changes of the stage against persisted operations and one would break.</param>
public sealed record ApproveBody(int Launch, string? Tag = null, bool OverNewer = false, bool AllowBreakingOperations = false);

/// <summary>A change to look at before it is made: exactly one of these. Tags, waiting and consent do not matter.</summary>
/// <param name="Publish">Sources to publish.</param>
/// <param name="Delete">A source to delete.</param>
/// <param name="Promote">A stage to take the live sources from.</param>
/// <param name="Rollback">A launch to go back to.</param>
/// <param name="Approve">A launch to make live.</param>
public sealed record PreviewBody(PublishBody? Publish = null, DeleteBody? Delete = null, PromoteBody? Promote = null, RollbackBody? Rollback = null, ApproveBody? Approve = null);

/// <summary>What a change would make live.</summary>
/// <param name="Supergraph">What is composed; left out where it does not compose.</param>
/// <param name="Problems">What composition said.</param>
/// <param name="Live">The launch that is live now; left out where none is.</param>
/// <param name="MoreProblems">How many more there are than are told; left out where there are none.</param>
public sealed record PreviewAnswer(string? Supergraph, ImmutableArray<ApiCompositionProblem> Problems, int? Live, int? MoreProblems = null);

/// <summary>A launch that waits, to reject.</summary>
/// <param name="Launch">Its number.</param>
/// <param name="Reason">Why, for those who read the history.</param>
public sealed record RejectBody(int Launch, string? Reason = null);

/// <summary>A key to make.</summary>
/// <param name="Name">Whom it is for: the author of all that is done with it.</param>
/// <param name="Scopes">What it may do (<see cref="RegistryScope"/>).</param>
/// <param name="Expires">When it is no longer valid; left out: when it is revoked.</param>
public sealed record KeyBody(string Name, ImmutableArray<string> Scopes, DateTimeOffset? Expires = null);

/// <summary>How a key is replaced.</summary>
/// <param name="GraceSeconds">How long the old one stays valid.</param>
/// <param name="Expires">When the new one is no longer valid; left out: when it is revoked.</param>
public sealed record RotateBody(int GraceSeconds = 86_400, DateTimeOffset? Expires = null);

/// <summary>What clients have used of a stage since the last report.</summary>
/// <param name="Reporter">Who reports: 32 hexadecimal digits that nobody else has.</param>
/// <param name="Number">Of the report: 1, 2 and so on. One that does not come after the last of its reporter is there already, and changes nothing.</param>
/// <param name="Members">By member and client.</param>
/// <param name="Operations">By client and operation.</param>
public sealed record UsageBody(string Reporter, long Number, ImmutableArray<MemberUse> Members, ImmutableArray<OperationUse> Operations);

/// <summary>What composition said.</summary>
/// <param name="Code">Its code, such as <c>SATISFIABILITY_ERROR</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to change.</param>
/// <param name="Places">Where: the first places.</param>
/// <param name="MorePlaces">At how many places it is besides; left out where these are all.</param>
public sealed record ApiCompositionProblem(
    string Code, ProblemSeverity Severity, string Message, string Hint, ImmutableArray<ProblemPlace> Places, int? MorePlaces = null)
{
    /// <summary>Of problems as many as an answer has (<see cref="AnswerBounds"/>), and how many more there are; null where there are none.</summary>
    internal static (ImmutableArray<ApiCompositionProblem> Told, int? More) Of(ImmutableArray<CompositionProblem> problems, int more)
    {
        var (told, left) = AnswerBounds.Of(problems, more);
        return (
            [
                .. told.Select(problem => new ApiCompositionProblem(
                    problem.Code.ToWire(), problem.Severity, problem.Message, problem.Hint, problem.Places, problem.MorePlaces > 0 ? problem.MorePlaces : null)),
            ],
            left > 0 ? left : null);
    }

    /// <summary>As composition has it.</summary>
    /// <exception cref="InvalidDataException">It is of a newer program.</exception>
    public CompositionProblem ToProblem() => new()
    {
        Code = ProblemCodes.Parse(Code) ?? throw new InvalidDataException($"The registry has a problem of a newer version of GraphGateway: {Code}."),
        Severity = Severity,
        Message = Message,
        Hint = Hint,
        Places = Places.IsDefault ? [] : Places,
        MorePlaces = MorePlaces ?? 0,
    };
}

/// <summary>What became of a change.</summary>
/// <param name="Success">False for a draft: it was kept, but does not compose, and what was live stays.</param>
/// <param name="Outcome">Whether there is a new launch.</param>
/// <param name="Live">The launch that is live now; left out where none is.</param>
/// <param name="Launch">The new launch; where nothing changes, the one that is live.</param>
/// <param name="Sources">Its sources; for a key that may neither read nor promote in the stage those that it may publish.</param>
/// <param name="Problems">What composition said.</param>
/// <param name="MoreProblems">How many more there are than are told; left out where there are none.</param>
/// <param name="Broken">The persisted operations that break by it, the first 50, where it was made all the same: each with what is wrong; left out where none does.</param>
/// <param name="BrokenSummary">How many they are, and why it was made; left out where none does.</param>
/// <param name="MoreSources">How many more sources there are than are told, where others are sent so much that there is no room for all; left out else.</param>
public sealed record ChangeAnswer(
    bool Success, LaunchOutcome Outcome, int? Live, Launch Launch, ImmutableArray<StageSource> Sources, ImmutableArray<ApiCompositionProblem> Problems, int? MoreProblems = null,
    ImmutableArray<string>? Broken = null, string? BrokenSummary = null, int? MoreSources = null);

/// <summary>What was rejected.</summary>
/// <param name="Rejected">The launch; in a stage where nothing is live, those that were made on it, too.</param>
public sealed record RejectAnswer(ImmutableArray<Launch> Rejected);

/// <summary>A stage with what is live in it.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Launch">What is live; left out where nothing is.</param>
public sealed record StageAnswer(StageSummary Stage, Launch? Launch);

/// <summary>A launch with what belongs to it, but for the supergraph.</summary>
/// <param name="Launch">The launch.</param>
/// <param name="Sources">Its sources.</param>
/// <param name="Versions">The versions of these, in the same order.</param>
/// <param name="Problems">What composition said.</param>
/// <param name="HasSupergraph">Whether its supergraph can be had.</param>
/// <param name="MoreProblems">How many more there were than are told; left out where there were none.</param>
public sealed record LaunchAnswer(
    Launch Launch, ImmutableArray<StageSource> Sources, ImmutableArray<SourceVersion> Versions, ImmutableArray<ApiCompositionProblem> Problems, bool HasSupergraph, int? MoreProblems = null);

/// <summary>A source of a launch with its texts.</summary>
/// <param name="Source">The source.</param>
/// <param name="Content">Its texts.</param>
public sealed record SourceAnswer(StageSource Source, SourceContent Content);

/// <summary>A change of the schema that clients see.</summary>
/// <param name="Code">Its code, such as <c>FIELD_REMOVED</c>.</param>
/// <param name="Severity">What it means for clients.</param>
/// <param name="Coordinate">What has changed, such as <c>User.name</c>.</param>
/// <param name="Message">How.</param>
/// <param name="Places">Where sources say it.</param>
/// <param name="Clients">Who has used what it is about, the most requests first; left out where nobody counts, and where it does not matter to clients.</param>
/// <param name="MorePlaces">At how many places it is besides; left out where these are all.</param>
/// <param name="MoreClients">How many more clients there are; left out where these are all.</param>
public sealed record ApiSchemaChange(
    string Code, ChangeSeverity Severity, string Coordinate, string Message, ImmutableArray<ProblemPlace> Places, ImmutableArray<ClientUse>? Clients = null, int? MorePlaces = null,
    int? MoreClients = null)
{
    /// <summary>Changes with their places.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="places">Where members stand in the sources.</param>
    /// <param name="clientsOf">Who has used what a change is about; null where nobody counts.</param>
    public static ImmutableArray<ApiSchemaChange> Of(
        ImmutableArray<SchemaChange> changes, SourcePlaces places, Func<SchemaChange, ImmutableArray<ClientUse>?>? clientsOf = null)
    {
        ArgumentNullException.ThrowIfNull(places);
        return
        [
            .. changes.Select(change => new ApiSchemaChange(
                change.WireCode, change.Severity, change.Coordinate, change.Message, [.. places.Find(change.Coordinate)], clientsOf?.Invoke(change))),
        ];
    }
}

/// <summary>A client that has used something.</summary>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="Requests">How many requests.</param>
public sealed record ClientUse(string Name, long Requests);

/// <summary>A key as it is known: not the key itself.</summary>
/// <param name="Id">The part of the key that names it; no secret.</param>
/// <param name="Name">Whom it is for.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it is no longer valid.</param>
/// <param name="Revoked">When it was revoked.</param>
/// <param name="ReplacedBy">The key that was made in its place.</param>
public sealed record KeyAnswer(
    string Id, string Name, ImmutableArray<string> Scopes, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? Revoked, string? ReplacedBy)
{
    internal static KeyAnswer Of(ApiKey key) => new(key.Id, key.Grant.Consumer, key.Grant.Scopes, key.Created, key.Grant.Expires, key.Revoked, key.ReplacedBy);
}

/// <summary>A key that was just made.</summary>
/// <param name="Key">The key itself: shown this once, stored nowhere.</param>
/// <param name="Known">What is known of it.</param>
public sealed record MadeKeyAnswer(string Key, KeyAnswer Known);
