using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Puts fields into the selections of steps that stand at a position already.</summary>
internal sealed class LocalFields(PlanAttempt attempt)
{
    // What is found for few types is found as fast as it is looked up.
    private const int Few = 8;

    private readonly OtherWays otherWays = new(attempt);

    // PERF: what a source serves of hundreds of types is the same at each position, where nothing is provided there.
    private readonly Dictionary<(SourceSchema Source, string Field, TypeSet Types, bool CarriesRequirement), (FieldGroup[] Groups, TypeSet Unserved)> known = [];

    // PERF: the lists of demands that are placed, for those to come.
    private readonly Stack<List<FieldGroup>> spare = new();

    /// <summary>Has a step fill what its source serves where it stands, sub-selections included; gives what is left over.</summary>
    public List<Demand> Place(Presence presence, List<Demand> demands)
    {
        var left = new List<Demand>();
        foreach (var demand in demands)
        {
            Place(presence, demand, carriesRequirement: false, left);
        }

        return left;
    }

    /// <summary>The same for one demand.</summary>
    /// <param name="presence">Where the step stands.</param>
    /// <param name="demand">What is asked.</param>
    /// <param name="carriesRequirement">True: the step was made to carry what the field requires.</param>
    /// <param name="left">Gets what is left over.</param>
    public void Place(Presence presence, Demand demand, bool carriesRequirement, List<Demand> left)
    {
        if (SlotParts.IsTooEarly(attempt, presence.Position, presence.Step, demand))
        {
            if (IsAskedAlready(presence, demand))
            {
                attempt.Touch(presence.Step);
                return;
            }

            left.Add(demand);
            return;
        }

        // Where the source cannot tell the types apart, a field is asked of all objects or of none.
        if (presence.IsTypeUnknown)
        {
            var all = attempt.Graph.SeenBy(demand.Field, presence.Types);
            if (!IsOf(demand, all) || (all != presence.Types && !attempt.Entries.CanTellTypes(presence)))
            {
                left.Add(demand);
                return;
            }

            PlaceOfAll(presence, demand, all, carriesRequirement, left);
            return;
        }

        if (IsBeforeTypes(presence))
        {
            if (GroupsOf(presence, demand, carriesRequirement, out _) == 0)
            {
                left.Add(demand);
                return;
            }

            if (AskedOfAll(presence, demand, carriesRequirement) is { } all)
            {
                PlaceOfAll(presence, demand, all, carriesRequirement, left);
                return;
            }

            // Which objects get the field depends on their type, and another step tells that: the answer cannot be read before.
            if (presence.Position.TypeTeller is not { } teller || teller.Follows(presence.Step))
            {
                left.Add(demand);
                return;
            }

            presence.Step.DependOn(teller);
        }

        PlaceAtTypes(presence, demand, carriesRequirement, left);
    }

    /// <summary>True where the step asks it of all objects, whose types are no matter then: a key reads it from there.</summary>
    public static bool IsAskedAlready(Presence presence, Demand demand) => demand.IsLeaf && demand.Types.IsSubsetOf(demand.Field.Filled)
        && presence.Selection.Entries.Exists(entry => entry.Target == demand.Field && demand.Types.IsSubsetOf(entry.Types));

    /// <summary>
    /// True when the step goes before the one that tells the objects' types, which waits for it, and this is asked of some types alone: then another step of its source, after
    /// that one, is asked for it.
    /// </summary>
    public bool IsTooEarly(Presence presence, Demand demand) =>
        IsBeforeTypes(presence) && presence.Position.TypeTeller?.Follows(presence.Step) == true && AskedOfAll(presence, demand, carriesRequirement: false) is null;

    // Of whom a step before the types asks the field, where it can: of all, in one way.
    private TypeSet? AskedOfAll(Presence presence, Demand demand, bool carriesRequirement)
    {
        var all = attempt.Graph.SeenBy(demand.Field, presence.Position.InseparableTypes!.Value);
        return IsOf(demand, all) && (!carriesRequirement || all.IsSubsetOf(demand.Types))
            && GroupsOf(presence, demand with { Types = all }, carriesRequirement, out var rest) == 1 && rest.IsEmpty ? all : null;
    }

    // Of a slot that is for all of them, or for some while all are asked by another one as well (SlotParts).
    private static bool IsOf(Demand demand, TypeSet all) => all.IsSubsetOf(demand.Field.AppliesTo) || all.IsSubsetOf(demand.Types);

