using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.ControlPlane;
using GraphGateway.Operations;

namespace GraphGateway.Cli;

/// <summary>A figure before and after a change.</summary>
/// <param name="Before">What it is now.</param>
/// <param name="After">What it would be.</param>
/// <param name="Limit">The gateway's limit.</param>
internal readonly record struct CostChange(double Before, double After, int Limit)
{
    internal bool IsBeyond => After > Limit;

    internal object Json => new { Before, After, Limit };

    /// <summary>Such as <c>2 -> 11 (limit 10)</c>.</summary>
    /// <param name="arrow">What stands between the two.</param>
    internal string Words(string arrow) =>
        $"{(Before == After ? "" : $"{Figure(Before)} {arrow} ")}{Figure(After)}{(IsBeyond ? $" (limit {Figure(Limit)})" : "")}";

    private static string Figure(double figure) => figure.ToString("#,0.###", CultureInfo.InvariantCulture);
}

/// <summary>A persisted operation that costs something else after a change.</summary>
/// <param name="Client">Whose; null for all clients.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">The operations' names in it; null where there are none.</param>
/// <param name="FieldCost">What calling its fields can cost.</param>
/// <param name="TypeCost">What the values in its answer can cost.</param>
/// <param name="Requests">How often clients have asked for it; null where nobody counts.</param>
internal sealed record OperationCostChange(string? Client, string Id, string? Name, CostChange FieldCost, CostChange TypeCost, long? Requests)
{
    internal bool IsRaised => FieldCost.After > FieldCost.Before || TypeCost.After > TypeCost.Before;

    internal bool IsBeyond => FieldCost.IsBeyond || TypeCost.IsBeyond;

    internal double Amount => Math.Abs(FieldCost.After - FieldCost.Before + TypeCost.After - TypeCost.Before);

    internal object Json => new { Client, Id, Name, FieldCost = FieldCost.Json, TypeCost = TypeCost.Json, IsBeyondLimit = IsBeyond, Requests };
}

/// <summary>Which persisted operations cost something else after a change: those that cost more first, and of these the ones whose cost rises most.</summary>
/// <param name="Changed">The operations.</param>
internal sealed record OperationCostChanges(ImmutableArray<OperationCostChange> Changed)
{
    /// <summary>So many are told to people; machines get all of them.</summary>
    internal const int Told = 50;

    internal int Raised => Changed.Count(change => change.IsRaised);

    /// <summary>Such as <c>2 would cost more, 1 less; 1 beyond the gateway's limit.</c>; empty where nothing changes.</summary>
    internal string Summary
    {
        get
        {
            var (raised, lowered, beyond) = (Raised, Changed.Length - Raised, Changed.Count(change => change.IsBeyond));
            return Changed.IsEmpty ? ""
                : $" {(raised > 0 ? $"{raised} would cost more{(lowered > 0 ? $", {lowered} less" : "")}" : $"{lowered} would cost less")}{(beyond > 0 ? $"; {beyond} beyond the gateway's limit" : "")}.";
        }
    }

    internal object Json => new { Raised, Lowered = Changed.Length - Raised, Changed = Changed.Select(change => change.Json) };

    /// <summary>Holds what operations cost by the new graph beside what they cost now.</summary>
    /// <param name="held">What the new graph makes of the operations; what it refuses is told elsewhere.</param>
    /// <param name="before">The operations' costs now, in the same order; null where an operation cannot be asked now.</param>
    /// <param name="uses">How often operations were asked for, by their hash; null where nobody counts.</param>
    /// <param name="limits">The gateway's limits.</param>
    internal static OperationCostChanges Of(
        OperationsVerdict held, CostFigures?[] before, IReadOnlyDictionary<string, long>? uses, CostOptions limits)
    {
        var changed = new List<OperationCostChange>();
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i] is not { } old || held.Assessments[i] is not { Errors.IsEmpty: true } after || (old.FieldCost, old.TypeCost) == (after.FieldCost, after.TypeCost))
            {
                continue;
            }

            var operation = held.Operations[i];
            changed.Add(new OperationCostChange(
                operation.Client,
                operation.Id,
                OperationsVerdict.NameOf(after),
                new CostChange(old.FieldCost, after.FieldCost, limits.MaxFieldCost),
                new CostChange(old.TypeCost, after.TypeCost, limits.MaxTypeCost),
                uses is null ? null : uses.GetValueOrDefault(operation.Hash)));
        }

        return new OperationCostChanges([.. changed.OrderByDescending(change => change.IsRaised).ThenByDescending(change => change.Amount)]);
    }
}
