using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Which step fills which slot, as the verifier follows the plan.</summary>
internal sealed class Fills(QueryPlan plan)
{
    private readonly Dictionary<ResultField, List<(int Step, TypeSet Types)>> bySlot = [];
    private readonly Dictionary<ResultField, string> calls = [];
    private readonly Dictionary<ResultShape, TypeSet> arrivals = new() { [plan.Root] = Full(plan, plan.Root) };
    private readonly Dictionary<ResultShape, List<(int Step, TypeSet Types)>> typesTold = [];
    private readonly HashSet<ResultShape> withoutType = [];

    /// <summary>What the objects of a shape can be; empty when no step brings any.</summary>
    public TypeSet Arrived(ResultShape shape) => arrivals.GetValueOrDefault(shape);

    /// <summary>The types for which one of the steps fills a slot.</summary>
    public TypeSet FilledBy(ResultField field, Predicate<int> isAmong) =>
        bySlot.GetValueOrDefault(field, []).Where(fill => isAmong(fill.Step)).Aggregate(default(TypeSet), (all, fill) => all.Union(fill.Types));

    /// <summary>The steps that fill a slot.</summary>
    public IEnumerable<int> StepsOf(ResultField field) => bySlot.GetValueOrDefault(field, []).Select(fill => fill.Step);

    /// <summary>The field and arguments that a slot was filled with; its name alone before that.</summary>
    public string CallOf(ResultField field) => field.Selection is { } selection
        ? Meanings.Call(field.Definition.Name, selection.Arguments)
        : calls.GetValueOrDefault(field, field.Definition.Name);

    /// <summary>Notes that a hidden slot is filled by a call; false when another step filled it by another call.</summary>
    public bool IsSameCall(ResultField field, string call)
    {
        if (field.Selection is not null)
        {
            return CallOf(field) == call;
        }

        if (calls.TryGetValue(field, out var known))
        {
            return known == call;
        }

        calls.Add(field, call);
        return true;
    }

    /// <summary>Notes a filled slot.</summary>
    /// <param name="step">By which step.</param>
    /// <param name="field">The slot.</param>
    /// <param name="types">For which runtime types.</param>
    /// <param name="below">What the values can be, for a composite.</param>
    public void Add(int step, ResultField field, TypeSet types, TypeSet below)
    {
        if (!bySlot.TryGetValue(field, out var fills))
        {
            bySlot.Add(field, fills = []);
        }

        // The first to fill a slot of an object says what stands there; a later one adds to it.
        var isFirst = !types.IsSubsetOf(FilledBy(field, _ => true));
        fills.Add((step, types));
        if (field.Shape is { } shape && isFirst)
        {
            arrivals[shape] = Arrived(shape).Union(below);
        }
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
