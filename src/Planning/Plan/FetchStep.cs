using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>How a fetch asks its source.</summary>
public enum FetchKind
{
    /// <summary>
    /// Fields of a root type, once: at the root, or of <c>Query</c> at the end of a path (a mutation's payload can lead to it). All objects
    /// there get the same answer.
    /// </summary>
    Root,

    /// <summary>Apollo's <c>_entities(representations: $representations)</c>, once for all targets.</summary>
    Representations,

    /// <summary>A lookup field, once for each target; several travel together as the source's batching allows.</summary>
    Lookup,
}

/// <summary>One fetch of a plan.</summary>
public sealed record FetchStep
{
    /// <summary>Its index in <see cref="QueryPlan.Steps"/>.</summary>
    public required int Id { get; init; }

    /// <summary>
    /// The source that is asked. Of the gateway itself (<see cref="SourceSchema.IsGateway"/>) nobody is asked: the executor answers root fields
    /// from their arguments, for each id an object with its type and its <c>id</c>.
    /// </summary>
    public required SourceSchema Source { get; init; }

    /// <summary>How it is asked.</summary>
    public required FetchKind Kind { get; init; }

    /// <summary>The steps that must have ended before this one starts, ascending. Ended, not succeeded.</summary>
    public required ImmutableArray<int> DependsOn { get; init; }

    /// <summary>
    /// Steps with the same number go to their source in one request, once all of them can start; null for a step that goes alone. None of
    /// them waits for another, also not through other requests, and what waits for one of them would be there no sooner without the others.
    /// They ask for entities (<see cref="EntityBatch"/>), do the same lookup, or different ones (<see cref="LookupBatch"/>) where the source takes them together,
    /// or ask the very same of <c>Query</c> below fields: then it is asked once, and the answer is given to each.
    /// </summary>
    public int? Request { get; init; }

    /// <summary>
    /// The objects that the answer is filled into: the fields to follow from the root, through all lists on the way. Empty: the
    /// root object.
    /// </summary>
    public required ImmutableArray<ResultField> Path { get; init; }

    /// <summary>
    /// Of the objects at the end of <see cref="Path"/>, those of these runtime types. All possible types when it does not matter: then an
    /// object whose type no step has told yet (it came from an <c>@interfaceObject</c>) is a target too.
    /// All type sets of a plan are of <see cref="Supergraph.FullSchema"/>.
    /// </summary>
    public required TypeSet TargetTypes { get; init; }

    /// <summary>
    /// The steps, ascending, that look up the same objects of the same source by other fields and keys, and select the same: this one is for those
    /// targets of which none of them has a whole key. They go at the same time. Where its key is not whole a step leaves the object to the next one that
    /// is for its type; only the last one says that no key is whole.
    /// </summary>
    public ImmutableArray<int> InsteadOf { get; init; } = [];

    /// <summary>
    /// What each target gives. <see cref="FetchKind.Representations"/>: one input named <c>representations</c>, an <see cref="ObjectTemplate"/> with
    /// <c>__typename</c>, or a <see cref="ChoiceTemplate"/> of several, each with another key: a target sends the first in whose key is no null; after it arguments from contexts, each a <see cref="ContextTemplate"/>: targets with the same values form one list. <see cref="FetchKind.Lookup"/>: the variables of the lookup and of requirement arguments. Root: empty.
    /// </summary>
    public ImmutableArray<FetchInput> Inputs { get; init; } = [];

    /// <summary>
    /// Of the targets' types, those of which the answer decides whether an object is there at all: the object came from the gateway, which
    /// knows no more of it than its global id (<see cref="GatewaySource"/>). A null for the target is a null in the place of the object, and
    /// so is an answer that fails, with its error there. Nothing else that is fetched for the object counts then.
    /// </summary>
    public TypeSet Decides { get; init; }

    /// <summary>The names of the client's variables that the document uses, forwarded when the client gave them.</summary>
    public ImmutableArray<string> ForwardedVariables { get; init; } = [];

    /// <summary>The document that is sent.</summary>
    public required FetchDocument Document { get; init; }

    /// <summary>
    /// How the answer is read. Root: applies to <c>data</c>. Representations: to each item of <c>data._entities</c>. Lookup: to the value of the
    /// lookup field, found in <c>data</c> through <see cref="FetchDocument.LookupPath"/>.
    /// </summary>
    public required FetchSelectionSet Selection { get; init; }

