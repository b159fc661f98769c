using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Which step fills which slot, as the verifier follows the plan.</summary>
internal sealed class Fills(QueryPlan plan)
{
    private readonly Dictionary<ResultField, List<Fill>> bySlot = [];
    private readonly Dictionary<ResultShape, List<Bringing>> bringings = [];
    private readonly Dictionary<ResultShape, TypeSet> arrivals = new() { [plan.Root] = Full(plan, plan.Root) };
    private readonly Dictionary<ResultShape, Arrivals> here = new() { [plan.Root] = default(Arrivals).With(0) };
    private readonly Dictionary<ResultShape, List<(int Step, TypeSet Types)>> typesTold = [];
    private readonly HashSet<ResultShape> withoutType = [];
    private readonly Turns turns = new(plan);

    /// <summary>What the objects of a shape can be; empty when no step brings any.</summary>
    public TypeSet Arrived(ResultShape shape) => arrivals.GetValueOrDefault(shape);

    /// <summary>All objects that steps have brought to a shape up to now.</summary>
    public Arrivals Here(ResultShape shape) => here.GetValueOrDefault(shape);

    /// <summary>
    /// The types for which one of the steps fills a slot: of all objects of a type. Where several fetches bring objects to a position, a slot
    /// that is filled of those of one fetch alone is not filled.
    /// </summary>
    public TypeSet FilledBy(ResultField field, Predicate<int> isAmong)
    {
        var filled = default(TypeSet);
        // Mostly all that fill a slot fill it of the same objects.
        var groups = new List<(Arrivals Among, TypeSet Types)>(1);
        var fills = bySlot.GetValueOrDefault(field, []);
        foreach (var fill in fills.Where(fill => isAmong(fill.Step)))
        {
            var types = WithoutTurns(fill, fills, isAmong);
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

        if (groups is [var only] && Here(field.Parent).IsWithin(only.Among))
        {
            return filled;
        }

        foreach (var bringing in bringings.GetValueOrDefault(field.Parent, []))
        {
            var own = groups.Where(group => group.Among.Contains(bringing.Id)).Aggregate(default(TypeSet), (all, group) => all.Union(group.Types));
            filled = filled.Except(bringing.Types.Except(own));
        }

        return filled;
    }

    // Of lookups in turn each is for some of the objects: what one of them alone fills is not filled.
    private TypeSet WithoutTurns(Fill fill, List<Fill> all, Predicate<int> isAmong)
    {
        var types = fill.Types;
        foreach (var other in turns.IsOne(fill.Step) ? all : [])
        {
            types = turns.Are(fill.Step, other.Step) && !isAmong(other.Step) ? types.Except(other.Types) : types;
        }

        return types;
    }

    /// <summary>True for the same step, and for two that ask for the same objects in turn.</summary>
    public bool AreOne(int left, int right) => left == right || turns.Are(left, right);

    /// <summary>True when all objects of these types at a shape are brought by some of the steps.</summary>
    public bool AreBrought(ResultShape shape, TypeSet types, Predicate<int> isAmong) => bringings.GetValueOrDefault(shape, []).All(bringing =>
        !bringing.Types.Overlaps(types) || bringing.Steps.Exists(step => isAmong(step) && bringing.Steps.TrueForAll(other => !turns.Are(step, other) || isAmong(other))));

    /// <summary>The steps that fill a slot.</summary>
    public IEnumerable<int> StepsOf(ResultField field) => bySlot.GetValueOrDefault(field, []).Select(fill => fill.Step);

    /// <summary>True when a step fills a slot of objects of a type, be it of some of them.</summary>
    public bool IsFilledBy(int step, ResultField field, int type) => bySlot.GetValueOrDefault(field, []).Exists(fill => fill.Step == step && fill.Types.Contains(type));

    /// <summary>True when a step, or one in turn with it, brings objects to a shape: it is the first to fill the slot above.</summary>
    public bool Brings(int step, ResultShape shape) => bringings.GetValueOrDefault(shape, []).Exists(bringing => AreOne(bringing.Steps[0], step));

    /// <summary>True when one step alone, or several in turn, fill a slot for all the objects that have it.</summary>
    public bool IsFilledByOne(ResultField field)
    {
        var all = field.AppliesTo.Intersect(Arrived(field.Parent));
        return StepsOf(field).Any(step => all.IsSubsetOf(FilledBy(field, other => AreOne(other, step))));
    }

    /// <summary>The field and arguments that a slot is for; every step that fills it is checked to call just that.</summary>
    public static string CallOf(ResultField field) => Meanings.Call(field.Definition.Name, field.Arguments);

    /// <summary>Notes a filled slot; the objects that what is below belongs to.</summary>
    /// <param name="step">By which step.</param>
    /// <param name="field">The slot.</param>
    /// <param name="types">For which runtime types.</param>
    /// <param name="below">What the values can be, for a composite.</param>
    /// <param name="among">The objects with the slot.</param>
    public Arrivals Add(int step, ResultField field, TypeSet types, TypeSet below, Arrivals among)
    {
        if (!bySlot.TryGetValue(field, out var fills))
        {
            bySlot.Add(field, fills = []);
        }

        fills.Add(new Fill(step, types, among));
        if (field.Shape is not { } shape)
        {
            return default;
        }

        if (!bringings.TryGetValue(shape, out var known))
        {
            bringings.Add(shape, known = []);
        }

        // The first to fill a slot of an object says what stands there; a later one adds to it.
        var there = known.FindAll(bringing => bringing.Above.Overlaps(among) && bringing.TypesAbove.Overlaps(types));
        var given = default(Arrivals);
        foreach (var bringing in there)
        {
            Narrow(shape, known, bringing, types, among);
            bringing.Steps.Add(step);
            given = given.With(bringing.Id);
        }

        foreach (var (above, typesAbove) in Missing(there, types, among))
        {
            given = given.With(Bring(shape, known, new Bringing(known.Count, [step], above, typesAbove, below)));
        }

        return given;
    }

    private int Bring(ResultShape shape, List<Bringing> known, Bringing added)
    {
        known.Add(added);
        arrivals[shape] = Arrived(shape).Union(added.Types);
        here[shape] = Here(shape).With(added.Id);
        return added.Id;
    }

    // Of what one fetch brought a part is given something: from here on these are two. What was given to all before was given to both.
    private void Narrow(ResultShape shape, List<Bringing> known, Bringing bringing, TypeSet types, Arrivals among)
    {
        if (!bringing.TypesAbove.IsSubsetOf(types))
        {
            Part(shape, known, bringing, bringing.Above, bringing.TypesAbove.Except(types));
            bringing.TypesAbove = bringing.TypesAbove.Intersect(types);
        }

        if (!bringing.Above.IsWithin(among))
        {
            Part(shape, known, bringing, bringing.Above.Except(among), bringing.TypesAbove);
            bringing.Above = bringing.Above.Intersect(among);
        }
    }

    private void Part(ResultShape shape, List<Bringing> known, Bringing whole, Arrivals above, TypeSet typesAbove)
    {
        var id = Bring(shape, known, new Bringing(known.Count, [.. whole.Steps], above, typesAbove, whole.Types));
        foreach (var field in shape.Fields)
        {
            foreach (var fill in bySlot.GetValueOrDefault(field, []).Where(fill => fill.Among.Contains(whole.Id)))
            {
                fill.Among = fill.Among.With(id);
            }

            foreach (var below in field.Shape is null ? [] : bringings.GetValueOrDefault(field.Shape, []).Where(below => below.Above.Contains(whole.Id)))
            {
                below.Above = below.Above.With(id);
            }
        }
    }

    // Where nothing stands yet: below which objects, of which types.
    private static List<(Arrivals Above, TypeSet Types)> Missing(List<Bringing> there, TypeSet types, Arrivals among)
    {
        var missing = new List<(Arrivals Above, TypeSet Types)> { (among, types) };
        foreach (var bringing in there)
        {
            missing = [.. missing.SelectMany(part => part.Above.Overlaps(bringing.Above) && part.Types.Overlaps(bringing.TypesAbove)
                ? [(part.Above.Except(bringing.Above), part.Types), (part.Above.Intersect(bringing.Above), part.Types.Except(bringing.TypesAbove))]
                : ((Arrivals, TypeSet)[])[part])];
            missing.RemoveAll(part => part.Above.IsEmpty || part.Types.IsEmpty);
        }

        return missing;
    }

    /// <summary>Notes that a step's answer says what the objects of a shape are.</summary>
    public void TellTypes(int step, ResultShape shape, TypeSet types)
    {
        if (!typesTold.TryGetValue(shape, out var told))
        {
            typesTold.Add(shape, told = []);
        }

        told.Add((step, types));
    }

    /// <summary>Notes that objects come from a source that cannot tell what they are.</summary>
    public void ArriveWithoutType(ResultShape shape) => withoutType.Add(shape);

    /// <summary>True when one of the steps says what the objects of these types are, or they came with their type.</summary>
    public bool IsTypeKnown(ResultShape shape, TypeSet types, Predicate<int> isAmong) =>
        !withoutType.Contains(shape)
        || types.IsSubsetOf(typesTold.GetValueOrDefault(shape, []).Where(told => isAmong(told.Step))
            .Aggregate(default(TypeSet), (all, told) => all.Union(told.Types)));

    /// <summary>The possible types of a shape in the full schema.</summary>
    public static TypeSet Full(QueryPlan plan, ResultShape shape) =>
        plan.Supergraph.FullSchema.FindType(shape.Type.Name) is CompositeType type ? type.PossibleTypes : default;

    private sealed class Fill(int step, TypeSet types, Arrivals among)
    {
        public int Step { get; } = step;

        public TypeSet Types { get; } = types;

        public Arrivals Among { get; set; } = among;
    }

    // Objects that a fetch brings to a shape, or any of several that ask for the same: below objects of these types, which were brought themselves.
    private sealed class Bringing(int id, List<int> steps, Arrivals above, TypeSet typesAbove, TypeSet types)
    {
        public int Id { get; } = id;

        public List<int> Steps { get; } = steps;

        public Arrivals Above { get; set; } = above;

        public TypeSet TypesAbove { get; set; } = typesAbove;

        public TypeSet Types { get; } = types;
    }
}
