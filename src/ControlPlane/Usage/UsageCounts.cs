using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>How often a client has asked for something that uses a member of the schema.</summary>
/// <param name="Coordinate">The member, as a schema coordinate such as <c>Order.total</c>.</param>
/// <param name="Client">The client's name; empty where it has none, and <see cref="UsageLimits.Others"/> for all beyond the bound.</param>
/// <param name="Requests">How many requests.</param>
public readonly record struct MemberUse(string Coordinate, string Client, long Requests);

/// <summary>How often a client has asked for an operation.</summary>
/// <param name="Client">The client's name; empty where it has none, and <see cref="UsageLimits.Others"/> for all beyond the bound.</param>
/// <param name="Hash">SHA-256 of its document: 64 hexadecimal digits; empty for all operations beyond the bound.</param>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="Requests">How many requests.</param>
public readonly record struct OperationUse(string Client, string Hash, string Name, long Requests);

/// <summary>What was asked of a stage of a graph in some time. No text, no variable and no value is in it.</summary>
/// <param name="Members">By member and client.</param>
/// <param name="Operations">By client and operation.</param>
public sealed record UsageCounts(ImmutableArray<MemberUse> Members, ImmutableArray<OperationUse> Operations)
{
    /// <summary>By which it is known when it comes once more; null: it counts however often it comes.</summary>
    public UsageReportId? Id { get; init; }
}

/// <summary>
/// Names a report, so that one whose answer was lost can be sent again and counts once. A reporter sends one after the other, and does not send a report before it knows
/// what has become of the one before.
/// </summary>
/// <param name="Reporter">A name that nobody else has: 32 hexadecimal digits.</param>
/// <param name="Number">Of its report: 1, 2 and so on.</param>
public sealed record UsageReportId(string Reporter, long Number)
{
    internal const int ReporterLength = 32;
}

/// <summary>How much of what clients use is kept.</summary>
public sealed record UsageLimits
{
    /// <summary>Stands for all clients beyond the bound.</summary>
    public const string Others = "(others)";

    /// <summary>
    /// Stands for all members in a report over HTTP that no graph has which is live, or was live lately (<see cref="KnownMembers.Launches"/>): what can be invented makes no table grow.
    /// </summary>
    public const string Unknown = "(unknown)";

    /// <summary>Characters of a client's or an operation's name; a longer one is cut.</summary>
    public const int NameLength = 128;

    /// <summary>Clients of a stage that are told apart in a day.</summary>
    public int Clients { get; init; } = 1_000;

    /// <summary>Operations of a stage, each of each client, that are told apart in a day.</summary>
    public int Operations { get; init; } = 10_000;

    /// <summary>Members with their clients and operations together in a report over HTTP.</summary>
    public const int ReportRows = 20_000;

    /// <summary>Bytes of a member's coordinate in a report over HTTP.</summary>
    public const int CoordinateLength = 1_000;

    /// <summary>Reporters of a stage whose last report is known; of more, those that have reported last.</summary>
    public int Reporters { get; init; } = 10_000;

    /// <summary>Days of which something was counted that are kept, the newest.</summary>
    public int Days { get; init; } = 90;
}
