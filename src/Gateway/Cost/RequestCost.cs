using System.Collections.Immutable;
using GraphGateway.Operations;

namespace GraphGateway.Gateway;

/// <summary>What a request costs, as far as somebody wants to know it.</summary>
internal sealed class RequestCost
{
    /// <summary>The most that it can cost, if lists are no longer than the graph says.</summary>
    public required CostFigures Estimate { get; init; }

    /// <summary>What each source is asked by its plan, in one figure; null where the client may not know the sources.</summary>
    public required ImmutableArray<(string Source, double Cost)>? Sources { get; init; }

    /// <summary>Whether the client has asked for it.</summary>
    public required bool IsReported { get; init; }

    /// <summary>Whether what the answer really comes to is counted.</summary>
    public required bool CountsAnswer { get; init; }
}
