using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// What a supergraph says of one source, read from it directly. The verifier's own: it shares no code with the planner, so that a mistake
/// in one is not made again in the other.
/// </summary>
/// <param name="supergraph">The graph.</param>
/// <param name="source">The source.</param>
/// <param name="activeLabels">The labels of progressive overrides that are on.</param>
/// <param name="leftOut">
/// The names of interfaces in whose place the source has objects that are left out: an object that is there by one name has nothing of
/// what it has by another. Null: none.
/// </param>
internal sealed class SourceFacts(Supergraph supergraph, SourceSchema source, ImmutableHashSet<string> activeLabels, ImmutableHashSet<string>? leftOut = null)
{
    private readonly SourceTypes types = SourceTypes.Of(supergraph, source, leftOut ?? []);

    public SourceSchema Source { get; } = source;

    private Schema Schema => supergraph.FullSchema;

    /// <summary>The object type of an ordinal.</summary>
    public ObjectType TypeAt(int ordinal) => Schema.ObjectTypes[ordinal];

    /// <summary>True when the source has a type of that name.</summary>
    public bool Knows(string typeName) => supergraph.FindType(typeName)?.In(Source) is not null;

    /// <summary>True where the source has an object in an interface's place.</summary>
    public bool IsInterfaceObject(string typeName) => supergraph.FindType(typeName)?.In(Source) is { IsInterfaceObject: true } && leftOut?.Contains(typeName) != true;

    /// <summary>True when a value of the type must say what it is.</summary>
    public bool IsAbstract(string typeName) => Schema.FindType(typeName) is InterfaceType or UnionType && !IsInterfaceObject(typeName);

    /// <summary>The object types that a value of the type from this source can be.</summary>
    public TypeSet PossibleTypes(string typeName) => types.PossibleTypes(typeName);

    /// <summary>The types that a condition in a document to this source holds for.</summary>
    public TypeSet TypesOfCondition(string typeName) => types.TypesOfCondition(typeName);

    /// <summary>How the source has a field of a type, label conditions applied; null when it does not.</summary>
    public FieldInSource? Field(string typeName, string fieldName) =>
        supergraph.FindField(typeName, fieldName)?.In(Source) is { } field
        && (field.Override is not { } condition || activeLabels.Contains(condition.Label) == condition.ServesWhen)
            ? field
            : null;

    /// <summary>The lookups by which the source can be entered on an object type, those of its interfaces and unions included.</summary>
    public List<Lookup> Lookups(ObjectType type) => types.Lookups(type);

    /// <summary>True where a lookup field is declared as never null: where it fails, all that was asked with it does.</summary>
    /// <param name="path">The fields that lead to it, itself the last one.</param>
    public bool IsNonNull(ImmutableArray<string> path) => types.IsNonNull(path);

    /// <summary>The object types that set a context in the source: an object does by its own type, an interface or a union.</summary>
    public TypeSet TypesSetting(string context) => types.TypesSetting(context);

    /// <summary>The named type inside a type reference.</summary>
    public static string NamedOf(TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => NamedOf(nonNull.Type),
        ListTypeNode list => NamedOf(list.Type),
        _ => type.ToString()!,
    };
}
