using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// One attempt to plan an operation, with the decisions that <see cref="Choices"/> says. Deterministic and without backtracking:
/// <list type="number">
/// <item>The slots that the client selected become demands (<see cref="Demand"/>).</item>
/// <item>At each position, the sources that stand there fill what they can, their sub-selections included (<see cref="LocalFields"/>).</item>
/// <item>For the rest, sources are entered at this position by lookups, with their keys and requirements fetched first
/// (<see cref="Entries"/>, <see cref="Requirements"/>).</item>
/// <item>What no source can give at this position goes up to the position above, where another source may be entered.</item>
/// <item>What is left at the root cannot be served.</item>
/// </list>
/// </summary>
internal sealed class PlanAttempt
{
    private readonly Dictionary<ResultShape, Position> positions = [];
    private readonly Stack<HashSet<StepBuilder>> touched = [];
    private readonly CancellationToken abandoned;
    private readonly Action? betweenParts;

    // PERF: one demand is held against one source after the other.
    private readonly Dictionary<Demand, PlainLeaves?> leaves = new(ReferenceEqualityComparer.Instance);
    private List<StepBuilder> barrier = [];
    private int closedCount;

    public PlanAttempt(PlanningGraph graph, Reachability reachability, NormalizedOperation operation, Choices choices, Action? betweenParts = null, CancellationToken abandoned = default)
    {
        this.abandoned = abandoned;
        this.betweenParts = betweenParts;
        Graph = graph;
        Reachability = reachability;
        Operation = operation;
        Choices = choices;
        Slots = new Slots(graph);
        Local = new LocalFields(this);
        Entries = new Entries(this);
        EntrySteps = new EntrySteps(this);
        LaterBringers = new LaterBringers(this);
        Requirements = new Requirements(this);
        Contexts = new Contexts(this);
        Handover = new Handover(this);
        Repeated = new RepeatedFields(this);
        var shapes = new VisibleShapes(graph, choices);
        Root = shapes.Build(operation.SelectionSet);
        Refused = shapes.Refused;
        Bounded = shapes.Bounded;
        Withheld = shapes.Withheld;
    }

    public PlanningGraph Graph { get; }

    public Reachability Reachability { get; }

    public NormalizedOperation Operation { get; }

    public Choices Choices { get; }

    public Slots Slots { get; }

    public LocalFields Local { get; }

    public Entries Entries { get; }

    public EntrySteps EntrySteps { get; }

    public LaterBringers LaterBringers { get; }

    public Requirements Requirements { get; }

    public Contexts Contexts { get; }

    public Handover Handover { get; }

    public RepeatedFields Repeated { get; }

    /// <summary>Who stands after whom in the plan without waiting for it.</summary>
    public BringersFirst BringersFirst { get; } = new();

    public ResultShape Root { get; }

    public List<StepBuilder> Steps { get; } = [];

    /// <summary>How many fields were held against a source: what the attempt costs where many sources share much.</summary>
    public int LookedAt { get; set; }

    /// <summary>How many that may be.</summary>
    public int LooksMax { get; init; } = int.MaxValue;

    /// <summary>True when it were more: from there on no source is entered, and it is no plan.</summary>
    public bool IsGivenUp => LookedAt > LooksMax;

    /// <summary>What no source can serve.</summary>
    public List<Demand> Left { get; } = [];

    /// <summary>What is not fetched of some types, since not every source that shares the field above knows them.</summary>
    public IReadOnlyDictionary<ResultField, TypeSet> Unshared { get; private set; } = new Dictionary<ResultField, TypeSet>();

    /// <inheritdoc cref="VisibleShapes.Refused"/>
    public IReadOnlyDictionary<ResultField, TypeSet> Refused { get; private set; }

    /// <inheritdoc cref="VisibleShapes.Bounded"/>
    public IReadOnlySet<ResultField> Bounded { get; }

    /// <summary>What of it was not followed to the end, by now.</summary>
    public PlanningBounds Bounds => (Requirements.IsBounded ? PlanningBounds.Requirements : PlanningBounds.None) | (Reachability.IsBounded ? PlanningBounds.Ways : PlanningBounds.None);

    /// <inheritdoc cref="VisibleShapes.Withheld"/>
    public IReadOnlyList<ResultField> Withheld { get; }

    /// <summary>All positions, in the order in which they came up.</summary>
    public IEnumerable<Position> Positions => positions.Values;

    /// <summary>Where the objects come from an <c>@interfaceObject</c> and no source tells what they are.</summary>
    public IEnumerable<Position> PositionsWithoutType => positions.Values.Where(position => position.IsTypeUnknown);

    /// <summary>Plans the whole operation.</summary>
    public void Run()
    {
        PlaceAll();
        Repeated.LeaveOut();
    }

    /// <summary>Instead of a plan: nothing of the operation is asked of anybody.</summary>
    public void RefuseAll() => Refused = Root.Fields.Where(field => !Demand.IsFilledWithoutSteps(field) && !field.IsWithheld).ToDictionary(static field => field, static field => field.AppliesTo);

