using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Says of the keys that steps send whether an object can be without one. It is where a field of the key is null, and where the step that gives the field
/// was never sent for the object, since that has no key for it either: what is never null in its source is not there then.
/// </summary>
internal sealed class KeyCertainty(PlanAttempt attempt)
{
    private readonly Dictionary<(StepBuilder Step, int Type), bool> sent = [];
    private readonly Dictionary<(string Field, TypeSet Types), bool> neverNull = [];

    /// <summary>
    /// True when all keys of the step are one leaf that is never null, and the objects' own source gives it. PERF: mostly so, and steps below hundreds of fragments have as many keys
    /// each; false does not say that any can be absent.
    /// </summary>
    public bool AreNeverAbsent(StepBuilder step)
    {
        if (step.Keys.Count == 0 || step.Keys[0].Lookup.Key.Selections is not [FieldNode { SelectionSet: null, Name.Value: not "__typename" } first])
        {
            return false;
        }

        foreach (var key in step.Keys)
        {
            if (key.Lookup.Key.Selections is not [FieldNode { SelectionSet: null, Arguments.IsEmpty: true } field] || field.Name.Value != first.Name.Value)
            {
                return false;
            }
        }

        if (!IsGivenByFirst(step, step.Position, first, step.TargetTypes))
        {
            return false;
        }

        if (!neverNull.TryGetValue((first.Name.Value, step.TargetTypes), out var isNeverNull))
        {
            isNeverNull = true;
            foreach (var type in step.TargetTypes.Ordinals())
            {
                isNeverNull = isNeverNull && !CanBeNull(first, type);
            }

            neverNull.Add((first.Name.Value, step.TargetTypes), isNeverNull);
        }

        return isNeverNull;
    }

    /// <summary>True when an object of the type can be without the key when the step is to send it.</summary>
    public bool CanBeAbsent(StepBuilder step, SelectionSetNode key, int type) => CanBeAbsent(step, step.Position, key, type);

    /// <summary>All keys that an object of the type is without where it is without some: those of the steps, too, that were not sent for it.</summary>
    /// <param name="step">Who sends these.</param>
    /// <param name="tried">The keys.</param>
    /// <param name="type">The type.</param>
    public AbsentKeys Without(StepBuilder step, List<KeyUse> tried, int type)
    {
        var absent = new AbsentKeys(step.Position, type, tried.ConvertAll(use => (step, use.Lookup)), []);
        for (var index = 0; index < absent.Keys.Count; index++)
        {
            AddAbsent(absent.Keys[index].Step, absent.Keys[index].Lookup, absent);
        }

        return absent;
    }

    /// <summary>False where a key has all of an absent one.</summary>
    public bool MayBeWhole(Lookup key, AbsentKeys absent) => absent.Keys.TrueForAll(before => MayBeWholeWithout(before.Step, before.Lookup, key, absent.Type));

    /// <summary>False where no object has the key that is without those before it, as the steps are by now.</summary>
    public bool MayBeThere(StepBuilder step, Lookup key, List<KeyUse> before, int type) => Without(step, before, type) is var absent && MayBeWhole(key, absent)
        && key.Key.Selections.All(part => part is not FieldNode { Name.Value: not "__typename" } field
            || Givers(step, step.Position, field, type).Any(giver => CanBeSent(giver.Presence, absent)));

    /// <summary>False for a step that is sent by absent keys alone, or by what comes from such.</summary>
    public bool CanBeSent(Presence giver, AbsentKeys absent)
    {
        var step = giver.Step;
        return IsCertain(giver, absent.Position, absent.Type) || step.Position != absent.Position || (!absent.Unsent.Contains(step)
            && UsesOf(step, absent.Type).Any(use => MayBeWhole(use.Lookup, absent) && use.Lookup.Key.Selections.All(part =>
                part is not FieldNode { Name.Value: not "__typename" } field
                    || Givers(step, absent.Position, field, absent.Type).Any(other => CanBeSent(other.Presence, absent)))));
    }

