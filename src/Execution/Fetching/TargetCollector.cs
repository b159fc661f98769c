using GraphGateway.Planning;

namespace GraphGateway.Execution;

/// <summary>
/// Finds what a step fills, from what the answer holds by now, and puts targets that ask for the same together. Each target is evaluated
/// where it stands; a target without a key is settled at once.
/// </summary>
internal sealed class TargetCollector
{
    private readonly ExecutionMemory memory;
    private readonly TargetFiller filler;
    private readonly EntityStore? store;
    private readonly TemplateWriter templates;
    private readonly LeftTargets left;
    private readonly List<int> above = [];
    private int stamp;

    // Those in several places that the step has been in; mostly there are none.
    private HashSet<int>? lists;

    /// <param name="memory">The request's memory.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="filler">Settles targets of which nothing is asked.</param>
    /// <param name="store">Fills targets with what is there already; null where nothing is taken over.</param>
    public TargetCollector(ExecutionMemory memory, ExecutablePlan plan, TargetFiller filler, EntityStore? store)
    {
        (this.memory, this.filler, this.store) = (memory, filler, store);
        templates = new TemplateWriter(memory, plan.Space);
        left = new LeftTargets(memory, templates);
    }

    /// <summary>Fills targets and entries of the run.</summary>
    public void Collect(StepRun run, int root)
    {
        if (run.Step.Step is { Kind: FetchKind.Root, Path.IsEmpty: true })
        {
            run.Targets.Add(root);
            run.NextTarget.Add(-1);
            run.AddEntry(0);
            return;
        }

        stamp++;
        lists?.Clear();
        templates.Step = run.Step;
        above.Clear();
        Walk(run, root, 0);
        run.ForksSeen = memory.Forks.Count;
        using var table = new EntryTable(memory, run, store);
        for (var target = 0; target < run.Targets.Count; target++)
        {
            run.NextTarget.Add(-1);
            if (table.TryEnterPlain(target, out var place) || !TryEvaluate(run, target))
            {
                continue;
            }

            switch (templates.FailedEntries.Count == 0 ? Failing.None : filler.FailRequiring(run.Step, run.Targets[target], templates.FailedEntries))
            {
                case Failing.None:
                    table.Enter(target, place);
                    break;
                case Failing.Some:
                    // Nobody else can share what is not whole here.
                    run.AddEntry(target);
                    break;
                case Failing.All when run.Step.Step.Decides.Contains(memory.Slots[run.Targets[target]].Aux):
                    // None of its fields can be had, but whether the object is there is still to be told.
                    run.AddEntry(target);
                    break;
                case Failing.All:
                    CutValues(run);
                    break;
            }
        }
    }

    /// <summary>
    /// Where a step found nothing, another one has put objects since: what the first would have asked for there fails with what kept it from it,
    /// as when the other had been earlier.
    /// </summary>
    public void SettleMissed()
    {
        var places = memory.Gaps.FilledSince;
        for (var i = 0; i < places.Count; i++)
        {
            var place = places[i];
            var run = StepRun.Rent(place.Step);
            stamp++;
            templates.Step = place.Step;
            above.Clear();
            above.AddRange(place.Above);
            WalkSlot(run, place.Index, place.Depth);
            for (var target = 0; target < run.Targets.Count; target++)
            {
                if (TryEvaluate(run, target))
                {
                    // Not by its key, then: it was kept away by what stood in the place.
                    filler.FailRequiring(place.Step, run.Targets[target], templates.FailedEntries);
                    filler.Skip(
                        place.Step, run.Targets[target], place.Value.Kind == SlotKind.Failed ? place.Value.Aux : memory.FailureOf(FailureKind.MissingEntity, place.Step));
                }
            }

            run.Dispose();
        }

        places.Clear();
    }

    private void Walk(StepRun run, int target, int depth)
    {
        ref var header = ref memory.Slots[target];
        if (header.Length == stamp || memory.IsAbsent(target, out _))
        {
            // An object that several places share is met in each, and gone through once.
            return;
        }

        header.Length = stamp;
        var (step, type) = (run.Step, header.Aux);
        if (depth < step.Step.Path.Length)
        {
            if (!CompiledShape.HasSlot(step.Step.Path[depth], type))
            {
                return;
            }

            above.Add(target);
            WalkSlot(run, target + 1 + step.Step.Path[depth].Slot, depth + 1);
            above.RemoveAt(depth);
            return;
        }

        if (type == TypeSpace.Unknown
            ? step.TakesUntold && step.Before.Length == 0
            : step.Step.TargetTypes.Contains(type) && (!step.IsInTurn || left.IsOf(step, target, run.Values)))
        {
            run.Targets.Add(target);
            foreach (var ancestor in step.ContextDepth is null ? [] : above)
            {
                run.Above.Add(ancestor);
            }
        }
    }

