using GraphGateway.Operations;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Makes the shape of the answer from what the client selected.</summary>
internal sealed class VisibleShapes(PlanningGraph graph)
{
    /// <summary>The shape of a selection set and all below it, in the order of the answer.</summary>
    public ResultShape Build(NormalizedSelectionSet selections)
    {
        var shape = new ResultShape(selections.Type);
        foreach (var selection in selections.Fields)
        {
            // Objects of an interface without implementations are of a type that clients cannot name, either.
            var types = UntoldTypes.Of(graph.Schema, selections.Type.Name) is { } untold
                ? untold.PossibleTypes
                : graph.FromPublic(selection.AppliesTo);
            if (types.IsEmpty)
            {
                continue;
            }

            var inner = selection.SelectionSet is null ? null : Build(selection.SelectionSet);
            shape.Add(new ResultField(
                shape, shape.Fields.Count, selection.ResponseKey, isHidden: false, selection.Definition, types, inner)
            {
                Selection = selection,
            });
        }

        return shape;
    }
}
