using System.Runtime.InteropServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Enters sources at a position: chooses who serves which demands. The steps by which entities are entered: <see cref="EntrySteps"/>.</summary>
internal sealed class Entries(PlanAttempt attempt)
{
    private readonly Candidates candidates = new(attempt);

    /// <summary>Serves demands by entering sources, one after the other, until nothing is left or no source helps; gives what is left.</summary>
    /// <param name="position">Where.</param>
    /// <param name="pending">What the sources that stand there cannot serve.</param>
    /// <param name="allowed">The sources that may be entered; null for all.</param>
    public List<Demand> Place(Position position, List<Demand> pending, SourceSet? allowed)
    {
        while (pending.Count > 0 && !attempt.IsGivenUp)
        {
            var (found, others) = candidates.Find(position, pending, allowed);
            if (found.Count == 0)
            {
                break;
            }

            var shares = new CandidateShares(found);
            var options = shares.Rivals(others);
            var chosen = options.Count == 1 ? options[0] : options[Choose(position, pending, options.ConvertAll(static option => option.Candidate.Source))];
            pending = Enter(position, chosen.Candidate, chosen.Items, pending);
            foreach (var other in found)
            {
                // Entering those that are needed in any case, all at once: what one of them takes changes nothing for the others.
                if (other != chosen.Candidate && other.IsForced && other.Depth == chosen.Candidate.Depth)
                {
                    var items = StillPending(shares.Of(other), pending);
                    pending = items.Count > 0 ? Enter(position, other, items, pending) : pending;
                }
            }
        }

        return pending.Count == 0 ? pending : SettledDemands.Without(attempt, position, pending);
    }

    /// <inheritdoc cref="Candidates.CanServe"/>
    public bool CanServe(Position position, Demand demand, TypeSet types, SourceSchema source) => candidates.CanServe(position, demand, types, source);

    /// <inheritdoc cref="Candidates.CanServeMore"/>
    public bool CanServeMore(Position position, Demand demand, TypeSet types, SourceSchema than, ProvidesView? view) =>
        candidates.CanServeMore(position, demand, types, than, view);

    /// <summary>A write runs once: what one source leaves of a mutation's root field, no other source is asked for.</summary>
    public bool CanEnterRoot(Position position, Demand demand) =>
        !position.IsRoot || attempt.Operation.Kind == OperationType.Query || !demand.Types.Overlaps(demand.Field.Filled);

    /// <summary>
    /// Where the objects come from an <c>@interfaceObject</c>, asks a source that has the real interface for their types, if anything
    /// depends on them: what is left, <c>__typename</c>, or what is carried to a source. Gives what is left of the demands.
    /// </summary>
    public List<Demand> RecoverType(Presence presence, List<Demand> left, bool needsTypes)
    {
        var position = presence.Position;
        if (left.Count == 0 && !AreTypesAsked(presence, needsTypes))
        {
            return left;
        }

        var closure = attempt.Reachability.From(presence.StaticType!.BySource[presence.Source.Ordinal]!);
        if (ChooseTeller(presence, closure, left) is not { } best)
        {
            return left;
        }

        var key = new KeyUse(closure.EntryOf(best)!, presence.Types, attempt.EntrySteps.Before(closure, closure.EntryDepthOf(best)));
        var step = attempt.EntrySteps.Open(position, best, attempt.Graph.EntryOf(key.Lookup), [key], null, tellsType: true);
        if (step is null)
        {
            return left;
        }

        position.TypeTeller = step;
        position.Version++;
        return attempt.Local.Place(step.Presence!, left);
    }

    /// <summary>True where something depends on the objects' types, whatever is left to ask of them.</summary>
    public bool AreTypesAsked(Presence presence, bool needsTypes) => needsTypes || HasUnseen(presence)
        || presence.Position.Shape.Fields.Any(field => field.Definition == MetaFields.Typename || IsPartlyWithheld(field, presence));

    /// <summary>True when some source can be asked what the objects are.</summary>
    public bool CanTellTypes(Presence presence) =>
        Tellers(presence, attempt.Reachability.From(presence.StaticType!.BySource[presence.Source.Ordinal]!)).Any();

    // The one that has most of what is left; or another one that is there as soon, and that has what this one needs first, say.
    private SourceSchema? ChooseTeller(Presence presence, Closure closure, List<Demand> left)
    {
        var tellers = Tellers(presence, closure)
            .OrderBy(closure.EntryDepthOf)
            .ThenByDescending(source => left.Sum(demand => Coverage.Of(attempt, demand, demand.Types, source, null).Local))
            .ToList();
        var options = tellers.FindAll(source => closure.EntryDepthOf(source) == closure.EntryDepthOf(tellers[0]));
        return options.Count < 2 ? options.FirstOrDefault() : options[Choose(presence.Position, left, options)];
    }

