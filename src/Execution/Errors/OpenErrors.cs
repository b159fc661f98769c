namespace GraphGateway.Execution;

/// <summary>
/// Errors of sources at places where other sources give objects, too. Such an error belongs to a null
/// (<see href="https://spec.graphql.org/September2025/#sec-Handling-Execution-Errors">Spec §6.4.4</see>), and whether one is left there is not
/// known before all have answered: where another source's object stands in the end, the error is told at what its source would have added to it, and
/// not at all where no client sees that. The same holds for errors below slots that are for objects of some types, before the types are told. So it makes no difference who answers first.
/// </summary>
internal sealed class OpenErrors(ExecutionMemory memory)
{
    private const int MostKept = 64;

    // An entry, its path and the path's array; and each segment, of which an index is an object.
    private const int ErrorBytes = 128;
    private const int SegmentBytes = 32;

    private readonly List<OpenError> open = [];

    /// <summary>Notes an error that is told where its place has no value in the end.</summary>
    /// <param name="step">The step whose source has it.</param>
    /// <param name="request">The number of the request, as in <see cref="ErrorList.Request"/>.</param>
    /// <param name="error">The error.</param>
    /// <param name="path">Where it is told.</param>
    /// <param name="nullAt">So many segments of the path lead to the null that it is in; 0 where it is told whatever is there.</param>
    /// <param name="targetAt">So many lead to the step's target, where it is to be seen whether that stands in the answer; 0 where it does.</param>
    public void Note(CompiledStep step, int request, SourceError error, ErrorPath path, int nullAt, int targetAt)
    {
        memory.Budget.Note(ErrorBytes + (SegmentBytes * path.Length));
        open.Add(new OpenError(step, request, error, path.ToArray(), nullAt, targetAt));
    }

    /// <summary>All sources have answered: tells the errors whose places have no value.</summary>
    /// <param name="errors">Where they are told.</param>
    /// <param name="shape">The shape of the answer.</param>
    /// <param name="root">Its header.</param>
    public void Tell(ErrorList errors, CompiledShape shape, int root)
    {
        var targets = new Dictionary<CompiledStep, HashSet<string>>();
        var told = new HashSet<(SourceError, string)>();
        foreach (var (step, request, error, path, nullAt, targetAt) in open)
        {
            if ((nullAt > 0 && HasValue(shape, root, path.AsSpan(0, nullAt)))
                || (targetAt > 0 && !(TargetsOf(step, root, targets).Contains(TextOf(path[..targetAt])) && told.Add((error, TextOf(path))))))
            {
                continue;
            }

            errors.Request = request;
            var place = new ErrorPath();
            place.Add(path);
            errors.Add(step, error, place);
        }

        errors.Request = ErrorList.AfterRequests;
    }

    /// <summary>Forgets all, and what one large request had room for.</summary>
    public void Clear()
    {
        open.Clear();
        if (open.Capacity > MostKept)
        {
            open.TrimExcess();
        }
    }

    private HashSet<string> TargetsOf(CompiledStep step, int root, Dictionary<CompiledStep, HashSet<string>> known)
    {
        if (!known.TryGetValue(step, out var targets))
        {
            known.Add(step, targets = new TargetPaths(memory, step, root).All.Select(TextOf).ToHashSet(StringComparer.Ordinal));
        }

        return targets;
    }

    // No name has a slash.
    private static string TextOf(object[] path) => string.Join('/', path);

    private bool HasValue(CompiledShape shape, int target, ReadOnlySpan<object> path)
    {
        while (true)
        {
            var key = (string)path[0];
            if (Array.Find(shape.Variant(memory.Slots[target].Aux).Fields, field => field.Field.Key == key) is not { } output)
            {
                return false;
            }

            var slot = memory.Slots[target + 1 + output.Slot];
            path = path[1..];
            while (!path.IsEmpty && path[0] is int item)
            {
                if (slot.Kind != SlotKind.List || (uint)item >= (uint)slot.Length)
                {
                    return false;
                }

                slot = memory.Slots[slot.Offset + item];
                path = path[1..];
            }

            if (path.IsEmpty)
            {
                return slot.Kind is SlotKind.Object or SlotKind.List;
            }

            if (slot.Kind != SlotKind.Object || output.Shape is null)
            {
                return false;
            }

            (shape, target) = (output.Shape, slot.Offset);
        }
    }

    private readonly record struct OpenError(CompiledStep Step, int Request, SourceError Error, object[] Path, int NullAt, int TargetAt);
}
