using System.Text;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution;

/// <summary>
/// Numbers for the runtime types of a graph: the ordinals of the full schema. The public schema, which lacks what is inaccessible,
/// numbers its types by itself, so that a set's meaning depends on the schema that the position's type is from.
/// </summary>
internal sealed class TypeSpace
{
    /// <summary>The runtime type of an object that no source has told yet.</summary>
    public const int Unknown = -1;

    private readonly Supergraph supergraph;
    private readonly KeyTable names;
    private readonly int[] publicOrdinals;
    private readonly byte[][] typenames;

    public TypeSpace(Supergraph supergraph)
    {
        this.supergraph = supergraph;
        var types = supergraph.FullSchema.ObjectTypes;
        names = new KeyTable([.. types.Select(type => type.Name)]);
        publicOrdinals = [.. types.Select(type => (supergraph.PublicSchema.FindType(type.Name) as ObjectType)?.Ordinal ?? -1)];
        typenames = [.. types.Select(type => Encoding.UTF8.GetBytes($"\"{type.Name}\""))];
    }

    /// <summary>The runtime type of that name, or <see cref="Unknown"/>.</summary>
    public int Find(ReadOnlySpan<byte> name) => names.Find(name);

    /// <inheritdoc cref="Find(ReadOnlySpan{byte})"/>
    public int Find(string name) => (supergraph.FullSchema.FindType(name) as ObjectType)?.Ordinal ?? Unknown;

    /// <summary>The type's name as a JSON string.</summary>
    public ReadOnlySpan<byte> TypenameJson(int type) => typenames[type];

    /// <summary>True when the position is one of the public schema.</summary>
    public bool IsPublic(CompositeType position) => ReferenceEquals(supergraph.PublicSchema.FindType(position.Name), position);

    /// <summary>True when the runtime type is in a set that belongs to fields or fetches at the position.</summary>
    public bool Contains(TypeSet set, CompositeType position, int type)
    {
        var ordinal = IsPublic(position) ? publicOrdinals[type] : type;
        return ordinal >= 0 && set.Contains(ordinal);
    }

    /// <summary>True when a value at the position can be of the runtime type.</summary>
    public bool IsPossible(CompositeType position, int type) =>
        position is ObjectType ? Find(position.Name) == type : Contains(position.PossibleTypes, position, type);

    /// <summary>The runtime type's own definition of a field, which is never looser than the one that the position's type has.</summary>
    public FieldDefinition OwnDefinition(CompositeType position, int type, FieldDefinition definition)
    {
        var name = supergraph.FullSchema.ObjectTypes[type].Name;
        var schema = IsPublic(position) ? supergraph.PublicSchema : supergraph.FullSchema;
        return (schema.FindType(name) as ObjectType)?.FindField(definition.Name) ?? definition;
    }

    /// <summary>What clients may see of a leaf type: an enum's inaccessible values are no values for them.</summary>
    public NamedType LeafType(NamedType type, bool isHidden) =>
        isHidden ? type : supergraph.PublicSchema.FindType(type.Name) ?? type;
}