    // A lookup may know some of the types only, as that of a source which has the interface in the dialect of Composite Schemas: it finds nothing of the others, which are there.
    private static IEnumerable<SourceSchema> Tellers(Presence presence, Closure closure) =>
        presence.StaticType!.BySource.Where(at => at is { IsAbstract: true, PossibleTypes.IsEmpty: false, FindsAll: true } && closure.EntryOf(at.Source) is not null)
            .Select(static at => at!.Source);

    // An object that no client sees is null, with what it has: which ones are.
    private bool HasUnseen(Presence presence) => presence.Types.Overlaps(attempt.Graph.Inaccessible)
        && presence.Position.Path is [.., var above] && !above.IsHidden && presence.Position.Shape.Fields.Any(static field => !field.IsHidden);

    // Of some objects the client may not see the field, and the others do not have it: which are which.
    private static bool IsPartlyWithheld(ResultField field, Presence presence) => field.IsWithheld && !presence.Types.IsSubsetOf(field.AppliesTo);

    private int Choose(Position position, List<Demand> pending, List<SourceSchema> options) => attempt.Choices.Take(
        ChoiceKinds.Source, options.Count, new Subject(position, pending.ConvertAll(static demand => demand.Field), options.ConvertAll(static source => default(SourceSet).With(source)), null));

    // PERF: an operation can select the same object under hundreds of aliases.
    private static List<CandidateItem> StillPending(List<CandidateItem> items, List<Demand> pending)
    {
        if (items.Count == 1)
        {
            return pending.Exists(demand => ReferenceEquals(demand, items[0].Demand)) ? items : [];
        }

        var known = new HashSet<Demand>(pending, ReferenceEqualityComparer.Instance);
        return items.FindAll(item => known.Contains(item.Demand));
    }

    private static List<Demand> Remaining(List<Demand> pending, List<CandidateItem> items)
    {
        var left = new List<Demand>();
        var next = 0;
        foreach (var demand in pending)
        {
            // The items of a candidate are in the order of what is pending, one for each at most.
            var taken = next < items.Count && ReferenceEquals(items[next].Demand, demand) ? items[next++].Types : default;
            var rest = demand.Types.Except(taken);
            if (!rest.IsEmpty)
            {
                left.Add(demand.For(rest));
            }
        }

        return left;
    }

    // Serves the items and gives what is pending after that.
    private List<Demand> Enter(Position position, Candidate chosen, List<CandidateItem> items, List<Demand> pending)
    {
        var left = Remaining(pending, items);
        foreach (var demand in Enter(position, chosen.Source, items))
        {
            left.Add(demand with { Tried = demand.Tried.With(chosen.Source) });
        }

        return left;
    }

    private List<Demand> Enter(Position position, SourceSchema source, List<CandidateItem> items)
    {
        var left = new List<Demand>();
        if (position.IsEnteredByRoot(attempt.Graph.Schema))
        {
            var step = RootStep(position, source);
            left.AddRange(attempt.Local.Place(step.Presence!, items.ConvertAll(static item => item.Demand.For(item.Types))));
            return left;
        }

        foreach (var call in Calls(position, source, items))
        {
            EnterBy(position, source, call, left);
        }

        return left;
    }

    private StepBuilder RootStep(Position position, SourceSchema source)
    {
        foreach (var presence in position.Presences)
        {
            if (presence.Step.Source == source && presence.Step.Position == position && attempt.IsOpen(presence.Step))
            {
                return presence.Step;
            }
        }

        if (position.IsRoot)
        {
            attempt.CloseRequests();
        }

        var step = attempt.AddStep(source, FetchKind.Root, position, "");
        if (!position.IsRoot)
        {
            // What a mutation's payload leads to is asked when it has written.
            step.DependOn(position.Presences[0].Step);
        }

        var type = attempt.Graph[position.Shape.Type];
        EntrySteps.Arrive(position, step, type, type.Type.PossibleTypes);
        return step;
    }

    private sealed record Call(string Id, Dictionary<Lookup, TypeSetBuilder> Lookups, List<(Demand Demand, TypeSet Types)> Items)
    {
        // What it enters by, where that is known already.
        public List<KeyUse>? Keys { get; init; }

        // Of the item at hand, while it is looked at.
        public TypeSetBuilder Added;
    }

    private List<Call> Calls(Position position, SourceSchema source, List<CandidateItem> items)
    {
        var types = items[0].Types;
        if (position.FootingFor(types, attempt.Reachability) is not { } footing || !items.TrueForAll(item => item.Types == types))
        {
            return FindCalls(position, source, items);
        }

        if (!footing.Calls.TryGetValue((source, types), out var known))
        {
            var found = FindCalls(position, source, items);
            if (found is not [var only])
            {
                // By what the later ones enter is found when the earlier ones have.
                return found;
            }

            known = new EntryCall(only.Id, KeysOf(position, source, only));
            footing.Calls.Add((source, types), known);
        }

        return [new Call(known.Id, [], items.ConvertAll(item => (item.Demand, types))) { Keys = known.Keys }];
    }

