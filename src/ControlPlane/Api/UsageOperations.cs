using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>What clients use: gateways report it, and people read it.</summary>
internal static class UsageOperations
{
    private const int UsualDays = 30;
    private const int UsualFirst = 1_000;
    private const int MostMembers = 1_000;

    // More than anybody reads, and a sum of as many stays far below what a number of the store holds.
    private const long MostRequests = 1_000_000_000_000;
    private const string Usage = "/api/graphs/{graph}/stages/{stage}/usage";
    private static readonly int MostDays = new UsageLimits().Days;

    private static readonly ApiParameter Days = new("days", true, $"In how many days, today among them: 1 to {MostDays}, {UsualDays} where it is left out.");
    private static readonly ApiParameter First = new("first", true, $"How many, the most used first: 1 to {RemoteRegistry.MostUses}, {UsualFirst} where it is left out.");

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("reportUsage", "POST", Usage, "Adds to what clients have used today; a report that comes once more counts once.", [RegistryRole.Report])
        {
            Body = typeof(UsageBody), Nothing = "It is counted.", IsHeavy = true, Run = ReportAsync,
        },
        new("listMemberUses", "GET", $"{Usage}/members", "Lists which clients have used which members of the schema.", [RegistryRole.Read])
        {
            Query = [Days, First, new ApiParameter("members", false, $"Only of these coordinates, with commas between them: up to {MostMembers}.")],
            Answer = typeof(ImmutableArray<MemberUse>), IsLarge = true, Run = MembersAsync,
        },
        new("listOperationUses", "GET", $"{Usage}/operations", "Lists which operations clients have asked for.", [RegistryRole.Read])
        {
            Query = [Days, First], Answer = typeof(ImmutableArray<OperationUse>), IsLarge = true, Run = OperationsAsync,
        },
    ];

    private static async Task<ApiAnswer> ReportAsync(ApiCall call)
    {
        var (body, problem) = call.Read<UsageBody>();
        if ((problem ?? FindProblem(body!)) is { } wrong)
        {
            return wrong;
        }

        // A stage that somebody has invented has no usage.
        if (await call.Registry.StageAsync(call.Graph, call.Stage, call.Cancellation) is null)
        {
            return ReadOperations.NoStage(call);
        }

        var members = await call.Services.Members.ApplyAsync(call.Graph, call.Stage, body!.Members, call.Cancellation);
        await call.Registry.CountUsageAsync(
            call.Graph, call.Stage, new UsageCounts(members, body.Operations) { Id = new UsageReportId(body.Reporter, body.Number) }, call.Now, call.Cancellation);
        return ApiAnswer.Nothing;
    }

    private static ApiProblem? FindProblem(UsageBody body)
    {
        static bool IsText(string? text, int most, bool isEmptyOne = true) => text is not null && text.Length <= most && (isEmptyOne || text.Length > 0);
        static bool IsCount(long requests) => requests is > 0 and <= MostRequests;
        static bool IsHash(string? text, int digits) => text is not null && text.Length == digits && text.All(char.IsAsciiHexDigitLower);
        return !IsHash(body.Reporter, UsageReportId.ReporterLength) || body.Number < 1
            ? ApiCall.Invalid($"\"reporter\" has {UsageReportId.ReporterLength} hexadecimal digits in lower case, and \"number\" is above zero.")
            : body.Members.IsDefault || body.Operations.IsDefault || body.Members.Length + body.Operations.Length > UsageLimits.ReportRows
                ? ApiCall.Invalid($"\"members\" and \"operations\" have {UsageLimits.ReportRows} entries at most together.")
            : !body.Members.All(use => IsText(use.Coordinate, UsageLimits.CoordinateLength, isEmptyOne: false) && IsText(use.Client, UsageLimits.NameLength) && IsCount(use.Requests))
                ? ApiCall.Invalid($"\"members\" has one without a coordinate of {UsageLimits.CoordinateLength} characters at most, a client of {UsageLimits.NameLength}, or requests.")
            : !body.Operations.All(use =>
                IsText(use.Client, UsageLimits.NameLength) && (use.Hash is { Length: 0 } || IsHash(use.Hash, 64)) && IsText(use.Name, UsageLimits.NameLength) && IsCount(use.Requests))
                ? ApiCall.Invalid($"\"operations\" has one without a client or a name of {UsageLimits.NameLength} characters at most, a hash of 64 digits or none, or requests.")
            : null;
    }

    private static Task<ApiAnswer> MembersAsync(ApiCall call)
    {
        var members = call.Text("members")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return members is { Length: > MostMembers }
            ? Task.FromResult<ApiAnswer>(ApiProblem.Argument($"\"members\" are {MostMembers} at most."))
            : ListAsync(call, within => call.Registry.MemberUsesAsync(call.Graph, call.Stage, members, within, call.Cancellation));
    }

    private static Task<ApiAnswer> OperationsAsync(ApiCall call) =>
        ListAsync(call, within => call.Registry.OperationUsesAsync(call.Graph, call.Stage, within, call.Cancellation));

    private static async Task<ApiAnswer> ListAsync<T>(ApiCall call, Func<UsageDays, Task<IReadOnlyList<T>>> read)
    {
        if (!call.TryNumber(Days.Name, UsualDays, MostDays, out var days))
        {
            return ApiProblem.Argument($"\"days\" is a number from 1 to {MostDays}.");
        }

        if (!call.TryNumber(First.Name, UsualFirst, RemoteRegistry.MostUses, out var first))
        {
            return ApiProblem.Argument($"\"first\" is a number from 1 to {RemoteRegistry.MostUses}.");
        }

        return await call.Registry.StageAsync(call.Graph, call.Stage, call.Cancellation) is null
            ? ReadOperations.NoStage(call)
            : ApiAnswer.Of((await read(UsageDays.Of(call.Now, days!.Value))).Take(first!.Value).ToImmutableArray());
    }
}
