using System.Globalization;
using System.Text;

namespace GraphGateway.Execution;

/// <summary>
/// Puts the errors of a source where clients look for them: a path that begins with <c>_entities[2]</c>, an alias or a variable index
/// stands for every place in the answer that the entry was fetched for.
/// </summary>
internal sealed class SourceErrors(ExecutionMemory memory, ErrorList errors, TargetFiller filler, int root)
{
    // Those of the call's steps; made for its first error, since walking to all targets for each response of a batch would take long.
    private readonly Dictionary<StepRun, TargetPaths> paths = [];
    private readonly ErrorPath mapped = new();

    /// <summary>A call's answer has been read: its responses come next.</summary>
    public void Begin() => paths.Clear();

    /// <summary>Reports the errors of one response, and gives a reason to each null that it brought without one.</summary>
    public void Apply(FetchCall call, Envelope envelope, ushort buffer)
    {
        if (envelope.Errors.Length == 0)
        {
            ExplainDataNull(call, envelope, buffer);
            return;
        }

        var failures = new Dictionary<int, (SourceError Error, bool IsBelow)>();
        var pathless = new List<SourceError>();
        foreach (var error in envelope.Errors)
        {
            if (Locate(call, envelope, error.Path) is not { } place)
            {
                pathless.Add(error);
                memory.NoteUnplacedError(buffer);
                continue;
            }

            if (IsNull(call, place.Position))
            {
                failures.TryAdd(place.Position, (error, IsBelow: place.Used < error.Path!.Length));
            }

            Report(call, place, error, buffer);
        }

        if (envelope.UnreadErrors > 0)
        {
            errors.AddLeftOut(envelope.UnreadErrors);
            memory.NoteUnplacedError(buffer);
        }

        ApplyPathless(call, envelope, pathless, failures);
        Explain(call, failures, buffer);
    }

    // A source's error is one failure for all the fields of a step that it explains.
    private void Explain(FetchCall call, Dictionary<int, (SourceError Error, bool IsBelow)> failures, ushort buffer)
    {
        var known = new Dictionary<(SourceError, StepRun), int>();
        foreach (var (position, (error, isBelow)) in failures)
        {
            for (var item = call[position]; ; item = call[item.Next])
            {
                if (!known.TryGetValue((error, item.Run), out var failure))
                {
                    known.Add((error, item.Run), failure = memory.FailureOf(error, item.Run.Step));
                }

                filler.ExplainNulls(item.Run, item.Entry, buffer, failure, isBelow);
                if (item.Next < 0)
                {
                    break;
                }
            }
        }
    }

    // data: null, or a list of entities that is, with no error at all says nothing about anything.
    private void ExplainDataNull(FetchCall call, Envelope envelope, ushort buffer)
    {
        if (!envelope.IsNullAnywhere)
        {
            return;
        }

        foreach (var position in PositionsOf(call, envelope).Where(envelope.IsNullAsAWhole))
        {
            for (var item = call[position]; ; item = call[item.Next])
            {
                filler.ExplainNulls(item.Run, item.Entry, buffer, memory.FailureOf(FailureKind.Malformed, item.Run.Step));
                if (item.Next < 0)
                {
                    break;
                }
            }
        }
    }

    // An error without a place explains the entries that are null for no other reason; when there are none it stands by itself.
    private void ApplyPathless(FetchCall call, Envelope envelope, List<SourceError> pathless, Dictionary<int, (SourceError Error, bool IsBelow)> failures)
    {
        var unexplained = PositionsOf(call, envelope).Where(position => IsNull(call, position) && !failures.ContainsKey(position)).ToList();
        if (pathless.Count == 0)
        {
            unexplained.RemoveAll(position => !envelope.IsNullAsAWhole(position));
        }

        var first = 0;
        if (unexplained.Count > 0)
        {
            first = 1;
            foreach (var position in unexplained)
            {
                failures.Add(position, (pathless.Count > 0 ? pathless[0] : envelope.Errors[0], IsBelow: false));
            }
        }

        foreach (var error in pathless.Skip(first))
        {
            errors.Add(call.Step, error, null);
        }
    }

    private static IEnumerable<int> PositionsOf(FetchCall call, Envelope envelope) => call.HasResponseForEach && envelope.Position >= 0
        ? [envelope.Position]
        : Enumerable.Range(0, call.Count);

    private static bool IsNull(FetchCall call, int position) => call.StateOf(position) == EntryState.Null;

