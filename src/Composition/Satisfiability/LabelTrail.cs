using System.Collections.Immutable;

namespace GraphGateway.Composition;

/// <summary>
/// What a way decides about labels, field after field, from the first field on that moves by one: also what was not carried on from there (<see cref="LabelMemory"/>).
/// </summary>
internal sealed class LabelTrail
{
    private LabelTrail(LabelTrail? before, StandPoint at, string? label, bool isOn, LabelMemory memory)
    {
        Before = before;
        At = at;
        (Label, IsOn) = (label, isOn);
        var known = before?.Latest ?? ImmutableSortedDictionary.Create<string, LabelTrail>(StringComparer.Ordinal);
        Contradiction = label is not null && known.TryGetValue(label, out var other) && other.IsOn != isOn ? this : before?.Contradiction;
        KeyCount = (before?.KeyCount ?? 0) + (label is not null && memory.IsOfKeys(label) && !known.ContainsKey(label) ? 1 : 0);

        // A field of several labels is several here: what is decided at one field is nothing that was known there.
        IsForgetful = before is not null
            && (before.IsForgetful || (before.At != at && before.KeyCount > 0 && at.Facts.Labels.Keys.Count(memory.IsOfKeys) < before.KeyCount));
        Latest = label is null ? known : known.SetItem(label, this);
    }

    /// <summary>Up to the field before; null where no label had been decided.</summary>
    internal LabelTrail? Before { get; }

    /// <summary>Where the field was selected.</summary>
    internal StandPoint At { get; }

    /// <summary>A label by which the field moves, and whether it was taken to be on; null where there is none.</summary>
    internal string? Label { get; }

    internal bool IsOn { get; }

    /// <summary>Each label that was decided, and where that was done last.</summary>
    internal ImmutableSortedDictionary<string, LabelTrail> Latest { get; }

    /// <summary>The last field for which a label was taken to be what it was not before: there is no such way. Null where there is none.</summary>
    internal LabelTrail? Contradiction { get; }

    /// <summary>True when a label on which keys or requirements hang was decided, and not known further down.</summary>
    internal bool IsForgetful { get; }

    // How many of the decided labels keys and requirements hang on.
    private int KeyCount { get; }

    /// <summary>A way that is one field longer; null as long as there is no label on it.</summary>
    internal static LabelTrail? Then(LabelTrail? before, StandPoint at, FieldIndex field, PathFacts facts, LabelMemory memory)
    {
        if (field.Labels.IsEmpty)
        {
            return before is null ? null : new LabelTrail(before, at, null, false, memory);
        }

        foreach (var label in field.Labels)
        {
            before = new LabelTrail(before, at, label, facts.Labels[label], memory);
        }

        return before;
    }

    /// <summary>The facts with all that was decided.</summary>
    internal PathFacts Complete(PathFacts facts) => Latest.Values.Aggregate(facts, static (all, it) => all.With(it.Label!, it.IsOn));
}
