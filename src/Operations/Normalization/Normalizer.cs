using System.Diagnostics.CodeAnalysis;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;

namespace GraphGateway.Operations;

/// <summary>
/// Limits on a normalised operation: fragments that spread each other can stand for a tree far larger than the document.
/// </summary>
public sealed record NormalizerOptions
{
    /// <summary>Enough for any operation that a client would wait for.</summary>
    public static NormalizerOptions Default { get; } = new();

    /// <summary>Fields once fragments are inlined, before they are merged.</summary>
    public int MaxFields { get; init; } = 100_000;

    /// <summary>Nesting of selection sets once fragments are inlined.</summary>
    public int MaxDepth { get; init; } = 500;
}

/// <summary>The operation's normal form, or the limit that it passes. Exactly one of the two is there.</summary>
public sealed record NormalizationResult(NormalizedOperation? Operation, GraphQLError? Error)
{
    /// <summary>True when there is an operation.</summary>
    [MemberNotNullWhen(true, nameof(Operation))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Operation is not null;
}

/// <summary>
/// Brings an operation to its normal form: CollectFields of the spec
/// (<see href="https://spec.graphql.org/September2025/#CollectFields()">Spec §6.3.2</see>), done at every level for all object types at
/// once. Deterministic: it depends on the document, the schema and the conditions alone.
/// </summary>
public static class Normalizer
{
    /// <summary>
    /// The normal form under one outcome of the conditions. Errors have the code <c>MAX_DEPTH_EXCEEDED</c> or <c>MAX_FIELDS_EXCEEDED</c>.
    /// </summary>
    public static NormalizationResult Normalize(ValidOperation operation, ConditionValues conditions, NormalizerOptions? options = null)
    {
        var builder = new SelectionSetBuilder(operation.Document, conditions, options ?? NormalizerOptions.Default);
        var selectionSet = builder.Build(operation.RootType, new Contribution(operation.Definition.SelectionSet, operation.RootType));
        if (builder.Error is { } error)
        {
            return new NormalizationResult(null, error);
        }

        var definition = operation.Definition;
        var variables = definition.VariableDefinitions.Where(variable => builder.UsedVariables.Contains(variable.Variable.Name.Value));
        return new NormalizationResult(
            new NormalizedOperation(definition.Operation, definition.Name?.Value, selectionSet, [.. variables]),
            null);
    }

    /// <summary>
    /// The normal form of what is selected below one field, for an executor that collects fields itself and hands single fields on.
    /// </summary>
    /// <param name="document">The document that the nodes stand in.</param>
    /// <param name="parentType">The type that they are selected on.</param>
    /// <param name="nodes">All nodes of one response key, as CollectFields groups them; at least one.</param>
    /// <param name="conditions">The outcome of the conditions.</param>
    /// <param name="options">The limits.</param>
    /// <returns>The field, or the limit that it passes.</returns>
    public static (NormalizedField? Field, GraphQLError? Error) NormalizeField(
        ValidDocument document,
        ObjectType parentType,
        IReadOnlyList<FieldNode> nodes,
        ConditionValues conditions,
        NormalizerOptions? options = null)
    {
        var builder = new SelectionSetBuilder(document, conditions, options ?? NormalizerOptions.Default);
        var field = builder.BuildField(parentType, nodes);
        return builder.Error is { } error ? (null, error) : (field, null);
    }
}
