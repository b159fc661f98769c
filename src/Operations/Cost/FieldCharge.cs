using GraphGateway.TypeSystem;

namespace GraphGateway.Operations;

/// <summary>What a field counts in an answer, apart from the objects that it gives, which count by their types.</summary>
public sealed class FieldCharge
{
    private static readonly FieldCharge Nothing = new(CallCost.Nothing, 0);

    private readonly CallCost call;

    private FieldCharge(CallCost call, long leaf)
    {
        this.call = call;
        Leaf = leaf;
    }

    /// <summary>True when each call counts the same, whatever the variables are.</summary>
    public bool IsConstant => call.IsConstant;

    /// <summary>What each value counts where the field gives leaves, in thousandths; else 0.</summary>
    public long Leaf { get; }

    /// <summary>The charge of a field.</summary>
    /// <param name="own">The definition of the object's type.</param>
    /// <param name="field">How it is selected.</param>
    /// <param name="index">What the schema says of costs.</param>
    public static FieldCharge Of(FieldDefinition own, NormalizedField field, CostIndex index)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(index);
        if (!CostedSelection.IsCosted(field))
        {
            return Nothing;
        }

        var weights = index.Of(own, field.Definition);
        var (call, leaf) = (CallCost.Of(weights, field.Arguments), own.Type.Named.IsLeafType ? weights.Value : 0);
        return call == CallCost.Nothing && leaf == 0 ? Nothing : new FieldCharge(call, leaf);
    }

    /// <summary>What a call counts with these variables, in thousandths.</summary>
    public long Call(VariableValues values) => call.Evaluate(values);
}
