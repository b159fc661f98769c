using System.Buffers;
using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Operations;

/// <summary>What is selected, as costs see it.</summary>
/// <param name="Fields">The fields; their <see cref="CostedField.AppliesTo"/> say for which objects.</param>
public sealed record CostedSelection(ImmutableArray<CostedField> Fields)
{
    /// <summary>What each object counts beside its fields, in thousandths.</summary>
    public long Weight { get; init; }

    /// <summary>What an operation selects, introspection left out: the gateway answers that itself, and limits it otherwise.</summary>
    public static CostedSelection Of(NormalizedSelectionSet selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        var fields = ImmutableArray.CreateBuilder<CostedField>(selection.Fields.Length);
        foreach (var field in selection.Fields)
        {
            if (IsCosted(field))
            {
                fields.Add(new CostedField(field.Definition, field.Arguments, field.AppliesTo, field.SelectionSet is null ? null : Of(field.SelectionSet)));
            }
        }

        return new CostedSelection(fields.DrainToImmutable());
    }

    /// <summary>False for <c>__typename</c>, <c>__schema</c> and <c>__type</c>, and for what the client may not see and nobody is asked for.</summary>
    public static bool IsCosted(NormalizedField field) => field is { IsWithheld: false, Definition.DeclaringType: not null };
}

/// <summary>A selected field, as costs see it.</summary>
/// <param name="Definition">Its definition on the type on which it is selected.</param>
/// <param name="Arguments">What it is called with, variables unreplaced.</param>
/// <param name="AppliesTo">The object types for which it is selected, of the index's schema.</param>
/// <param name="Selection">What is selected below; null for a leaf.</param>
public sealed record CostedField(FieldDefinition Definition, ImmutableArray<ArgumentNode> Arguments, TypeSet AppliesTo, CostedSelection? Selection)
{
    /// <summary>True for a field that was called before: it says how many objects there are, and counts nothing.</summary>
    public bool IsWay { get; init; }
}

/// <summary>What an operation costs, made ready to be asked with many variables. Made once for each operation; asking allocates nothing.</summary>
public sealed class OperationCost
{
    // 1 KB of stack.
    private const int FewFormulas = 64;

    private readonly CostFormula[] formulas;
    private readonly CostFormula root;
    private readonly ImmutableArray<ListSize> strict;

    private OperationCost(CostFigures weight, IEnumerable<CostFormula> parts, CostFormulaBuilder builder)
    {
        root = new CostFormula(weight, [.. parts.Select(CostNode.Of)], []);
        formulas = [.. builder.Formulas];
        strict = [.. builder.Strict];
    }

    /// <summary>Of an operation, its root object included.</summary>
    /// <param name="operation">The operation, of the index's schema.</param>
    /// <param name="index">What the schema says of costs.</param>
    public static OperationCost Of(NormalizedOperation operation, CostIndex index)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(index);
        var builder = new CostFormulaBuilder(index);
        var selection = builder.Build(CostedSelection.Of(operation.SelectionSet));
        return new OperationCost(new CostFigures(0, index.ObjectWeight(operation.SelectionSet.Type)), [selection], builder);
    }

    /// <summary>Of several selections together.</summary>
    /// <param name="selections">What is selected, each once.</param>
    /// <param name="index">What the schema says of costs.</param>
    public static OperationCost Of(IEnumerable<CostedSelection> selections, CostIndex index)
    {
        ArgumentNullException.ThrowIfNull(selections);
        ArgumentNullException.ThrowIfNull(index);
        var builder = new CostFormulaBuilder(index);
        return new OperationCost(default, selections.Select(builder.Build), builder);
    }

    /// <summary>The most that it costs with these variables, if lists are no longer than the schema says.</summary>
    public CostFigures Estimate(VariableValues values)
    {
        var rented = formulas.Length > FewFormulas ? ArrayPool<CostFigures>.Shared.Rent(formulas.Length) : null;
        Span<CostFigures> results = rented is not null ? rented : stackalloc CostFigures[FewFormulas];

        // Those below come before those above.
        for (var i = 0; i < formulas.Length; i++)
        {
            results[i] = formulas[i].Evaluate(values, results);
        }

        var cost = root.Evaluate(values, results);
        if (rented is not null)
        {
            ArrayPool<CostFigures>.Shared.Return(rented);
        }

        return cost;
    }

    /// <summary>The first list of which not exactly one slicing argument is given, though the schema requires it; null where there is none.</summary>
    public ListSize? FindUnsliced(VariableValues values)
    {
        foreach (var size in strict)
        {
            if (size.CountGiven(values) != 1)
            {
                return size;
            }
        }

        return null;
    }
}
