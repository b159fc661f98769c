using System.Runtime.InteropServices;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>What steps fill of one slot, in the order of the steps, each of objects of some types that some fetches have brought.</summary>
/// <param name="at">The objects that have the slot.</param>
/// <param name="turns">Which steps ask in turn.</param>
/// <param name="work">Counts what is looked at.</param>
internal sealed class SlotFills(BroughtObjects at, Turns turns, VerificationWork work)
{
    // Up to so many are gone through one by one.
    private const int Few = 8;

    private readonly List<Fill> fills = [];
    private readonly Dictionary<int, List<Fill>> byType = [];
    private int indexed;

    // What was found for steps, and of how many fills and fetches that bring objects it was found.
    private readonly Dictionary<StepSet, (int Fills, int Bringings, TypeSet Types)> known = [];

    /// <summary>All of them, a step as often as it fills the slot.</summary>
    public IReadOnlyList<Fill> All => fills;

    /// <summary>Adds what the step fills that is looked at.</summary>
    public void Add(Fill fill) => fills.Add(fill);

    /// <summary>The steps that fill the slot of objects of a type, be it of some of them.</summary>
    public IEnumerable<int> StepsOf(int type)
    {
        foreach (var fill in fills.Count > Few ? Of(type) : fills)
        {
            work.Add();
            if (fill.Types.Contains(type))
            {
                yield return fill.Step;
            }
        }
    }

    /// <summary>The steps that fill the slot of some of these objects of some of these types.</summary>
    public IEnumerable<int> StepsOf(TypeSet types, Arrivals among)
    {
        foreach (var fill in fills.Count > Few && types.Count <= Few ? types.Ordinals().ToArray().SelectMany(Of) : fills)
        {
            work.Add();
            if (fill.Types.Overlaps(types) && fill.Among.Overlaps(among))
            {
                yield return fill.Step;
            }
        }
    }

    /// <inheritdoc cref="Fills.FilledBy(ResultField, StepSet)"/>
    public TypeSet By(StepSet steps)
    {
        ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(known, steps, out _);
        if (found.Fills != fills.Count || found.Bringings != at.Bringings.Count)
        {
            found = (fills.Count, at.Bringings.Count, Find(fills, steps.Contains));
        }

        return found.Types;
    }

    /// <summary>True when all of some types are among those that steps fill.</summary>
    public bool AreBy(StepSet steps, TypeSet types)
    {
        if (fills.Count <= Few || types.Count > Few)
        {
            return types.IsSubsetOf(By(steps));
        }

        foreach (var type in types.Ordinals())
        {
            if (!(IsRare(type) ? IsBy(steps, type) : By(steps).Contains(type)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same for those alone that some fetches have brought: where all of these objects are, the slot is filled by the steps.</summary>
    public bool AreBy(StepSet steps, TypeSet types, Arrivals among)
    {
        var own = fills.FindAll(fill => steps.Contains(fill.Step));
        work.Add(fills.Count);
        return at.Bringings.Where(bringing => among.Contains(bringing.Id) && bringing.Types.Overlaps(types)).ToList() is { Count: > 0 } brought
            && brought.TrueForAll(bringing => bringing.Types.Intersect(types).IsSubsetOf(own.Where(fill => fill.Among.Contains(bringing.Id))
                .Aggregate(default(TypeSet), (all, fill) => all.Union(WithoutTurns(fill, steps.Contains)))));
    }

    /// <summary>The same for a step with all that it is in turn with.</summary>
    public TypeSet ByTurns(int step)
    {
        var some = new List<Fill>(1);
        foreach (var one in turns.Of(step).Append(step).Order())
        {
            some.AddRange(OfStep(one));
        }

        return Find(some, one => one == step || turns.Are(one, step));
    }

    private ReadOnlySpan<Fill> OfStep(int step)
    {
        var (first, last) = (0, fills.Count);
        while (first < last)
        {
            var middle = (first + last) / 2;
            (first, last) = fills[middle].Step < step ? (middle + 1, last) : (first, middle);
        }

        while (last < fills.Count && fills[last].Step == step)
        {
            last++;
        }

        work.Add(last - first);
        return CollectionsMarshal.AsSpan(fills)[first..last];
    }

    private List<Fill> Of(int type)
    {
        for (; indexed < fills.Count; indexed++)
        {
            foreach (var other in fills[indexed].Types.Ordinals())
            {
                work.Add();
                (CollectionsMarshal.GetValueRefOrAddDefault(byType, other, out _) ??= []).Add(fills[indexed]);
            }
        }

        return byType.GetValueOrDefault(type, []);
    }

    // Where each step fills the slot of a type of its own, who asks for one of these types need not go through all.
    private bool IsRare(int type) => Of(type).Count * Few <= fills.Count && at.Of(type).Count * Few <= fills.Count;

    private bool IsBy(StepSet steps, int type)
    {
        var own = Of(type).FindAll(fill => steps.Contains(fill.Step) && WithoutTurns(fill, steps.Contains).Contains(type));
        work.Add(Of(type).Count + at.Of(type).Count);
        return own.Count > 0 && at.Of(type).TrueForAll(bringing => own.Exists(fill => fill.Among.Contains(bringing.Id)));
    }

    private TypeSet Find(List<Fill> among, Predicate<int> isAmong)
    {
        var filled = default(TypeSet);
        // Mostly all that fill a slot fill it of the same objects.
        var groups = new List<(Arrivals Among, TypeSet Types)>(1);
        work.Add(among.Count);
        foreach (var fill in among)
        {
            if (!isAmong(fill.Step))
            {
                continue;
            }

            var types = WithoutTurns(fill, isAmong);
            filled = filled.Union(types);
            if (groups.Count > 0 && groups[^1].Among == fill.Among)
            {
                groups[^1] = (fill.Among, groups[^1].Types.Union(types));
            }
            else
            {
                groups.Add((fill.Among, types));
            }
        }

        return groups.Count == 0 || (groups is [var only] && at.Here.IsWithin(only.Among)) ? filled : OfAll(filled, groups);
    }

    // Without the types of which some objects are left out.
    private TypeSet OfAll(TypeSet filled, List<(Arrivals Among, TypeSet Types)> groups)
    {
        var own = new TypeSet[at.Bringings.Count];
        foreach (var (among, types) in groups)
        {
            foreach (var id in among.Numbers.Ordinals())
            {
                work.Add();
                if (id < own.Length)
                {
                    own[id] = own[id].Union(types);
                }
            }
        }

        foreach (var bringing in at.Bringings)
        {
            work.Add();
            filled = filled.Except(bringing.Types.Except(own[bringing.Id]));
        }

        return filled;
    }

    // Of lookups in turn each is for some of the objects: what one of them alone fills is not filled.
    private TypeSet WithoutTurns(Fill fill, Predicate<int> isAmong)
    {
        var types = fill.Types;
        foreach (var other in turns.Of(fill.Step))
        {
            if (!isAmong(other))
            {
                foreach (var theirs in OfStep(other))
                {
                    types = types.Except(theirs.Types);
                }
            }
        }

        return types;
    }

    /// <summary>What a step fills of the slot.</summary>
    internal sealed class Fill(int step, TypeSet types, Arrivals among, TypeSet below)
    {
        public int Step { get; } = step;

        public TypeSet Types { get; } = types;

        public Arrivals Among { get; set; } = among;

        /// <summary>What the values can be, for a composite.</summary>
        public TypeSet Below { get; } = below;
    }
}
