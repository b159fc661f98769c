using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// What a supergraph says of one source, read from it directly. The verifier's own: it shares no code with the planner, so that a mistake
/// in one is not made again in the other.
/// </summary>
internal sealed class SourceFacts(Supergraph supergraph, SourceSchema source, ImmutableHashSet<string> activeLabels)
{
    private readonly Dictionary<string, TypeSet> possibleTypes = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectType, List<Lookup>> lookups = [];
    private List<(string TypeName, TypeSet Possible, List<Lookup> Lookups)>? entries;

    /// <summary>
    /// The names of interfaces in whose place the source has objects that are left out: an object that is there by one name has nothing of
    /// what it has by another.
    /// </summary>
    public ImmutableHashSet<string> LeftOut { get; init; } = [];

    public SourceSchema Source { get; } = source;

    private Schema Schema => supergraph.FullSchema;

    /// <summary>The object type of an ordinal.</summary>
    public ObjectType TypeAt(int ordinal) => Schema.ObjectTypes[ordinal];

    /// <summary>True when the source has a type of that name.</summary>
    public bool Knows(string typeName) => supergraph.FindType(typeName)?.In(Source) is not null;

    /// <summary>True where the source has an object in an interface's place.</summary>
    public bool IsInterfaceObject(string typeName) => supergraph.FindType(typeName)?.In(Source) is { IsInterfaceObject: true } && !LeftOut.Contains(typeName);

    /// <summary>True when a value of the type must say what it is.</summary>
    public bool IsAbstract(string typeName) => Schema.FindType(typeName) is InterfaceType or UnionType && !IsInterfaceObject(typeName);

    /// <summary>The object types that a value of the type from this source can be.</summary>
    public TypeSet PossibleTypes(string typeName)
    {
        if (!possibleTypes.TryGetValue(typeName, out var types))
        {
            possibleTypes.Add(typeName, types = FindPossibleTypes(typeName));
        }

        return types;
    }

    private TypeSet FindPossibleTypes(string typeName)
    {
        if (supergraph.FindType(typeName)?.In(Source) is not { } inSource || Schema.FindType(typeName) is not CompositeType type)
        {
            return default;
        }

        return type is ObjectType || inSource.IsInterfaceObject
            ? type.PossibleTypes
            : TypeSet.Of(inSource.PossibleTypes.Select(Schema.FindType).OfType<ObjectType>());
    }

    /// <summary>The types that a condition in a document to this source holds for.</summary>
    public TypeSet TypesOfCondition(string typeName) => PossibleTypes(typeName);

    /// <summary>How the source has a field of a type, label conditions applied; null when it does not.</summary>
    public FieldInSource? Field(string typeName, string fieldName) =>
        supergraph.FindField(typeName, fieldName)?.In(Source) is { } field
        && (field.Override is not { } condition || activeLabels.Contains(condition.Label) == condition.ServesWhen)
            ? field
            : null;

    /// <summary>The lookups by which the source can be entered on an object type, those of its interfaces and unions included.</summary>
    public IEnumerable<Lookup> Lookups(ObjectType type)
    {
        if (!lookups.TryGetValue(type, out var found))
        {
            found = [.. (entries ??= FindEntries()).Where(entry => entry.TypeName == type.Name || entry.Possible.Contains(type)).SelectMany(entry => entry.Lookups)];
            lookups.Add(type, found);
        }

        return found;
    }

    private List<(string TypeName, TypeSet Possible, List<Lookup> Lookups)> FindEntries() =>
    [
        .. supergraph.Types
            .Select(type => (type.Name, Lookups: type.Lookups.Where(lookup => lookup.Source.Ordinal == Source.Ordinal && !LeftOut.Contains(lookup.TypeName)).ToList()))
            .Where(entry => entry.Lookups.Count > 0)
            .Select(entry => (entry.Name, PossibleTypes(entry.Name), entry.Lookups)),
    ];

    /// <summary>The object types that set a context in the source: an object does by its own type, an interface or a union.</summary>
    public TypeSet TypesSetting(string context)
    {
        var types = default(TypeSet);
        foreach (var type in supergraph.Types.Where(type => type.In(Source)?.Contexts.Contains(context) == true))
        {
            types = types.Union(type.Type is CompositeType composite ? composite.PossibleTypes : default);
        }

        return types;
    }

    /// <summary>The named type inside a type reference.</summary>
    public static string NamedOf(TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => NamedOf(nonNull.Type),
        ListTypeNode list => NamedOf(list.Type),
        _ => type.ToString()!,
    };
}
