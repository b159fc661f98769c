using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Which step fills which slot, and who brings which objects, as the verifier follows the plan.</summary>
internal sealed class Fills
{
    private readonly Dictionary<ResultField, SlotFills> bySlot = [];
    private readonly Dictionary<ResultShape, BroughtObjects> objects = [];
    private readonly Turns turns;
    private readonly VerificationWork work;

    /// <summary>Of a plan of which no step was looked at.</summary>
    public Fills(QueryPlan plan, Turns turns, VerificationWork work)
    {
        (this.turns, this.work) = (turns, work);
        At(plan.Root).AddRoot(Full(plan, plan.Root));
    }

    /// <summary>What the objects of a shape can be; empty when no step brings any.</summary>
    public TypeSet Arrived(ResultShape shape) => At(shape).Types;

    /// <summary>All objects that steps have brought to a shape up to now.</summary>
    public Arrivals Here(ResultShape shape) => At(shape).Here;

    /// <summary>
    /// The types for which one of the steps fills a slot: of all objects of a type. Where several fetches bring objects to a position, a slot
    /// that is filled of those of one fetch alone is not filled.
    /// </summary>
    public TypeSet FilledBy(ResultField field, StepSet steps) => bySlot.TryGetValue(field, out var slot) ? slot.By(steps) : default;

    /// <summary>True when all of some types are among those.</summary>
    public bool AreFilledBy(ResultField field, StepSet steps, TypeSet types) => types.IsEmpty || (bySlot.TryGetValue(field, out var slot) && slot.AreBy(steps, types));

    /// <summary>The same where only some of the objects are in question.</summary>
    public bool AreFilledBy(ResultField field, StepSet steps, TypeSet types, Arrivals among) => bySlot.TryGetValue(field, out var slot) && slot.AreBy(steps, types, among);

    /// <summary>The objects that were brought to a shape below some objects of some types.</summary>
    public Arrivals Below(ResultShape shape, Arrivals above, TypeSet types) =>
        At(shape).Below(above, types).Aggregate(default(Arrivals), static (all, bringing) => all.With(bringing.Id));

    /// <summary>The same for a step, and for all that are in turn with it.</summary>
    public TypeSet FilledByTurns(ResultField field, int step) => bySlot.TryGetValue(field, out var slot) ? slot.ByTurns(step) : default;

    /// <summary>True for the same step, and for two that ask for the same objects in turn.</summary>
    public bool AreOne(int left, int right) => left == right || turns.Are(left, right);

    /// <summary>True when all objects of these types at a shape are brought by some of the steps. Asked when all steps were looked at.</summary>
    public bool AreBrought(ResultShape shape, TypeSet types, StepSet steps) => !At(shape).NotFrom(steps).Overlaps(types);

    /// <summary>The steps that fill a slot, ascending, each as often as it fills it.</summary>
    public IEnumerable<int> StepsOf(ResultField field) => bySlot.TryGetValue(field, out var slot) ? slot.All.Select(fill => fill.Step) : [];

    /// <summary>The steps that fill a slot of objects of a type, be it of some of them.</summary>
    public IEnumerable<int> StepsOf(ResultField field, int type) => bySlot.TryGetValue(field, out var slot) ? slot.StepsOf(type) : [];

    /// <summary>The steps that fill a slot of some of these objects of some of these types.</summary>
    public IEnumerable<int> StepsOf(ResultField field, TypeSet types, Arrivals among) => bySlot.TryGetValue(field, out var slot) ? slot.StepsOf(types, among) : [];

    /// <summary>True when a step, or one in turn with it, brings all objects of a type to a shape: it is the first to fill the slot above.</summary>
    public bool BringsAll(int step, ResultShape shape, int type) => At(shape).AreFirstFrom(step, type);

    /// <summary>The steps that bring the objects of a type to a shape up to now, those together that bring the same ones.</summary>
    public IEnumerable<List<int>> Bringers(ResultShape shape, int type) => At(shape).Of(type).Select(static bringing => bringing.Steps);

    /// <summary>By whom a slot is filled of which objects, in the order of the steps.</summary>
    public IReadOnlyList<SlotFills.Fill> Of(ResultField field) => bySlot.TryGetValue(field, out var slot) ? slot.All : [];

    /// <summary>True when one step alone, or several in turn, fill a slot for all the objects that have it.</summary>
    public bool IsFilledByOne(ResultField field)
    {
        var all = field.AppliesTo.Intersect(Arrived(field.Parent));
        return StepsOf(field).Any(step => all.IsSubsetOf(FilledByTurns(field, step)));
    }

