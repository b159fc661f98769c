using System.Collections.Concurrent;
using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>A source that already stands on a value, what it provides there, and how many fetches it took.</summary>
internal readonly record struct Arrival(TypeAtSource At, ProvidesView? View, int Depth);

/// <summary>Which sources can be asked for more of a value, and after how many fetches.</summary>
internal sealed class Closure
{
    public const int Never = int.MaxValue;

    private int[] depths;
    private int[] entryDepths;
    private Lookup?[] entries;
    private bool isEntered;
    private ConcurrentDictionary<FieldAtSource, int>? requirements;

    public Closure(int sourceCount, List<Arrival> arrivals)
    {
        Arrivals = arrivals;
        Least = Never;
        (depths, entryDepths, entries) = ([], [], []);
        foreach (var arrival in arrivals)
        {
            Least = Math.Min(Least, arrival.Depth);
        }

        Clear(sourceCount);
    }

    public List<Arrival> Arrivals { get; }

    /// <summary>The least depth that anything on the value can have; what has it cannot get better.</summary>
    public int Least { get; }

    /// <summary>The question that this is the answer to, as long as it can still get better; then null.</summary>
    public Question? Question { get; set; }

    /// <summary>The depth of the first fetch of the source on this value; <see cref="Never"/> when there can be none.</summary>
    public int DepthOf(SourceSchema source) => depths[source.Ordinal];

    /// <summary>The depth of a lookup in the source, which may be one that stands on the value already.</summary>
    public int EntryDepthOf(SourceSchema source) => entryDepths[source.Ordinal];

    /// <summary>The cheapest lookup; null when the source cannot be entered here.</summary>
    public Lookup? EntryOf(SourceSchema source) => entries[source.Ordinal];

    /// <summary>Notes a lookup; false when it is no better than what is known.</summary>
    public bool Enter(Lookup lookup, int depth)
    {
        var ordinal = lookup.Source.Ordinal;
        if (depth >= entryDepths[ordinal])
        {
            return false;
        }

        entryDepths[ordinal] = depth;
        entries[ordinal] = lookup;
        depths[ordinal] = Math.Min(depths[ordinal], depth);
        isEntered = true;
        return true;
    }

    /// <summary>Forgets all entries; gives what was known, or null where there were none.</summary>
    public Closure? Restart()
    {
        if (!isEntered)
        {
            return null;
        }

        var before = (Closure)MemberwiseClone();
        Clear(depths.Length);
        return before;
    }

    /// <summary>Takes the entries of another closure in place of its own; null: none.</summary>
    public void Restore(Closure? before)
    {
        if (before is null)
        {
            Restart();
            return;
        }

        (depths, entryDepths, entries, isEntered) = (before.depths, before.entryDepths, before.entries, before.isEntered);
    }

    /// <summary>Keeps what was known before where that is better; true when anything is better now. Null: nothing was known.</summary>
    public bool KeepBetter(Closure? before)
    {
        if (before is null)
        {
            return isEntered;
        }

        var isBetter = false;
        isEntered |= before.isEntered;
        for (var source = 0; source < entryDepths.Length; source++)
        {
            isBetter |= entryDepths[source] < before.entryDepths[source];
            if (before.entryDepths[source] < entryDepths[source])
            {
                (depths[source], entryDepths[source], entries[source]) = (before.depths[source], before.entryDepths[source], before.entries[source]);
            }
        }

        return isBetter;
    }

    /// <summary>After how many fetches a source can give a field with a requirement, where that was found out already.</summary>
    public int? KnownDepthOf(FieldAtSource field) => requirements is not null && requirements.TryGetValue(field, out var depth) ? depth : null;

    /// <summary>Remembers what <see cref="KnownDepthOf"/> gives.</summary>
    public void Remember(FieldAtSource field, int depth) =>
        (requirements ?? Interlocked.CompareExchange(ref requirements, new(), null) ?? requirements!).TryAdd(field, depth);

    public bool IsServed(FieldAtSource field, ImmutableArray<ArgumentNode> arguments)
    {
        if (field.IsServed(arguments, view: null))
        {
            return true;
        }

        foreach (var arrival in Arrivals)
        {
            if (arrival.At.Source == field.Source && arrival.View is not null && field.IsServed(arguments, arrival.View))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the source provides here; null when nothing.</summary>
    public ProvidesView? ViewOf(SourceSchema source)
    {
        foreach (var arrival in Arrivals)
        {
            if (arrival.At.Source == source && arrival.View is not null)
            {
                return arrival.View;
            }
        }

        return null;
    }

    private void Clear(int sourceCount)
    {
        (depths, entryDepths, entries, isEntered) = (Filled(sourceCount), Filled(sourceCount), new Lookup?[sourceCount], false);
        foreach (var arrival in Arrivals)
        {
            var ordinal = arrival.At.Source.Ordinal;
            depths[ordinal] = Math.Min(depths[ordinal], arrival.Depth);
        }
    }

    private static int[] Filled(int length)
    {
        var values = new int[length];
        Array.Fill(values, Never);
        return values;
    }
}
