using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>The steps by which sources are entered for entities, by representations and by lookup fields, with the keys that they need.</summary>
internal sealed class EntrySteps(PlanAttempt attempt)
{
    /// <summary>True when the lookup does not need the runtime type's name: it enters by the interface.</summary>
    public static bool NamesNoType(PlanningGraph graph, Lookup lookup) => graph.Find(lookup.TypeName)?.Type is not ObjectType;

    /// <summary>The steps that enter the source at the position by the same call: there may be hundreds that are for one type each.</summary>
    public static List<StepBuilder> EntriesOf(Position position, SourceSchema source, string callId)
    {
        var found = new List<StepBuilder>();
        foreach (var presence in position.Presences)
        {
            var step = presence.Step;
            if (step.Presence == presence && step.Source == source && step.CallId == callId)
            {
                found.Add(step);
            }
        }

        return found;
    }

    /// <summary>A step that is there already and can take more keys, for these demands; null when there is none.</summary>
    public StepBuilder? Joined(Position position, SourceSchema source, string callId, List<KeyUse> keys, List<Demand> demands)
    {
        var entries = EntriesOf(position, source, callId);
        return entries.Count == 0 ? null : Joined(entries, keys, demands);
    }

    private StepBuilder? Joined(List<StepBuilder> entries, List<KeyUse> keys, List<Demand> demands)
    {
        entries.RemoveAll(step => step.AloneWith is not null || IsTooEarly(step, demands));
        foreach (var step in entries.Count > 1 ? entries.OrderBy(step => Missing(step, keys).Count > 0).ThenBy(step => step.Depth) : (IEnumerable<StepBuilder>)entries)
        {
            if (!(IsLate(step, keys) && attempt.Choices.Take(ChoiceKinds.Wait, 2, Subject.Of(step)) == 1) && TryExtend(step, keys))
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>A step that enters some of the types by these keys already, and waits for nothing else, with those keys; null when there is none.</summary>
    public (StepBuilder Step, List<KeyUse> Keys)? Entered(Position position, SourceSchema source, string callId, List<KeyUse> keys, List<Demand> demands)
    {
        foreach (var step in position.InseparableTypes is null ? EntriesOf(position, source, callId) : [])
        {
            var types = StepBuilder.TypesOf(keys);
            var those = Narrow(keys, types.Except(StepBuilder.TypesOf(Missing(step, keys))));
            if (those.Count > 0 && StepBuilder.TypesOf(those) != types && step.AloneWith is null && !IsTooEarly(step, demands) && !IsLate(step, those))
            {
                return (step, those);
            }
        }

        return null;
    }

    // It goes before the types are told on which it depends of whom the fields are asked, here or above. PERF: asked of each of hundreds of entries for each of as many.
    private bool IsTooEarly(StepBuilder step, List<Demand> demands)
    {
        if (step.Position is { PartOf: null, InseparableTypes: null })
        {
            return false;
        }

        foreach (var demand in demands)
        {
            if (SlotParts.IsTooEarly(attempt, step.Position, step, demand) || attempt.Local.IsTooEarly(step.Presence!, demand))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// True when the step waits for more than the keys. It takes more fields along; the search may try another one that goes at once. Where that would be
    /// there no sooner, it would ask the same once more.
    /// </summary>
    public bool IsLate(StepBuilder step, List<KeyUse> keys)
    {
        var first = step.Position.Presences[0].Step;
        return step.Depth > first.Depth + 1 && Fetch(step.Position, keys) is { } needed && AreBefore(needed.Keys.Append(TellerFor(step.Position, keys) ?? first), step.Depth - 1);
    }

    private static bool AreBefore(IEnumerable<StepBuilder> steps, int depth) => steps.All(step => step.Depth < depth);

    /// <summary>
    /// True when the step that entered here waits for more than its keys: who needs one of these first would wait along, and what waits for that, too. So
    /// it is entered for them like any other source, where the search may try another step.
    /// </summary>
    public bool IsLate(Presence presence, List<Demand> demands)
    {
        var step = presence.Step;
        if (step.Position != presence.Position || step.Depth <= presence.Position.Presences[0].Step.Depth + 1 || step.Keys.Count == 0)
        {
            return false;
        }

        var keys = Narrow(step.Keys, Demand.TypesOf(demands));
        return keys.Count > 0 && GivesAnyOf(presence, demands) && IsLate(step, keys);
    }

    private bool GivesAnyOf(Presence presence, List<Demand> demands) =>
        demands.Exists(demand => Coverage.Of(attempt, demand, demand.Types, presence.Step.Source, presence.View).Local > 0);

    /// <summary>The keys of these types alone.</summary>
    public static List<KeyUse> Narrow(List<KeyUse> keys, TypeSet types)
    {
        foreach (var key in keys)
        {
            if (!key.Types.IsSubsetOf(types))
            {
                return PartOf(keys, types);
            }
        }

        return keys;
    }

    private static List<KeyUse> PartOf(List<KeyUse> keys, TypeSet types) =>
        [.. keys.Select(key => key with { Types = key.Types.Intersect(types) }).Where(key => !key.Types.IsEmpty)];

    /// <summary>A new step that enters by these keys, after what they need; null when that cannot be had.</summary>
    public StepBuilder? Open(
        Position position, SourceSchema source, string callId, List<KeyUse> keys, Exclusion? aloneWith, bool tellsType = false)
    {
        if (Fetch(position, keys) is not { } needed)
        {
            return null;
        }

        var kind = keys[0].Lookup.Kind == LookupKind.Representations ? FetchKind.Representations : FetchKind.Lookup;
        var step = attempt.AddStep(source, kind, position, callId, aloneWith, tellsType);
        step.Enter(keys);
        step.DependOn(position.Presences[0].Step);
        WaitForBringers(step);
        WaitForTypes(step, keys);
        foreach (var (other, types) in needed)
        {
            step.DependOn(other, types);
        }

        var staticName = kind == FetchKind.Lookup ? keys[0].Lookup.ReturnTypeName : "";
        Arrive(position, step, attempt.Graph.Find(staticName), step.TargetTypes);
        return step;
    }

    /// <summary>Those of the keys by which the step does not enter yet.</summary>
    public static List<KeyUse> Missing(StepBuilder step, List<KeyUse> keys) => step.Kind == FetchKind.Lookup
        // Who is looked up already is not looked up by another field that comes to the same.
        ? keys.ConvertAll(key => key with { Types = key.Types.Except(step.TargetTypes) }).FindAll(key => !key.Types.IsEmpty)
        // A representation has one key of the source for its type: by another one nobody is entered besides.
        : keys.FindAll(key => !step.Keys.Any(known => key.Types.IsSubsetOf(known.Types) && known.Lookup.TypeName == key.Lookup.TypeName));

    /// <summary>
    /// Makes an entry that exists also enter these types; false when its keys would have to wait for itself, or when it would have to wait for the
    /// keys and the search tries another step for them.
    /// </summary>
    public bool TryExtend(StepBuilder step, List<KeyUse> keys)
    {
        var missing = Missing(step, keys);
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

        if (Fetch(step.Position, missing) is not { } needed || needed.Keys.Concat(FurtherBringers(step.Position, missing)).Any(other => other == step || attempt.BringersFirst.IsAfter(other, step)))
        {
            return false;
        }

        if (needed.Keys.Any(other => other.Depth >= step.Depth) && attempt.Choices.Take(ChoiceKinds.Join, 2, Subject.Of(step)) == 1)
        {
            return false;
        }

        foreach (var (other, types) in needed)
        {
            step.DependOn(other, types);
        }

        step.Enter(missing);
        WaitForBringers(step);
        WaitForTypes(step, missing);
        step.Presence!.Types = step.TargetTypes;
        step.Position.Version++;
        return true;
    }

    private static IEnumerable<StepBuilder> FurtherBringers(Position position, List<KeyUse> keys) =>
        position.HasSeveralBringers ? position.BringersOf(StepBuilder.TypesOf(keys)) : [];

    private static void WaitForBringers(StepBuilder step)
    {
        foreach (var bringer in FurtherBringers(step.Position, step.Keys))
        {
            step.DependOn(bringer);
        }
    }

    private void WaitForTypes(StepBuilder step, List<KeyUse> keys)
    {
        if (TellerFor(step.Position, keys) is { } teller)
        {
            step.DependOn(teller);
        }
    }

    // Who picks objects by type, or names their types, waits for the step that tells them.
    private StepBuilder? TellerFor(Position position, List<KeyUse> keys) =>
        position.TypeTeller is { } teller && position.InseparableTypes is { } all
        && keys.Exists(key => !all.IsSubsetOf(key.Types) || !NamesNoType(attempt.Graph, key.Lookup))
            ? teller
            : null;

    // What the keys need is fetched from sources that come before the one that is entered; the steps that do it, each with the types that need it.
    private Dictionary<StepBuilder, TypeSet>? Fetch(Position position, List<KeyUse> keys)
    {
        var steps = new Dictionary<StepBuilder, TypeSet>();
        if (keys is [var only])
        {
            var found = FetchTogether(position, keys);
            foreach (var step in found ?? [])
            {
                steps.Add(step, only.Types);
            }

            return found is null ? null : steps;
        }

        // PERF: mostly they are all alike, here and in what follows; hundreds of types have as many keys.
        var groups = keys.TrueForAll(key => key.Allowed == keys[0].Allowed) ? [keys] : keys.GroupBy(key => key.Allowed).Select(group => group.ToList()).ToList();
        foreach (var group in groups)
        {
            if (FetchTogether(position, group) is not { } needed)
            {
                return null;
            }

            // What one call waits for another one need not wait for.
            var calls = needed.Count <= 1 || group.Count == 1 ? [group] : group.GroupBy(key => LookupCalls.CallOf(key.Lookup)).Select(call => call.ToList()).ToList();
            foreach (var call in calls)
            {
                var types = StepBuilder.TypesOf(call);
                foreach (var step in calls.Count == 1 ? needed : FetchTogether(position, call) ?? needed)
                {
                    steps[step] = steps.GetValueOrDefault(step).Union(types);
                }
            }
        }

        return steps;
    }

    private HashSet<StepBuilder>? FetchTogether(Position position, List<KeyUse> keys)
    {
        if (keys is [var only])
        {
            return attempt.Requirements.Fetch(position, DemandsFor(position, only), only.Allowed);
        }

        var text = attempt.Graph.KeyOf(keys[0].Lookup);
        if (keys.TrueForAll(key => key.Lookup.Kind == keys[0].Lookup.Kind && attempt.Graph.KeyOf(key.Lookup) == text))
        {
            return attempt.Requirements.Fetch(position, DemandsFor(position, keys[0] with { Types = StepBuilder.TypesOf(keys) }), keys[0].Allowed);
        }

        var demands = ImmutableArray.CreateBuilder<Demand>();
        foreach (var alike in keys.GroupBy(key => (attempt.Graph.KeyOf(key.Lookup), key.Lookup.Kind)))
        {
            demands.AddRange(DemandsFor(position, alike.First() with { Types = StepBuilder.TypesOf([.. alike]) }));
        }

        return attempt.Requirements.Fetch(position, demands.ToImmutable(), keys[0].Allowed);
    }

    /// <summary>What a key is made of.</summary>
    public ImmutableArray<Demand> DemandsFor(Position position, KeyUse key) => attempt.Slots.DemandsFor(
        position.Shape, key.Types, key.Lookup.Key, position.InseparableTypes, key.Lookup.Kind == LookupKind.Representations ? key.Lookup.Source : null);

    /// <summary>The step's source stands at the position.</summary>
    public static void Arrive(Position position, StepBuilder step, GraphType? staticType, TypeSet types)
    {
        step.Presence = new Presence(position, step, step.Selection, staticType, types, view: null);
        position.Presences.Add(step.Presence);
        position.Version++;
    }

    /// <summary>
    /// Adds the keys by which the types are entered: the key of a type must come from sources that are there before the entry of that type;
    /// another type may take another way.
    /// </summary>
    public void AddKeys(Position position, SourceSchema source, Lookup lookup, TypeSet types, List<KeyUse> keys)
    {
        var (first, isOne) = (keys.Count, types.Count == 1);
        List<TypeSetBuilder>? added = null;
        foreach (var ordinal in types.Ordinals())
        {
            var closure = position.ClosureOf(attempt.Graph.ObjectAt(ordinal), attempt.Reachability);
            var before = Before(closure, closure.EntryDepthOf(source));
            if (isOne)
            {
                keys.Add(new KeyUse(lookup, types, before));
                return;
            }

            var index = first;
            while (index < keys.Count && keys[index].Allowed != before)
            {
                index++;
            }

            if (index == keys.Count)
            {
                keys.Add(new KeyUse(lookup, default, before));
                (added ??= []).Add(default);
            }

            CollectionsMarshal.AsSpan(added)[index - first].Add(ordinal);
        }

        for (var index = first; index < keys.Count; index++)
        {
            keys[index] = keys[index] with { Types = CollectionsMarshal.AsSpan(added)[index - first].Take() };
        }
    }

    /// <summary>The keys in the order in which they come up, those apart that are there after more fetches or fewer.</summary>
    public List<List<KeyUse>> ByDepth(Position position, SourceSchema source, List<KeyUse> keys)
    {
        // PERF: mostly all are there at once, and there may be hundreds.
        var at = 1;
        for (var depth = keys.Count == 1 ? 0 : DepthOf(position, source, keys[0].Types); at < keys.Count && DepthOf(position, source, keys[at].Types) == depth;)
        {
            at++;
        }

        return at == keys.Count ? [keys] : [.. keys.GroupBy(key => DepthOf(position, source, key.Types)).Select(group => group.ToList())];
    }

    private int DepthOf(Position position, SourceSchema source, TypeSet types)
    {
        var depth = 0;
        foreach (var ordinal in types.Ordinals())
        {
            depth = Math.Max(depth, position.ClosureOf(attempt.Graph.ObjectAt(ordinal), attempt.Reachability).EntryDepthOf(source));
        }

        return depth;
    }

    /// <summary>The sources that are entered sooner than so deep.</summary>
    public SourceSet Before(Closure closure, int depth)
    {
        var sources = default(TypeSetBuilder);
        foreach (var source in attempt.Graph.Sources)
        {
            if (closure.DepthOf(source) < depth)
            {
                sources.Add(source.Ordinal);
            }
        }

        return new SourceSet(sources.Take());
    }
}
