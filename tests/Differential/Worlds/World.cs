namespace GraphGateway.Differential;

/// <summary>
/// A random graph: what there is (types, fields, data), and which source has which part of it. Data is a pure function of type, number and
/// field, so that nothing has to be stored and every source gives the same.
/// </summary>
internal sealed class World(int seed)
{
    /// <summary>Entities of a type: their numbers are below this. The number itself is one that is referred to and that no source knows.</summary>
    public const int EntityCount = 5;

    /// <summary>The root whose fields are events.</summary>
    public const string Events = "Subscription";

    public int Seed { get; } = seed;

    public Dictionary<string, WorldType> Types { get; } = new(StringComparer.Ordinal);

    public List<WorldSource> Sources { get; } = [];

    /// <summary>The labels of progressive overrides that are on.</summary>
    public HashSet<string> ActiveLabels { get; } = new(StringComparer.Ordinal);

    /// <summary>Composition is told that the gateway reads global ids; otherwise it finds that out.</summary>
    public bool AsksForGlobalIds { get; set; }

    /// <summary>Sources may promise more than the graph: then a null goes up further in a source than in the graph.</summary>
    public bool HasStricterSources { get; init; }

    /// <summary>Fields of the enum <c>E0</c> may have a value that clients do not see.</summary>
    public bool GivesHiddenValues { get; set; }

    public HashSet<string> Features { get; } = new(StringComparer.Ordinal);

    /// <summary>How long lists are, and whether anything is null.</summary>
    public ListLengths Lengths { get; } = new();

    public IEnumerable<WorldSource> SourcesOf(string type, string field) =>
        Sources.Where(source => source.Types.TryGetValue(type, out var inSource) && inSource.Fields.TryGetValue(field, out var entry) && !entry.IsExternal);

    /// <inheritdoc/>
    public override string ToString() => string.Join("\n", Sources.Select(source => $"--- {source}\n{SourceSdl.Print(source)}"));
}

internal enum WorldKind
{
    Root,
    Entity,
    Value,
    Interface,
    Union,
}

/// <summary>A type of the graph.</summary>
internal sealed class WorldType(string name, WorldKind kind)
{
    public string Name { get; } = name;

    public WorldKind Kind { get; } = kind;

    public Dictionary<string, WorldField> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The selections that identify an entity, or the objects of an interface that is an object in other sources.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>Of an interface or union: its object types. Of an interface's common fields see <see cref="Fields"/>.</summary>
    public List<string> Possible { get; } = [];

    /// <summary>No client sees it.</summary>
    public bool IsInaccessible { get; init; }

    /// <summary>Its keys other than <c>id</c> can be null: each of some objects.</summary>
    public bool HasNullKeys { get; init; }

    /// <summary>References may lead to an entity that no source knows.</summary>
    public bool HasUnknown { get; init; }

    public bool IsAbstract => Kind is WorldKind.Interface or WorldKind.Union;
}

/// <summary>A service and the part of the graph that it has.</summary>
internal sealed class WorldSource(string name, bool isApollo)
{
    public string Name { get; } = name;

    public bool IsApollo { get; } = isApollo;

    /// <summary>It links to no Federation: what Federation 2 brought it cannot say.</summary>
    public bool IsFederation1 { get; init; }

    public bool BatchesVariables { get; init; }

    public Dictionary<string, SourceType> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Entities that it must not define: it has an object in place of their interface.</summary>
    public HashSet<string> Forbidden { get; } = new(StringComparer.Ordinal);

    /// <summary>Input types for its lookups and requirements.</summary>
    public SortedDictionary<string, string> Inputs { get; } = new(StringComparer.Ordinal);

    /// <summary>Enums, inputs and scalars that fields and arguments have: written where they are used, what uses others first.</summary>
    public List<(string Name, string Definition)> Definitions { get; } =
    [
        ("In0", "input In0 { x: Int = 2 y: [String!] e: E0 }"),
        ("In1", "input In1 { p: Int q: [E2!] }"),
        ("E0", "enum E0 { A B C }"),
        ("E1", "enum E1 { A B C }"),
        ("E2", "enum E2 { A B C }"),
        ("Blob", "scalar Blob"),
        ("EZ", "enum EZ @inaccessible { A B }"),
        ("InZ", "input InZ @inaccessible { p: Int }"),
    ];

    /// <summary>Directives by the coordinates of what they are written behind, for composition alone; a source of Federation 1 has none.</summary>
    public Dictionary<string, string> Marks { get; } = new(StringComparer.Ordinal);

    /// <summary>What the marks say of who may see the members.</summary>
    public Dictionary<string, AccessRule> Rules { get; } = new(StringComparer.Ordinal);

    /// <summary>The definitions of the marks' directives, where the dialect of composite schemas has none.</summary>
    public string MarkDefinitions { get; set; } = "";

    /// <summary>The values of the enum <c>E1</c> that the source knows.</summary>
    public SortedSet<string> GivenValues { get; } = new(StringComparer.Ordinal) { "B" };

    /// <summary>Has the source a definition of its own.</summary>
    public void Define(string name, string definition) => Definitions[Definitions.FindIndex(known => known.Name == name)] = (name, definition);

    /// <inheritdoc/>
    public override string ToString() => Name + (IsApollo ? " apollo" : "") + (BatchesVariables ? " variables" : "");
}

/// <summary>A type in one source.</summary>
internal sealed class SourceType(string name, WorldKind kind)
{
    public string Name { get; } = name;

    public WorldKind Kind { get; } = kind;

    public bool IsInterfaceObject { get; init; }

    public bool IsInternal { get; init; }

    public bool IsInaccessible { get; init; }

    /// <summary>Written as <c>extend type</c>, with keys that are external: another source defines it.</summary>
    public bool IsExtension { get; set; }

    public Dictionary<string, bool> ResolvableByKey { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SourceField> Fields { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Implements { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>The contexts that its values set.</summary>
    public SortedSet<string> Contexts { get; } = new(StringComparer.Ordinal);

    public bool CanBeEntered => ResolvableByKey.ContainsValue(true);
}

/// <summary>A field in one source.</summary>
internal sealed record SourceField(WorldField Field)
{
    public required string Type { get; init; }

    /// <summary>An argument that this source alone has.</summary>
    public string? OwnArgument { get; set; }

    public bool IsExternal { get; init; }

    public bool IsInternal { get; init; }

    public bool IsShareable { get; set; }

    public bool IsInaccessible { get; set; }

    public string? Provides { get; set; }

    public string? OverrideFrom { get; init; }

    public string? OverrideLabel { get; init; }

    /// <summary>Another source has taken the field over; with a label, while that is on.</summary>
    public bool IsOverridden { get; set; }

    public string? OverriddenLabel { get; set; }
}
