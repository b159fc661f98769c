using System.Runtime.InteropServices;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>The objects of a shape as steps bring them: what they can be, who brought which of them, and who tells what they are.</summary>
/// <param name="turns">Which steps ask in turn.</param>
/// <param name="work">Counts what is looked at.</param>
internal sealed class BroughtObjects(Turns turns, VerificationWork work)
{
    private readonly List<Bringing> bringings = [];
    private readonly Dictionary<int, List<Bringing>> byTypeAbove = [];
    private readonly Dictionary<int, List<Bringing>> byType = [];
    private readonly HashSet<int> first = [];
    private int indexed;

    private readonly List<(int Step, TypeSet Types)> told = [];
    private readonly Dictionary<StepSet, (int Told, TypeSet Types)> toldBy = [];
    private readonly Dictionary<StepSet, TypeSet> missing = [];

    /// <summary>What they can be.</summary>
    public TypeSet Types { get; private set; }

    /// <summary>All that have been brought.</summary>
    public Arrivals Here { get; private set; }

    /// <summary>By number, who brought them.</summary>
    public IReadOnlyList<Bringing> Bringings => bringings;

    /// <summary>True where some come from a source that cannot tell what they are.</summary>
    public bool HaveNoType { get; set; }

    /// <summary>The object of the operation itself, which nobody has to bring.</summary>
    public void AddRoot(TypeSet types) => (Types, Here) = (types, default(Arrivals).With(0));

    /// <summary>Adds what a fetch brings: below objects of some types, which were brought themselves.</summary>
    public Bringing Add(List<int> steps, Arrivals above, TypeSet typesAbove, TypeSet types)
    {
        var added = new Bringing(bringings.Count, steps, above, typesAbove, types);
        bringings.Add(added);
        first.Add(steps[0]);
        foreach (var type in typesAbove.Ordinals())
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(byTypeAbove, type, out _) ??= []).Add(added);
        }

        Types = Types.Union(types);
        Here = Here.With(added.Id);
        return added;
    }

    /// <summary>What was brought below some of these objects of these types, by number.</summary>
    public List<Bringing> Below(Arrivals above, TypeSet typesAbove)
    {
        var found = new List<Bringing>();
        if (bringings.Count <= typesAbove.Count)
        {
            Select(bringings);
            return found;
        }

        foreach (var type in typesAbove.Ordinals())
        {
            Select(byTypeAbove.GetValueOrDefault(type, []));
        }

        return [.. found.Distinct().OrderBy(bringing => bringing.Id)];

        void Select(List<Bringing> some)
        {
            work.Add(some.Count);
            found.AddRange(some.Where(bringing => bringing.Above.Overlaps(above) && bringing.TypesAbove.Overlaps(typesAbove)));
        }
    }

    /// <summary>What was brought that can be of a type.</summary>
    public List<Bringing> Of(int type)
    {
        for (; indexed < bringings.Count; indexed++)
        {
            foreach (var other in bringings[indexed].Types.Ordinals())
            {
                work.Add();
                (CollectionsMarshal.GetValueRefOrAddDefault(byType, other, out _) ??= []).Add(bringings[indexed]);
            }
        }

        return byType.GetValueOrDefault(type, []);
    }

    /// <summary>True when a step, or one in turn with it, was the first to bring those of a type: all of them, where several brought such.</summary>
    public bool AreFirstFrom(int step, int type)
    {
        if (first.Count == 1)
        {
            return IsFirst(step);
        }

        var some = Of(type);
        work.Add(some.Count);
        return some.Count > 0 && some.TrueForAll(bringing => bringing.Steps[0] == step || turns.Are(bringing.Steps[0], step));
    }

    private bool IsFirst(int step) => first.Contains(step) || turns.Of(step).Any(first.Contains);

    /// <summary>Those types of which some objects are brought by none of the steps. Asked when all steps were looked at.</summary>
    public TypeSet NotFrom(StepSet steps)
    {
        if (!missing.TryGetValue(steps, out var types))
        {
            foreach (var bringing in bringings)
            {
                types = bringing.Steps.Exists(step => IsWholly(step, bringing)) ? types : types.Union(bringing.Types);
            }

            missing.Add(steps, types);
        }

        return types;

        bool IsWholly(int step, Bringing bringing)
        {
            work.Add();
            return steps.Contains(step) && turns.Of(step).All(other => steps.Contains(other) || !bringing.Steps.Contains(other));
        }
    }

    /// <summary>Notes that a step says what the objects of these types are.</summary>
    public void Tell(int step, TypeSet types) => told.Add((step, types));

    /// <summary>The types of the objects of which one of the steps says what they are.</summary>
    public TypeSet ToldBy(StepSet steps)
    {
        ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(toldBy, steps, out _);
        if (found.Told != told.Count)
        {
            work.Add(told.Count);
            found = (told.Count, told.Where(one => steps.Contains(one.Step)).Aggregate(default(TypeSet), (all, one) => all.Union(one.Types)));
        }

        return found.Types;
    }

    /// <summary>Those of the objects of which the step that is looked at says what they are.</summary>
    public TypeSet ToldBy(int step)
    {
        var types = default(TypeSet);
        for (var i = told.Count - 1; i >= 0 && told[i].Step == step; i--)
        {
            work.Add();
            types = types.Union(told[i].Types);
        }

        return types;
    }

    /// <summary>Objects that a fetch brings, or any of several that ask for the same: below objects of these types, which were brought themselves.</summary>
    internal sealed class Bringing(int id, List<int> steps, Arrivals above, TypeSet typesAbove, TypeSet types)
    {
        public int Id { get; } = id;

        public List<int> Steps { get; } = steps;

        public Arrivals Above { get; set; } = above;

        public TypeSet TypesAbove { get; set; } = typesAbove;

        public TypeSet Types { get; } = types;
    }
}
