using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Enters sources at a position: steps for root fields, for entities by representations and by lookup fields.</summary>
internal sealed class Entries(PlanAttempt attempt)
{
    private const string Representations = "_entities";

    private readonly Candidates candidates = new(attempt);

    /// <summary>Serves demands by entering sources, one after the other, until nothing is left or no source helps; gives what is left.</summary>
    /// <param name="position">Where.</param>
    /// <param name="pending">What the sources that stand there cannot serve.</param>
    /// <param name="allowed">The sources that may be entered; null for all.</param>
    public List<Demand> Place(Position position, List<Demand> pending, SourceSet? allowed)
    {
        while (pending.Count > 0)
        {
            var (found, others) = candidates.Find(position, pending, allowed);
            if (found.Count == 0)
            {
                break;
            }

            var options = CandidateShares.Rivals(found, others);
            var chosen = options.Count == 1 ? options[0] : options[Choose(position, pending, options)];
            pending = Enter(position, chosen, found.Contains(chosen) ? CandidateShares.Of(chosen, found) : chosen.Items, pending);
            foreach (var other in found)
            {
                // Entering those that are needed in any case, all at once: what one of them takes changes nothing for the others.
                if (other != chosen && other.IsForced && other.Depth == chosen.Depth)
                {
                    var items = CandidateShares.Of(other, found).Where(item => pending.Exists(demand => ReferenceEquals(demand, item.Demand))).ToList();
                    pending = items.Count > 0 ? Enter(position, other, items, pending) : pending;
                }
            }
        }

        return pending;
    }

    /// <inheritdoc cref="Candidates.CanServeMore"/>
    public bool CanServeMore(Position position, Demand demand, TypeSet types, SourceSchema than, ProvidesView? view) =>
        candidates.CanServeMore(position, demand, types, than, view);

    /// <summary>A write runs once: what one source leaves of a mutation's root field, no other source is asked for.</summary>
    public bool CanEnterRoot(Position position, Demand demand) =>
        !position.IsRoot || attempt.Operation.Kind == OperationType.Query || !demand.Types.Overlaps(demand.Field.Filled);

    /// <summary>True when the lookup does not need the runtime type's name: it enters by the interface.</summary>
    public static bool NamesNoType(PlanningGraph graph, Lookup lookup) => graph.Find(lookup.TypeName)?.Type is not ObjectType;

    /// <summary>
    /// Where the objects come from an <c>@interfaceObject</c>, asks a source that has the real interface for their types, if anything
    /// depends on them: what is left, <c>__typename</c>, or what is carried to a source. Gives what is left of the demands.
    /// </summary>
    public List<Demand> RecoverType(Presence presence, List<Demand> left, bool needsTypes)
    {
        var position = presence.Position;
        var isAsked = needsTypes || left.Count > 0 || position.Shape.Fields.Any(field => field.Definition == MetaFields.Typename);
        if (!isAsked)
        {
            return left;
        }

        var type = presence.StaticType!;
        var closure = attempt.Reachability.From(type.BySource[presence.Step.Source.Ordinal]!);
        var best = attempt.Graph.Sources
            .Where(source => closure.EntryOf(source) is not null && type.BySource[source.Ordinal] is { IsAbstract: true, PossibleTypes.IsEmpty: false })
            .OrderBy(closure.EntryDepthOf)
            .ThenByDescending(source => left.Sum(demand => Coverage.Of(attempt, demand, demand.Types, source, null).Local))
            .FirstOrDefault();
        if (best is null)
        {
            return left;
        }

        var key = new KeyUse(closure.EntryOf(best)!, presence.Types, Before(closure, closure.EntryDepthOf(best)));
        var step = Open(position, best, CallIdOf(key.Lookup), [key], null, tellsType: true);
        if (step is null)
        {
            return left;
        }

        position.TypeTeller = step;
        position.Version++;
        return attempt.Local.Place(step.Presence!, left);
    }

    /// <summary>The steps that enter the source at the position by the same call.</summary>
    public static List<StepBuilder> EntriesOf(Position position, SourceSchema source, string callId)
    {
        var found = new List<StepBuilder>();
        foreach (var presence in position.Presences)
        {
            var step = presence.Step;
            if (step.Position == position && step.Source == source && step.CallId == callId && !found.Contains(step))
            {
                found.Add(step);
            }
        }

        return found;
    }

    private int Choose(Position position, List<Demand> pending, List<Candidate> options) => attempt.Choices.Take(
        ChoiceKinds.Source, options.Count, new Subject(position, pending.ConvertAll(demand => demand.Field), options.ConvertAll(option => default(SourceSet).With(option.Source)), null));

