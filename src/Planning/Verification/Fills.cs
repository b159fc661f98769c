using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Which step fills which slot, as the verifier follows the plan.</summary>
internal sealed class Fills(QueryPlan plan)
{
    private readonly Dictionary<ResultField, List<(int Step, TypeSet Types, Arrivals Arrivals)>> bySlot = [];
    private readonly Dictionary<ResultShape, List<Bringing>> bringings = [];
    private readonly Dictionary<ResultShape, TypeSet> arrivals = new() { [plan.Root] = Full(plan, plan.Root) };
    private readonly Dictionary<ResultShape, List<(int Step, TypeSet Types)>> typesTold = [];
    private readonly HashSet<ResultShape> withoutType = [];

    /// <summary>What the objects of a shape can be; empty when no step brings any.</summary>
    public TypeSet Arrived(ResultShape shape) => arrivals.GetValueOrDefault(shape);

    // Objects that a fetch brings to a shape, or any of several that ask for the same: below values of these types, which were brought themselves.
    private sealed record Bringing(int Id, List<int> Steps, Arrivals Above, TypeSet TypesAbove, TypeSet Types);

    /// <summary>
    /// The types for which one of the steps fills a slot: of all objects of a type. Where several fetches bring objects to a position, a slot
    /// that is filled of those of one fetch alone is not filled.
    /// </summary>
    public TypeSet FilledBy(ResultField field, Predicate<int> isAmong)
    {
        var (filled, ofAll) = (default(TypeSet), default(TypeSet));
        var byArrival = new Dictionary<int, TypeSet>();
        foreach (var fill in bySlot.GetValueOrDefault(field, []).Where(fill => isAmong(fill.Step)))
        {
            filled = filled.Union(fill.Types);
            ofAll = fill.Arrivals.Ids.IsDefault ? ofAll.Union(fill.Types) : ofAll;
            foreach (var id in fill.Arrivals.Ids.IsDefault ? [] : fill.Arrivals.Ids)
            {
                byArrival[id] = byArrival.GetValueOrDefault(id).Union(fill.Types);
            }
        }

        foreach (var bringing in bringings.GetValueOrDefault(field.Parent, []))
        {
            filled = filled.Except(bringing.Types.Except(ofAll.Union(byArrival.GetValueOrDefault(bringing.Id))));
        }

        return filled;
    }

    /// <summary>True when all objects of these types at a shape are brought by some of the steps.</summary>
    public bool AreBrought(ResultShape shape, TypeSet types, Predicate<int> isAmong) =>
        bringings.GetValueOrDefault(shape, []).All(bringing => !bringing.Types.Overlaps(types) || bringing.Steps.Exists(isAmong));

    /// <summary>The steps that fill a slot.</summary>
    public IEnumerable<int> StepsOf(ResultField field) => bySlot.GetValueOrDefault(field, []).Select(fill => fill.Step);

    /// <summary>True when one step alone fills a slot for all the objects that have it.</summary>
    public bool IsFilledByOne(ResultField field)
    {
        var all = field.AppliesTo.Intersect(Arrived(field.Parent));
        return StepsOf(field).Any(step => all.IsSubsetOf(FilledBy(field, other => other == step)));
    }

    /// <summary>The field and arguments that a slot is for; every step that fills it is checked to call just that.</summary>
    public static string CallOf(ResultField field) => Meanings.Call(field.Definition.Name, field.Arguments);

    /// <summary>Notes a filled slot; the arrivals that what is below belongs to.</summary>
    /// <param name="step">By which step.</param>
    /// <param name="field">The slot.</param>
    /// <param name="types">For which runtime types.</param>
    /// <param name="below">What the values can be, for a composite.</param>
    /// <param name="among">The arrivals that the objects with the slot belong to.</param>
    public Arrivals Add(int step, ResultField field, TypeSet types, TypeSet below, Arrivals among)
    {
        if (!bySlot.TryGetValue(field, out var fills))
        {
            bySlot.Add(field, fills = []);
        }

        fills.Add((step, types, among));
        if (field.Shape is not { } shape)
        {
            return Arrivals.All;
        }

        if (!bringings.TryGetValue(shape, out var known))
        {
            bringings.Add(shape, known = []);
        }

        // The first to fill a slot of an object says what stands there; a later one adds to it.
        var there = known.Where(bringing => bringing.Above.Overlaps(among) && bringing.TypesAbove.Overlaps(types)).ToList();
        var covered = there.FindAll(bringing => bringing.TypesAbove.IsSubsetOf(types));
        covered.ForEach(bringing => bringing.Steps.Add(step));
        var added = covered.ConvertAll(bringing => bringing.Id);
        if (!types.IsSubsetOf(there.Aggregate(default(TypeSet), (all, bringing) => all.Union(bringing.TypesAbove))))
        {
            known.Add(new Bringing(known.Count, [step], among, types, below));
            added.Add(known.Count - 1);
            arrivals[shape] = Arrived(shape).Union(below);
        }

        return new Arrivals([.. added]);
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
}

/// <summary>Which of the objects that fetches brought to a position; the default are all of them, whoever brought them.</summary>
internal readonly record struct Arrivals(ImmutableArray<int> Ids)
{
    public static Arrivals All => default;

    public bool Overlaps(Arrivals other) => Ids.IsDefault || other.Ids.IsDefault || Ids.Any(other.Ids.Contains);
}
