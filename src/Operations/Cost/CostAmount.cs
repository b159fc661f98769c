namespace GraphGateway.Operations;

/// <summary>
/// Arithmetic on costs: whole thousandths, so that sums are exact in any order, and never more than <see cref="Max"/>, so that what is too much stays
/// too much. Weights that are finer are rounded up.
/// </summary>
public static class CostAmount
{
    /// <summary>What a cost of 1 is.</summary>
    public const long One = 1000;

    /// <summary>What does not become more: a million times a million, which no limit reaches.</summary>
    public const long Max = 1_000_000_000_000 * One;

    /// <summary>A weight as it is written; at least the negative of <see cref="Max"/>.</summary>
    public static long Of(double weight) =>
        // A weight such as 1.1 is a little more than that as a number, and must not become 1.101.
        (long)Math.Clamp(Math.Ceiling(Math.Round(weight * One, 6)), -Max, Max);

    /// <summary>Both together.</summary>
    public static long Add(long left, long right) => Math.Clamp(left + right, -Max, Max);

    /// <summary>A cost that is not negative, so many times; negative times are none.</summary>
    public static long Times(long cost, long count) =>
        // PERF: a division would say it exactly, and takes longer. Below the bound the product fits.
        count <= 0 ? 0 : (double)cost * count >= Max ? Max : cost * count;
}

/// <summary>
/// What something costs by IBM's two measures (<see href="https://ibm.github.io/graphql-specs/cost-spec.html#sec-Costs">Costs</see>).
/// </summary>
/// <param name="FieldThousandths">What calling the fields costs, in thousandths.</param>
/// <param name="TypeThousandths">What the values that they give cost, in thousandths.</param>
public readonly record struct CostFigures(long FieldThousandths, long TypeThousandths)
{
    /// <summary>What calling the fields costs.</summary>
    public double FieldCost => (double)FieldThousandths / CostAmount.One;

    /// <summary>What the values that they give cost.</summary>
    public double TypeCost => (double)TypeThousandths / CostAmount.One;

    /// <summary>Both in one figure, as Apollo reads the directives.</summary>
    public double Sum => (double)CostAmount.Add(FieldThousandths, TypeThousandths) / CostAmount.One;

    internal CostFigures Plus(in CostFigures other) =>
        new(CostAmount.Add(FieldThousandths, other.FieldThousandths), CostAmount.Add(TypeThousandths, other.TypeThousandths));

    // Each for itself: of two alternatives one can cost more in the one measure and the other in the other.
    internal CostFigures Most(in CostFigures other) =>
        new(Math.Max(FieldThousandths, other.FieldThousandths), Math.Max(TypeThousandths, other.TypeThousandths));
}
