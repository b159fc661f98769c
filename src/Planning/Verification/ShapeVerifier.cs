using System.Runtime.InteropServices;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Checks that the shape of the answer is the operation's, with a slot for each of its fields.</summary>
internal sealed class ShapeVerifier(QueryPlan plan, List<string> problems)
{
    // The operation counts types by the public schema, the plan by the full one: by a set of the former, that of the latter.
    private readonly Dictionary<TypeSet, TypeSet> full = [];

    public void Verify() => Check(plan.Root, plan.Operation.SelectionSet);

    private void Check(ResultShape shape, NormalizedSelectionSet selections)
    {
        var visible = shape.Fields.Where(field => !field.IsHidden).ToList();
        var untold = UntoldTypes.Of(plan.Supergraph.FullSchema, selections.Type.Name);
        var selected = selections.Fields.Where(selection => untold is not null || !selection.AppliesTo.IsEmpty);
        // What is below a field can be several positions, one for some types each.
        var typesOf = new OrderedDictionary<NormalizedField, TypeSet>(ReferenceEqualityComparer.Instance);
        foreach (var field in visible.Where(field => field.Selection is not null))
        {
            typesOf[field.Selection!] = typesOf.GetValueOrDefault(field.Selection!).Union(field.AppliesTo);
        }

        if (shape.Type != selections.Type || visible.Exists(field => field.Selection is null) || !typesOf.Keys.SequenceEqual(selected))
        {
            problems.Add($"the shape of {selections.Type.Name} does not have the fields of the operation");
            return;
        }

        CheckSlots(shape, visible.Count);
        foreach (var field in visible)
        {
            var selection = field.Selection!;
            if (field.AppliesTo.IsEmpty || field.Key != selection.ResponseKey || field.Definition != selection.Definition
                || typesOf[selection] != (untold?.PossibleTypes ?? Full(selection.AppliesTo))
                || field.Shape is null != selection.SelectionSet is null)
            {
                problems.Add($"{field} is not what the operation selects");
            }
            else if (selection.SelectionSet is not null)
            {
                Check(field.Shape!, selection.SelectionSet);
            }
        }
    }

    // Objects of no type have two slots with one key.
    private void CheckSlots(ResultShape shape, int visible)
    {
        var byKey = new Dictionary<string, TypeSet>(StringComparer.Ordinal);
        foreach (var (slot, field) in shape.Fields.Index())
        {
            ref var types = ref CollectionsMarshal.GetValueRefOrAddDefault(byKey, field.Key, out _);
            if (field.Slot != slot || field.Parent != shape || (slot < visible) == field.IsHidden || types.Overlaps(field.AppliesTo))
            {
                problems.Add($"{field} is in a wrong slot or shares its key");
            }

            types = types.Union(field.AppliesTo);
            if (field.IsHidden)
            {
                CheckHidden(field);
            }
        }
    }

    // What keys and requirements need, all the way down; no client can write its key.
    private void CheckHidden(ResultField field)
    {
        if (!field.IsHidden || field.Selection is not null || field.Key is not ['~', ..] || field.Definition.DeclaringType is null
            || field.Shape?.Type != (field.Definition.Type.Named as CompositeType))
        {
            problems.Add($"{field} is no hidden slot of its field");
            return;
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (slot, below) in (field.Shape?.Fields ?? []).Index())
        {
            if (below.Slot != slot || below.Parent != field.Shape || !keys.Add(below.Key))
            {
                problems.Add($"{below} is in a wrong slot or shares its key");
            }

            CheckHidden(below);
        }
    }

    private TypeSet Full(TypeSet ofPublic)
    {
        if (!full.TryGetValue(ofPublic, out var types))
        {
            foreach (var ordinal in ofPublic.Ordinals())
            {
                types = types.With(((ObjectType)plan.Supergraph.FullSchema.FindType(plan.Supergraph.PublicSchema.ObjectTypes[ordinal].Name)!).Ordinal);
            }

            full.Add(ofPublic, types);
        }

        return types;
    }
}
