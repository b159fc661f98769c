namespace GraphGateway.Planning;

/// <summary>What a representation carries under one name: of objects of some types more may be carried below a field than of others.</summary>
internal static class TemplateEntries
{
    /// <summary>Adds an entry. One that is the same is for its types, too; one that is for no types any more makes room for it.</summary>
    public static void Join(List<TemplateEntry> entries, TemplateEntry added)
    {
        var same = entries.FindIndex(entry => entry.Name == added.Name && entry.IsKey == added.IsKey && entry.IsNonNull == added.IsNonNull && AreSame(entry.Value, added.Value));
        var free = same < 0 ? entries.FindIndex(entry => entry.Name == added.Name && entry.AppliesTo.IsEmpty) : -1;
        if (same >= 0)
        {
            entries[same] = entries[same] with { AppliesTo = entries[same].AppliesTo.Union(added.AppliesTo) };
        }
        else if (free >= 0)
        {
            entries[free] = added;
        }
        else
        {
            entries.Add(added);
        }
    }

    private static bool AreSame(ValueTemplate a, ValueTemplate b) => (a, b) switch
    {
        (CompositeTemplate one, CompositeTemplate other) => one.Field == other.Field && one.NonNullItems == other.NonNullItems && AreSame(one.Inner, other.Inner),
        (ObjectTemplate one, ObjectTemplate other) => one.Entries.Length == other.Entries.Length && one.Entries.Zip(other.Entries).All(static pair =>
            pair.First with { Value = pair.Second.Value } == pair.Second && AreSame(pair.First.Value, pair.Second.Value)),
        _ => a == b,
    };
}