    /// <summary>The position that a path begins with, and how many segments say so; null when it begins with none.</summary>
    private static (int Position, int Used)? Locate(FetchCall call, Envelope envelope, object[]? path)
    {
        if (path is null || envelope.Position < 0)
        {
            return null;
        }

        switch (call.Mode)
        {
            case FetchMode.Root:
                return (envelope.Position, 0);
            case FetchMode.Representations:
                return path.Length > 1 && path[0] is "_entities" && path[1] is int index && (uint)index < (uint)call.Count
                    ? (index, 2)
                    : null;
            case FetchMode.EntityLists:
                return path.Length > 1 && AliasIndex(path[0]) is { } list && list < call.ListEnds.Length && path[1] is int item
                    && call.ListAt(list) is var (first, count) && (uint)item < (uint)count
                    ? (first + item, 2)
                    : null;
            case FetchMode.AliasBatch:
                return AliasIndex(path[0]) is { } alias && alias < call.Count ? LocateBelow(call, path, alias, 1) : null;
            default:
                return IsStep(call, envelope.Position, path[0], 0) ? LocateBelow(call, path, envelope.Position, 1) : null;
        }
    }

    private static (int Position, int Used)? LocateBelow(FetchCall call, object[] path, int position, int used)
    {
        while (used < call.StepAt(position).LookupPath.Length && used < path.Length)
        {
            if (!IsStep(call, position, path[used], used))
            {
                return null;
            }

            used++;
        }

        return (position, used);
    }

    private static bool IsStep(FetchCall call, int position, object segment, int depth) =>
        segment is string key && key == Encoding.UTF8.GetString(call.StepAt(position).LookupPath[depth]);

