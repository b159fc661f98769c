using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>One <see cref="ResultShape"/> while the plan is built: who stands there and can be asked for more.</summary>
internal sealed class Position(ResultShape shape, ImmutableArray<ResultField> path)
{
    private readonly Dictionary<GraphType, (int Version, Closure Closure)> closures = [];
    private readonly List<(StepBuilder Step, TypeSet Above, TypeSet Types)> brought = [];
    private (int Version, Footing? At) footing;

    public ResultShape Shape { get; } = shape;

    /// <summary>The fields from the root to here.</summary>
    public ImmutableArray<ResultField> Path { get; } = path;

    public bool IsRoot => Path.IsEmpty;

    /// <summary>True for another one on the way to here, and for this one.</summary>
    public bool IsAtOrBelow(Position other) => Path.AsSpan().StartsWith(other.Path.AsSpan());

    /// <summary>
    /// Not null below a slot that is filled of all objects and is one of several, each for some types (<see cref="SlotParts"/>): the position of these objects. When their types
    /// are told, what is asked here is asked of the objects below those of the slot's types alone.
    /// </summary>
    public Position? PartOf { get; set; }

    /// <summary>True where the query's root type stands, at the root or below a field (of a mutation's payload, say): every source can be asked anew.</summary>
    public bool IsEnteredByRoot(Schema schema) => IsRoot || Shape.Type.Name == schema.QueryType?.Name;

    /// <summary>The selections of steps that are on objects here, in the order of their arrival.</summary>
    public List<Presence> Presences { get; } = [];

    /// <summary>Counts the changes of <see cref="Presences"/>, so that what was concluded from them can be dropped.</summary>
    public int Version { get; set; }

    /// <summary>
    /// Notes what objects a step brought: below objects of some types above, which had none here before. A step that adds to objects which
    /// are there already brings none, whatever its source knows.
    /// </summary>
    public void Bring(StepBuilder step, TypeSet above, TypeSet types)
    {
        if (!above.IsEmpty && !brought.Exists(part => part.Step == step && above.IsSubsetOf(part.Above) && part.Types == types))
        {
            brought.Add((step, above, types));
        }
    }

    /// <summary>Notes that another step, which knows the same types, brings from now on what a step brought below objects of some types above.</summary>
    public void HandOver(StepBuilder step, StepBuilder other, TypeSet above)
    {
        foreach (ref var part in CollectionsMarshal.AsSpan(brought))
        {
            if (part.Step == step && part.Above.IsSubsetOf(above))
            {
                part.Step = other;
            }
        }
    }

    /// <summary>
    /// The other steps that bring objects below those of some types above, and know other types there than these. If a step that gives objects of these types
    /// stood before them, it would bring the objects itself: of those that it has more nothing was asked, and those that it has less would not be there.
    /// </summary>
    public IEnumerable<(StepBuilder Step, TypeSet Types)> BringersOfOthers(StepBuilder step, TypeSet above, TypeSet types) =>
        brought.Where(part => part.Step != step && part.Types != types && part.Above.Overlaps(above)).Select(static part => (part.Step, part.Types));

    /// <summary>The runtime types that objects below those of some types above can have.</summary>
    public TypeSet BroughtBelow(TypeSet above)
    {
        var types = default(TypeSet);
        foreach (var part in brought)
        {
            types = part.Above.Overlaps(above) ? types.Union(part.Types) : types;
        }

        return types;
    }

    /// <summary>The steps that brought objects below those of some types above.</summary>
    public IEnumerable<StepBuilder> Bringers(TypeSet above) => brought.Where(part => part.Above.Overlaps(above)).Select(part => part.Step);

    /// <summary>True for a step that brought objects, be it some of them.</summary>
    public bool BringsAny(StepBuilder step) => IsThere(step, isOther: false);

    /// <summary>True when other steps than this one brought objects.</summary>
    public bool OthersBringAny(StepBuilder step) => IsThere(step, isOther: true);

    /// <summary>True for the step that brought all of the objects.</summary>
    public bool BringsAll(StepBuilder step) => BringsAny(step) && !OthersBringAny(step);

    /// <summary>
    /// True where objects are brought apart, each those below other ones: by several steps, or by one that asks for them in several selections (where what
    /// types above require or provide is not the same).
    /// </summary>
    public bool HasSeveralBringers => (brought.Count > 1 && OthersBringAny(brought[0].Step)) || (brought.Count > 0 && IsSeveralTimesIn(brought[0].Step));

