using System.Collections.Immutable;
using GraphGateway.Composition;

namespace GraphGateway.ControlPlane;

/// <summary>Which clients of a stage have used what a change is about, by what its gateways have counted.</summary>
internal static class ChangeUsage
{
    /// <summary>For each change the clients, those with the most requests first; null for changes that do not matter to clients, and for all where nobody has counted anything.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="root">The type of queries.</param>
    /// <param name="within">In these days.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<Func<SchemaChange, ImmutableArray<ClientUse>?>> FindAsync(
        SchemaRegistry registry, string graph, string stage, IReadOnlyCollection<SchemaChange> changes, string root, UsageDays within, CancellationToken cancellation)
    {
        var coordinates = changes.Where(Matters).Select(CoordinateOf).ToHashSet(StringComparer.Ordinal);
        if (coordinates.Count == 0)
        {
            return static _ => null;
        }

        // Whoever counts has counted the root type: so nothing of a member is not nobody's use.
        coordinates.Add(root);
        var uses = await registry.MemberUsesAsync(graph, stage, coordinates, within, cancellation);
        if (uses.Count == 0)
        {
            return static _ => null;
        }

        var byMember = uses.ToLookup(use => use.Coordinate, use => new ClientUse(use.Client, use.Requests), StringComparer.Ordinal);
        return change => Matters(change) ? [.. byMember[CoordinateOf(change)]] : null;
    }

    private static bool Matters(SchemaChange change) => change.Severity != ChangeSeverity.Safe && change.Coordinate.Length > 0;

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