    private static int? AliasIndex(object segment) =>
        segment is string { Length: > 1 } key && key[0] == '_'
        && int.TryParse(key.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private void Report(FetchCall call, (int Position, int Used) place, SourceError error, ushort buffer)
    {
        if (place.Used == error.Path!.Length && IsNull(call, place.Position))
        {
            // The whole entry: its fields say it, each at its own path.
            return;
        }

        for (var item = call[place.Position]; ; item = call[item.Next])
        {
            if (!paths.TryGetValue(item.Run, out var pathsOfStep))
            {
                paths.Add(item.Run, pathsOfStep = new TargetPaths(memory, item.Run.Step, root));
            }

            Report(item, error, error.Path.AsSpan(place.Used), pathsOfStep, buffer);
            if (item.Next < 0)
            {
                return;
            }
        }
    }

    private void Report(CallItem item, SourceError error, ReadOnlySpan<object> rest, TargetPaths places, ushort buffer)
    {
        var run = item.Run;
        for (var target = run.FirstTarget[item.Entry]; target >= 0; target = run.NextTarget[target])
        {
            var index = run.Targets[target];
            foreach (var path in places.Of(index))
            {
                mapped.CutTo(0);
                mapped.Add(path);
                switch (Follow(run, error, run.Step.Selection, index, rest, mapped, buffer))
                {
                    case { IsTold: false }:
                        break;
                    case { NullAt: var nullAt } when nullAt > 0 || places.IsOpen:
                        memory.OpenErrors.Note(run.Step, errors.Request, error, mapped, nullAt, places.IsOpen ? path.Length : 0);
                        break;
                    default:
                        errors.Add(run.Step, error, mapped);
                        break;
                }
            }
        }
    }

    /// <summary>
    /// Translates a source's keys into the answer's, as far as there are values, and marks the null at which they end. Hidden fields are no
    /// part of the path, and what needs them must know why they are null. Not to be told there is an error whose field is hidden,
    /// so that it is told at the fields that depend on it, of the objects that have some; whose field was not asked of this object (a source with an <c>@interfaceObject</c> gives it for objects of every type); or
    /// where another source's object is and only what this one would have added to it fails, each field at its own path. Where another source may still put one there, that is told when all have answered.
    /// </summary>
    private Telling Follow(StepRun run, SourceError error, CompiledSelection selection, int target, ReadOnlySpan<object> rest, ErrorPath path, ushort buffer)
    {
        var isVisible = true;
        var isOver = false;
        while (!rest.IsEmpty)
        {
            if (FieldAt(selection, target, rest[0]) is not { } field)
            {
                memory.NoteUnplacedError(buffer);
                return new Telling(!isOver && (rest[0] is not string key || !selection.HasKey(key)));
            }

            isVisible &= field.IsVisible;
            if (isVisible)
            {
                path.Add(field.Target.Key);
            }

            rest = rest[1..];
            FollowOthers(run, error, field, target, rest, buffer);
            var index = target + 1 + field.Slot;
            isOver |= memory.Gaps.IsOver(index, buffer);
            while (!rest.IsEmpty && rest[0] is int item && memory.Slots[index] is { Kind: SlotKind.List } list && (uint)item < (uint)list.Length)
            {
                if (isVisible)
                {
                    path.Add(item);
                }

                index = list.Offset + item;
                isOver |= memory.Gaps.IsOver(index, buffer);
                rest = rest[1..];
            }

            ref var slot = ref memory.Slots[index];
            if (rest.IsEmpty && slot.Kind is SlotKind.Object or SlotKind.List)
            {
                return new Telling(!ExplainBelow(run, error, field, index, buffer) && isVisible && !isOver);
            }

            if (rest.IsEmpty || slot.Kind != SlotKind.Object || field.Selection is null)
            {
                MarkErrored(run, error, field, target, ref slot, buffer);
                var isOpen = field.IsGivenBySeveral && slot.Kind is SlotKind.Null or SlotKind.Failed;
                var telling = new Telling(isVisible, isOpen ? path.Length : 0);
                FollowNames(field.Selection, isVisible ? rest : [], path);
                return telling;
            }

            target = slot.Offset;
            selection = field.Selection;
        }

        return new Telling(IsTold: true);
    }

    // Before its type is told an object has several slots for one value, each for some types: the error is in what lies below each.
    private void FollowOthers(StepRun run, SourceError error, CompiledField field, int target, ReadOnlySpan<object> rest, ushort buffer)
    {
        for (var other = field.Next; other is not null; other = other.Next)
        {
            var index = target + 1 + other.Slot;
            var below = rest;
            while (!below.IsEmpty && below[0] is int item && memory.Slots[index] is { Kind: SlotKind.List } list && (uint)item < (uint)list.Length)
            {
                index = list.Offset + item;
                below = below[1..];
            }

            if (memory.Slots[index].Kind != SlotKind.Object || other.Selection is not { } selection)
            {
                // Marked with the first one.
                MarkErrored(run, error, other, target, ref memory.Slots[index], buffer);
            }
            else if (!below.IsEmpty)
            {
                Follow(run, error, selection, memory.Slots[index].Offset, below, new ErrorPath(), buffer);
            }
        }
    }

    private bool ExplainBelow(StepRun run, SourceError error, CompiledField field, int index, ushort buffer)
    {
        var reason = new Slot { Kind = SlotKind.Failed, Aux = memory.FailureOf(error, run.Step), Buffer = buffer };
        return Settlement.TryExplain(memory, field, index, reason);
    }

    private void MarkErrored(StepRun run, SourceError error, CompiledField field, int target, ref Slot slot, ushort buffer)
    {
        if (slot.Kind != SlotKind.Null && (slot.Kind != SlotKind.Failed || slot.Buffer != buffer))
        {
            return;
        }

        slot.Kind = SlotKind.Null;
        slot.Flags |= SlotFlags.Errored;
        slot.Aux = memory.FailureOf(error, run.Step);
        for (var other = field.Next; other is not null; other = other.Next)
        {
            // The same value for a hidden field: what needs that one has the same reason to fail.
            ref var hidden = ref memory.Slots[target + 1 + other.Slot];
            if (!other.IsVisible && hidden.Kind == SlotKind.Null)
            {
                hidden.Flags |= SlotFlags.Errored;
                hidden.Aux = slot.Aux;
            }
        }
    }

    // The source made a null out of what the error is in: names alone lead on, as long as they mean one field whatever the object was.
    private static void FollowNames(CompiledSelection? selection, ReadOnlySpan<object> rest, ErrorPath path)
    {
        foreach (var segment in rest)
        {
            if (segment is int)
            {
                path.Add((int)segment);
                continue;
            }

            if (selection is null || OnlyFieldOf(selection, (string)segment) is not { } index)
            {
                return;
            }

            path.Add(selection.Source.Fields[index].Target.Key);
            selection = selection.Child(index);
        }
    }

    private static int? OnlyFieldOf(CompiledSelection selection, string sourceKey)
    {
        int? found = null;
        var fields = selection.Source.Fields;
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i].SourceKey != sourceKey)
            {
                continue;
            }

            if (fields[i].Target.IsHidden || (found is { } other && fields[other].Target.Key != fields[i].Target.Key))
            {
                return null;
            }

            found ??= i;
        }

        return found;
    }

    private CompiledField? FieldAt(CompiledSelection selection, int target, object segment)
    {
        if (segment is not string key)
        {
            return null;
        }

        var variant = selection.Variant(memory.Slots[target].Aux);
        var index = variant.Find(Encoding.UTF8.GetBytes(key));
        return index < 0 || variant.Keys[index] == CompiledField.Typename ? null : variant.Keys[index];
    }

    /// <summary>What becomes of an error at one place.</summary>
    /// <param name="IsTold">It is told there.</param>
    /// <param name="NullAt">Above zero: only where there is no value in the end, to which so many segments of the path lead.</param>
    private readonly record struct Telling(bool IsTold, int NullAt = 0);
}
