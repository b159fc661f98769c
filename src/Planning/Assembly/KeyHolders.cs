using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// The fields of a fetch that share a key in its answer: the very same, or such that no object has two of them. One says for all that look alike whether another can join them
/// (Spec §5.3.2, FieldsInSetCanMerge). PERF: hundreds of fragments have a field of one name each.
/// </summary>
internal sealed class KeyHolders
{
    private readonly List<FieldDraft> different = [];

    // One of each shape.
    private readonly List<FieldDraft> shapes = [];
    private readonly HashSet<string> conditions = new(StringComparer.Ordinal);

    /// <summary>True when one of them is asked of all objects.</summary>
    public bool IsWithoutCondition { get; private set; }

    /// <summary>The types that they are for.</summary>
    public TypeSet Types { get; private set; }

    /// <summary>True when a field can have the key, too.</summary>
    public bool HaveRoomFor(FieldDraft draft) => Types.Overlaps(draft.Types)
        ? different.Exists(draft.IsSame)
        : shapes[0].CallText == draft.CallText && (draft.Below is null || !AreWrittenWith(draft))
            && (shapes.Exists(other => other.Shape == draft.Shape) || shapes.TrueForAll(draft.HasShapeOf));

    /// <summary>Gives a field the key.</summary>
    public void Add(FieldDraft draft)
    {
        if (shapes.Count > 0)
        {
            shapes[0].SharesKey = draft.SharesKey = true;
        }

        if (shapes.Count == 0 || !shapes.Exists(other => other.Shape == draft.Shape))
        {
            shapes.Add(draft);
        }

        if (!Types.Overlaps(draft.Types))
        {
            different.Add(draft);
        }

        Types = Types.Union(draft.Types);
        conditions.UnionWith(draft.Conditions);
        IsWithoutCondition |= draft.Conditions.IsEmpty;
    }

    // A source with an @interfaceObject cannot tell the types apart: there one object has both fields, and what is below them would be merged.
    private bool AreWrittenWith(FieldDraft draft) => draft.Conditions.IsEmpty ? IsWithoutCondition : conditions.Overlaps(draft.Conditions);
}
