namespace GraphGateway.Composition;

/// <summary>
/// A composed object type, and every source in which a query can stand there after the same path. <see cref="Reachability"/> has one object
/// for each.
/// </summary>
internal sealed class StandPoint(TypeIndex type, StandSet stands, PathFacts facts)
{
    internal TypeIndex Type { get; } = type;

    internal string TypeName => Type.Name;

    internal StandSet Stands { get; } = stands;

    internal PathFacts Facts { get; } = facts;

    /// <summary>The sources that can be entered from here, once that is known.</summary>
    internal StandSet? Closed { get; set; }

    /// <summary>Asks for <see cref="Closed"/>; null where nobody did, or where it takes no asking.</summary>
    internal CloseQuestion? Question { get; set; }
}
