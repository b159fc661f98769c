using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>A fetch while the plan is built.</summary>
internal sealed class StepBuilder(int order, SourceSchema source, FetchKind kind, Position position, string callId)
{
    private readonly HashSet<StepBuilder> dependencies = [];

    // Of a step of several calls: what the keys of some types need. All others are for all types.
    private Dictionary<StepBuilder, TypeSet>? partial;

    // The gateway itself is not called: what it gives is there at once.
    private int depth = source.IsGateway ? 0 : 1;
    private TypeSet? targets;

    /// <summary>The order of creation; it settles ties.</summary>
    public int Order { get; } = order;

    /// <summary>Where the step enters: a source, or what counts as one (<see cref="Stands"/>).</summary>
    public SourceSchema Source { get; } = source;

    /// <summary>The source that is called.</summary>
    public SourceSchema Called { get; init; } = source;

    public FetchKind Kind { get; } = kind;

    public Position Position { get; } = position;

    /// <summary>Fetches with the same call of the same source at the same position can be one: what <see cref="LookupCalls.EntryOf"/> says.</summary>
    public string CallId { get; } = callId;

    /// <summary>The lookups that the step enters by, and for which types: changed by <see cref="Enter"/> and <see cref="Narrow"/> alone.</summary>
    public List<KeyUse> Keys { get; } = [];

    /// <summary>
    /// Keys for objects in whose key above there is a null (<see cref="KeyAlternatives"/>), in the order in which they are tried: in each group one
    /// for a type at most.
    /// </summary>
    public List<List<KeyUse>> OtherKeys { get; } = [];

    /// <summary>
    /// Other lookup fields for objects in whose keys above there is a null, in the order in which they are tried: each becomes a fetch of its own (<see cref="LookupParts"/>).
    /// </summary>
    public List<OtherCall> OtherCalls { get; } = [];

    /// <summary>Of such a fetch: those that are tried before it.</summary>
    public List<StepBuilder> InsteadOf { get; } = [];

    /// <summary>What the step carries for fields with requirements.</summary>
    public List<RequirementUse> Requirements { get; } = [];

    /// <summary>What the step's representations hold by now, for who asks whether they can hold more; null while nobody has.</summary>
    public CarriedValues? Carried { get; set; }

    /// <summary>
    /// Not null: a null in what this step carries skips the whole target, so it serves nothing but the fields with this very requirement.
    /// </summary>
    public Exclusion? AloneWith { get; set; }

    /// <summary>Not null: the step carries a value that other types do not have and that must not be null, so it stays with these.</summary>
    public TypeSet? OnlyTypes { get; set; }

    /// <summary>True for the step that tells the runtime types of its position.</summary>
    public bool TellsRuntimeType { get; init; }

    /// <summary>
    /// True for a lookup that can travel in one request with other lookups of its source: the source takes them side by side, and a null in the
    /// place of one stays there.
    /// </summary>
    public bool Mixes => Kind == FetchKind.Lookup && LookupBatch.IsTakenBy(Source) && Keys.TrueForAll(static key => !key.Lookup.IsNonNull);

    /// <summary>How many fetches the step becomes: one for each lookup field that it enters by (<see cref="LookupParts"/>).</summary>
    public int CallCount => Kind != FetchKind.Lookup || Keys.Count == 1
        ? 1
        : Keys.Select(static key => LookupCalls.CallOf(key.Lookup)).Distinct(StringComparer.Ordinal).Count();

    /// <inheritdoc cref="FetchStep.Decides"/>
    public TypeSet Decides { get; set; }

    /// <summary>The selection on the targets (on the root type for a root fetch).</summary>
    public SelectionBuilder Selection { get; } = new();

    public Presence? Presence { get; set; }

    /// <summary>The types that the step enters. PERF: asked often, and hundreds of types can have as many keys.</summary>
    public TypeSet TargetTypes => targets ??= TypesOf(Keys);

    /// <summary>The types that are entered by any of these.</summary>
    public static TypeSet TypesOf(List<KeyUse> keys)
    {
        if (keys is [var only])
        {
            return only.Types;
        }

        var types = default(TypeSetBuilder);
        foreach (var key in keys)
        {
            types.Add(key.Types);
        }

        return types.Take();
    }

    public HashSet<StepBuilder> Dependencies => dependencies;

    /// <summary>How many fetches follow each other up to this one, itself included.</summary>
    public int Depth => depth;

    /// <summary>The steps that wait for this one.</summary>
    public List<StepBuilder> Dependents { get; } = [];

    // PERF: sets of steps are asked often, and an object's own hash has to be made for each.

    /// <inheritdoc/>
    public override int GetHashCode() => Order;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <summary>Enters by these keys, too.</summary>
    public void Enter(IEnumerable<KeyUse> keys)
    {
        Keys.AddRange(keys);
        targets = null;
    }

