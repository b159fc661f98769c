using System.Runtime.InteropServices;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>The slots whose values some step sends, as a key or as what a field requires, with the types of the objects of which it does.</summary>
internal sealed class SentSlots
{
    private readonly Dictionary<ResultField, TypeSet> sent = [];
    private readonly TypeSet all;

    /// <summary>Of a plan.</summary>
    public SentSlots(QueryPlan plan)
    {
        all = TypeSet.Of(plan.Supergraph.FullSchema.ObjectTypes);
        foreach (var step in plan.Steps)
        {
            foreach (var input in step.Inputs)
            {
                Note(input.Value, step.TargetTypes);
            }
        }
    }

    /// <summary>True when steps send the slot of all objects of these types.</summary>
    public bool AreSent(ResultField slot, TypeSet types) => sent.TryGetValue(slot, out var of) && types.IsSubsetOf(of);

    /// <summary>True when they send of such objects all that a selection fills there.</summary>
    public bool AreSent(FetchField read) => AreSent(read.Target, read.AppliesTo) && (read.Selection is null || read.Selection.Fields.All(AreSent));

    private void Note(ValueTemplate template, TypeSet types)
    {
        switch (template)
        {
            case LeafTemplate leaf:
                Add(leaf.Field, types);
                break;
            case CompositeTemplate composite:
                Add(composite.Field, types);
                Note(composite.Inner, all);
                break;
            case ObjectTemplate @object:
                foreach (var entry in @object.Entries)
                {
                    Note(entry.Value, types.Intersect(entry.AppliesTo));
                }

                break;
            case ChoiceTemplate choice:
                foreach (var alternative in choice.Alternatives)
                {
                    Note(alternative.Value, types.Intersect(alternative.AppliesTo));
                }

                break;
            case ContextTemplate context:
                foreach (var alternative in context.Alternatives)
                {
                    Note(alternative.Value, alternative.AppliesTo);
                }

                break;
        }
    }

    private void Add(ResultField field, TypeSet types)
    {
        ref var of = ref CollectionsMarshal.GetValueRefOrAddDefault(sent, field, out _);
        of = of.Union(types);
    }
}
