using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Makes the shape of the answer from what the client selected.</summary>
internal sealed class VisibleShapes(PlanningGraph graph)
{
    // Interfaces below interfaces, each with many kinds: a plan of more positions would take longer than anybody waits.
    private const int MaxAdded = 2000;

    private int added;

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
            foreach (var part in Parts(selections.Type, selection, types))
            {
                var inner = selection.SelectionSet is null ? null : Build(selection.SelectionSet);
                shape.Add(new ResultField(
                    shape, shape.Fields.Count, selection.ResponseKey, isHidden: false, selection.Definition, part, inner)
                {
                    Selection = selection,
                });
            }
        }

        return shape;
    }

    private IEnumerable<TypeSet> Parts(CompositeType parent, NormalizedField selection, TypeSet types)
    {
        if (types.IsEmpty)
        {
            return [];
        }

        if (selection.SelectionSet is null || !graph.IsSplit(parent))
        {
            return [types];
        }

        var parts = graph.PartsOf(types, selection.Definition.Name);
        added += parts.Count - 1;
        return added > MaxAdded ? [types] : parts;
    }
}