    private List<Call> FindCalls(Position position, SourceSchema source, List<CandidateItem> items)
    {
        var calls = new List<Call>(1);
        foreach (var item in items)
        {
            foreach (var ordinal in item.Types.Ordinals())
            {
                var lookup = position.ClosureOf(attempt.Graph.ObjectAt(ordinal), attempt.Reachability).EntryOf(source)!;
                var id = attempt.Graph.EntryOf(lookup);
                var call = CallOf(calls, id, items.Count);

                CollectionsMarshal.GetValueRefOrAddDefault(call.Lookups, lookup, out _).Add(ordinal);
                call.Added.Add(ordinal);
            }

            foreach (var call in calls)
            {
                if (call.Added.Take() is { IsEmpty: false } types)
                {
                    call.Items.Add((item.Demand, types));
                }
            }
        }

        return calls;
    }

    private static Call CallOf(List<Call> calls, string id, int itemCount)
    {
        foreach (var known in calls)
        {
            if (known.Id == id)
            {
                return known;
            }
        }

        calls.Add(new Call(id, new(ReferenceEqualityComparer.Instance), new(itemCount)));
        return calls[^1];
    }

    // By one step where the keys of all types are there at the same time; others may join it, before anything waits for it. The steps with the types that they enter.
    private List<(StepBuilder? Step, TypeSet Types)> EnterPlain(Position position, SourceSchema source, string callId, List<KeyUse> keys, List<Demand> plain)
    {
        var own = EntrySteps.Narrow(keys, Demand.TypesOf(plain));
        var steps = new List<(StepBuilder? Step, TypeSet Types)>(1);
        foreach (var part in plain.Exists(demand => demand.Field.IsWhole) ? [own] : attempt.EntrySteps.ByDepth(position, source, own))
        {
            var rest = part;
            if (attempt.EntrySteps.Joined(position, source, callId, part, plain) is { } joined)
            {
                Add(joined, part);
                continue;
            }

            // Who is entered already by a step that goes as soon is not entered once more along with the others.
            if (attempt.EntrySteps.Entered(position, source, callId, part, plain) is var (entered, those))
            {
                Add(entered, those);
                rest = EntrySteps.Narrow(part, StepBuilder.TypesOf(part).Except(StepBuilder.TypesOf(those)));
            }

            Add(SlotParts.Wait(attempt, attempt.EntrySteps.Open(position, source, callId, rest, aloneWith: null), plain), rest);
        }

        return steps;

        void Add(StepBuilder? step, List<KeyUse> entered)
        {
            ref var types = ref TypesOf(steps, step);
            types = types.Union(StepBuilder.TypesOf(entered));
        }
    }

    private static ref TypeSet TypesOf(List<(StepBuilder? Step, TypeSet Types)> steps, StepBuilder? step)
    {
        foreach (ref var known in CollectionsMarshal.AsSpan(steps))
        {
            if (known.Step == step)
            {
                return ref known.Types;
            }
        }

        steps.Add((step, default));
        return ref CollectionsMarshal.AsSpan(steps)[^1].Types;
    }

    private List<KeyUse> KeysOf(Position position, SourceSchema source, Call call)
    {
        var keys = new List<KeyUse>(call.Lookups.Count);
        foreach (var (lookup, added) in call.Lookups)
        {
            var types = added;
            attempt.EntrySteps.AddKeys(position, source, lookup, types.Take(), keys);
        }

        return keys;
    }

    private void EnterBy(Position position, SourceSchema source, Call call, List<Demand> left)
    {
        var keys = call.Keys ?? KeysOf(position, source, call);
        var plain = new List<Demand>(call.Items.Count);
        var requiring = new List<(Demand Demand, FieldNeeds Requirement)>();
        foreach (var (demand, types) in call.Items)
        {
            foreach (var (requirement, part) in attempt.Requirements.Split(demand, types, source))
            {
                if (requirement is null)
                {
                    plain.Add(demand.For(part));
                }
                else
                {
                    requiring.Add((demand.For(part), requirement));
                }
            }
        }

        if (plain.Count > 0)
        {
            foreach (var (step, types) in EnterPlain(position, source, call.Id, keys, plain))
            {
                var part = Demand.PartOf(plain, types);
                left.AddRange(step is null ? part : attempt.Local.Place(step.Presence!, part));
            }
        }

        foreach (var (demand, requirement) in requiring)
        {
            attempt.Requirements.Place(new RequiringField(position, source, call.Id, keys, demand, requirement), left);
        }
    }
}
