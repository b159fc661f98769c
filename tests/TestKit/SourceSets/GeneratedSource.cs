namespace GraphGateway.TestKit;

/// <summary>A source of a generated set, in terms that both dialects have; <see cref="SourceSetWriter"/> writes it.</summary>
internal sealed class GeneratedSource(int index)
{
    /// <summary>Its number in the set.</summary>
    internal int Index { get; } = index;

    /// <summary>Its name, such as <c>s012</c>.</summary>
    internal string Name { get; } = $"s{index:D3}";

    /// <summary>Its objects and interfaces by name, in the order of the text.</summary>
    internal OrderedDictionary<string, GeneratedType> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Definitions that no dialect adds anything to: enums, inputs, unions.</summary>
    internal List<string> PlainDefinitions { get; } = [];

    internal GeneratedType Type(string name, string keyword = "type")
    {
        if (!Types.TryGetValue(name, out var type))
        {
            Types.Add(name, type = new GeneratedType(name, keyword));
        }

        return type;
    }
}

/// <summary>An object or interface of one source.</summary>
internal sealed class GeneratedType(string name, string keyword)
{
    internal string Name { get; } = name;

    internal string Keyword { get; } = keyword;

    internal List<string> Interfaces { get; } = [];

    internal List<GeneratedKey> Keys { get; } = [];

    internal bool IsShareable { get; init; }

    internal bool IsInterfaceObject { get; set; }

    internal OrderedDictionary<string, GeneratedField> Fields { get; } = new(StringComparer.Ordinal);

    internal void Add(GeneratedField field) => Fields.TryAdd(field.Name, field);
}

/// <summary>A key: names of scalar fields with their types.</summary>
/// <param name="Fields">Names and types.</param>
/// <param name="IsResolvable">False where the source only refers to the entity.</param>
internal sealed record GeneratedKey((string Name, string Type)[] Fields, bool IsResolvable = true)
{
    internal string Text => string.Join(" ", Fields.Select(it => it.Name));
}

/// <summary>A field of one source.</summary>
internal sealed record GeneratedField(string Name, string Type)
{
    /// <summary>Arguments in parentheses, or nothing.</summary>
    internal string Arguments { get; init; } = "";

    internal ExternalUse External { get; init; }

    /// <summary>Several sources give it.</summary>
    internal bool IsShareable { get; init; }

    internal string? Provides { get; init; }

    internal string? OverrideFrom { get; init; }

    /// <summary>What the source needs first: a path of fields, and the type that it ends at.</summary>
    internal (string[] Path, string Type)? Requires { get; init; }
}

/// <summary>Why a source only mentions a field.</summary>
internal enum ExternalUse
{
    /// <summary>It has the field.</summary>
    None,

    /// <summary>One of its fields provides it.</summary>
    Provided,

    /// <summary>One of its fields requires it, which only Apollo's dialect writes as a field.</summary>
    Required,
}
