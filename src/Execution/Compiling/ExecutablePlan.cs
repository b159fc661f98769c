using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

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

/// <summary>A <see cref="FetchStep"/> made ready to run.</summary>
internal sealed class CompiledStep
{
    // Documents for batches by aliases are text of their own for each size; some sizes are kept.
    private const int MaxKeptAliasDocuments = 32;

    private readonly KeptDocuments kept;
    private ConcurrentDictionary<int, byte[]>? aliasPrefixes;
    private ReusePlace[]? reusePlaces;

    public CompiledStep(FetchStep step, CompiledShape[] path, TypeSpace space, KeptDocuments kept, in CacheHints hints)
    {
        (this.kept, Hints) = (kept, hints);
        (Step, Path) = (step, path);
        Selection = new CompiledSelection(step.Selection, Shape, space, isOfRest: !step.InsteadOf.IsEmpty);
        Inputs = [.. step.Inputs.Select(input => new CompiledInput(input))];
        PlainKey = PlainKey.Of(Inputs);
        KeyArguments = step.Kind == FetchKind.Representations ? [] : [.. Inputs.Select(static input => input.KeyArgument)];
        ContextDepth = step.Inputs.Select(input => input.Value).OfType<ContextTemplate>()
            .SelectMany(context => context.Alternatives).Min(alternative => (int?)alternative.Depth);
        Prefix = PrefixOf(step.Document.Text);
        ForwardedNames = [.. step.ForwardedVariables.Select(name => (name, Encoding.UTF8.GetBytes($"\"{name}\":")))];
        LookupPath = [.. step.Document.LookupPath.Select(Encoding.UTF8.GetBytes)];
    }

    public FetchStep Step { get; }

    /// <summary>Of a lookup's inputs the arguments of the source that are the entity's key, null for others; empty for representations.</summary>
    public ImmutableArray<string?> KeyArguments { get; }

    public SourceSchema Source => Step.Source;

    /// <summary>The shapes on the way to the targets: the root's first, theirs last.</summary>
    public CompiledShape[] Path { get; }

    /// <summary>The shape of the targets.</summary>
    public CompiledShape Shape => Path[^1];

    /// <summary>
    /// Not null for a step that takes values from contexts: the highest place in <see cref="Path"/> that one comes from. Below it, an object
    /// that several places share may have a different value in each.
    /// </summary>
    public int? ContextDepth { get; }

    public CompiledSelection Selection { get; }

    public CompiledInput[] Inputs { get; }

    /// <summary>True when objects are targets whose type nobody has told yet: the step is for all types, or tells them.</summary>
    public bool TakesUntold => Step.Selection.TellsRuntimeType || Shape.IsFor(Step.TargetTypes, TypeSpace.Unknown);

    /// <summary>What tells two targets apart; null when that is more than leaves of them.</summary>
    public PlainKey? PlainKey { get; }

    /// <summary>The request's body up to the variables: <c>{"query":"..."</c>.</summary>
    public byte[] Prefix { get; }

    public (string Name, byte[] Key)[] ForwardedNames { get; }

    public byte[][] LookupPath { get; }

    /// <summary>How long its source's schema says that the answer may be kept.</summary>
    public CacheHints Hints { get; }

    /// <summary>The steps that travel with this one; null when it goes alone. Set once while compiling.</summary>
    public CompiledRequest? Request { get; set; }

    /// <summary>The same for those steps of the request that have one document. Set once while compiling.</summary>
    public int DocumentNumber { get; set; }

    /// <summary>The lookups that ask for the same objects, and leave those to this one of which they have no key. Set once while compiling.</summary>
    public CompiledStep[] Before { get; set; } = [];

    /// <summary>True when others ask for the same objects in turn with it.</summary>
    public bool IsInTurn => Before.Length > 0 || !LeavesOn.IsEmpty;

    /// <summary>The types of the objects that the step leaves to another one where it has no key of them. Set once while compiling.</summary>
    public TypeSet LeavesOn { get; set; }

    /// <summary>The steps that wait for this one; filled while compiling.</summary>
    public List<int> Dependents { get; } = [];

    /// <summary>Where the answer may hold already what the step would ask for; looked for on first use.</summary>
    public ReusePlace[] ReusePlacesIn(ExecutablePlan plan) => reusePlaces ??= ReusePlace.Of(this, plan);

    /// <summary>As <see cref="Prefix"/>, for a batch by aliases, and for lists of entities that differ in what comes from contexts.</summary>
    public byte[] AliasPrefix(int count)
    {
        var known = LazyInitializer.EnsureInitialized(ref aliasPrefixes);
        if (known.TryGetValue(count, out var prefix))
        {
            return prefix;
        }

        prefix = PrefixOf(Step.Document.WithAliases(count));
        if (known.Count < MaxKeptAliasDocuments && kept.TryKeep(prefix.Length))
        {
            known.TryAdd(count, prefix);
        }

        return prefix;
    }

    /// <summary>A request's body up to the variables.</summary>
    public static byte[] PrefixOf(string document) => Encoding.UTF8.GetBytes($"{{\"query\":\"{JsonEncodedText.Encode(document)}\"");
}

/// <summary>A <see cref="FetchInput"/> made ready to run.</summary>
internal sealed class CompiledInput(FetchInput input)
{
    public CompiledTemplate Template { get; } = CompiledTemplate.Of(input.Value);

    /// <summary>The variable's name with quotes and colon.</summary>
    public byte[] Key { get; } = Encoding.UTF8.GetBytes($"\"{input.VariableName}\":");

    public string Name { get; } = input.VariableName;

    /// <summary>Of an entity's key the lookup's argument that it is; null for all else.</summary>
    public string? KeyArgument { get; } = input.IsKey ? input.ArgumentName : null;

    public bool SkipsOnNull { get; } = input.SkipsOnNull;

    /// <inheritdoc cref="FetchInput.WhenUnfit"/>
    public string? WhenUnfit { get; } = input.WhenUnfit;

    /// <inheritdoc cref="FetchInput.IsKey"/>
    public bool IsKey { get; } = input.IsKey;

    /// <inheritdoc cref="FetchInput.WhenNull"/>
    public string? WhenNull { get; } = input.WhenNull;

    /// <summary>The key in the n-th place of a batch by aliases.</summary>
    public byte[] AliasKey(int index) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"{input.VariableName}_{index}\":"));
}
