using System.Collections.Immutable;
using GraphGateway.ControlPlane;
using GraphGateway.Operations;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Cli;

/// <summary>What a graph makes of a store's operations, and what they cost then.</summary>
/// <param name="Held">What the graph makes of them.</param>
/// <param name="Costs">Those that would cost something else; null where nobody asked, and where it is not known what they cost now.</param>
internal sealed record StoreVerdict(OperationsVerdict Held, OperationCostChanges? Costs)
{
    internal int Count => Held.Operations.Length;

    internal ImmutableArray<OperationProblem> Problems => Held.Problems;

    internal int Broken => Held.Broken;

    internal string Summary => Held.Summary + Costs?.Summary;

    /// <summary>Holds all operations of a store against a graph.</summary>
    /// <param name="store">The store.</param>
    /// <param name="supergraph">The graph.</param>
    /// <param name="rules">What the gateway lets operations be.</param>
    /// <param name="ground">What they cost now; null where that is not asked.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static async Task<StoreVerdict> OfAsync(OperationStore store, Supergraph supergraph, OperationRules rules, CostGround? ground, CancellationToken cancellation)
    {
        var held = await OperationsVerdict.OfAsync(store, supergraph, rules, Environment.ProcessorCount, cancellation);
        if (ground is null)
        {
            return new StoreVerdict(held, null);
        }

        var before = new CostFigures?[held.Operations.Length];
        Parallel.For(0, before.Length, i => before[i] = held.Assessments[i] is null ? null : ground.Before.Estimate(held.Operations[i].Text));
        return new StoreVerdict(held, OperationCostChanges.Of(held, before, ground.Uses, ground.Limits));
    }
}
