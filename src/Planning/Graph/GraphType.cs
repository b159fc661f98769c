using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>A composite type of the full schema with what each source can do for it, indexed for the planner.</summary>
internal sealed class GraphType(CompositeType type, int sourceCount)
{
    public CompositeType Type { get; } = type;

    public string Name => Type.Name;

    /// <summary>By <see cref="SourceSchema.Ordinal"/> (<see cref="Stands"/>); null where the source does not know the type.</summary>
    public TypeAtSource?[] BySource { get; } = new TypeAtSource?[sourceCount];

    /// <summary>By field: the ordinals of the sources that have it in whatever way, ascending. A hundred sources can share a type, few a field.</summary>
    public Dictionary<string, List<int>> SourcesByField { get; } = new(StringComparer.Ordinal);

    /// <summary>Of <see cref="SourcesByField"/> those of one field; none where nobody has it.</summary>
    public ReadOnlySpan<int> SourcesWith(string field) => SourcesByField.TryGetValue(field, out var sources) ? CollectionsMarshal.AsSpan(sources) : [];

    /// <summary>The objects that sources with the interface or union itself know; some types stand for objects that no source defines. Set once while the graph is indexed.</summary>
    public TypeSet Defined { get; private set; }

    /// <summary>True where a source has the interface or union itself and does not know all of its objects. Set once while the graph is indexed.</summary>
    public bool IsFoundInPart { get; private set; }

    /// <summary>Notes which objects sources know, once all of these are there.</summary>
    public void NoteDefined()
    {
        foreach (var at in BySource)
        {
            Defined = at is { IsAbstract: true } ? Defined.Union(at.PossibleTypes) : Defined;
        }

        IsFoundInPart = Array.Exists(BySource, static at => at is { FindsAll: false });
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What one source can do for a type.</summary>
internal sealed class TypeAtSource(GraphType type, SourceSchema source, string name, bool isInterfaceObject, TypeSet possibleTypes)
{
    public GraphType Type { get; } = type;

    public SourceSchema Source { get; } = source;

    /// <summary>
    /// The name to select on in the source. Not the type's own where the source has an <c>@interfaceObject</c> in place of the
    /// interface that the type implements.
    /// </summary>
    public string Name { get; } = name;

    /// <summary>The source has an object in the interface's place and cannot tell the runtime type.</summary>
    public bool IsInterfaceObject { get; } = isInterfaceObject;

    /// <summary>True when values of this type from the source say by <c>__typename</c> what they are.</summary>
    public bool IsAbstract => Type.Type is not ObjectType && !IsInterfaceObject;

    /// <summary>What a value of the type can be when it comes from this source.</summary>
    public TypeSet PossibleTypes { get; } = possibleTypes;

    public Dictionary<string, FieldAtSource> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// True where a lookup of the type in this source finds each object that there is. One of an interface finds those that the source knows, and of the others
    /// says that they are not there.
    /// </summary>
    public bool FindsAll => !IsAbstract || Type.Defined.IsSubsetOf(PossibleTypes);

    /// <summary>The ways to enter the type in this source.</summary>
    public List<Lookup> Lookups { get; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Type.Name} in {Source.Name}";
}

/// <summary>A field as one source defines it.</summary>
internal sealed class FieldAtSource(FieldInSource definition, string name, string ownerName, GraphType? result, SourceSchema resultSource, string typeText)
{
    private ProvidesView? ownView;

    public FieldInSource Definition { get; } = definition;

    public string Name { get; } = name;

    /// <summary>The type in the source that has the field: <see cref="TypeAtSource.Name"/>, mostly.</summary>
    public string OwnerName { get; } = ownerName;

    /// <summary>The composite type that the field gives in the source, without labels; null for a leaf.</summary>
    public GraphType? Result { get; } = result;

    /// <summary>The same, as the source has it.</summary>
    public TypeAtSource? Below => Result?.BySource[resultSource.Ordinal];

    /// <summary>The field's type in the source, as text: fields whose texts differ cannot share a response key.</summary>
    public string TypeText { get; } = typeText;

    /// <summary>What must be there before the source can be asked; null when nothing.</summary>
    public FieldNeeds? Needs { get; } = FieldNeeds.Of(definition);

    public SourceSchema Source => Definition.Source;

    /// <summary>What the field itself provides below; null when nothing.</summary>
    public ProvidesView? OwnView(Schema schema) =>
        Definition.Provides is { } provides ? ownView ??= new ProvidesView(provides, schema) : null;

    /// <summary>True when the source can give the field to somebody who stands on the type and calls it with these arguments.</summary>
    public bool IsServed(ImmutableArray<ArgumentNode> arguments, ProvidesView? view)
    {
        if (Definition.IsExternal && (view is null || !view.Contains(OwnerName, Name)))
        {
            return false;
        }

        foreach (var argument in arguments)
        {
            if (!Definition.Arguments.Contains(argument.Name.Value))
            {
                return false;
            }
        }

        return true;
    }
}
