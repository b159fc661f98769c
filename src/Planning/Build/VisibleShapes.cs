using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Makes the shape of the answer from what the client selected.</summary>
internal sealed class VisibleShapes(PlanningGraph graph, Choices choices)
{
    // Kinds below kinds: positions double with each level of nesting, and so do planning and the documents for sources.
    private const int MaxAdded = 250;

    // Kinds with no others above or below them only add up.
    private const int MaxAlone = 1_000;

    private readonly Dictionary<ResultField, TypeSet> refused = [];
    private readonly HashSet<ResultField> bounded = [];
    private readonly List<ResultField> withheld = [];
    private int added;
    private int alone;

    /// <summary>The fields of more kinds than a plan may have positions for: they are not fetched. With their runtime types.</summary>
    public IReadOnlyDictionary<ResultField, TypeSet> Refused => refused;

    /// <summary>The fields of more kinds than that of which one source is asked for all objects, where it can be.</summary>
    public IReadOnlySet<ResultField> Bounded => bounded;

    /// <summary>The fields that the client may not see.</summary>
    public IReadOnlyList<ResultField> Withheld => withheld;

    /// <summary>The shape of a selection set and all below it, in the order of the answer.</summary>
    public ResultShape Build(NormalizedSelectionSet selections) => Build(selections, above: null, isBelowKinds: false);

    private ResultShape Build(NormalizedSelectionSet selections, Way? above, bool isBelowKinds)
    {
        var shape = new ResultShape(selections.Type, selections.Fields.Length) { Withheld = graph.FromPublic(selections.Withheld) };
        // Objects of an interface without implementations are of a type that clients cannot name, either.
        var untold = selections.Type is InterfaceType ? UntoldTypes.Of(graph.Schema, selections.Type.Name) : null;
        foreach (var selection in selections.Fields)
        {
            var types = untold?.PossibleTypes ?? graph.FromPublic(selection.AppliesTo);
            if (types.IsEmpty)
            {
                continue;
            }

            // PERF: mostly a field is one slot.
            if (selection.SelectionSet is null || selection.IsWithheld || !graph.IsSplit(selections.Type))
            {
                var field = Add(shape, selection, types, above, isBelowKinds, isWhole: false);
                if (field.IsWithheld)
                {
                    withheld.Add(field);
                }

                continue;
            }

            var parts = Parts(selections.Type, selection, types, above, isBelowKinds, out var isRefused, out var isWhole, out var isBounded);
            foreach (var part in parts)
            {
                var field = Add(shape, selection, part, above, isBelowKinds || parts.Count > 1, isWhole);
                if (isRefused)
                {
                    refused.Add(field, part);
                }
                else if (isBounded)
                {
                    bounded.Add(field);
                }
            }
        }

        return shape;
    }

    private ResultField Add(ResultShape shape, NormalizedField selection, TypeSet types, Way? above, bool isBelowKinds, bool isWhole)
    {
        var inner = selection.SelectionSet is null ? null : Build(selection.SelectionSet, new Way(graph, above, types, selection.Definition.Name), isBelowKinds);
        return shape.Add(new ResultField(shape, shape.Fields.Count, selection.ResponseKey, isHidden: false, selection.Definition, types, inner)
        {
            Selection = selection,
            IsWhole = isWhole,
        });
    }

    private List<TypeSet> Parts(
        CompositeType parent, NormalizedField selection, TypeSet types, Way? above, bool isBelowKinds, out bool isRefused, out bool isWhole, out bool isBounded)
    {
        isRefused = isWhole = isBounded = false;
        var parts = PartsOf(types, selection.Definition.Name, above);
        if (parts.Count > 1 && graph.IsOfInterfaceObject(parent, selection.Definition.Name) && choices.Take(ChoiceKinds.Split, 2, Subject.OfKinds) == 0)
        {
            isWhole = true;
            return [types];
        }

        var more = parts.Count - 1;
        var isAlone = more > 0 && alone + more <= MaxAlone && !isBelowKinds && !HasKinds(selection.SelectionSet!);
        if (more > 0 && !isAlone && added + more > MaxAdded)
        {
            // One source for all of them, where there is one, be it not the best for each.
            isBounded = true;
            isWhole = graph.HasOneSource(types, selection.Definition.Name);
            isRefused = !isWhole;
            return [types];
        }

        alone += isAlone ? more : 0;
        added += isAlone ? 0 : more;
        return parts;
    }

    // Types of which no object can be there go with any others.
    private List<TypeSet> PartsOf(TypeSet types, string field, Way? above)
    {
        var parts = graph.PartsOf(types, field);
        if (parts.Count == 1 || above is null || types.IsSubsetOf(above.Below))
        {
            return parts;
        }

        parts = graph.PartsOf(types.Intersect(above.Below), field);
        var never = types.Except(above.Below);
        return parts.Count == 0 ? [types] : [parts[0].Union(never), .. parts[1..]];
    }

    // Some field below has a position for each kind of the objects that it is of.
    private bool HasKinds(NormalizedSelectionSet selections) =>
        selections.Fields.Any(field => field.SelectionSet is { } below && (graph.IsSplit(selections.Type) || HasKinds(below)));

    // The objects of some types whose field leads to a position, and how they come there themselves.
    private sealed class Way(PlanningGraph graph, Way? above, TypeSet types, string name)
    {
        private TypeSet? below;

        // What the objects below can be.
        public TypeSet Below => below ??= graph.TypesBelow(above is null ? types : types.Intersect(above.Below), name);
    }
}
