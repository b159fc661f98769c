using System.Collections.Concurrent;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>Which CLR types stand for which GraphQL types.</summary>
internal sealed class ClrTypeMap(IReadOnlyDictionary<string, ScalarBinding> scalars)
{
    private readonly Dictionary<NamedType, Type> clrTypes = [];
    private readonly Dictionary<Type, ObjectType> objectTypes = [];
    private readonly Dictionary<EnumType, BoundEnum> enums = [];
    private readonly Dictionary<NamedType, TypeBinding> bindings = [];
    private readonly ConcurrentDictionary<Type, ObjectType?> runtimeTypes = [];
    private readonly ConcurrentDictionary<string, ScalarBinding> anyScalars = [];

    public Type? ClrTypeOf(NamedType type) => clrTypes.GetValueOrDefault(type);

    public BoundEnum? Enum(EnumType type) => enums.GetValueOrDefault(type);

    public TypeBinding? BindingOf(Type clrType) => bindings.Values.FirstOrDefault(binding => binding.ClrType == clrType);

    /// <summary>The CLR types of the object types that a value of the type can be.</summary>
    public IEnumerable<Type> PossibleClrTypes(CompositeType type) =>
        objectTypes.Where(entry => type.PossibleTypes.Contains(entry.Value)).Select(entry => entry.Key);

    public void Add(NamedType type, Type clrType, TypeBinding? binding = null)
    {
        clrTypes[type] = clrType;
        if (binding is not null)
        {
            bindings[type] = binding;
        }

        if (type is ObjectType objectType)
        {
            objectTypes[clrType] = objectType;
        }
    }

    public void AddEnum(EnumType type, BoundEnum bound)
    {
        enums[type] = bound;
        clrTypes[type] = bound.ClrType;
    }

    /// <summary>The member of a bound CLR enum that stands for the name; null when there is none.</summary>
    public object? MemberOf(Type clrEnum, string name) =>
        enums.Values.FirstOrDefault(bound => bound.ClrType == clrEnum)?.FindMember(name);

    public ScalarBinding Scalar(ScalarType type) =>
        scalars.TryGetValue(type.Name, out var scalar) ? scalar : anyScalars.GetOrAdd(type.Name, BuiltInScalars.Any);

    /// <summary>The object type that the CLR type, or the nearest of its base types, stands for. The set of CLR types is finite, so is the cache.</summary>
    public ObjectType? ObjectTypeOf(Type clrType) => runtimeTypes.GetOrAdd(clrType, Search);

    private ObjectType? Search(Type clrType)
    {
        for (var type = clrType; type is not null; type = type.BaseType)
        {
            if (objectTypes.TryGetValue(type, out var found))
            {
                return found;
            }
        }

        return null;
    }
}
