using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// Settles how a step's selection is written: which fields stand under type conditions (concrete types only where the source has no
/// interface that says the same), and which key each has in the answer.
/// </summary>
internal sealed class SelectionDrafter(PlanningGraph graph)
{
    /// <summary>Drafts a selection set and all below it.</summary>
    /// <param name="presence">The selection and where it stands.</param>
    /// <param name="tellsRuntimeType">True when the step is there to tell the types.</param>
    /// <param name="isEntry">True for the selection on the step's targets.</param>
    public SelectionDraft Draft(Presence presence, bool tellsRuntimeType, bool isEntry)
    {
        var drafts = ImmutableArray.CreateBuilder<FieldDraft>(presence.Selection.Entries.Count);
        foreach (var entry in presence.Selection.Entries)
        {
            AddDrafts(presence, entry, drafts);
        }

        SettleKeys(drafts);
        var at = presence.StaticType?.BySource[presence.Source.Ordinal];
        var fixedType = at is { IsInterfaceObject: false, Type.Type: ObjectType objectType } && (!isEntry || presence.Position.IsRoot)
            ? objectType
            : null;
        return new SelectionDraft(presence, tellsRuntimeType || (!isEntry && at is { IsAbstract: true }), fixedType, drafts.DrainToImmutable());
    }

    private void AddDrafts(Presence presence, SelectionEntry entry, ImmutableArray<FieldDraft>.Builder drafts)
    {
        var below = entry.Child is null ? null : Draft(entry.Child, tellsRuntimeType: false, isEntry: false);
        var name = entry.Field.Name;
        if (presence.StaticType?.BySource[presence.Source.Ordinal] is { } at && Speaks(at, entry, presence, at.IsAbstract ? presence.Types : entry.Types))
        {
            drafts.Add(Draft(entry, entry.Types, at.Fields[name], below, []));
            return;
        }

        if (CommonType(presence, entry) is { } common)
        {
            drafts.Add(Draft(entry, entry.Types, common.Fields[name], below, [common.Name]));
            return;
        }

        AddByType(presence, entry, below, drafts);
    }

    private void AddByType(Presence presence, SelectionEntry entry, SelectionDraft? below, ImmutableArray<FieldDraft>.Builder drafts)
    {
        var byType = entry.Types.Ordinals()
            .Select(ordinal => (Ordinal: ordinal, Field: graph.ObjectAt(ordinal).BySource[presence.Source.Ordinal]!.Fields[entry.Field.Name]))
            .GroupBy(part => part.Field.TypeText);
        foreach (var group in byType)
        {
            var types = TypeSet.Of(group.Select(part => graph.Schema.ObjectTypes[part.Ordinal]));
            drafts.Add(Draft(entry, types, group.First().Field, below, [.. group.Select(part => part.Field.OwnerName).Distinct()]));
        }
    }

    // The interface (or, for an object, the object) that the client selected on says the same as its types one by one,
    // if the source agrees on what it can be here.
    private TypeAtSource? CommonType(Presence presence, SelectionEntry entry)
    {
        var parent = entry.Target.Selection?.ParentType ?? entry.Target.Parent.Type;
        var at = graph.Find(parent.Name)?.BySource[presence.Source.Ordinal];
        return at is not null && Speaks(at, entry, presence, presence.Types.Intersect(at.PossibleTypes)) ? at : null;
    }

    private bool Speaks(TypeAtSource at, SelectionEntry entry, Presence presence, TypeSet typesHere) =>
        typesHere == entry.Types && at.Fields.TryGetValue(entry.Field.Name, out var field) && field.Result == entry.Field.Result
        && field.Needs == entry.Field.Needs && Equals(ProvidesView.Below(field, presence.View, graph.Schema), entry.View)
        && (entry.Field.Needs is not null || field.IsServed(entry.Target.Arguments, presence.View));

    private static FieldDraft Draft(SelectionEntry entry, TypeSet types, FieldAtSource field, SelectionDraft? below, ImmutableArray<string> conditions) =>
        new(entry, types, field.TypeText, field, conditions)
        {
            CallText = entry.Target.Arguments is { IsEmpty: false } arguments
                ? new TextPieces(new StringBuilder()).Append(field.Name).AppendArguments(arguments, []).TakeText() + field.Needs?.Text
                : field.Name + field.Needs?.Text,
            Below = below,
        };

    // What the client sees keeps its key where it can, so that plans and source logs read like the operation.
    private static void SettleKeys(ImmutableArray<FieldDraft>.Builder drafts)
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
                if (draft.Entry.Target.IsHidden == isHidden)
                {
                    HoldersFor(draft, taken, rows, wanted).Add(draft);
                }
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

    private static string WantedKey(FieldDraft draft) => draft.Entry.Target.IsHidden ? draft.Entry.Field.Name : draft.Entry.Target.Key;
}
