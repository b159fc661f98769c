using System.Runtime.InteropServices;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// Checks that somebody reads whatever a source is asked for: the client, or a step that waits for it and sends it. Of an object of which nothing is read it is asked whether
/// it is there. That is for the client, who sees an object in place of a null; but where another step tells it in any case, nobody needs to be asked besides.
/// </summary>
internal sealed class UnreadVerifier(PlanIndex index, Fills fills, TriedKeys tried, StepSet[] ended, List<string> problems)
{
    private readonly QueryPlan plan = index.Plan;
    private readonly Dictionary<ResultField, SlotReaders> readers = [];

    /// <summary>Checks all steps, when each of them was followed.</summary>
    public void Verify()
    {
        foreach (var step in plan.Steps)
        {
            foreach (var input in step.Inputs)
            {
                Note(step, input.Value, step.Path is [.., var last] ? last.Shape! : plan.Root, step.TargetTypes);
            }
        }

        foreach (var step in plan.Steps)
        {
            if (step.Selection is { Fields.IsEmpty: true, TellsRuntimeType: false } && step.Decides.IsEmpty)
            {
                problems.Add($"step {step.Id}: it asks for nothing that anybody reads");
            }

            foreach (var read in step.Selection.Fields)
            {
                Check(step, read);
            }
        }
    }

    private void Check(FetchStep step, FetchField read)
    {
        index.Work.Add();
        if (read.Selection is { Fields.IsEmpty: false } below)
        {
            foreach (var inner in below.Fields)
            {
                Check(step, inner);
            }
        }
        else if (read.Target.IsHidden ? !IsSent(step, read) : read.Selection is { } objects && AreToldByAnother(step, read.Target, IsKnown(objects)))
        {
            problems.Add($"step {step.Id}: it asks for {read.Target}, which nobody reads from there");
        }
    }

    private bool IsSent(FetchStep step, FetchField read) => readers.TryGetValue(read.Target, out var all)
        && all.Of(read.AppliesTo).Any(reader =>
        {
            index.Work.Add();
            return ended[reader].Contains(step.Id);
        });

    // Who asks a source that cannot tell what objects are decides about more than whether they are there, and so does another one that asks such a source.
    private static bool IsKnown(FetchSelectionSet objects) => objects.TellsRuntimeType || objects.FixedType is not null;

    // All that the step brings there, of all types, is brought by a step that is sent wherever this one is.
    private bool AreToldByAnother(FetchStep step, ResultField slot, bool isKnown)
    {
        var all = fills.Of(slot);
        return all.Where(own => own.Step == step.Id).All(own => all.Any(other => other.Step != step.Id && !index.Turns.IsOne(other.Step)
            && own.Types.IsSubsetOf(other.Types) && own.Among.IsWithin(other.Among) && own.Below == other.Below
            && tried.IsSent(other.Step, slot.Parent, own.Types) && (isKnown || IsWithoutType(plan.Steps[other.Step].Selection, slot))));
    }

    private bool IsWithoutType(FetchSelectionSet selection, ResultField slot)
    {
        index.Work.Add();
        return selection.Fields.Any(read => read.Selection is { } below && (read.Target == slot ? !IsKnown(below) : IsWithoutType(below, slot)));
    }

    private void Note(FetchStep step, ValueTemplate template, ResultShape at, TypeSet types)
    {
        switch (template)
        {
            case LeafTemplate leaf:
                Add(leaf.Field, step, types);
                break;
            case CompositeTemplate composite:
                Add(composite.Field, step, types);
                Note(step, composite.Inner, composite.Field.Shape!, fills.Arrived(composite.Field.Shape!));
                break;
            case ObjectTemplate @object:
                foreach (var entry in @object.Entries)
                {
                    Note(step, entry.Value, at, types.Intersect(entry.AppliesTo));
                }

                break;
            case ChoiceTemplate choice:
                foreach (var alternative in choice.Alternatives)
                {
                    Note(step, alternative.Value, at, types.Intersect(alternative.AppliesTo));
                }

                break;
            case ContextTemplate context:
                foreach (var alternative in context.Alternatives.Where(alternative => alternative.Depth >= 0 && alternative.Depth < step.Path.Length))
                {
                    var above = step.Path[alternative.Depth].Parent;
                    Note(step, alternative.Value, above, fills.Arrived(above).Intersect(alternative.AppliesTo));
                }

                break;
        }
    }

    private void Add(ResultField field, FetchStep step, TypeSet types)
    {
        ref var all = ref CollectionsMarshal.GetValueRefOrAddDefault(readers, field, out _);
        (all ??= new SlotReaders(index.Work)).Add(step.Id, types);
    }

    // The steps that read a slot, each of objects of some types.
    private sealed class SlotReaders(VerificationWork work)
    {
        // Up to so many are gone through one by one.
        private const int Few = 8;

        private readonly List<(int Step, TypeSet Types)> all = [];
        private readonly Dictionary<int, List<int>> byType = [];
        private int indexed;

        public void Add(int step, TypeSet types) => all.Add((step, types));

        public IEnumerable<int> Of(TypeSet types) => all.Count <= Few || types.Count > Few
            ? all.Where(reader => reader.Types.Overlaps(types)).Select(reader => reader.Step)
            : types.Ordinals().ToArray().SelectMany(Of);

        private List<int> Of(int type)
        {
            for (; indexed < all.Count; indexed++)
            {
                foreach (var other in all[indexed].Types.Ordinals())
                {
                    work.Add();
                    (CollectionsMarshal.GetValueRefOrAddDefault(byType, other, out _) ??= []).Add(all[indexed].Step);
                }
            }

            return byType.GetValueOrDefault(type, []);
        }
    }
}
