using System.Collections.Immutable;
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
        List<ApartDraft>? apart = null;
        foreach (var entry in presence.Selection.Entries)
        {
            var below = entry.Child is null ? null : Draft(entry.Child, tellsRuntimeType: false, isEntry: false);
            var common = Common(presence, entry, below, entry.Types);
            if (below is not null && common is not { Conditions.IsEmpty: true })
            {
                (apart ??= []).Add(new ApartDraft(entry, below, drafts.Count, IsByType: common is null));
            }

            if (common is not null)
            {
                drafts.Add(common);
            }
            else
            {
                AddByType(presence, entry, below, drafts);
            }
        }

        if (apart is { Count: > 1 })
        {
            Join(presence, apart, drafts);
        }

        SourceKeys.Settle(drafts);
        var at = presence.StaticType?.BySource[presence.Source.Ordinal];
        var fixedType = at is { IsInterfaceObject: false, Type.Type: ObjectType objectType } && (!isEntry || presence.Position.IsRoot)
            ? objectType
            : null;
        return new SelectionDraft(presence, tellsRuntimeType || (!isEntry && at is { IsAbstract: true }), fixedType, drafts.DrainToImmutable());
    }

    // By what the source has for all of these types: it stands once in the document, whatever they are.
    private FieldDraft? Common(Presence presence, SelectionEntry entry, SelectionDraft? below, TypeSet types, List<FieldDraft>? joint = null)
    {
        var name = entry.Field.Name;
        if (presence.StaticType?.BySource[presence.Source.Ordinal] is { } at && Speaks(at, entry, presence, at.IsAbstract ? presence.Types : types, types))
        {
            return Draft(entry, entry.Types, at.Fields[name], below, [], joint);
        }

        return CommonType(presence, entry, types) is { } common ? Draft(entry, entry.Types, common.Fields[name], below, [common.Name], joint) : null;
    }

    // Objects of several kinds are below several slots. What is asked below them alike stands once: below each type it would be written as often as there are types, and at
    // each level of such fields as many times more.
    private void Join(Presence presence, List<ApartDraft> apart, ImmutableArray<FieldDraft>.Builder drafts)
    {
        var groups = new List<List<ApartDraft>>();
        foreach (var part in apart)
        {
            if (groups.Find(group => IsAlike(group[0], part)) is { } alike)
            {
                alike.Add(part);
            }
            else
            {
                groups.Add([part]);
            }
        }

        var written = groups.FindAll(static group => group.Count > 1 && group.Exists(static part => part.IsByType)).SelectMany(group => AsOne(presence, group));
        foreach (var (part, draft) in written.OrderByDescending(static item => item.Part.First))
        {
            var count = 1;
            while (part.First + count < drafts.Count && drafts[part.First + count].Entry == part.Entry)
            {
                count++;
            }

            drafts.RemoveRange(part.First, count);
            drafts.Insert(part.First, draft);
        }
    }

    private List<(ApartDraft Part, FieldDraft Draft)> AsOne(Presence presence, List<ApartDraft> group)
    {
        var types = group.Aggregate(default(TypeSet), static (all, part) => all.Union(part.Entry.Types));
        var joint = new List<FieldDraft>(group.Count);
        foreach (var part in group)
        {
            if (Common(presence, part.Entry, part.Below, types, joint) is not { } common)
            {
                return [];
            }

            joint.Add(common);
        }

        return [.. group.Zip(joint)];
    }

    private static bool IsAlike(ApartDraft one, ApartDraft other)
    {
        var (a, b) = (one.Entry, other.Entry);
        return a.Field.Name == b.Field.Name && a.Field.Result == b.Field.Result && a.Field.Needs == b.Field.Needs && Equals(a.View, b.View)
            && SourceKeys.WantedKey(a) == SourceKeys.WantedKey(b) && a.Target.HasArguments(b.Target.Arguments) && one.Below.IsWrittenAs(other.Below);
    }

    // A field with objects below that is written below types, from that draft on: below one that the client named, or below each.
    private sealed record ApartDraft(SelectionEntry Entry, SelectionDraft Below, int First, bool IsByType);

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
    private TypeAtSource? CommonType(Presence presence, SelectionEntry entry, TypeSet types)
    {
        var parent = entry.Target.Selection?.ParentType ?? entry.Target.Parent.Type;
        var at = graph.Find(parent.Name)?.BySource[presence.Source.Ordinal];
        return at is not null && Speaks(at, entry, presence, presence.Types.Intersect(at.PossibleTypes), types) ? at : null;
    }

    private bool Speaks(TypeAtSource at, SelectionEntry entry, Presence presence, TypeSet typesHere, TypeSet types) =>
        typesHere == types && at.Fields.TryGetValue(entry.Field.Name, out var field) && field.Result == entry.Field.Result
        && field.Needs == entry.Field.Needs && Equals(ProvidesView.Below(field, presence.View, graph.Schema), entry.View)
        && (entry.Field.Needs is not null || field.IsServed(entry.Target.Arguments, presence.View));

    private static FieldDraft Draft(
        SelectionEntry entry, TypeSet types, FieldAtSource field, SelectionDraft? below, ImmutableArray<string> conditions, List<FieldDraft>? joint = null) =>
        new(entry, types, field.TypeText, field, conditions)
        {
            CallText = CallTextOf(entry, field),
            Below = below,
            Joint = joint,
        };

    /// <summary>What is asked of an object, but for what is below it: entries with the same are one call of the source's field.</summary>
    public static string CallTextOf(SelectionEntry entry, FieldAtSource field) => entry.Target.Arguments is { IsEmpty: false } arguments
        ? new TextPieces(new StringBuilder()).Append(field.Name).AppendArguments(arguments, []).TakeText() + field.Needs?.Text
        : field.Name + field.Needs?.Text;
}
