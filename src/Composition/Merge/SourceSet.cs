using System.Collections.Concurrent;
using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>All sources of a composition, their members grouped by name. <c>@internal</c> members are in no group.</summary>
internal sealed class SourceSet
{
    // Types are merged, and rules looked at, on all cores.
    private readonly ConcurrentDictionary<string, HashSet<string>> possibleTypes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceModel> modelsByName = new(StringComparer.Ordinal);

    // All sources are: no type or field is shared.
    private readonly bool isApollo;

    // Found when asked for, and again after types were left out.
    private ILookup<string, TypeGroup>? implementations;
    private ILookup<string, SourceType>? interfaceObjects;
    private FieldGroup[]? sharedFields;
    private FieldGroup[]? comparedFields;

    internal SourceSet(ImmutableArray<SourceModel> models)
    {
        Models = models;
        isApollo = models.All(model => model.IsApollo);
        foreach (var model in models)
        {
            modelsByName.TryAdd(model.Name, model);
        }

        foreach (var type in models.SelectMany(model => model.Types.Values).Where(type => !type.IsInternal))
        {
            if (!Types.TryGetValue(type.Name, out var group))
            {
                Types.Add(type.Name, group = new TypeGroup(type.Name));
            }

            group.Add(type);
        }
    }

    internal ImmutableArray<SourceModel> Models { get; }

    /// <summary>The directives that Apollo's sources ask to be composed; null until that is known (<see cref="ComposedDirectives.Of"/>).</summary>
    internal ComposedDirectives? Composed { get; set; }

    internal OrderedDictionary<string, TypeGroup> Types { get; } = new(StringComparer.Ordinal);

    internal IEnumerable<FieldGroup> Fields => Types.Values.SelectMany(type => type.Fields.Values);

    /// <summary>The types that the rules of Composite Schemas hold for: one of their sources writes that dialect.</summary>
    internal IEnumerable<TypeGroup> SharedTypes => isApollo ? [] : Types.Values.Where(type => !type.IsApollo);

    /// <inheritdoc cref="SharedTypes"/>
    internal FieldGroup[] SharedFields => sharedFields ??= isApollo ? [] : [.. Fields.Where(it => !it.IsApollo)];

    /// <summary>Those of <see cref="SharedFields"/> that several sources have; the others, which are most, agree with themselves.</summary>
    internal FieldGroup[] ComparedFields => comparedFields ??= Array.FindAll(SharedFields, it => it.Sources.Count > 1);

    /// <summary>The names of the interfaces that a type implements in any source.</summary>
    internal ImmutableArray<string> Interfaces(string typeName) => Types.GetValueOrDefault(typeName)?.Interfaces ?? [];

    /// <summary>The objects that implement an interface in any source.</summary>
    internal IEnumerable<TypeGroup> Implementations(string interfaceName)
    {
        implementations ??= Types.Values.Where(type => type.Kind == TypeKind.Object)
            .SelectMany(type => type.Interfaces.Select(name => (Interface: name, Type: type)))
            .ToLookup(entry => entry.Interface, entry => entry.Type, StringComparer.Ordinal);
        return implementations[interfaceName];
    }

    /// <summary>The interface objects of all sources, by the name of the interface.</summary>
    internal ILookup<string, SourceType> InterfaceObjects => interfaceObjects ??= Models
        .SelectMany(model => model.Types.Values)
        .Where(type => type.IsInterfaceObject)
        .ToLookup(type => type.Name, StringComparer.Ordinal);

    /// <summary>Forgets of each type the sources whose kind is not the first one's, after that was reported: the others can still be compared.</summary>
    internal void RemoveOtherKinds()
    {
        foreach (var group in Types.Values)
        {
            group.RemoveOtherKinds();
        }

        implementations = null;
        interfaceObjects = null;
        sharedFields = null;
        comparedFields = null;
    }

    internal SourceModel? Model(string name) => modelsByName.GetValueOrDefault(name);

    /// <summary>The group of a field, or null.</summary>
    internal FieldGroup? Field(string typeName, string fieldName) =>
        Types.GetValueOrDefault(typeName)?.Fields.GetValueOrDefault(fieldName);

    /// <summary>The names of the object types that a type can be, in any source.</summary>
    internal IReadOnlySet<string> PossibleTypes(string typeName)
    {
        if (possibleTypes.TryGetValue(typeName, out var known))
        {
            return known;
        }

        var result = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in Types.GetValueOrDefault(typeName)?.Sources ?? [])
        {
            switch (type.Definition)
            {
                case ObjectType when !type.IsInterfaceObject:
                    result.Add(type.Name);
                    break;
                case UnionType union:
                    result.UnionWith(union.Members.Select(member => member.Name));
                    break;
                case InterfaceType @interface:
                    result.UnionWith(@interface.PossibleTypes.Ordinals().Select(ordinal => type.Model.Schema.ObjectTypes[ordinal].Name));
                    break;
            }
        }

        result.RemoveWhere(name => !Types.ContainsKey(name));
        return possibleTypes.GetOrAdd(typeName, result);
    }
}