    private static List<Demand> Remaining(List<Demand> pending, List<CandidateItem> items)
    {
        var left = new List<Demand>();
        foreach (var demand in pending)
        {
            var taken = default(TypeSet);
            foreach (var item in items)
            {
                taken = ReferenceEquals(item.Demand, demand) ? taken.Union(item.Types) : taken;
            }

            var rest = demand.Types.Except(taken);
            if (!rest.IsEmpty)
            {
                left.Add(rest == demand.Types ? demand : demand with { Types = rest });
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
            left.AddRange(attempt.Local.Place(step.Presence!, [.. items.Select(item => item.Demand with { Types = item.Types })]));
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
        Arrive(position, step, type, type.Type.PossibleTypes);
        return step;
    }

    private sealed record Call(string Id, Dictionary<Lookup, TypeSet> Keys, List<(Demand Demand, TypeSet Types)> Items);

    private List<Call> Calls(Position position, SourceSchema source, List<CandidateItem> items)
    {
        var calls = new List<Call>();
        foreach (var item in items)
        {
            foreach (var ordinal in item.Types.Ordinals())
            {
                var lookup = position.ClosureOf(attempt.Graph.ObjectAt(ordinal), attempt.Reachability).EntryOf(source)!;
                var id = CallIdOf(lookup);
                var call = calls.Find(other => other.Id == id);
                if (call is null)
                {
                    calls.Add(call = new Call(id, [], []));
                }

                call.Keys[lookup] = call.Keys.GetValueOrDefault(lookup).With(ordinal);
                var index = call.Items.FindIndex(other => ReferenceEquals(other.Demand, item.Demand));
                if (index < 0)
                {
                    call.Items.Add((item.Demand, default(TypeSet).With(ordinal)));
                }
                else
                {
                    call.Items[index] = (item.Demand, call.Items[index].Types.With(ordinal));
                }
            }
        }

        return calls;
    }

    private void EnterBy(Position position, SourceSchema source, Call call, List<Demand> left)
    {
        var keys = new List<KeyUse>();
        foreach (var (lookup, types) in call.Keys)
        {
            AddKeys(position, source, lookup, types, keys);
        }

        var plain = new List<Demand>();
        var requiring = new List<(Demand Demand, FieldNeeds Requirement)>();
        foreach (var (demand, types) in call.Items)
        {
            foreach (var (requirement, part) in attempt.Requirements.Split(demand, types, source))
            {
                if (requirement is null)
                {
                    plain.Add(demand with { Types = part });
                }
                else
                {
                    requiring.Add((demand with { Types = part }, requirement));
                }
            }
        }

        if (plain.Count > 0)
        {
            var own = Narrow(keys, plain.Aggregate(default(TypeSet), (all, demand) => all.Union(demand.Types)));
            var step = Joined(position, source, call.Id, own) ?? Open(position, source, call.Id, own, aloneWith: null);
            left.AddRange(step is null ? plain : attempt.Local.Place(step.Presence!, plain));
        }

        foreach (var (demand, requirement) in requiring)
        {
            attempt.Requirements.Place(new RequiringField(position, source, call.Id, keys, demand, requirement), left);
        }
    }

    // A step that waits for something else before it goes takes more fields along; the search may try another one that goes at once.
    private StepBuilder? Joined(Position position, SourceSchema source, string callId, List<KeyUse> keys)
    {
        var entries = EntriesOf(position, source, callId);
        foreach (var step in entries.Count > 1 ? entries.OrderBy(step => step.Depth) : (IEnumerable<StepBuilder>)entries)
        {
            var isLate = step.Depth > position.Presences[0].Step.Depth + 1;
            if (step.AloneWith is null && !(isLate && attempt.Choices.Take(ChoiceKinds.Wait, 2, Subject.Of(step)) == 1) && TryExtend(step, keys))
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>The keys of these types alone.</summary>
    public static List<KeyUse> Narrow(List<KeyUse> keys, TypeSet types)
    {
        if (keys.TrueForAll(key => key.Types.IsSubsetOf(types)))
        {
            return keys;
        }

        return [.. keys.Select(key => key with { Types = key.Types.Intersect(types) }).Where(key => !key.Types.IsEmpty)];
    }

    /// <summary>A new step that enters by these keys, after what they need; null when that cannot be had.</summary>
    public StepBuilder? Open(
        Position position, SourceSchema source, string callId, List<KeyUse> keys, string? aloneWith, bool tellsType = false)
    {
        if (Fetch(position, keys) is not { } needed)
        {
            return null;
        }

        var kind = callId == Representations ? FetchKind.Representations : FetchKind.Lookup;
        var step = attempt.AddStep(source, kind, position, callId, aloneWith, tellsType);
        step.Keys.AddRange(keys);
        step.DependOn(position.Presences[0].Step);
        WaitForTypes(step, keys);
        foreach (var other in needed)
        {
            step.DependOn(other);
        }

        var staticName = kind == FetchKind.Lookup ? keys[0].Lookup.ReturnTypeName : "";
        Arrive(position, step, attempt.Graph.Find(staticName), step.TargetTypes);
        return step;
    }

    /// <summary>Makes an entry that exists also enter these types; false when its keys would have to wait for itself.</summary>
    public bool TryExtend(StepBuilder step, List<KeyUse> keys)
    {
        var missing = keys.Where(key => !step.Keys.Any(known => known.Lookup == key.Lookup && key.Types.IsSubsetOf(known.Types))).ToList();
        if (missing.Count == 0)
        {
            return true;
        }

        // Who tells the types cannot name them.
        if (step.TellsRuntimeType && missing.Exists(key => !NamesNoType(attempt.Graph, key.Lookup)))
        {
            return false;
        }

        if (step.OnlyTypes is { } only && missing.Exists(key => !key.Types.IsSubsetOf(only)))
        {
            return false;
        }

        if (Fetch(step.Position, missing) is not { } needed || needed.Any(other => other == step || other.Follows(step)))
        {
            return false;
        }

        foreach (var other in needed)
        {
            step.DependOn(other);
        }

        step.Keys.AddRange(missing);
        WaitForTypes(step, missing);
        step.Presence!.Types = step.TargetTypes;
        step.Position.Version++;
        return true;
    }

    // Who picks objects by type, or names their types, waits for the step that tells them.
    private void WaitForTypes(StepBuilder step, List<KeyUse> keys)
    {
        var position = step.Position;
        if (position.TypeTeller is { } teller && position.InseparableTypes is { } all
            && keys.Any(key => !all.IsSubsetOf(key.Types) || !NamesNoType(attempt.Graph, key.Lookup)))
        {
            step.DependOn(teller);
        }
    }

    // What the keys need is fetched from sources that come before the one that is entered; the steps that do it.
    private HashSet<StepBuilder>? Fetch(Position position, List<KeyUse> keys)
    {
        if (keys is [var only])
        {
            return attempt.Requirements.Fetch(position, DemandsFor(position, only), only.Allowed);
        }

        var steps = new HashSet<StepBuilder>();
        foreach (var group in keys.GroupBy(key => key.Allowed))
        {
            var demands = ImmutableArray.CreateBuilder<Demand>();
            foreach (var key in group)
            {
                demands.AddRange(DemandsFor(position, key));
            }

            if (attempt.Requirements.Fetch(position, demands.ToImmutable(), group.Key) is not { } needed)
            {
                return null;
            }

            steps.UnionWith(needed);
        }

        return steps;
    }

    private ImmutableArray<Demand> DemandsFor(Position position, KeyUse key) => attempt.Slots.DemandsFor(
        position.Shape, key.Types, key.Lookup.Key, position.InseparableTypes, isRepresentation: key.Lookup.Kind == LookupKind.Representations);

    private static void Arrive(Position position, StepBuilder step, GraphType? staticType, TypeSet types)
    {
        step.Presence = new Presence(position, step, step.Selection, staticType, types, view: null);
        position.Presences.Add(step.Presence);
        position.Version++;
    }

    // The key of a type must come from sources that are there before the entry of that type; another type may take another way.
    private void AddKeys(Position position, SourceSchema source, Lookup lookup, TypeSet types, List<KeyUse> keys)
    {
        var first = keys.Count;
        foreach (var ordinal in types.Ordinals())
        {
            var closure = position.ClosureOf(attempt.Graph.ObjectAt(ordinal), attempt.Reachability);
            var before = Before(closure, closure.EntryDepthOf(source));
            var index = keys.FindIndex(first, key => key.Allowed == before);
            if (index < 0)
            {
                keys.Add(new KeyUse(lookup, default(TypeSet).With(ordinal), before));
            }
            else
            {
                keys[index] = keys[index] with { Types = keys[index].Types.With(ordinal) };
            }
        }
    }

    private SourceSet Before(Closure closure, int depth)
    {
        var sources = default(SourceSet);
        foreach (var source in attempt.Graph.Sources)
        {
            sources = closure.DepthOf(source) < depth ? sources.With(source) : sources;
        }

        return sources;
    }

    /// <summary>What tells one way to enter a source from another: lookups with the same can be one fetch.</summary>
    public static string CallIdOf(Lookup lookup) =>
        lookup.Kind == LookupKind.Representations
            ? Representations
            : $"{string.Join('.', lookup.Path)}.{lookup.FieldName}({string.Join(", ", lookup.Arguments.Select(a => $"{a.Name}: {Printer.Print(a.Map)}"))})";
}
