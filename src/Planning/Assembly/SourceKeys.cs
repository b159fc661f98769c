using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphGateway.Planning;

/// <summary>Which key each field of a selection set has in the source's answer.</summary>
internal static class SourceKeys
{
    /// <summary>Settles them: what the client sees keeps its key where it can, so that plans and source logs read like the operation.</summary>
    public static void Settle(ImmutableArray<FieldDraft>.Builder drafts)
    {
        if (AreApart(drafts))
        {
            foreach (var draft in drafts)
            {
                draft.SourceKey = WantedKey(draft);
            }

            return;
        }

        var taken = new Dictionary<string, KeyHolders>(StringComparer.Ordinal);
        var rows = new Dictionary<string, KeyRow>(StringComparer.Ordinal);
        var wanted = new HashSet<string>(drafts.Count + 1, StringComparer.Ordinal) { "__typename" };
        foreach (var draft in drafts)
        {
            wanted.Add(WantedKey(draft));
        }

        foreach (var isHidden in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var draft in drafts)
            {
                if (draft.Entry.Target.IsHidden != isHidden)
                {
                    continue;
                }

                if (draft.Joint?.Find(static other => other.SourceKey.Length > 0) is { } settled)
                {
                    draft.SourceKey = settled.SourceKey;
                    settled.SharesKey = draft.SharesKey = true;
                    continue;
                }

                HoldersFor(draft, taken, rows, wanted).Add(draft);
            }
        }
    }

    // The first key that has room: the one that is wanted, and then those with a number.
    private static KeyHolders HoldersFor(FieldDraft draft, Dictionary<string, KeyHolders> taken, Dictionary<string, KeyRow> rows, HashSet<string> wanted)
    {
        var key = WantedKey(draft);
        if (key != "__typename")
        {
            ref var holders = ref CollectionsMarshal.GetValueRefOrAddDefault(taken, key, out _);
            if ((holders ??= new KeyHolders(key)).HaveRoomFor(draft))
            {
                return holders;
            }
        }

        var bare = Bare(key);
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, bare, out _);
        return (row ??= new KeyRow(bare, wanted)).HoldersFor(draft);
    }

    // Names that begin with two underscores are the servers' own (Spec §4.1), and no name begins with a digit (§2.1.9).
    private static string Bare(string key) => key.TrimStart('_') is [>= '0' and <= '9', ..] number ? "_" + number : key.TrimStart('_');

    // PERF: mostly no two want the same.
    private static bool AreApart(ImmutableArray<FieldDraft>.Builder drafts)
    {
        const int Few = 16;
        if (drafts.Count > Few)
        {
            return false;
        }

        for (var i = 0; i < drafts.Count; i++)
        {
            var key = WantedKey(drafts[i]);
            for (var j = 0; j < i; j++)
            {
                if (key == WantedKey(drafts[j]))
                {
                    return false;
                }
            }

            if (key == "__typename")
            {
                return false;
            }
        }

        return true;
    }

    private static string WantedKey(FieldDraft draft) => WantedKey(draft.Entry);

    /// <summary>The key that a field gets where there is room.</summary>
    public static string WantedKey(SelectionEntry entry) => entry.Target.IsHidden ? entry.Field.Name : entry.Target.Key;
}
