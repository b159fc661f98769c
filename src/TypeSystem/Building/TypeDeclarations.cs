using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>The types by name, still without members.</summary>
internal sealed class TypeDeclarations
{
    private readonly Dictionary<string, NamedType> byName = new(StringComparer.Ordinal);

    private TypeDeclarations()
    {
    }

    /// <summary>The documents' types in order, each with all that is said about it.</summary>
    internal List<(NamedType Type, TypeEntry Entry)> Own { get; } = [];

    /// <summary>The introspection types of this schema.</summary>
    internal List<(NamedType Type, TypeEntry Entry)> Introspection { get; } = [];

    /// <summary>The specified scalars that something refers to.</summary>
    internal HashSet<ScalarType> UsedScalars { get; } = [];

    internal IEnumerable<(NamedType Type, TypeEntry Entry)> All => Own.Concat(Introspection);

    internal static TypeDeclarations Declare(DefinitionSet definitions, SchemaBuilderOptions options)
    {
        var declarations = new TypeDeclarations();
        foreach (var entry in definitions.Types.Values)
        {
            if (SpecifiedScalars.Find(entry.Name) is { } scalar)
            {
                declarations.UsedScalars.Add(scalar);
            }
            else if (!BuiltInDefinitions.TypeNames.Contains(entry.Name) && (entry.Definition is not null || options.ExtensionsMayDefine))
            {
                declarations.Add(declarations.Own, entry, isBuiltIn: false);
            }
        }

        foreach (var definition in BuiltInDefinitions.Types)
        {
            var entry = new TypeEntry(((TypeDefinitionNode)definition.Node).Name.Value) { Definition = definition };
            declarations.Add(declarations.Introspection, entry, isBuiltIn: true);
        }

        return declarations;
    }

    /// <summary>The type of that name; a specified scalar becomes part of the schema by being found.</summary>
    internal NamedType? Find(string name)
    {
        if (byName.TryGetValue(name, out var type))
        {
            return type;
        }

        if (SpecifiedScalars.Find(name) is { } scalar)
        {
            UsedScalars.Add(scalar);
            return scalar;
        }

        return null;
    }

    private void Add(List<(NamedType Type, TypeEntry Entry)> list, TypeEntry entry, bool isBuiltIn)
    {
        var parts = entry.Parts;
        var type = Create(parts[0].Node, entry.Name);
        type.IsBuiltIn = isBuiltIn;
        type.Description = entry.Definition?.Node.Description?.Value;
        type.Directives = parts.Count == 1 ? parts[0].Node.Directives : [.. parts.SelectMany(static part => part.Node.Directives)];
        type.Origins = isBuiltIn ? [] : parts.Count == 1 ? [parts[0].Origin] : [.. parts.Select(static part => part.Origin)];
        byName.Add(entry.Name, type);
        list.Add((type, entry));
    }

    private static NamedType Create(TypeSystemNode node, string name) => node switch
    {
        ScalarTypeDefinitionNode => new ScalarType(name),
        ObjectTypeDefinitionNode => new ObjectType(name),
        InterfaceTypeDefinitionNode => new InterfaceType(name),
        UnionTypeDefinitionNode => new UnionType(name),
        EnumTypeDefinitionNode => new EnumType(name),
        _ => new InputObjectType(name),
    };
}