    private void PlaceAll()
    {
        var root = PositionOf(Root, []);
        Unshared = UnsharedMembers.LeftOut(this);
        var leftOut = Refused.Count == 0 ? Unshared : Unshared.Concat(Refused).GroupBy(pair => pair.Key, pair => pair.Value)
            .ToDictionary(group => group.Key, group => group.Aggregate((all, some) => all.Union(some)));
        var demands = Demand.ForVisible(Root, leftOut);
        if (Operation.Kind == OperationType.Query)
        {
            Left.AddRange(Entries.Place(root, [.. demands], allowed: null));
            return;
        }

        // Spec §6.2.2: the root fields of a mutation run one after the other, each with everything below it.
        foreach (var demand in demands)
        {
            Left.AddRange(Entries.Place(root, [demand], allowed: null));
            if (!CanShareRequest(root))
            {
                CloseRequests();
            }
        }
    }

    /// <summary>The position of a shape; the path counts the first time.</summary>
    public Position PositionOf(ResultShape shape, ImmutableArray<ResultField> path, Position? partOf = null)
    {
        if (!positions.TryGetValue(shape, out var position))
        {
            abandoned.ThrowIfCancellationRequested();
            betweenParts?.Invoke();
            positions.Add(shape, position = new Position(shape, path) { PartOf = partOf });
        }

        return position;
    }

    /// <inheritdoc cref="PlainLeaves.Of"/>
    public PlainLeaves? LeavesOf(Demand demand)
    {
        const int Kept = 1_000;
        if (demand.Children.Length <= PlainLeaves.Few)
        {
            return null;
        }

        if (!leaves.TryGetValue(demand, out var known))
        {
            if (leaves.Count == Kept)
            {
                leaves.Clear();
            }

            leaves.Add(demand, known = PlainLeaves.Of(this, demand));
        }

        return known;
    }

    /// <summary>The position below a composite field.</summary>
    public Position PositionBelow(Position position, ResultField field) =>
        positions.TryGetValue(field.Shape!, out var below) ? below : PositionOf(field.Shape!, position.Path.Add(field), position.PartOf);

    /// <summary>
    /// Serves demands at a position where a source has just arrived: from there as far as it can, then by entering others.
    /// What comes back cannot be served at this position.
    /// </summary>
    public List<Demand> Serve(Presence presence, List<Demand> demands, bool needsTypes)
    {
        var parts = SlotParts.Of(this, presence, demands);
        needsTypes |= parts is not null;
        var left = Local.Place(presence, parts?.OfAll ?? demands);
        if (presence.Position.TypeTeller?.Presence is { } told && told != presence)
        {
            left = Local.Place(told, left);
        }

        if (presence.Position.IsTypeUnknown)
        {
            left = TypeRecovery.PlaceWithoutType(this, presence, left, needsTypes);
            left = Entries.RecoverType(presence, parts is { } apart ? apart.WithOthers(left) : left, needsTypes);
            left = parts is null ? left : SlotParts.PlaceBelow(this, presence.Position, left);
        }
        else if (parts is not null)
        {
            left = parts.WithOthers(left);
        }

        left = Entries.Place(presence.Position, left, allowed: null);
        if (presence.Step.Source.IsGateway)
        {
            GlobalIds.Decide(this, presence);
        }

        return left;
    }

    /// <summary>A new step, after all steps of the mutation's earlier root fields.</summary>
    public StepBuilder AddStep(
        SourceSchema source, FetchKind kind, Position position, string callId, Exclusion? aloneWith = null, bool tellsRuntimeType = false)
    {
        abandoned.ThrowIfCancellationRequested();
        betweenParts?.Invoke();
        var step = new StepBuilder(Steps.Count, source, kind, position, callId) 
        {
            Called = Graph.SourceOf(source),
            AloneWith = aloneWith,
            TellsRuntimeType = tellsRuntimeType,
        };
        foreach (var earlier in barrier)
        {
            step.DependOn(earlier);
        }

        Steps.Add(step);
        return step;
    }

    /// <summary>
    /// In a mutation, has every step that is still to come wait for all that there are: for those since the last time it was said, which wait for
    /// all before them.
    /// </summary>
    public void CloseRequests()
    {
        if (Operation.Kind != OperationType.Query && Steps.Count > closedCount)
        {
            barrier = Steps[closedCount..];
            closedCount = Steps.Count;
        }
    }

    /// <summary>True when the root step may still get fields: always in a query, and in a mutation before the next barrier.</summary>
    public bool IsOpen(StepBuilder step) => step.Order >= closedCount;

    /// <summary>Notes that a step fills a slot for some types.</summary>
    public void Fill(ResultField field, TypeSet types, StepBuilder step)
    {
        field.Filled = field.Filled.Union(types);
        Touch(step);
    }

    /// <summary>Notes that what is being collected comes from a step, too.</summary>
    public void Touch(StepBuilder step)
    {
        if (touched.TryPeek(out var steps))
        {
            steps.Add(step);
        }
    }

    /// <summary>The same for several.</summary>
    public void Touch(IEnumerable<StepBuilder> steps)
    {
        if (touched.TryPeek(out var all))
        {
            all.UnionWith(steps);
        }
    }

    /// <summary>Runs an action and gives the steps that it had fill something, apart from those that these in turn needed.</summary>
    public HashSet<StepBuilder> Collect(Action action)
    {
        var steps = new HashSet<StepBuilder>();
        touched.Push(steps);
        action();
        touched.Pop();
        return steps;
    }

    // Two root fields of a mutation can travel in one request (the source runs them in order) while the first needs no other fetch.
    private bool CanShareRequest(Position root) =>
        root.Presences.Count > 0 && Steps.Count - closedCount == 1;
}
