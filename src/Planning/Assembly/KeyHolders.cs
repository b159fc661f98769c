using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// The fields of a fetch that share a key in its answer: the very same, or such that no object has two of them. One says for all that look alike whether another can join them
/// (Spec §5.3.2, FieldsInSetCanMerge). PERF: hundreds of fragments have a field of one name each.
/// </summary>
internal sealed class KeyHolders(string key)
{
    private readonly List<FieldDraft> different = [];

    // One of each shape.
    private readonly List<FieldDraft> shapes = [];
    private readonly HashSet<string> conditions = new(StringComparer.Ordinal);

    // One of them is asked of all objects.
    private bool isWithoutCondition;

    // The types that they are for.
    private TypeSet types;

    /// <summary>True when a field can have the key, too.</summary>
    public bool HaveRoomFor(FieldDraft draft)
    {
        if (types.Overlaps(draft.WrittenTypes))
        {
            return IsOneOf(different, draft);
        }

        return shapes.Count == 0 || ((draft.Below is null || !AreWrittenWith(draft)) && shapes[0].CallText == draft.CallText
            && (shapes.Exists(other => other.Shape == draft.Shape) || shapes.TrueForAll(other => ResponseShapes.AreAlike(draft, other))));
    }

    /// <summary>Gives a field the key.</summary>
    public void Add(FieldDraft draft)
    {
        draft.SourceKey = key;
        if (shapes.Count > 0)
        {
            shapes[0].SharesKey = draft.SharesKey = true;
        }

        if (shapes.Count == 0 || !shapes.Exists(other => other.Shape == draft.Shape))
        {
            shapes.Add(draft);
        }

        if (!types.Overlaps(draft.WrittenTypes))
        {
            different.Add(draft);
        }

        types = types.Union(draft.WrittenTypes);
        conditions.UnionWith(draft.Conditions);
        isWithoutCondition |= draft.Conditions.IsEmpty;
    }

    private static bool IsOneOf(List<FieldDraft> fields, FieldDraft draft)
    {
        foreach (var field in fields)
        {
            if (draft.IsSame(field))
            {
                return true;
            }
        }

        return false;
    }

    // A source with an @interfaceObject cannot tell the types apart: there one object has both fields, and what is below them would be merged.
    private bool AreWrittenWith(FieldDraft draft)
    {
        foreach (var condition in draft.Conditions)
        {
            if (conditions.Contains(condition))
            {
                return true;
            }
        }

        return draft.Conditions.IsEmpty && isWithoutCondition;
    }
}

/// <summary>The keys with a number that fields get whose own is taken, in their order. PERF: there may be hundreds of them, and each field asks the first ones first.</summary>
/// <param name="name">What stands before the number.</param>
/// <param name="wanted">The keys that fields want as they are: none of them is given here.</param>
internal sealed class KeyRow(string name, HashSet<string> wanted)
{
    private readonly List<KeyHolders> keys = [];
    private int number = 1;

    /// <summary>The first key that has room for the field; a new one where there is none.</summary>
    public KeyHolders HoldersFor(FieldDraft draft)
    {
        foreach (var holders in keys)
        {
            if (holders.HaveRoomFor(draft))
            {
                return holders;
            }
        }

        string next;
        do
        {
            next = $"{name}_{++number}";
        }
        while (wanted.Contains(next));

        keys.Add(new KeyHolders(next));
        return keys[^1];
    }
}
