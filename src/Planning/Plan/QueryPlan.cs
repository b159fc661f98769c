using System.Collections.Immutable;
using GraphGateway.Operations;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// How an operation is answered: the shape of the answer, and the fetches that fill it. Immutable, shared by all requests of the operation.
/// <para>
/// A fetch starts as soon as all steps it depends on have ended. Every <see cref="ResultField"/> that is not an introspection field, not
/// <c>__typename</c> and not in <see cref="Unservable"/> is filled by at least one step for every object it applies to.
/// </para>
/// </summary>
public sealed class QueryPlan
{
    /// <summary>Puts the parts together; Planning's verifier checks what the class comment says.</summary>
    public QueryPlan(
        Supergraph supergraph,
        NormalizedOperation operation,
        ResultShape root,
        ImmutableArray<FetchStep> steps,
        ImmutableArray<UnservableField> unservable)
    {
        Supergraph = supergraph;
        Operation = operation;
        Root = root;
        Steps = steps;
        Unservable = unservable;
    }

    /// <summary>The graph that it was planned for.</summary>
    public Supergraph Supergraph { get; }

    /// <summary>The operation that it answers.</summary>
    public NormalizedOperation Operation { get; }

    /// <summary>The shape of <c>data</c>.</summary>
    public ResultShape Root { get; }

    /// <summary>The fetches; the index is <see cref="FetchStep.Id"/>, and a step depends only on steps before it.</summary>
    public ImmutableArray<FetchStep> Steps { get; }

    /// <summary>Fields that no source can serve where they stand, or that the client may not see: null with an error at each object they apply to.</summary>
    public ImmutableArray<UnservableField> Unservable { get; }

    /// <summary>
    /// Fields that no source answers for all objects by its own schema, while the plan has them from several sources together, each asked for
    /// the same objects. The steps fill them.
    /// </summary>
    public ImmutableArray<UnservableField> OnlyTogether { get; init; } = [];

    /// <summary>Where planning ended before everything was looked at.</summary>
    public PlanningBounds Bounds { get; init; }
}

/// <summary>A selected field that cannot be served, and why.</summary>
/// <param name="Field">The field; never a hidden one.</param>
/// <param name="Reason">A sentence for the client that gives nothing of the sources away.</param>
/// <param name="Detail">The same for the operator: which source cannot help and why.</param>
/// <param name="Types">For which runtime types it cannot be served; others may be.</param>
public sealed record UnservableField(ResultField Field, string Reason, string Detail, TypeSystem.TypeSet Types)
{
    /// <summary>What clients are told of what they may not see: the words that other gateways have for it.</summary>
    public const string WithheldReason = "Unauthorized field or type";

    /// <summary>What kind of gap it is.</summary>
    public UnservableCause Cause { get; init; } = UnservableCause.NoSource;
}

/// <summary>Why a field cannot be served.</summary>
public enum UnservableCause
{
    /// <summary>No source has it on the way by which the objects are reached: a gap in the graph.</summary>
    NoSource,

    /// <summary>
    /// Several sources share the field above, and not all of them know the object's type there. Nothing is missing as long as they keep the
    /// promise of sharing, which is to answer alike.
    /// </summary>
    UnsharedMember,

    /// <summary>The operation selects interfaces below interfaces, of more kinds of objects than a plan may have positions for. Nothing is missing in the graph.</summary>
    TooManyKinds,

    /// <summary>
    /// What it needs leads through more keys and requirements than are followed (<see cref="PlanningBounds"/>). Nothing need be missing in the graph.
    /// </summary>
    TooManyWays,

    /// <summary>The client may not see it (<see cref="NormalizedField.IsWithheld"/>): nobody is asked for it.</summary>
    Withheld,
}