    /// <summary>Waits for a step.</summary>
    public void DependOn(StepBuilder step)
    {
        partial?.Remove(step);
        WaitFor(step);
    }

    /// <summary>Waits for a step that the keys of these types need.</summary>
    public void DependOn(StepBuilder step, TypeSet types)
    {
        if (Kind == FetchKind.Lookup && step != this)
        {
            if (!dependencies.Contains(step))
            {
                (partial ??= []).Add(step, types);
            }
            else if (partial is not null && partial.TryGetValue(step, out var known))
            {
                partial[step] = known.Union(types);
            }
        }

        WaitFor(step);
    }

    /// <summary>What the step waits for on account of these types.</summary>
    public IReadOnlyCollection<StepBuilder> DependenciesOf(TypeSet types) => partial is not { Count: > 0 }
        ? dependencies
        : [.. dependencies.Where(step => !partial.TryGetValue(step, out var needing) || needing.Overlaps(types))];

    /// <summary>Leaves out all types but these, and what the step waits for on account of the others alone.</summary>
    public void Narrow(TypeSet types)
    {
        Keys.RemoveAll(key => !key.Types.Overlaps(types));
        targets = null;
        OtherKeys.ForEach(others => others.RemoveAll(key => !key.Types.Overlaps(types)));
        OtherKeys.RemoveAll(static others => others.Count == 0);
        foreach (var step in dependencies.Except(DependenciesOf(types)).ToList())
        {
            dependencies.Remove(step);
            step.Dependents.Remove(this);
        }
    }

    /// <summary>Leaves the step out of the plan: it asks for nothing, and waits for nobody, nor anybody for it.</summary>
    /// <param name="instead">For whom those wait that waited for it: a step that gives all that it gave and is there no later. Null: for nobody.</param>
    public void LeaveOut(StepBuilder? instead = null)
    {
        foreach (var step in Dependents)
        {
            step.dependencies.Remove(this);
            step.partial?.Remove(this);
            if (instead is not null)
            {
                step.DependOn(instead);
            }
        }

        foreach (var step in dependencies)
        {
            step.Dependents.Remove(this);
        }

        Dependents.Clear();
        dependencies.Clear();
        Selection.Entries.ToList().ForEach(Selection.Remove);
    }

    /// <summary>Waits no longer for a step of which it needs nothing any more.</summary>
    public void Release(StepBuilder step)
    {
        dependencies.Remove(step);
        partial?.Remove(step);
        step.Dependents.Remove(this);
    }

    private void WaitFor(StepBuilder step)
    {
        if (step != this && dependencies.Add(step))
        {
            step.Dependents.Add(this);
            RaiseDepth(step.depth + 1);
        }
    }

    /// <summary>True when this step waits for the other one, directly or not.</summary>
    public bool Follows(StepBuilder other) =>
        dependencies.Contains(other) || (depth - other.depth > 1 && Follows(other, []));

    // Each step once: where steps wait for several, the ways back multiply.
    private bool Follows(StepBuilder other, HashSet<StepBuilder> seen)
    {
        foreach (var dependency in dependencies)
        {
            if (dependency == other || (dependency.depth > other.depth && seen.Add(dependency) && dependency.Follows(other, seen)))
            {
                return true;
            }
        }

        return false;
    }

    private void RaiseDepth(int atLeast)
    {
        if (atLeast <= depth)
        {
            return;
        }

        depth = atLeast;
        foreach (var dependent in Dependents)
        {
            dependent.RaiseDepth(depth + 1);
        }
    }
}

/// <summary>What a step serves nothing beside: two with the same serve the same fields.</summary>
/// <param name="Nulls">The requirements of which a null skips the whole target; null where there are none.</param>
/// <param name="Types">The types that it asks something for alone, of a source that cannot tell them apart; null where it is for all.</param>
internal sealed record Exclusion(string? Nulls, TypeSet? Types);

/// <summary>A lookup and the runtime types that a step enters by it.</summary>
/// <param name="Lookup">The lookup.</param>
/// <param name="Types">The types.</param>
/// <param name="Allowed">The sources that may be asked for the key: those that are reached before this one.</param>
internal readonly record struct KeyUse(Lookup Lookup, TypeSet Types, SourceSet Allowed);

/// <summary>Lookups by another field than the first: one for a type at most, and those that the same fields take in their turn.</summary>
/// <param name="Keys">The lookups.</param>
/// <param name="OtherKeys">As <see cref="StepBuilder.OtherKeys"/>.</param>
internal sealed record OtherCall(List<KeyUse> Keys, List<List<KeyUse>> OtherKeys);

/// <summary>A requirement that a step carries for the fields of these types.</summary>
internal readonly record struct RequirementUse(FieldNeeds Requirement, TypeSet Types);
