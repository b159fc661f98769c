using GraphGateway.Operations;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Plans operations: which source is asked for what, after what, and where the answers go.</summary>
public static class QueryPlanner
{
    /// <summary>
    /// Plans an operation. Pure and deterministic: the same arguments give the same plan, byte for byte. Never fails on a valid operation:
    /// what cannot be served is in <see cref="QueryPlan.Unservable"/>.
    /// </summary>
    /// <param name="supergraph">The composed graph.</param>
    /// <param name="operation">The operation, valid and normalised against <see cref="Supergraph.PublicSchema"/>.</param>
    /// <param name="options">Null for <see cref="PlannerOptions.Default"/>.</param>
    /// <param name="betweenParts">Called often while it plans, by the thread that plans; null: nothing is.</param>
    /// <param name="abandoned">Cancelled when nobody wants the plan any longer: then planning ends with an <see cref="OperationCanceledException"/>. It changes no plan.</param>
    public static QueryPlan Plan(
        Supergraph supergraph, NormalizedOperation operation, PlannerOptions? options = null, Action? betweenParts = null, CancellationToken abandoned = default)
    {
        ArgumentNullException.ThrowIfNull(supergraph);
        ArgumentNullException.ThrowIfNull(operation);
        options ??= PlannerOptions.Default;
        var graph = PlanningGraph.For(GraphFor(supergraph, operation), options.ActiveLabels);
        var search = new PlanSearch(graph, operation, options.AttemptsMax, betweenParts, abandoned);
        var best = search.Run();
        return new PlanAssembler(best).Assemble(best.Bounds | search.Bounds) ?? new PlanAssembler(search.Refuse()).Assemble(PlanningBounds.Documents)!;
    }

    /// <summary>The graph that an operation's plan is of: with the gateway among the sources where it answers a field.</summary>
    internal static Supergraph GraphFor(Supergraph supergraph, NormalizedOperation operation) =>
        GlobalIds.AreUsed(supergraph, operation) ? supergraph.WithGateway : supergraph;
}