    /// <summary>True when the source that stands there gives the field of all types of the demand, in one way.</summary>
    public bool Gives(Presence presence, Demand demand) => GroupsOf(presence, demand, carriesRequirement: false, out var rest) == 1 && rest.IsEmpty;

    // The others of them were not asked for, and what the source leaves of those is nobody's.
    private void PlaceOfAll(Presence presence, Demand demand, TypeSet all, bool carriesRequirement, List<Demand> left)
    {
        var asked = demand.Types;
        var ofAll = new List<Demand>();
        PlaceAtTypes(presence, demand with { Types = all }, carriesRequirement, ofAll);
        left.AddRange(ofAll.Select(rest => rest with { Types = rest.Types.Intersect(asked) }).Where(rest => !rest.Types.IsEmpty));
    }

    // The step was entered for objects whose types another step tells, if any does, and does not wait for that: what is of some of them it cannot place.
    private static bool IsBeforeTypes(Presence presence) =>
        presence.Position is { InseparableTypes: not null } position && presence.Step.Position == position && presence.Step != position.TypeTeller
        && !(position.TypeTeller is { } teller && presence.Step.Follows(teller));

    // In how many ways the source serves the field, and of whom it does not.
    private int GroupsOf(Presence presence, Demand demand, bool carriesRequirement, out TypeSet rest)
    {
        rest = demand.Types.Except(presence.Types);
        var groups = new List<FieldGroup>(1);
        Group(presence, demand, carriesRequirement, ref rest, groups);
        return groups.Count;
    }

    private void PlaceAtTypes(Presence presence, Demand demand, bool carriesRequirement, List<Demand> left)
    {
        var rest = demand.Types.Except(presence.Types);
        var groups = spare.TryPop(out var list) ? list : [];
        Group(presence, demand, carriesRequirement, ref rest, groups);
        if (demand.Field is { IsWhole: true, Filled.IsEmpty: true } && (!rest.IsEmpty || groups.Count > 1))
        {
            left.Add(demand);
        }
        else
        {
            foreach (var group in groups)
            {
                PlaceGroup(presence, demand, group, left);
            }

            if (!rest.IsEmpty)
            {
                left.Add(demand.For(rest));
            }
        }

        groups.Clear();
        spare.Push(groups);
    }

    private record struct FieldGroup(FieldAtSource Field, ProvidesView? View)
    {
        // While types are added to the group; after that they are the others.
        public TypeSetBuilder Added;

        public TypeSet Types { get; set; }
    }

    private void Group(Presence presence, Demand demand, bool carriesRequirement, ref TypeSet rest, List<FieldGroup> groups)
    {
        var (arguments, here) = (demand.Field.Arguments, demand.Types.Intersect(presence.Types));
        var isKept = presence.View is null && arguments.IsEmpty && here.Count > Few;
        var question = (presence.Source, demand.Field.Definition.Name, here, carriesRequirement);
        if (isKept && known.TryGetValue(question, out var found))
        {
            groups.AddRange(found.Groups);
            rest = rest.Union(found.Unserved);
            return;
        }

        var left = default(TypeSetBuilder);
        foreach (var ordinal in here.Ordinals())
        {
            var at = attempt.Graph.ObjectAt(ordinal).BySource[presence.Source.Ordinal];
            if (at is null || !at.Fields.TryGetValue(demand.Field.Definition.Name, out var field)
                || !field.IsServed(arguments, presence.View) || (field.Needs is not null && !carriesRequirement))
            {
                left.Add(ordinal);
                continue;
            }

            var view = ProvidesView.Below(field, presence.View, attempt.Graph.Schema);
            Add(groups, field, view, ordinal);
        }

        foreach (ref var group in CollectionsMarshal.AsSpan(groups))
        {
            group.Types = group.Added.Take();
        }

        var unserved = left.Take();
        rest = rest.Union(unserved);
        if (isKept)
        {
            known.Add(question, ([.. groups], unserved));
        }
    }

    private static void Add(List<FieldGroup> groups, FieldAtSource field, ProvidesView? view, int ordinal)
    {
        foreach (ref var group in CollectionsMarshal.AsSpan(groups))
        {
            if (group.Field.Result == field.Result && group.Field.Needs == field.Needs && Equals(group.View, view))
            {
                group.Added.Add(ordinal);
                return;
            }
        }

        var added = new FieldGroup(field, view);
        added.Added.Add(ordinal);
        groups.Add(added);
    }