    // A key that has all of another one that can be absent is absent where that is.
    private bool MayBeWholeWithout(StepBuilder step, Lookup before, Lookup other, int type)
    {
        var parts = other.Key.Selections.Select(Printer.Print).ToHashSet(StringComparer.Ordinal);
        return before.Key.Selections.Any(part => CanBeAbsent(step, Only(part), type) && !parts.Contains(Printer.Print(part)));
    }

    private static SelectionSetNode Only(SelectionNode part) => new(part.Start, part.End, [part]);

    // PERF: asked of each type of each step; there may be hundreds of both.
    private bool CanBeAbsent(StepBuilder step, Position position, SelectionSetNode key, int type)
    {
        foreach (var item in key.Selections)
        {
            if (item is FieldNode { Name.Value: not "__typename" } field ? CanBeNull(field, type) || !IsGivenForCertain(step, position, field, type)
                : item is InlineFragmentNode fragment && IsFor(fragment, type) && CanBeAbsent(step, position, fragment.SelectionSet, type))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsFor(InlineFragmentNode fragment, int type) =>
        fragment.TypeCondition is not { } condition || attempt.Graph.PossibleTypes(condition.Name.Value).Contains(type);

    // Items of lists count, too: a source may take no null there.
    private bool CanBeNull(FieldNode field, int type)
    {
        if (attempt.Graph.Schema.ObjectTypes[type].FindField(field.Name.Value)?.Type is not { IsNonNull: true } own)
        {
            return true;
        }

        for (var item = own.Nullable; item is ListType list; item = list.OfType.Nullable)
        {
            if (!list.OfType.IsNonNull)
            {
                return true;
            }
        }

        return field.SelectionSet is { } below && own.Named is CompositeType composite && CanBeNull(below, composite);
    }

    private bool CanBeNull(SelectionSetNode below, CompositeType composite) => composite.PossibleTypes.Ordinals().Any(inner => CanBeNull(below, inner));

    private bool CanBeNull(SelectionSetNode key, int type) => key.Selections.Any(item => item switch
    {
        InlineFragmentNode fragment => IsFor(fragment, type) && CanBeNull(fragment.SelectionSet, type),
        FieldNode { Name.Value: not "__typename" } field => CanBeNull(field, type),
        _ => false,
    });

    private bool IsGivenForCertain(StepBuilder step, Position position, FieldNode field, int type) =>
        (field.SelectionSet is null && (IsGivenByFirst(step, position, field, default(TypeSet).With(type)) || AreAllCertain(step, position, type))) || IsGiven(step, position, field, type);

    // PERF: mostly the objects' own source gives all of it, and asks for little else.
    private static bool IsGivenByFirst(StepBuilder step, Position position, FieldNode field, TypeSet types)
    {
        const int Few = 16;
        var first = position.Presences[0];
        foreach (var entry in first.Step != step && !position.HasSeveralBringers && first.Selection.Entries.Count <= Few ? first.Selection.Entries : [])
        {
            if (entry.Target.Definition.Name == field.Name.Value && types.IsSubsetOf(entry.Types) && entry.Target.HasArguments(field.Arguments))
            {
                return true;
            }
        }

        return false;
    }

    // PERF: or nobody has come before the step who may not have been sent: whoever brings some of the objects has what it gives of them.
    private bool AreAllCertain(StepBuilder step, Position position, int type)
    {
        foreach (var presence in position.Presences)
        {
            if (presence.Step.Depth < step.Depth && !position.BringsAny(presence.Step) && !IsCertain(presence, position, type))
            {
                return false;
            }
        }

        return true;
    }

    // By one step for all of the objects, or by each that brings some of them for these.
    private bool IsGiven(StepBuilder step, Position position, FieldNode field, int type)
    {
        var givers = Givers(step, position, field, type).Where(giver => field.SelectionSet is not { } below || IsGivenForCertain(step, position, giver.Slot, below, type));
        return position.HasSeveralBringers
            ? givers.ToList() is var all && (all.Exists(giver => IsCertain(giver.Presence, position, type))
                || position.BringingOf(default(TypeSet).With(type)).All(bringing => all.Exists(giver => giver.Presence == bringing)))
            : givers.Any(giver => IsCertain(giver.Presence, position, type));
    }

    private bool IsGivenForCertain(StepBuilder step, Position position, ResultField slot, SelectionSetNode below, int type)
    {
        var (inner, above) = (attempt.PositionBelow(position, slot), default(TypeSet).With(type));
        foreach (var ordinal in attempt.Slots.TypesBelow(slot, inner.Shape, above).Intersect(inner.BroughtBelow(above)).Ordinals())
        {
            if (CanBeAbsent(step, inner, below, ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<(Presence Presence, ResultField Slot)> Givers(StepBuilder step, Position position, FieldNode field, int type)
    {
        foreach (var presence in position.Presences)
        {
            var entry = presence.Step == step || !step.Follows(presence.Step) ? null : presence.Selection.Entries.Find(entry =>
                entry.Types.Contains(type) && entry.Target.Definition.Name == field.Name.Value && entry.Target.HasArguments(field.Arguments));
            if (entry is not null)
            {
                yield return (presence, entry.Target);
            }
        }
    }

    /// <summary>
    /// True when all objects of a type have what a step gives of them. Who brings all of them, or all that they are below, or stands above those and was sent, has it; but who
    /// brings some of them gives it of these alone.
    /// </summary>
    public bool IsCertain(Presence presence, Position position, int type)
    {
        var step = presence.Step;
        if (position.HasSeveralBringers && step.Position != position)
        {
            return position.BringingOf(default(TypeSet).With(type)).All(bringing => bringing == presence);
        }

        if (step.Kind == FetchKind.Root || presence == position.Presences[0] || position.BringsAll(step) || BringsAbove(step, position))
        {
            return true;
        }

        if (step.Position == position)
        {
            return IsSent(step, type);
        }

        foreach (var above in step.TargetTypes.Ordinals())
        {
            if (!IsSent(step, above))
            {
                return false;
            }
        }

        return true;
    }

    // Where it was not sent there is nothing between it and there.
    private bool BringsAbove(StepBuilder step, Position position)
    {
        var above = step.Position;
        for (var at = above.Path.Length; at < position.Path.Length - 1; at++)
        {
            above = attempt.PositionBelow(above, position.Path[at]);
            if (above.BringsAll(step))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsSent(StepBuilder step, int type)
    {
        if (!sent.TryGetValue((step, type), out var isSent))
        {
            isSent = UsesOf(step, type).Any(use => !CanBeAbsent(step, use.Lookup.Key, type));
            sent.Add((step, type), isSent);
        }

        return isSent;
    }

    // What the keys of the type are by now: further ones are found for who comes first.
    private static IEnumerable<KeyUse> UsesOf(StepBuilder step, int type) =>
        step.Keys.Concat(step.OtherKeys.SelectMany(static uses => uses))
            .Concat(step.OtherCalls.SelectMany(static call => call.Keys.Concat(call.OtherKeys.SelectMany(static uses => uses))))
            .Where(use => use.Types.Contains(type));

    // The keys of those who were not sent, or they would have given the one field that can be absent.
    private void AddAbsent(StepBuilder step, Lookup lookup, AbsentKeys absent)
    {
        List<SelectionNode> parts = [.. lookup.Key.Selections.Where(part => CanBeAbsent(step, Only(part), absent.Type))];
        if (parts is not [FieldNode only] || CanBeNull(only, absent.Type))
        {
            return;
        }

        foreach (var (giver, _) in Givers(step, absent.Position, only, absent.Type))
        {
            if (giver.Step.Position == absent.Position && !IsCertain(giver, absent.Position, absent.Type) && absent.Unsent.Add(giver.Step))
            {
                absent.Keys.AddRange(UsesOf(giver.Step, absent.Type).Select(use => (giver.Step, use.Lookup)));
            }
        }
    }
}

/// <summary>Keys that objects of a type are without.</summary>
/// <param name="Position">Where the objects are.</param>
/// <param name="Type">Their type.</param>
/// <param name="Keys">The keys, each with a step that sends it.</param>
/// <param name="Unsent">The steps that were not sent for these objects.</param>
internal sealed record AbsentKeys(Position Position, int Type, List<(StepBuilder Step, Lookup Lookup)> Keys, HashSet<StepBuilder> Unsent);
