using System.Runtime.InteropServices;

namespace GraphGateway.Execution;

/// <summary>
/// Which objects a lookup leaves to the next one that asks for the same (<see cref="Planning.FetchStep.InsteadOf"/>): those of which it has no whole key. Who looks first
/// decides, and notes what is left: another step may still give the key, and then nobody would ask, or both.
/// </summary>
/// <param name="memory">The request's memory.</param>
/// <param name="templates">Reads keys.</param>
internal sealed class LeftTargets(ExecutionMemory memory, TemplateWriter templates)
{
    // A place in a set that has grown twice as large as it needs.
    private const int NoteBytes = 32;

    private Dictionary<CompiledStep, Left>? left;

    /// <summary>Notes that the step does not ask for the object.</summary>
    public void Leave(CompiledStep step, int target)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(left ??= [], step, out _);
        known ??= new Left { ForksSeen = memory.Forks.Count };
        Follow(known);
        Add(known, target);
    }

    /// <summary>True when the step asks for the object: it has not been left to another one, and none of the steps before asks for it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="target">The object, one of its targets by its type.</param>
    /// <param name="scratch">Where a key can be written; it is left as it was.</param>
    public bool IsOf(CompiledStep step, int target, PooledBuffer scratch)
    {
        if (IsLeft(step, target))
        {
            return false;
        }

        var type = memory.Slots[target].Aux;
        foreach (var before in step.Before)
        {
            if (!before.Step.TargetTypes.Contains(type) || IsLeft(before, target))
            {
                continue;
            }

            if (HasKey(before, target, type, scratch))
            {
                return false;
            }

            Leave(before, target);
        }

        return true;
    }

    /// <summary>Has <see cref="TemplateWriter.Failure"/> and <see cref="TemplateWriter.HasNoEntity"/> say what kept the keys of the steps before away, unless the step's own tells it.</summary>
    public void ExplainKeys(CompiledStep step, int target, PooledBuffer scratch)
    {
        var own = templates.Failure;
        foreach (var before in step.Before)
        {
            WriteKey(before, target, scratch);
        }

        templates.Failure = own >= 0 ? own : templates.Failure;
    }

    private bool HasKey(CompiledStep step, int target, int type, PooledBuffer scratch)
    {
        // PERF: nearly all keys are leaves, and nearly all are there.
        if (step.PlainKey?.SlotsOf(type) is { } slots && Array.TrueForAll(slots, slot => memory.Slots[target + 1 + slot].Kind == SlotKind.Raw))
        {
            return true;
        }

        return WriteKey(step, target, scratch);
    }

    private bool WriteKey(CompiledStep step, int target, PooledBuffer scratch)
    {
        foreach (var input in step.Inputs)
        {
            var mark = scratch.Length;
            var isWhole = !input.IsKey || templates.Write(input.Template, target, scratch) == TemplateResult.Value;
            scratch.CutTo(mark);
            if (!isWhole)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsLeft(CompiledStep step, int target)
    {
        if (left is null || !left.TryGetValue(step, out var known))
        {
            return false;
        }

        Follow(known);
        return known.Objects.Contains(target);
    }

    // A copy is left where what it was made of is.
    private void Follow(Left known)
    {
        for (; known.ForksSeen < memory.Forks.Count; known.ForksSeen++)
        {
            var (source, copy) = memory.Forks[known.ForksSeen];
            if (known.Objects.Contains(source))
            {
                Add(known, copy);
            }
        }
    }

    private void Add(Left known, int target)
    {
        if (known.Objects.Add(target))
        {
            memory.Budget.Note(NoteBytes);
        }
    }

    private sealed class Left
    {
        public HashSet<int> Objects { get; } = [];

        public int ForksSeen { get; set; }
    }
}
