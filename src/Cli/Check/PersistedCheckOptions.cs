using System.CommandLine;
using GraphGateway.Composition;
using GraphGateway.ControlPlane;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Cli;

/// <summary>The persisted operations that <c>check</c> and <c>publish</c> hold against the new graph: where they are, and what the gateway lets them be.</summary>
/// <param name="purpose">What is done with them, before the forms that a place can have.</param>
internal sealed class PersistedCheckOptions(string purpose)
{
    internal Option<string?> Store { get; } = new("--operations")
    {
        HelpName = "STORE",
        Description = $"{purpose}: a file (SQLite), or a connection string of PostgreSQL.",
    };

    internal GatewaySettingsOption Gateway { get; } = new();

    /// <summary>What the gateway lets operations be; null where there is no store, or with what is wrong. A pipe is read once: it is asked once.</summary>
    internal (OperationRules? Rules, string? Problem) Read(ParseResult parsed)
    {
        if (parsed.GetValue(Store) is null)
        {
            return (null, parsed.GetValue(Gateway.File) is null ? null : "--gateway needs --operations.");
        }

        var (rules, problems) = Gateway.Read(parsed);
        return (rules, problems.IsEmpty ? null : string.Join(" ", problems));
    }

    /// <summary>What the new graph makes of the operations, where a store is given; or why that cannot be told.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="rules">What the gateway lets them be; null where there is no store.</param>
    /// <param name="supergraph">The new graph.</param>
    /// <param name="before">What clients see now, where that tells costs.</param>
    /// <param name="uses">What clients have asked for; empty where nobody counts.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<(StoreVerdict? Verdict, CompositionProblem? Problem)> HoldAsync(
        ParseResult parsed, OperationRules? rules, Supergraph? supergraph, Schema? before, IReadOnlyList<OperationUse> uses, CancellationToken cancellation)
    {
        if (parsed.GetValue(Store) is not { } place || rules is null || supergraph is null)
        {
            return (null, null);
        }

        var ground = before is null ? null : new CostGround(new OperationCosts(before, rules.Cost.DefaultListSize), UsesByHash(uses), rules.Cost);
        var (verdict, problem) = await OperationStoreOptions.UseAsync(place, isReader: true, opened => StoreVerdict.OfAsync(opened, supergraph, rules, ground, cancellation), cancellation);
        return (verdict, problem is null ? null : new CompositionProblem
        {
            Code = ProblemCode.ArgumentsInvalid,
            Message = problem.Message,
            Hint = "Give --operations the place to which \"graphgateway operations publish\" publishes.",
        });
    }

    private static Dictionary<string, long>? UsesByHash(IReadOnlyList<OperationUse> uses) => uses.Count == 0 ? null
        : uses.GroupBy(use => use.Hash, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(use => use.Requests), StringComparer.Ordinal);
}

/// <summary>What costs of operations are held beside.</summary>
/// <param name="Before">What they cost now.</param>
/// <param name="Uses">How often they were asked for, by their hash; null where nobody counts.</param>
/// <param name="Limits">The gateway's limits.</param>
internal sealed record CostGround(OperationCosts Before, IReadOnlyDictionary<string, long>? Uses, CostOptions Limits);
