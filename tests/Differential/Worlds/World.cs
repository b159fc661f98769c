namespace GraphGateway.Differential;

/// <summary>
/// A random graph: what there is (types, fields, data), and which source has which part of it. Data is a pure function of type, number and
/// field, so that nothing has to be stored and every source gives the same.
/// </summary>
internal sealed class World(int seed)
{
    /// <summary>Entities of a type: their numbers are below this. The number itself is one that is referred to and that no source knows.</summary>
    public const int EntityCount = 5;

    public int Seed { get; } = seed;

    public Dictionary<string, WorldType> Types { get; } = new(StringComparer.Ordinal);

    public List<WorldSource> Sources { get; } = [];

    /// <summary>The labels of progressive overrides that are on.</summary>
    public HashSet<string> ActiveLabels { get; } = new(StringComparer.Ordinal);

    /// <summary>Composition is told that the gateway reads global ids; otherwise it finds that out.</summary>
    public bool AsksForGlobalIds { get; set; }

    /// <summary>Sources may promise more than the graph: then a null goes up further in a source than in the graph.</summary>
    public bool HasStricterSources { get; init; }

    public HashSet<string> Features { get; } = new(StringComparer.Ordinal);

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

    /// <summary>The selections that identify an entity.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>Of an interface or union: its object types. Of an interface's common fields see <see cref="Fields"/>.</summary>
    public List<string> Possible { get; } = [];

    /// <summary>References may lead to an entity that no source knows.</summary>
    public bool HasUnknown { get; init; }

    public bool IsAbstract => Kind is WorldKind.Interface or WorldKind.Union;
}

/// <summary>What a field's value is made of.</summary>
internal enum FieldRole
{
    /// <summary>Anything, by hash.</summary>
    Data,
    Id,
    Sku,
    Number,
    Text,
    Code,

    /// <summary>An object of the same number.</summary>
    Twin,

    /// <summary>An entity found by arguments.</summary>
    Lookup,

    /// <summary>The objects of some global ids.</summary>
    Nodes,

    /// <summary>A text made of other fields.</summary>
    Computed,

    /// <summary>An object of a namespace for lookups.</summary>
    Namespace,

    /// <summary>The query's root, below a mutation's payload.</summary>
    QueryRoot,

    /// <summary>A text made of what objects above give.</summary>
    Contextual,
}

/// <summary>A field of the graph.</summary>
internal sealed record WorldField(string Owner, string Name, string Type)
{
    public FieldRole Role { get; init; }

    /// <summary>The object types that values are of; empty for a leaf.</summary>
    public List<string> Results { get; init; } = [];

    public List<WorldArgument> Arguments { get; init; } = [];

    /// <summary>The value is never null, though the type lets it.</summary>
    public bool IsNeverNull { get; init; }

    public List<RequiredValue> Requirement { get; init; } = [];

    public List<ContextUse> Contexts { get; init; } = [];

    /// <summary>A lookup that nothing marks as one.</summary>
    public bool IsUnmarked { get; init; }

    public bool IsLeaf => Results.Count == 0 && Role != FieldRole.Namespace;

    public string Named => Type.Trim('[', ']', '!');

    public int ListDepth => Type.Count(c => c == '[');

    /// <summary>False for what keys, requirements and lookups need: faults there spread in ways that a single server does not know.</summary>
    public bool CanFail { get; set; } = true;
}

/// <summary>An argument; for a lookup also how it is matched.</summary>
internal sealed record WorldArgument(string Name, string Type, string? Default = null)
{
    /// <summary>Alternatives; each is the paths of an input object's fields, or a single path with an empty name.</summary>
    public List<List<(string Name, string Path)>> Matches { get; init; } = [];

    /// <summary>The map that is written, when the argument's name does not say it.</summary>
    public string? Map { get; init; }
}

/// <summary>An argument that gets its value from the nearest object above that sets a context.</summary>
/// <param name="Argument">Its name.</param>
/// <param name="ArgumentType">Its type.</param>
/// <param name="Context">The context.</param>
/// <param name="Selection">What is selected, as it is written.</param>
/// <param name="Paths">By the types that set the context: the fields that lead to the value.</param>
internal sealed record ContextUse(string Argument, string ArgumentType, string Context, string Selection, Dictionary<string, List<PathStep>> Paths);

/// <summary>What a computed field needs: an argument in one dialect, part of a representation in the other.</summary>
internal sealed record RequiredValue(string Argument, string ArgumentType, string Map, List<(string Name, List<PathStep> Steps)> Paths)
{
    /// <summary>For an input object: the types of its fields.</summary>
    public IReadOnlyDictionary<string, string> FieldTypes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>False where a null stands in a value that takes none there.</summary>
    public bool Fits(object? value) => Fits(value, ArgumentType);

    private bool Fits(object? value, string type) => value switch
    {
        null => !type.EndsWith('!'),
        List<object?> items => items.TrueForAll(item => Fits(item, type.TrimEnd('!')[1..^1])),
        Dictionary<string, object?> fields => FieldTypes.All(field => Fits(fields.GetValueOrDefault(field.Key), field.Value)),
        _ => true,
    };

    /// <summary>The paths are alternatives, the first of which that has a value becomes the only field of an input with <c>@oneOf</c>.</summary>
    public bool IsOneOf { get; init; }
}

internal sealed record PathStep(string Field, string ArgumentText, IReadOnlyDictionary<string, object?> Arguments)
{
    /// <summary>The value counts when it is an object of this type; null: always.</summary>
    public string? OnType { get; init; }
}

/// <summary>A service and the part of the graph that it has.</summary>
internal sealed class WorldSource(string name, bool isApollo)
{
    public string Name { get; } = name;

    public bool IsApollo { get; } = isApollo;

    public bool BatchesVariables { get; init; }

    public Dictionary<string, SourceType> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Entities that it must not define: it has an object in place of their interface.</summary>
    public HashSet<string> Forbidden { get; } = new(StringComparer.Ordinal);

    /// <summary>Input types for its lookups and requirements.</summary>
    public SortedDictionary<string, string> Inputs { get; } = new(StringComparer.Ordinal);

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
