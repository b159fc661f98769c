using System.Text.Json;
using GraphGateway.Execution;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;

namespace GraphGateway.Differential;

/// <summary>
/// What an answer cost, counted from the gateway's memory, is what its text says, and no more than the estimate with lists that are long enough. Worlds
/// say nothing of costs: each object counts 1, and so does each call of a field that gives objects, and each input object.
/// </summary>
internal sealed class CostCheck(Schema schema)
{
    // No list of a world is longer.
    private const int LongestList = 50;

    private readonly CostIndex index = new(schema, CostReading.TwoFigures, LongestList);

    /// <summary>Throws where it is not so.</summary>
    public void Check(NormalizedOperation operation, VariableValues variables, ExecutionResult result, string data)
    {
        using var json = JsonDocument.Parse(data);
        var (fields, types) = (0L, 0L);
        Count(operation.SelectionSet, json.RootElement, ref fields, ref types);
        var actual = result.CountCost(index, variables);
        var estimate = OperationCost.Of(operation, index).Estimate(variables);
        if (actual.FieldCost != fields || actual.TypeCost != types)
        {
            throw new InvalidOperationException($"The answer costs {fields} and {types} by its text, {actual.FieldCost} and {actual.TypeCost} by what was counted:\n{data}");
        }

        if (actual.FieldThousandths > estimate.FieldThousandths || actual.TypeThousandths > estimate.TypeThousandths)
        {
            throw new InvalidOperationException($"The answer costs {actual}, more than was estimated: {estimate}\n{data}");
        }
    }

    // An input object that is given counts 1, too; those of a world contain no others.
    private static int InputObjects(NormalizedField field) => field.Definition.Arguments.Count(argument =>
        argument.Type.Named is InputObjectType && field.Arguments.Any(given => given.Name.Value == argument.Name && given.Value is not NullValueNode));

    private static void Count(NormalizedSelectionSet selection, JsonElement value, ref long fields, ref long types)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Count(selection, item, ref fields, ref types);
            }
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        types++;
        foreach (var member in value.EnumerateObject())
        {
            var below = selection.Fields.Where(field => field.ResponseKey == member.Name && field.SelectionSet is not null && field.Definition.DeclaringType is not null).ToList();
            var called = selection.Fields.FirstOrDefault(field => field.ResponseKey == member.Name && field.Definition.DeclaringType is not null);
            fields += called is null ? 0 : InputObjects(called);
            if (below.Count > 0)
            {
                fields++;
                Count(new NormalizedSelectionSet(selection.Type, [.. below.SelectMany(field => field.SelectionSet!.Fields)]), member.Value, ref fields, ref types);
            }
        }
    }
}
