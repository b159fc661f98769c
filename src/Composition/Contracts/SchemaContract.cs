using System.Collections.Immutable;

namespace GraphGateway.Composition;

/// <summary>
/// A variant of the schema that clients see, by the tags of its elements
/// (as <see href="https://www.apollographql.com/docs/graphos/platform/schema-management/delivery/contracts/overview">Apollo's contracts</see>).
/// What it hides is as if it were <c>@inaccessible</c>: keys and requirements may still use it.
/// </summary>
public sealed record SchemaContract
{
    /// <summary>
    /// When not empty, a field of an object or interface is kept only if it or its type has one of these tags, and a union only if it has
    /// one; a type whose fields are all hidden is hidden too. Arguments, input fields, enum values and scalars are not asked for tags.
    /// </summary>
    public ImmutableArray<string> IncludeTags { get; init; } = [];

    /// <summary>What has one of these tags is hidden, whatever other tags it has; the tags of a type hold for its fields.</summary>
    public ImmutableArray<string> ExcludeTags { get; init; } = [];

    /// <summary>Hides every type that no operation can reach from what is left.</summary>
    public bool HideUnreachableTypes { get; init; }
}