    /// <summary>True when others bring objects besides this selection of a step, be it another one of the same step.</summary>
    public bool OthersBringAny(Presence bringing) => OthersBringAny(bringing.Step) || IsSeveralTimesIn(bringing.Step);

    /// <summary>The selections in which objects of some types are brought.</summary>
    public IEnumerable<Presence> BringingOf(TypeSet types) =>
        Presences.Where(presence => presence.Way is not null && presence.Types.Overlaps(types) && BringsAny(presence.Step));

    /// <summary>The steps that brought objects of some types, be it some of them.</summary>
    public IEnumerable<StepBuilder> BringersOf(TypeSet types) => brought.Where(part => part.Types.Overlaps(types)).Select(static part => part.Step).Distinct();

    /// <summary>The types above below whose objects there are some here of which a step that adds to them was not asked.</summary>
    public TypeSet NotAskedAbove(Presence adding)
    {
        var types = default(TypeSet);
        if (adding.Way is { } way && !BringsAny(adding.Step))
        {
            foreach (var part in brought)
            {
                types = types.Union(part.Above.Intersect(way.Entry.Target.AppliesTo).Except(way.Entry.Types));
            }
        }

        return types;
    }

    private bool IsSeveralTimesIn(StepBuilder step)
    {
        var isThere = false;
        foreach (var presence in Presences.Count > 1 ? Presences : [])
        {
            if (presence.Way is not null && presence.Step == step)
            {
                if (isThere)
                {
                    return true;
                }

                isThere = true;
            }
        }

        return false;
    }

    private bool IsThere(StepBuilder step, bool isOther)
    {
        foreach (var part in brought)
        {
            if (part.Step == step != isOther)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The step that tells the runtime types where the source that the objects come from cannot; mostly null.</summary>
    public StepBuilder? TypeTeller { get; set; }

    /// <summary>True where the objects come from an <c>@interfaceObject</c> and no step has told their types yet.</summary>
    public bool IsTypeUnknown => TypeTeller is null && Presences.Count > 0 && Presences[0].IsTypeUnknown;

    /// <summary>
    /// All types of the position where the objects come from an <c>@interfaceObject</c>: that source can be asked for a field of all objects
    /// only, so a slot that it is to fill must hold them all. Null elsewhere.
    /// </summary>
    public TypeSet? InseparableTypes => Presences.Count > 0 && Presences[0].IsTypeUnknown ? Presences[0].Types : null;

    /// <summary>What is known where one source stands alone, as to questions about these types; null elsewhere, and for few, which are found as fast as they are looked up.</summary>
    public Footing? FootingFor(TypeSet types, Reachability reachability)
    {
        const int Few = 8;
        if (Presences is not [{ View: null, IsClosed: false } alone] || types.Count <= Few)
        {
            return null;
        }

        if (footing.At is null || footing.Version != Version)
        {
            footing = (Version, reachability.FootingOf(alone.Source, alone.Types));
        }

        return footing.At;
    }

    /// <summary>
    /// The sources that can be asked for more of the objects of a type. While nobody knows what the objects are, no source helps that finds some of them only: there they
    /// are those that find any object of the interface.
    /// </summary>
    public Closure ClosureOf(GraphType type, Reachability reachability)
    {
        if (IsTypeUnknown && Presences[0].StaticType is { IsFoundInPart: true } @interface)
        {
            type = @interface;
        }

        // PERF: mostly one source stands here, and what is reached from it is kept for all positions.
        if (Presences is [{ View: null, IsClosed: false } alone])
        {
            return type.BySource[alone.Source.Ordinal] is { } only && type.Type.PossibleTypes.Overlaps(alone.Types) ? reachability.From(only) : reachability.From(type, []);
        }

        if (closures.TryGetValue(type, out var known) && known.Version == Version)
        {
            return known.Closure;
        }

        Arrival? first = null;
        List<Arrival>? all = null;
        foreach (var presence in Presences)
        {
            if (!presence.IsClosed && type.BySource[presence.Source.Ordinal] is { } at && type.Type.PossibleTypes.Overlaps(presence.Types))
            {
                var arrival = new Arrival(at, presence.View, presence.Step.Depth);
                if (first is null)
                {
                    first = arrival;
                }
                else
                {
                    (all ??= [first.Value]).Add(arrival);
                }
            }
        }

        var closure = all is null && first is { View: null } single ? reachability.From(single.At) : reachability.From(type, all ?? (first is { } one ? [one] : []));
        closures[type] = (Version, closure);
        return closure;
    }
}
