using System.CommandLine;
using System.Globalization;
using GraphGateway.Composition;
using GraphGateway.ControlPlane;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Cli;

/// <summary>The persisted operations that <c>check</c> holds against the new graph: where they are, and what the gateway lets them cost.</summary>
internal sealed class PersistedCheckOptions
{
    internal const string FieldCostVariable = "Gateway__Cost__MaxFieldCost";
    internal const string TypeCostVariable = "Gateway__Cost__MaxTypeCost";

    internal Option<string?> Store { get; } = new("--operations")
    {
        HelpName = "STORE",
        Description = "Also hold the persisted operations of this store against the new graph, and what they cost beside what they cost now: a file (SQLite), or a connection string of PostgreSQL.",
    };

    internal Option<int?> MaxFieldCost { get; } = LimitOption("--max-field-cost", "calling the fields of an operation", FieldCostVariable);

    internal Option<int?> MaxTypeCost { get; } = LimitOption("--max-type-cost", "the values in its answer", TypeCostVariable);

    /// <summary>What is wrong with the arguments; null where nothing is.</summary>
    internal string? FindProblem(ParseResult parsed)
    {
        if (parsed.GetValue(Store) is null)
        {
            return (parsed.GetValue(MaxFieldCost) ?? parsed.GetValue(MaxTypeCost)) is null ? null : "--max-field-cost and --max-type-cost need --operations.";
        }

        return LimitOf(parsed.GetValue(MaxFieldCost), FieldCostVariable).Problem ?? LimitOf(parsed.GetValue(MaxTypeCost), TypeCostVariable).Problem;
    }

    /// <summary>What the new graph makes of the operations, where a store is given; or why that cannot be told.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="supergraph">The new graph.</param>
    /// <param name="before">What clients see now, where that tells costs.</param>
    /// <param name="uses">What clients have asked for; empty where nobody counts.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<(StoreVerdict? Verdict, CompositionProblem? Problem)> HoldAsync(
        ParseResult parsed, Supergraph? supergraph, Schema? before, IReadOnlyList<OperationUse> uses, CancellationToken cancellation)
    {
        if (parsed.GetValue(Store) is not { } place || supergraph is null)
        {
            return (null, null);
        }

        var limits = new CostLimits(
            LimitOf(parsed.GetValue(MaxFieldCost), FieldCostVariable).Limit, LimitOf(parsed.GetValue(MaxTypeCost), TypeCostVariable).Limit);
        var ground = before is null ? null : new CostGround(new OperationCosts(before), UsesByHash(uses), limits);
        var (verdict, problem) = await OperationStoreOptions.UseAsync(place, isReader: true, opened => StoreVerdict.OfAsync(opened, supergraph, rules: null, ground, cancellation), cancellation);
        return (verdict, problem is null ? null : new CompositionProblem
        {
            Code = ProblemCode.ArgumentsInvalid,
            Message = problem,
            Hint = "Give --operations the place to which \"graphgateway operations publish\" publishes.",
        });
    }

    private static Dictionary<string, long>? UsesByHash(IReadOnlyList<OperationUse> uses) => uses.Count == 0 ? null
        : uses.GroupBy(use => use.Hash, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(use => use.Requests), StringComparer.Ordinal);

    private static Option<int?> LimitOption(string name, string what, string variable) => new(name)
    {
        HelpName = "NUMBER",
        Description = $"With --operations: the most that {what} may cost, so that what would be beyond is told; without it the variable {variable}.",
    };

    private static (int? Limit, string? Problem) LimitOf(int? given, string variable)
    {
        if (given is { } number)
        {
            return number > 0 ? (number, null) : (null, "--max-field-cost and --max-type-cost are numbers above zero.");
        }

        return Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text ? (null, null)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? (limit, null)
            : (null, $"{variable} is no number above zero.");
    }
}

/// <summary>What costs of operations are held beside.</summary>
/// <param name="Before">What they cost now.</param>
/// <param name="Uses">How often they were asked for, by their hash; null where nobody counts.</param>
/// <param name="Limits">What the gateway refuses.</param>
internal sealed record CostGround(OperationCosts Before, IReadOnlyDictionary<string, long>? Uses, CostLimits Limits);
