using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>A selection set of a fetch while the plan is built.</summary>
internal sealed class SelectionBuilder
{
    // PERF: among a few entries looking is as fast as knowing; a thousand fields need an index.
    private const int Few = 16;

    private Dictionary<ResultField, List<SelectionEntry>>? byTarget;

    public List<SelectionEntry> Entries { get; } = [];

    /// <summary>The entry for a slot, new when no field of the same kind fills it here yet.</summary>
    public SelectionEntry Entry(ResultField target, FieldAtSource field, ProvidesView? view)
    {
        foreach (var entry in byTarget is null ? Entries : byTarget.GetValueOrDefault(target, []))
        {
            if (entry.Target == target && entry.Field.Result == field.Result && Equals(entry.View, view) && entry.Field.Needs == field.Needs)
            {
                return entry;
            }
        }

        var added = new SelectionEntry(target, field, view);
        Entries.Add(added);
        if (byTarget is not null)
        {
            Index(added);
        }
        else if (Entries.Count > Few)
        {
            byTarget = [];
            Entries.ForEach(Index);
        }

        return added;
    }

    /// <summary>Leaves an entry out, when no more are added.</summary>
    public void Remove(SelectionEntry entry)
    {
        Entries.Remove(entry);
        byTarget?.GetValueOrDefault(entry.Target)?.Remove(entry);
    }

    private void Index(SelectionEntry entry)
    {
        if (!byTarget!.TryGetValue(entry.Target, out var sameTarget))
        {
            byTarget.Add(entry.Target, sameTarget = []);
        }

        sameTarget.Add(entry);
    }
}

/// <summary>A field of a fetch while the plan is built.</summary>
/// <param name="target">The slot that it fills.</param>
/// <param name="field">The field in the source; for other types of <see cref="Types"/> it differs at most in its wrappers.</param>
/// <param name="view">What is provided below.</param>
internal sealed class SelectionEntry(ResultField target, FieldAtSource field, ProvidesView? view)
{
    public ResultField Target { get; } = target;

    public FieldAtSource Field { get; } = field;

    public ProvidesView? View { get; } = view;

    /// <summary>The runtime types that the field is asked of.</summary>
    public TypeSet Types { get; set; }

    /// <summary>The selection below a composite field.</summary>
    public Presence? Child { get; set; }

    /// <summary>True where nobody filled the slot of some objects before: by this it is known whether anything is there.</summary>
    public bool IsFirst { get; set; }
}