    private void PlaceGroup(Presence presence, Demand demand, FieldGroup group, List<Demand> left)
    {
        var filled = demand.Field.Filled;
        var isFirst = !filled.Overlaps(group.Types);
        if (demand.IsLeaf)
        {
            Enter(presence, demand, group);
            return;
        }

        if (isFirst ? otherWays.ArePreferred(presence, demand, group.Types) : otherWays.AreBehindWithLess(presence, demand, group.Field, group.Types))
        {
            left.Add(demand with { Types = group.Types, Tried = demand.Tried.With(presence.Source) });
            return;
        }

        var further = presence.IsOfFurther ? group.Types : group.Types.Except(filled);
        if (!further.IsEmpty && !attempt.LaterBringers.MayBring(presence.Step, attempt.PositionBelow(presence.Position, demand.Field)))
        {
            left.Add(demand with { Types = group.Types, Tried = demand.Tried.With(presence.Source) });
            return;
        }

        var entry = Enter(presence, demand, group);
        entry.IsFirst |= isFirst || presence.IsOfFurther;
        var child = entry.Child ??= ChildOf(presence, entry);
        child.Position.Bring(presence.Step, further, child.Types);
        if (!further.IsEmpty && child.Position.OthersBringAny(child))
        {
            child.IsOfFurther = true;
            attempt.LaterBringers.TakeAlong(child);
        }

        foreach (var bringer in isFirst ? [] : child.Position.BringersOfOthers(presence.Step, group.Types, child.Types))
        {
            attempt.BringersFirst.Put(bringer.Step, presence.Step);
        }

        LeaveToNobody(demand, child, isFirst);
        attempt.LookedAt += demand.Children.Length;
        var demands = Narrow(demand.Children, child.Position.BroughtBelow(group.Types));
        var above = otherWays.TakenFromAbove(presence, demand, group.Field, group.Types, demands);
        var rest = attempt.Serve(child, demands, demand.NeedsTypes);
        rest.AddRange(above ?? []);
        var isUntold = demand.NeedsTypes && !TypesAreTold(child.Position);
        if (rest.Count > 0 || isUntold)
        {
            left.Add(demand with { Types = group.Types, Children = isUntold ? demand.Children : [.. rest], Tried = demand.Tried.With(presence.Source) });
        }
    }

    // Who needs the types comes after the step that tells them; where nobody tells them it cannot be served.
    private bool TypesAreTold(Position position)
    {
        if (position.TypeTeller is { } teller)
        {
            attempt.Touch(teller);
        }

        return !position.IsTypeUnknown;
    }

    private SelectionEntry Enter(Presence presence, Demand demand, FieldGroup group)
    {
        var entry = presence.Selection.Entry(demand.Field, group.Field, group.View);
        if (demand.IsLeaf && demand.Field.Filled.Overlaps(group.Types) && !group.Types.IsSubsetOf(entry.Types))
        {
            attempt.Repeated.Note(presence.Step.Position);
        }

        entry.Types = entry.Types.Union(group.Types);
        attempt.Fill(demand.Field, group.Types, presence.Step);
        return entry;
    }

    private Presence ChildOf(Presence presence, SelectionEntry entry)
    {
        var position = attempt.PositionBelow(presence.Position, entry.Target);
        var at = entry.Field.Below!;
        var child = new Presence(position, presence.Step, new SelectionBuilder(), at.Type, at.PossibleTypes, entry.View)
        {
            Source = at.Source,
            IsTypeUnknown = at.IsInterfaceObject,
            Way = (presence, entry),
        };
        position.Presences.Add(child);
        position.Version++;
        return child;
    }

    // An interface that no object implements, in any source: nobody can tell what comes from there, so nothing else can be entered with it,
    // and what the interface does not have there is had by nobody. Where other sources have objects of it, this one can return none.
    private void LeaveToNobody(Demand demand, Presence child, bool isFirst)
    {
        if (isFirst && child.Types.IsEmpty && UntoldTypes.Of(attempt.Graph.Schema, child.Position.Shape.Type.Name) is not null
            && child.StaticType?.BySource[child.Source.Ordinal] is { IsAbstract: true } at)
        {
            attempt.Left.AddRange(demand.Children.Where(field => !at.Fields.ContainsKey(field.Field.Definition.Name)));
        }
    }

    // Objects of a type that the source which brings them cannot give never come up: nothing is missing when nobody serves their fields,
    // however often and by whomever they are asked for.
    private static List<Demand> Narrow(ImmutableArray<Demand> children, TypeSet brought)
    {
        var demands = new List<Demand>(children.Length);
        foreach (var demand in children)
        {
            var types = demand.Types.Intersect(brought);
            if (!types.IsEmpty)
            {
                demands.Add(demand.For(types));
            }
        }

        return demands;
    }
}