    /// <summary>The field and arguments that a slot is for; every step that fills it is checked to call just that.</summary>
    public static string CallOf(ResultField field) => Meanings.Call(field.Definition.Name, field.Arguments);

    /// <summary>Notes a filled slot; the objects that what is below belongs to.</summary>
    /// <param name="step">By which step; none before it is noted after it.</param>
    /// <param name="field">The slot.</param>
    /// <param name="types">For which runtime types.</param>
    /// <param name="below">What the values can be, for a composite.</param>
    /// <param name="among">The objects with the slot.</param>
    public Arrivals Add(int step, ResultField field, TypeSet types, TypeSet below, Arrivals among)
    {
        if (!bySlot.TryGetValue(field, out var slot))
        {
            bySlot.Add(field, slot = new SlotFills(At(field.Parent), turns, work));
        }

        slot.Add(new SlotFills.Fill(step, types, among, below));
        return field.Shape is { } shape ? Bring(step, shape, types, below, among) : default;
    }

    // The first to fill a slot of an object says what stands there; a later one adds to it.
    private Arrivals Bring(int step, ResultShape shape, TypeSet types, TypeSet below, Arrivals among)
    {
        var here = At(shape);
        var there = here.Below(among, types);
        var given = default(Arrivals);
        foreach (var bringing in there)
        {
            Narrow(shape, bringing, types, among);
            bringing.Steps.Add(step);
            given = given.With(bringing.Id);
        }

        foreach (var (above, typesAbove) in Missing(there, types, among))
        {
            given = given.With(here.Add([step], above, typesAbove, below).Id);
        }

        return given;
    }

    // Of what one fetch brought a part is given something: from here on these are two. What was given to all before was given to both.
    private void Narrow(ResultShape shape, BroughtObjects.Bringing bringing, TypeSet types, Arrivals among)
    {
        if (!bringing.TypesAbove.IsSubsetOf(types))
        {
            Part(shape, bringing, bringing.Above, bringing.TypesAbove.Except(types));
            bringing.TypesAbove = bringing.TypesAbove.Intersect(types);
        }

        if (!bringing.Above.IsWithin(among))
        {
            Part(shape, bringing, bringing.Above.Except(among), bringing.TypesAbove);
            bringing.Above = bringing.Above.Intersect(among);
        }
    }

    private void Part(ResultShape shape, BroughtObjects.Bringing whole, Arrivals above, TypeSet typesAbove)
    {
        var id = At(shape).Add([.. whole.Steps], above, typesAbove, whole.Types).Id;
        foreach (var field in shape.Fields)
        {
            foreach (var fill in bySlot.TryGetValue(field, out var slot) ? slot.All : [])
            {
                work.Add();
                fill.Among = fill.Among.Contains(whole.Id) ? fill.Among.With(id) : fill.Among;
            }

            foreach (var below in field.Shape is null ? [] : At(field.Shape).Bringings)
            {
                work.Add();
                below.Above = below.Above.Contains(whole.Id) ? below.Above.With(id) : below.Above;
            }
        }
    }

    // Where nothing stands yet: below which objects, of which types.
    private static List<(Arrivals Above, TypeSet Types)> Missing(List<BroughtObjects.Bringing> there, TypeSet types, Arrivals among)
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
    public void TellTypes(int step, ResultShape shape, TypeSet types) => At(shape).Tell(step, types);

    /// <summary>Notes that objects come from a source that cannot tell what they are.</summary>
    public void ArriveWithoutType(ResultShape shape) => At(shape).HaveNoType = true;

    /// <summary>True when one of the steps says what the objects of these types are, or they came with their type.</summary>
    public bool IsTypeKnown(ResultShape shape, TypeSet types, StepSet steps) => At(shape) is var here && (!here.HaveNoType || types.IsSubsetOf(here.ToldBy(steps)));

    /// <summary>The same for a step that looks at its own answer, too.</summary>
    public bool IsTypeKnown(ResultShape shape, TypeSet types, StepSet steps, int own) => At(shape) is var here && (!here.HaveNoType || types.IsSubsetOf(here.ToldBy(steps).Union(here.ToldBy(own))));

    /// <summary>The possible types of a shape in the full schema.</summary>
    public static TypeSet Full(QueryPlan plan, ResultShape shape) =>
        plan.Supergraph.FullSchema.FindType(shape.Type.Name) is CompositeType type ? type.PossibleTypes : default;

    private BroughtObjects At(ResultShape shape)
    {
        if (!objects.TryGetValue(shape, out var here))
        {
            objects.Add(shape, here = new BroughtObjects(turns, work));
        }

        return here;
    }
}
