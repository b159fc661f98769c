using GraphGateway.Language;
using GraphGateway.Planning;

namespace GraphGateway.Execution;

/// <summary>
/// A place of the answer where an earlier step puts objects of the source that a step would ask for entities: one with the same key is the
/// same entity, and what the source has told of it need not be asked again. Only leaves are taken over.
/// </summary>
internal sealed class ReusePlace
{
    // For each step of an operation there may be one for nearly each field of it: of more, nobody looks.
    private const int MostOfStep = 32;

    private readonly CompiledStep step;
    private readonly CompiledSelection selection;

    // Few types, mostly one. A copy with one more takes its place.
    private (int Type, ReuseFields? Fields)[] known = [];

    private ReusePlace(CompiledStep step, CompiledStep origin, ResultField[] path, CompiledSelection selection)
    {
        this.step = step;
        this.selection = selection;
        Origin = origin;
        Path = path;
    }

    /// <summary>The step that fills it.</summary>
    public CompiledStep Origin { get; }

    /// <summary>The fields from the root to the objects.</summary>
    public ResultField[] Path { get; }

    /// <summary>
    /// The places for a step. None for one that asks for more than leaves, or for a value of a context, or whose inputs are more than leaves;
    /// and none in a mutation, where what one step told may not be true after the next.
    /// </summary>
    public static ReusePlace[] Of(CompiledStep step, ExecutablePlan plan)
    {
        if (step.PlainKey is null || step.ContextDepth is not null || plan.Plan.Operation.Kind != OperationType.Query
            || !step.Selection.Source.Fields.All(field => field.Selection is null))
        {
            return [];
        }

        var places = new List<ReusePlace>();
        foreach (var earlier in Earlier(step, plan).Where(earlier => earlier.Source == step.Source && earlier != step).OrderBy(earlier => earlier.Step.Id))
        {
            Add(places, step, earlier, [.. earlier.Step.Path], earlier.Selection);
        }

        return [.. places];
    }

    /// <summary>What to compare and to take over for an entity of the type; null when the place has not all of it.</summary>
    public ReuseFields? For(int type)
    {
        foreach (var (other, fields) in Volatile.Read(ref known))
        {
            if (other == type)
            {
                return fields;
            }
        }

        // Where two come at once, one of them is found again later.
        var made = Make(type);
        Volatile.Write(ref known, [.. Volatile.Read(ref known), (type, made)]);
        return made;
    }

    private static void Add(List<ReusePlace> places, CompiledStep step, CompiledStep origin, ResultField[] path, CompiledSelection selection)
    {
        if (places.Count == MostOfStep)
        {
            return;
        }

        var names = step.Selection.Source.Fields.Select(field => field.Target.Definition.Name);
        if (names.All(name => selection.Source.Fields.Any(field => field.Selection is null && field.Target.Definition.Name == name)))
        {
            places.Add(new ReusePlace(step, origin, path, selection));
        }

        for (var i = 0; i < selection.Source.Fields.Length; i++)
        {
            if (selection.Child(i) is { } child)
            {
                Add(places, step, origin, [.. path, selection.Source.Fields[i].Target], child);
            }
        }
    }

    // All that can have ended when the step starts: what it waits for, what those wait for that travel with it, and those that went ahead.
    private static HashSet<CompiledStep> Earlier(CompiledStep step, ExecutablePlan plan)
    {
        CompiledStep[] together = step.Request?.Steps ?? [step];
        var earlier = together.ToHashSet();
        var open = new Stack<CompiledStep>(together);
        while (open.TryPop(out var next))
        {
            foreach (var dependency in next.Step.DependsOn)
            {
                if (earlier.Add(plan.Steps[dependency]))
                {
                    open.Push(plan.Steps[dependency]);
                }
            }
        }

        return earlier;
    }

    private ReuseFields? Make(int type)
    {
        var key = step.PlainKey!.SlotsOf(type);
        var fields = step.Selection.Variant(type).Fields;
        if (key is null || key.Length == 0 || fields.Length == 0)
        {
            return null;
        }

        var keyPairs = new (int, int)[key.Length];
        for (var i = 0; i < key.Length; i++)
        {
            var own = step.Shape.Source.Fields[key[i]];
            var there = selection.Shape.Source.Fields.FirstOrDefault(field => field.Shape is null && field.AppliesTo.Contains(type) && IsSame(field, own));
            if (there is null)
            {
                return null;
            }

            keyPairs[i] = (there.Slot, key[i]);
        }

        var fieldPairs = new (CompiledField From, CompiledField To)[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            var there = Array.Find(selection.Variant(type).Fields, field => IsSame(field.Target, fields[i].Target)
                && field.Selection is null && field.IsVisible == fields[i].IsVisible && field.Requires.SequenceEqual(fields[i].Requires));
            if (there is null)
            {
                return null;
            }

            fieldPairs[i] = (there, fields[i]);
        }

        return new ReuseFields(keyPairs, fieldPairs);
    }

    private static bool IsSame(ResultField left, ResultField right) => left.Definition.Name == right.Definition.Name && left.HasArguments(right.Arguments);
}

/// <summary>For objects of one type: the slots there and here.</summary>
/// <param name="Key">The leaves that must be equal: the key, and what the fields require.</param>
/// <param name="Fields">The fields that are taken over.</param>
internal sealed record ReuseFields((int There, int Here)[] Key, (CompiledField There, CompiledField Here)[] Fields);
