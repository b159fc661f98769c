using System.Text.Json;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;

namespace GraphGateway.Differential;

/// <summary>
/// What an answer comes to, counted over its text field by field: the plain twin of what the executor counts in its memory. For operations whose objects can
/// be of one type only, since the text does not say of which they are.
/// </summary>
internal sealed class PlainCost(CostIndex index, VariableValues variables)
{
    /// <summary>Whether an answer to the operation can be counted over its text.</summary>
    public static bool Applies(NormalizedSelectionSet selection) => selection.Type is ObjectType
        && selection.Fields.All(field => field.SelectionSet is null || field.Definition.DeclaringType is null || Applies(field.SelectionSet));

    /// <summary>Of all data.</summary>
    public CostFigures Of(NormalizedSelectionSet selection, string data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.ValueKind == JsonValueKind.Null ? default : OfObject(selection, document.RootElement);
    }

    private CostFigures OfObject(NormalizedSelectionSet selection, JsonElement value)
    {
        var sum = new CostFigures(0, index.ObjectWeight(selection.Type));
        foreach (var field in selection.Fields)
        {
            var own = selection.Type.FindField(field.Definition.Name) ?? field.Definition;
            var charge = FieldCharge.Of(own, field, index);
            sum = Plus(sum, new CostFigures(charge.Call(variables), 0));
            sum = Plus(sum, OfValue(field, charge.Leaf, value.GetProperty(field.ResponseKey)));
        }

        return sum;
    }

    private CostFigures OfValue(NormalizedField field, long leaf, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => default,
        JsonValueKind.Array => value.EnumerateArray().Aggregate(default(CostFigures), (sum, item) => Plus(sum, OfValue(field, leaf, item))),
        JsonValueKind.Object when field.SelectionSet is { } selection && field.Definition.DeclaringType is not null => OfObject(selection, value),
        _ => new CostFigures(0, leaf),
    };

    private static CostFigures Plus(in CostFigures left, in CostFigures right) =>
        new(CostAmount.Add(left.FieldThousandths, right.FieldThousandths), CostAmount.Add(left.TypeThousandths, right.TypeThousandths));
}
