using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Makes the shape of the answer from what the client selected.</summary>
internal sealed class VisibleShapes(PlanningGraph graph, Choices choices)
{
    // Kinds below kinds: positions double with each level of nesting, and so do planning and the documents for sources.
    private const int MaxAdded = 250;

    private readonly Dictionary<ResultField, TypeSet> refused = [];
    private int added;

    /// <summary>The fields of more kinds than a plan may have positions for: they are not fetched. With their runtime types.</summary>
    public IReadOnlyDictionary<ResultField, TypeSet> Refused => refused;

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
            foreach (var part in Parts(selections.Type, selection, types, out var isRefused, out var isWhole))
            {
                var inner = selection.SelectionSet is null ? null : Build(selection.SelectionSet);
                var field = shape.Add(new ResultField(
                    shape, shape.Fields.Count, selection.ResponseKey, isHidden: false, selection.Definition, part, inner)
                {
                    Selection = selection,
                    IsWhole = isWhole,
                });
                if (isRefused)
                {
                    refused.Add(field, part);
                }
            }
        }

        return shape;
    }

    private List<TypeSet> Parts(CompositeType parent, NormalizedField selection, TypeSet types, out bool isRefused, out bool isWhole)
    {
        isRefused = isWhole = false;
        if (types.IsEmpty)
        {
            return [];
        }

        if (selection.SelectionSet is null || !graph.IsSplit(parent))
        {
            return [types];
        }

        var parts = graph.PartsOf(types, selection.Definition.Name);
        if (parts.Count > 1 && graph.IsOfInterfaceObject(parent, selection.Definition.Name) && choices.Take(ChoiceKinds.Split, 2, Subject.OfKinds) == 0)
        {
            isWhole = true;
            return [types];
        }

        if (parts.Count > 1 && added + parts.Count - 1 > MaxAdded)
        {
            // One source for all of them, where there is one, be it not the best for each.
            isWhole = graph.HasOneSource(types, selection.Definition.Name);
            isRefused = !isWhole;
            return [types];
        }

        added += parts.Count - 1;
        return parts;
    }
}
