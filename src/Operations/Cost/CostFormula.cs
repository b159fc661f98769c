namespace GraphGateway.Operations;

/// <summary>
/// What an object of a selection costs by the values of the variables. What no variable has a part in is summed up already. Formulas below are not
/// asked but looked up: of types whose fields cost differently each refers to the same one, so that asking would double with each level.
/// </summary>
internal sealed class CostFormula
{
    private readonly CostFigures constant;
    private readonly CostNode[] varying;
    private readonly CostFormula[] alternatives;

    /// <param name="constant">What it costs in any case.</param>
    /// <param name="nodes">The fields.</param>
    /// <param name="alternatives">Of these the most: what an object costs that is of the one type or the other.</param>
    public CostFormula(CostFigures constant, List<CostNode> nodes, CostFormula[] alternatives)
    {
        foreach (var node in nodes)
        {
            if (node.IsConstant)
            {
                constant = constant.Plus(node.Evaluate(VariableValues.Empty, []));
            }
        }

        varying = nodes.Exists(static node => !node.IsConstant) ? [.. nodes.Where(static node => !node.IsConstant)] : [];
        if (Array.TrueForAll(alternatives, static alternative => alternative.IsConstant))
        {
            constant = alternatives.Aggregate(default(CostFigures), static (most, next) => most.Most(next.constant)).Plus(constant);
            alternatives = [];
        }

        this.constant = constant;
        this.alternatives = alternatives;
    }

    public bool IsConstant => varying.Length == 0 && alternatives.Length == 0;

    /// <summary>Where its result stands among those of all formulas; set once while building, for one that is not constant.</summary>
    public int Index { get; set; }

    /// <summary>What it costs, out of the results.</summary>
    public CostFigures In(ReadOnlySpan<CostFigures> results) => IsConstant ? constant : results[Index];

    /// <summary>What it costs with these variables.</summary>
    /// <param name="values">The variables.</param>
    /// <param name="results">By their index, what the formulas below cost.</param>
    public CostFigures Evaluate(VariableValues values, ReadOnlySpan<CostFigures> results)
    {
        var cost = constant;
        foreach (var node in varying)
        {
            cost = cost.Plus(node.Evaluate(values, results));
        }

        var most = default(CostFigures);
        foreach (var alternative in alternatives)
        {
            most = most.Most(alternative.Evaluate(values, results));
        }

        return cost.Plus(most);
    }
}

/// <summary>A field: a call, and for each value what it counts and what is below.</summary>
internal sealed class CostNode
{
    /// <summary>What the call counts; null for nothing.</summary>
    public required CallCost? Call { get; init; }

    /// <summary>What each value counts.</summary>
    public required long Value { get; init; }

    /// <summary>How many items the outermost list has; null where there is none.</summary>
    public required ListSize? Size { get; init; }

    /// <summary>How many values each of its items is: 1, or the product of the lists' sizes inside.</summary>
    public required long Inner { get; init; }

    /// <summary>What is selected on each value.</summary>
    public required CostFormula? Below { get; init; }

    /// <summary>A part that is there once.</summary>
    public static CostNode Of(CostFormula part) => new() { Call = null, Value = 0, Size = null, Inner = 1, Below = part };

    public bool IsConstant => Call is not { IsConstant: false } && Size is not { IsConstant: false } && Below is not { IsConstant: false };

    public CostFigures Evaluate(VariableValues values, ReadOnlySpan<CostFigures> results)
    {
        var below = Below?.In(results) ?? default;
        var count = CostAmount.Times(Inner, Size?.Evaluate(values) ?? 1);
        return new CostFigures(
            CostAmount.Add(Call?.Evaluate(values) ?? 0, CostAmount.Times(below.FieldThousandths, count)),
            CostAmount.Times(CostAmount.Add(Value, below.TypeThousandths), count));
    }
}
