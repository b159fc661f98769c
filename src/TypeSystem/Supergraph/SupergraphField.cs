using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>A composed field and its sources.</summary>
/// <param name="Field">The field in <see cref="Supergraph.FullSchema"/>.</param>
/// <param name="Sources">The sources that define it, by ordinal, those that only have it as <c>@external</c> included.</param>
public sealed record SupergraphField(FieldDefinition Field, ImmutableArray<FieldInSource> Sources)
{
    /// <summary>The field's name.</summary>
    public string Name => Field.Name;

    /// <summary>
    /// True for <c>Query.node(id:)</c> and <c>Query.nodes(ids:)</c> where the gateway answers them: it reads from an id what type the object
    /// is of and has it looked up by its <c>id</c> (<see cref="GatewaySource"/>). Such a field has no sources.
    /// </summary>
    public bool IsGateways { get; init; }

    /// <summary>How a source defines it, or null when it does not.</summary>
    public FieldInSource? In(SourceSchema source)
    {
        foreach (var field in Sources)
        {
            if (field.Source.Ordinal == source.Ordinal)
            {
                return field;
            }
        }

        return null;
    }
}

/// <summary>What one source knows of a field.</summary>
public sealed record FieldInSource
{
    /// <summary>The source.</summary>
    public required SourceSchema Source { get; init; }

    /// <summary>The field's type as the source declares it, which may be narrower or stricter than the composed one.</summary>
    public required TypeNode Type { get; init; }

    /// <summary>
    /// True when the source mentions the field (for a key, a requirement or a provision) and does not resolve it by itself.
    /// Key fields that a source can give without being asked to resolve them are not external here, whatever the SDL says
    /// (Federation 1 extensions, <c>@key</c> fields).
    /// </summary>
    public bool IsExternal { get; init; }

    /// <summary>Sub-fields, external otherwise, that the source can give where it is reached through this field; null when none.</summary>
    public SelectionSetNode? Provides { get; init; }

    /// <summary>What the source needs from others before it can resolve the field; null when nothing.</summary>
    public FieldRequirement? Requirement { get; init; }

    /// <summary>
    /// Progressive override: the source serves the field only while the label's condition holds (or, for the source that is
    /// overridden, only while it does not); null when it always serves it. An override without a label leaves no trace:
    /// the old source does not list the field.
    /// </summary>
    public OverrideCondition? Override { get; init; }

    /// <summary>The names of the arguments that the source knows, those fed by a requirement not included.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>
    /// Apollo's <c>@fromContext</c>: arguments that clients do not give, whose values come from the nearest value above, in the same source,
    /// that sets the context (<see cref="TypeInSource.Contexts"/>).
    /// </summary>
    public ImmutableArray<ContextArgument> ContextArguments { get; init; } = [];

    /// <summary>Apollo's <c>@cacheTag</c>: the formats of the names under which the source's answers of the root field are cached.</summary>
    public ImmutableArray<string> CacheTags { get; init; } = [];

    /// <summary>How long the field's values may be kept, as the source's schema says; null where it says nothing.</summary>
    public CacheHint? CacheHint { get; init; }
}

/// <summary>An argument of a source's field whose value comes from further up in the query.</summary>
/// <param name="Name">The argument's name in the source.</param>
/// <param name="Type">Its type in the source.</param>
/// <param name="Context">The context's name.</param>
/// <param name="Selection">What is selected from the value that sets the context: one field, or one type condition for each of its types.</param>
public sealed record ContextArgument(string Name, TypeNode Type, string Context, SelectionSetNode Selection);

/// <summary>Fields of the declaring type that must be fetched from other sources first.</summary>
/// <param name="Selection">
/// What is needed, as a selection on the declaring type; may have arguments and inline fragments.
/// Apollo's <c>@requires</c>: it goes into the representation. Composite <c>@require</c>: it feeds <paramref name="Arguments"/>.
/// </param>
/// <param name="Arguments">The arguments that are fed; empty for Apollo's <c>@requires</c>.</param>
public sealed record FieldRequirement(SelectionSetNode Selection, ImmutableArray<MappedArgument> Arguments);

/// <summary>An argument of a source's field whose value comes from fields of the graph.</summary>
/// <param name="Name">The argument's name in the source.</param>
/// <param name="Type">Its type in the source.</param>
/// <param name="Map">How the value is put together, relative to the declaring type (requirement) or the entity (lookup).</param>
public sealed record MappedArgument(string Name, TypeNode Type, SelectedValueNode Map)
{
    /// <summary>
    /// The types, in the source, of the fields of input objects that the map fills, where they, or those below, take no null in some place. Clients need not know
    /// such an input object, and the graph has none of its name then.
    /// </summary>
    public ImmutableArray<MappedField> StrictFields { get; init; } = [];
}

/// <summary>A field of an input object that a map fills.</summary>
/// <param name="Path">The names of the input objects' fields from the argument on, with dots between them, whatever lists are on the way.</param>
/// <param name="Type">Its type in the source.</param>
public sealed record MappedField(string Path, TypeNode Type);

/// <summary>When a source serves a field under progressive override.</summary>
/// <param name="Label">The label, such as <c>percent(25)</c> or a name of the team's own.</param>
/// <param name="ServesWhen">True: serves while the label is on; false: serves while it is off.</param>
public sealed record OverrideCondition(string Label, bool ServesWhen);

/// <summary>A way to enter a type in a source when some fields of the value are known.</summary>
public sealed record Lookup
{
    /// <summary>The source that is entered.</summary>
    public required SourceSchema Source { get; init; }

    /// <summary>How it is asked.</summary>
    public required LookupKind Kind { get; init; }

    /// <summary>The fields that must be known, as a selection on the type.</summary>
    public required SelectionSetNode Key { get; init; }

    /// <summary>
    /// The name to enter by: the <c>__typename</c> of a representation, or the type to select on below a lookup field
    /// that returns an interface or union. Usually the type's own name.
    /// </summary>
    public required string TypeName { get; init; }

    /// <summary>For <see cref="LookupKind.Field"/>: fields without arguments that lead from Query to the lookup field; mostly empty.</summary>
    public ImmutableArray<string> Path { get; init; } = [];

    /// <summary>For <see cref="LookupKind.Field"/>: the lookup field's name.</summary>
    public string FieldName { get; init; } = "";

    /// <summary>For <see cref="LookupKind.Field"/>: the lookup's arguments.</summary>
    public ImmutableArray<MappedArgument> Arguments { get; init; } = [];

    /// <summary>For <see cref="LookupKind.Field"/>: the named type that the lookup field returns in its source.</summary>
    public string ReturnTypeName { get; init; } = "";

    /// <summary>True with <c>@internal</c>: no part of the composed schema.</summary>
    public bool IsInternal { get; init; }

    /// <summary>
    /// For <see cref="LookupKind.Field"/>: true where the source declares the lookup (with a path its first field) as never null. Where it fails,
    /// all that is asked beside it in one document is lost (Spec §6.4.4), so that other lookups do not travel with it.
    /// </summary>
    public bool IsNonNull { get; init; }
}

/// <summary>How a source takes the key of an entity.</summary>
public enum LookupKind
{
    /// <summary>Apollo Federation: <c>_entities(representations:)</c>.</summary>
    Representations,

    /// <summary>Composite Schemas: a field with <c>@lookup</c>, one call an entity.</summary>
    Field,
}
