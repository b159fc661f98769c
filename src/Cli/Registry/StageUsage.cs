using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Composition;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>Which clients of a stage have used what a change is about, by what its gateways have counted.</summary>
/// <param name="days">In how many days.</param>
/// <param name="uses">Who has used which member, the most requests first.</param>
internal sealed class StageUsage(int days, IEnumerable<MemberUse> uses)
{
    // So many have names in a text for people.
    private const int Named = 5;

    private readonly ILookup<string, MemberUse> uses = uses.ToLookup(use => use.Coordinate, StringComparer.Ordinal);

    /// <summary>What the registry has counted of the changes; null where nobody has counted anything, and where no change matters to clients.</summary>
    internal static async Task<StageUsage?> OfAsync(
        SchemaRegistry registry, string graph, string stage, IReadOnlyCollection<SchemaChange> changes, string root, int days, DateTimeOffset now, CancellationToken cancellation)
    {
        var coordinates = changes.Where(Matters).Select(CoordinateOf).ToHashSet(StringComparer.Ordinal);
        if (coordinates.Count == 0)
        {
            return null;
        }

        // Whoever counts has counted the root type: so nothing of it is not nobody's use.
        coordinates.Add(root);
        var uses = await registry.MemberUsesAsync(graph, stage, coordinates, now.AddDays(1 - days), cancellation);
        return uses.Count == 0 ? null : new StageUsage(days, uses);
    }

    /// <summary>Whether it is told of such a change.</summary>
    internal static bool Matters(SchemaChange change) => change.Severity != ChangeSeverity.Safe && change.Coordinate.Length > 0;

    /// <summary>Who has used it, the most requests first.</summary>
    internal ImmutableArray<MemberUse> Find(SchemaChange change) => Matters(change) ? [.. uses[CoordinateOf(change)]] : [];

    /// <summary>In words, such as <c>used by 2 clients in 30 days: web (3 requests), phone (1)</c>.</summary>
    internal string Words(SchemaChange change)
    {
        var found = Find(change);
        if (found.IsEmpty)
        {
            return $"used by nobody in {days} days";
        }

        var names = found.Take(Named).Select((use, at) => string.Create(
            CultureInfo.InvariantCulture, $"{NameOf(use.Client)} ({use.Requests:N0}{(at > 0 ? "" : use.Requests == 1 ? " request" : " requests")})"));
        var more = found.Length > Named ? $" and {found.Length - Named} more" : "";
        return $"used by {found.Length} client{(found.Length == 1 ? "" : "s")} in {days} days: {string.Join(", ", names)}{more}";
    }

    /// <summary>A client's name for people.</summary>
    internal static string NameOf(string client) => client.Length == 0 ? "(no name)" : client;

    // What was there before the change, and can have been used: of what has been added, what it has been added to.
    private static string CoordinateOf(SchemaChange change) => change.Code switch
    {
        ChangeCode.RequiredArgAdded or ChangeCode.OptionalArgAdded or ChangeCode.ArgDefaultValueAdded or ChangeCode.ArgDefaultValueChange
            or ChangeCode.RequiredDirectiveArgAdded or ChangeCode.DirectiveArgDefaultValueChange => Before(change.Coordinate, '('),
        ChangeCode.RequiredInputFieldAdded or ChangeCode.OptionalInputFieldAdded or ChangeCode.InputFieldDefaultValueAdded or ChangeCode.InputFieldDefaultValueChange
            or ChangeCode.ValueAddedToEnum => Before(change.Coordinate, '.'),
        _ => change.Coordinate,
    };

    private static string Before(string coordinate, char mark) => coordinate.IndexOf(mark, StringComparison.Ordinal) is > 0 and var at ? coordinate[..at] : coordinate;
}
