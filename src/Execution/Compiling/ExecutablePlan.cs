using System.Text;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;

namespace GraphGateway.Execution;

/// <summary>
/// A <see cref="QueryPlan"/> made ready to run: names as bytes, tables instead of searches. Made once for each plan by
/// <see cref="PlanExecutor.Prepare"/>, immutable for its users, shared by all requests of the operation.
/// </summary>
public sealed class ExecutablePlan
{
    private const int MostExpectedSlots = 1 << 20;

    // Measured on plans of one to some hundred steps; what they really take is between half of it and all.
    private const int BytesOfPlan = 2_000;
    private const int BytesOfStep = 4_000;
    private const int BytesOfField = 800;
    private const int BytesOfCharacter = 4;

    private readonly int[] waitsFor;
    private int usualSlots;

    internal ExecutablePlan(QueryPlan plan, TypeSpace space)
    {
        Plan = plan;
        Space = space;
        var shapes = new List<CompiledShape>();
        Root = AddShape(plan.Root, shapes, space);
        var byShape = shapes.ToDictionary(shape => shape.Source);
        foreach (var unservable in plan.Unservable)
        {
            byShape[unservable.Field.Parent].Unservable.Add(unservable);
        }

        MostBytesBesideLeaf = MostBytesBeside(shapes, space);
        Bytes = BytesOf(plan, shapes);
        var kept = new KeptDocuments(Bytes / 2);
        Steps = [.. plan.Steps.Select(step => new CompiledStep(
            step, [byShape[plan.Root], .. step.Path.Select(field => byShape[field.Shape!])], space, kept, CacheHints.Of(step, plan.Supergraph)))];
        waitsFor = [.. plan.Steps.Select(step => step.DependsOn.Length)];
        foreach (var step in Steps)
        {
            foreach (var dependency in step.Step.DependsOn)
            {
                Steps[dependency].Dependents.Add(step.Step.Id);
            }

            step.Before = [.. step.Step.InsteadOf.Select(id => Steps[id])];
            foreach (var before in step.Before)
            {
                before.LeavesOn = before.LeavesOn.Union(step.Step.TargetTypes);
            }
        }

        foreach (var together in Steps.Where(step => step.Step.Request is not null).GroupBy(step => step.Step.Request))
        {
            var request = new CompiledRequest([.. together], kept);
            var documents = request.Steps.Select(step => step.Step.Document.Text).Distinct(StringComparer.Ordinal).ToList();
            foreach (var step in request.Steps)
            {
                step.Request = request;
                step.DocumentNumber = documents.IndexOf(step.Step.Document.Text);
            }
        }
    }

    /// <summary>
    /// Makes what the first execution would make, wherever the objects can be of one type alone: for plans that are made before a request comes. It changes no answer.
    /// </summary>
    public void MakeCertain()
    {
        Root.Variant(Space.Find(Root.Type.Name));
        foreach (var step in Steps)
        {
            step.Selection.MakeCertain();
        }
    }

    /// <summary>Makes what <see cref="ExecutionResult.CountCost"/> of the first answer would make, as <see cref="MakeCertain"/> does.</summary>
    /// <param name="index">By what answers are counted.</param>
    public void MakeCharges(CostIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        VariantCharges.OfOnlyType(Root, Space, index);
    }

    /// <summary>What it was made from.</summary>
    public QueryPlan Plan { get; }

    /// <summary>
    /// About how many bytes of memory it takes, so that a cache of plans can be bounded. What executions keep with it takes half as many at most.
    /// </summary>
    public long Bytes { get; }

    internal TypeSpace Space { get; }

    internal CompiledShape Root { get; }

    internal CompiledStep[] Steps { get; }

    /// <summary>By step: how many steps it waits for.</summary>
    internal ReadOnlySpan<int> WaitsFor => waitsFor;

    /// <summary>What a slot's value takes in the answer besides the bytes of a leaf, at most: the key, commas, quotes, a type's name.</summary>
    internal int MostBytesBesideLeaf { get; }

    /// <summary>How many slots its executions used lately: what the next one makes room for.</summary>
    internal int UsualSlots => Volatile.Read(ref usualSlots);

    /// <summary>An execution used so many slots. A single large one is forgotten after a while.</summary>
    internal void NoteSlots(int count)
    {
        // Not exact when several executions end at once, and it need not be.
        var usual = UsualSlots;
        var next = Math.Min(Math.Max(count, usual - (usual / 16)), MostExpectedSlots);
        if (next != usual)
        {
            Volatile.Write(ref usualSlots, next);
        }
    }

    private static long BytesOf(QueryPlan plan, List<CompiledShape> shapes) => BytesOfPlan
        + ((long)BytesOfStep * plan.Steps.Length)
        + ((long)BytesOfField * shapes.Sum(static shape => shape.Source.Fields.Count))
        + ((long)BytesOfCharacter * plan.Steps.Sum(static step => step.Document.Text.Length));

    private static int MostBytesBeside(List<CompiledShape> shapes, TypeSpace space)
    {
        const int others = 16;
        var fields = shapes.SelectMany(shape => shape.Source.Fields).ToList();
        return others + fields.Select(static field => Encoding.UTF8.GetByteCount(field.Key)).DefaultIfEmpty().Max()
            + (fields.Exists(static field => ReferenceEquals(field.Definition, MetaFields.Typename)) ? space.LongestTypename : 0);
    }

    private static CompiledShape AddShape(ResultShape source, List<CompiledShape> shapes, TypeSpace space)
    {
        var shape = new CompiledShape(shapes.Count, source, space);
        shapes.Add(shape);
        foreach (var field in source.Fields)
        {
            if (field.Shape is { } below && !IsIntrospection(field))
            {
                shape.Children[field.Slot] = AddShape(below, shapes, space);
            }
        }

        return shape;
    }

    /// <summary>True for <c>__schema</c> and <c>__type</c>, whose value comes whole.</summary>
    internal static bool IsIntrospection(ResultField field) => field.Definition.Name is "__schema" or "__type";
}
