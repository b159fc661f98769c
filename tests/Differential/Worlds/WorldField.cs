using System.Globalization;

namespace GraphGateway.Differential;

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

    /// <summary>An enum's value; with <see cref="Slot"/> it identifies an entity.</summary>
    Kind,
    Slot,

    /// <summary>A list that identifies an entity.</summary>
    Tags,

    /// <summary>Objects that identify an entity together.</summary>
    Parts,

    /// <summary>An object of the same number.</summary>
    Twin,

    /// <summary>An entity of the same type, mostly the same one.</summary>
    Like,

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

    public bool IsInaccessible { get; init; }

    /// <summary>What the default means.</summary>
    public object? DefaultValue => Default switch
    {
        null => null,
        "{ p: 3 }" => new Dictionary<string, object?> { ["p"] = 3 },
        _ when Type == "Int" => int.Parse(Default, CultureInfo.InvariantCulture),
        _ => Default,
    };

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
    /// <summary>The fields that lead to the object, or the list of objects, of which the paths give an input object each.</summary>
    public List<PathStep> Prefix { get; init; } = [];

    /// <summary>The paths from the object that requires them.</summary>
    public IEnumerable<List<PathStep>> Selections => Paths.Select(path => (List<PathStep>)[.. Prefix, .. path.Steps]);

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
    /// <summary>A field whose arguments have their defaults.</summary>
    public static PathStep To(WorldField field) => new(field.Name, "", field.Arguments.Where(argument => argument.Default is not null).ToDictionary(
        argument => argument.Name, argument => argument.DefaultValue, StringComparer.Ordinal));

    /// <summary>The value counts, or each of a list, when it is an object of this type; null: always.</summary>
    public string? OnType { get; init; }
}
