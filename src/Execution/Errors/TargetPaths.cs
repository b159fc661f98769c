namespace GraphGateway.Execution;

/// <summary>
/// Where a step's targets stand in the answer. Computed for a step's first error only: paths are kept nowhere, and an object that
/// several places share has several. Of objects below shared ones, whose places multiply with each level, many places are enough: no answer has
/// room for the errors of all.
/// </summary>
internal sealed class TargetPaths
{
    // Objects that are come to once more.
    private const int MostRepeated = 100_000;

    private readonly ExecutionMemory memory;
    private readonly HashSet<(SlotKind, int)> shared = [];
    private int repeated;
    private bool isRepeating;
    private readonly Dictionary<int, List<object[]>> byTarget = [];
    private readonly List<object> path = [];

    // Above zero inside a hidden field: what lies there has the path of the visible object that it hangs on.
    private int hidden;

    public TargetPaths(ExecutionMemory memory, CompiledStep step, int root)
    {
        this.memory = memory;
        Walk(step, root, 0);
    }

    /// <summary>
    /// True where some lead through a slot that is for objects of some types, of an object whose type nobody has told yet: whether it is a place of the answer is not known before.
    /// </summary>
    public bool IsOpen { get; private set; }

    /// <summary>All of them.</summary>
    public IEnumerable<object[]> All => byTarget.Values.SelectMany(static paths => paths);

    public IReadOnlyList<object[]> Of(int target) => byTarget.TryGetValue(target, out var paths) ? paths : [];

    private void Walk(CompiledStep step, int target, int depth)
    {
        if (isRepeating && ++repeated > MostRepeated)
        {
            return;
        }

        if (depth == step.Step.Path.Length)
        {
            if (!byTarget.TryGetValue(target, out var paths))
            {
                byTarget.Add(target, paths = []);
            }

            if (hidden == 0 || paths.Count == 0)
            {
                paths.Add([.. path]);
            }

            return;
        }

        var field = step.Step.Path[depth];
        if (!CompiledShape.HasSlot(field, memory.Slots[target].Aux))
        {
            return;
        }

        IsOpen |= memory.Slots[target].Aux == TypeSpace.Unknown && !field.IsHidden && !step.Path[depth].IsFor(field.AppliesTo, TypeSpace.Unknown);
        var length = path.Count;
        hidden += field.IsHidden ? 1 : 0;
        Push(field.Key);
        WalkSlot(step, target + 1 + field.Slot, depth + 1);
        path.RemoveRange(length, path.Count - length);
        hidden -= field.IsHidden ? 1 : 0;
    }

    private void WalkSlot(CompiledStep step, int index, int depth)
    {
        var slot = memory.Slots[index];
        var before = isRepeating;
        isRepeating |= (slot.Flags & SlotFlags.Shared) != 0 && slot.Kind is SlotKind.Object or SlotKind.List && !shared.Add((slot.Kind, slot.Offset));
        if (slot.Kind == SlotKind.Object)
        {
            Walk(step, slot.Offset, depth);
        }
        else if (slot.Kind == SlotKind.List)
        {
            var length = path.Count;
            for (var i = 0; i < slot.Length && (!isRepeating || ++repeated <= MostRepeated); i++)
            {
                Push(i);
                WalkSlot(step, slot.Offset + i, depth);
                path.RemoveRange(length, path.Count - length);
            }
        }

        isRepeating = before;
    }

    private void Push(object segment)
    {
        if (hidden == 0)
        {
            path.Add(segment);
        }
    }
}
