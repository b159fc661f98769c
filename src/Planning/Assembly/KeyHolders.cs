using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// The fields of a fetch that share a key in its answer: no object has two of them, and one says for all that look alike whether another can join them (Spec §5.3.2,
/// FieldsInSetCanMerge). PERF: hundreds of fragments have a field of one name each.
/// </summary>
internal sealed class KeyHolders
{
    // One of each shape.
    private readonly List<FieldDraft> alike = [];
    private readonly HashSet<string> conditions = new(StringComparer.Ordinal);
    private TypeSet types;

    /// <summary>True when one of them is asked of all objects.</summary>
    public bool IsWithoutCondition { get; private set; }

    /// <summary>True when a field can have the key, too.</summary>
    public bool HaveRoomFor(FieldDraft draft) =>
        alike[0].CallText == draft.CallText && !types.Overlaps(draft.Types) && (draft.Below is null || !AreWrittenWith(draft))
        && (alike.Exists(other => other.Shape == draft.Shape) || alike.TrueForAll(draft.HasShapeOf));

    /// <summary>Gives a field the key.</summary>
    public void Add(FieldDraft draft)
    {
        if (alike.Count > 0)
        {
            alike[0].SharesKey = draft.SharesKey = true;
        }

        if (alike.Count == 0 || !alike.Exists(other => other.Shape == draft.Shape))
        {
            alike.Add(draft);
        }

        types = types.Union(draft.Types);
        conditions.UnionWith(draft.Conditions);
        IsWithoutCondition |= draft.Conditions.IsEmpty;
    }

    // A source with an @interfaceObject cannot tell the types apart: there one object has both fields, and what is below them would be merged.
    private bool AreWrittenWith(FieldDraft draft) => draft.Conditions.IsEmpty ? IsWithoutCondition : conditions.Overlaps(draft.Conditions);
}