    /// <summary>Why the fetch is there, in words, for people who read the plan.</summary>
    public required string Reason { get; init; }
}

/// <summary>A variable of a fetch whose value comes from the target object.</summary>
/// <param name="VariableName">Its name in the document; the client's variables never have it.</param>
/// <param name="Type">Its type in the source.</param>
/// <param name="Value">How the value is read off the target.</param>
/// <param name="SkipsOnNull">
/// True: a target whose value is null is not fetched at all; what the fetch would have filled stays null, with the error of
/// <see cref="FetchInput.WhenNull"/>.
/// </param>
public sealed record FetchInput(string VariableName, TypeNode Type, ValueTemplate Value, bool SkipsOnNull)
{
    /// <summary>The argument of the source that it feeds, the first where it feeds several; null for representations.</summary>
    public string? ArgumentName => InputNames.ArgumentOf(VariableName);

    /// <summary>
    /// What clients are told where a null skips the target: then the fields have an error with this message. It names only what clients can see.
    /// </summary>
    public string? WhenNull { get; init; }

    /// <summary>
    /// What clients are told where the value has a null in it that the source does not take (<see cref="TemplateEntry.IsNonNull"/>,
    /// <see cref="LeafTemplate.NonNullItems"/>): then null is sent where a null does not skip the target, and the fields that require it fail.
    /// Null where every value fits, and for representations, whose entries say it.
    /// </summary>
    public string? WhenUnfit { get; init; }

    /// <summary>
    /// True for an entity's key. One that is null because a source has no such entity is no error: then the fields are null as those are that
    /// the source would have given.
    /// </summary>
    public bool IsKey { get; init; }
}

/// <summary>The selection set of a fetch on one composite type, as the answer is read.</summary>
public sealed record FetchSelectionSet
{
    // Beyond that a set of them is made.
    private const int MostCompared = 16;

    /// <summary>
    /// True: the answer has the key <c>__typename</c> (unaliased), which tells the runtime type. When the name is no object type of the
    /// full schema, the value is null with an error; when it is not a possible type here, too. At the top of a step's answer it tells the
    /// type of a target that came without one, from an <c>@interfaceObject</c>.
    /// </summary>
    public required bool TellsRuntimeType { get; init; }

    /// <summary>The runtime type when it is known without being told; null when it is told, or known from an earlier step (an entity that is filled further).</summary>
    public ObjectType? FixedType { get; init; }

    /// <summary>The fields in the order in which they were asked.</summary>
    public required ImmutableArray<FetchField> Fields { get; init; }

    /// <summary>The fields as they are asked: what is read into several slots of the same objects is asked once.</summary>
    internal ImmutableArray<FetchField> Asked => Repeats() ? [.. Fields.DistinctBy(static read => (read.SourceKey, read.AppliesTo))] : Fields;

    // PERF: hardly any selection does, and most are short.
    private bool Repeats()
    {
        if (Fields.Length > MostCompared)
        {
            return true;
        }

        for (var i = 1; i < Fields.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (Fields[i].SourceKey == Fields[j].SourceKey && Fields[i].AppliesTo == Fields[j].AppliesTo)
                {
                    return true;
                }
            }
        }

        return false;
    }
}

/// <summary>A field of a fetch and where its value goes.</summary>
public sealed record FetchField
{
    /// <summary>The key in the source's answer.</summary>
    public required string SourceKey { get; init; }

    /// <summary>The runtime types for which the key is in the answer.</summary>
    public required TypeSet AppliesTo { get; init; }

    /// <summary>The slot that is filled.</summary>
    public required ResultField Target { get; init; }

    /// <summary>The field's type in the source: tells the lists.</summary>
    public required TypeNode SourceType { get; init; }

    /// <summary>What is read below; null for a leaf.</summary>
    public FetchSelectionSet? Selection { get; init; }

    /// <summary>
    /// For a field with a requirement: the inputs that feed it, by <see cref="FetchInput.VariableName"/>, or the entries of the representation
    /// that it needs: each leaf by the names that lead to it, such as <c>price</c> or <c>size.width</c>. Where one of them, or what is around it, is null because something failed, and
    /// not because that is its value, the field fails too: it would be computed from what is not true.
    /// </summary>
    public ImmutableArray<string> Requires { get; init; } = [];
}