    private void WalkSlot(StepRun run, int index, int depth)
    {
        var slot = run.Step.ContextDepth < depth ? Own(run, index, depth) : memory.Slots[index];
        if (slot.Kind == SlotKind.Object)
        {
            Walk(run, slot.Offset, depth);
        }
        else if (slot.Kind == SlotKind.List && ((slot.Flags & SlotFlags.Shared) == 0 || (lists ??= []).Add(slot.Offset)))
        {
            for (var i = 0; i < slot.Length; i++)
            {
                WalkSlot(run, slot.Offset + i, depth);
            }
        }
        else if (run.Step.Path[depth - 1].Givers[run.Step.Step.Path[depth - 1].Slot] > 1)
        {
            memory.Gaps.NoteMissed(new MissedPlace(run.Step, index, depth, slot, [.. above]));
        }
    }

    // Below an object that sets a context every place needs an object of its own: the fields can have another value in each.
    private Slot Own(StepRun run, int index, int depth)
    {
        var slot = memory.Slots[index];
        if (slot.Kind is SlotKind.Object or SlotKind.List && (slot.Flags & SlotFlags.Shared) != 0)
        {
            slot = Settlement.Own(memory, run.Step.Path[depth], slot);
            memory.Slots[index] = slot;
        }

        return slot;
    }

    // The next lookup may have a key; where none has, all of them tell why.
    private void Skip(StepRun run, int target, CompiledInput input)
    {
        var type = memory.Slots[target].Aux;
        if (input.IsKey && type != TypeSpace.Unknown && run.Step.LeavesOn.Contains(type))
        {
            left.Leave(run.Step, target);
            return;
        }

        if (input.IsKey)
        {
            left.ExplainKeys(run.Step, target, run.Values);
        }

        filler.Skip(run.Step, target, WhyNull(run.Step, input));
    }

    // A failure made it null, or it is: then what the plan says. Of an entity that a source does not have there is no key, and no error.
    private int WhyNull(CompiledStep step, CompiledInput input)
    {
        if (templates.Failure >= 0 || input.WhenNull is not { } message || (input.IsKey && templates.HasNoEntity))
        {
            return templates.Failure;
        }

        return memory.FailureOf(input.IsKey ? FailureKind.NullKey : FailureKind.MissingRequirement, step, message);
    }

    // What was written for a target of which nothing is to be asked.
    private static void CutValues(StepRun run)
    {
        var ends = run.EntryCount * run.Step.Inputs.Length;
        run.Values.CutTo(ends == 0 ? 0 : run.ValueEnds[ends - 1] + 1);
        run.ValueEnds.CutTo(ends);
    }

    /// <summary>Appends the target's input values; false when it cannot be asked for.</summary>
    private bool TryEvaluate(StepRun run, int target)
    {
        var start = run.Values.Length;
        var ends = run.ValueEnds.Count;
        templates.FailedEntries.Clear();
        templates.Above = run.Step.ContextDepth is null ? default : run.Above.Slice(target * run.Step.Step.Path.Length, run.Step.Step.Path.Length);
        foreach (var input in run.Step.Inputs)
        {
            templates.Failure = -1;
            templates.HasNoEntity = false;
            var mark = run.Values.Length;
            var result = templates.Write(input.Template, run.Targets[target], run.Values);
            if (result == TemplateResult.Unfit && templates.Failure < 0 && !input.IsKey)
            {
                templates.Failure = memory.FailureOf(FailureKind.MissingRequirement, run.Step, input.WhenUnfit!);
            }

            if (result != TemplateResult.Value && input.SkipsOnNull)
            {
                run.Values.CutTo(start);
                run.ValueEnds.CutTo(ends);
                Skip(run, run.Targets[target], input);
                return false;
            }

            if (result is TemplateResult.NoValue or TemplateResult.Unfit)
            {
                run.Values.CutTo(mark);
                run.Values.Write("null"u8);
            }

            // A key that is whole is what it is, whatever kept another one away.
            if (templates.Failure >= 0 && !(input.IsKey && result == TemplateResult.Value))
            {
                templates.FailedEntries.Add((input.Name, templates.Failure));
            }

            run.ValueEnds.Add(run.Values.Length);
            run.Values.Write((byte)',');
            if (run.Values.Length > memory.Budget.MaxBytes)
            {
                // What many objects require is large, and the same for all of them.
                throw new NoRoomException(isTooLarge: true);
            }
        }

        return true;
    }
}
