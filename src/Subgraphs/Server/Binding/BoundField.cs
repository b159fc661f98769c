using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>A field of an object type and the C# that resolves it.</summary>
internal sealed class BoundField(FieldDefinition field)
{
    public FieldDefinition Definition { get; } = field;

    /// <summary>Reads it off its parent, at once; null when it has a resolver.</summary>
    public Func<object, object?>? Getter { get; init; }

    /// <summary>Resolves it; null when it has a getter.</summary>
    public Func<ResolverContext, ValueTask<object?>>? Resolver { get; init; }

    /// <summary>
    /// Gives the source stream of a subscription's root field, an <c>IAsyncEnumerable</c>; null for every other field. The getter then takes
    /// the field's value from an event.
    /// </summary>
    public Func<ResolverContext, ValueTask<object?>>? Stream { get; init; }

    /// <summary>What its C# type says of its GraphQL type; null when the C# says nothing (a delegate).</summary>
    public ClrShape? Shape { get; init; }

    /// <summary>The arguments as the C# has them, by name; null when the C# says nothing.</summary>
    public IReadOnlyDictionary<string, ClrShape>? Arguments { get; init; }

    /// <summary>Properties of the parent that it reads; default when it may read all.</summary>
    public IReadOnlyList<string>? Requires { get; init; }
}

/// <summary>An object type and the CLR type that stands for it.</summary>
internal sealed class BoundObject(ObjectType type, Type? clrType, IReadOnlyDictionary<string, BoundField> fields)
{
    public ObjectType Type { get; } = type;

    /// <summary>Null for root types and types of values without one (dictionaries).</summary>
    public Type? ClrType { get; } = clrType;

    public IReadOnlyDictionary<string, BoundField> Fields { get; } = fields;
}

/// <summary>The values of an enum type and the members that stand for them.</summary>
internal sealed class BoundEnum(Type clrType, IReadOnlyDictionary<string, object> members)
{
    private readonly Dictionary<object, string> names = members.ToDictionary(member => member.Value, member => member.Key);

    public Type ClrType { get; } = clrType;

    public object Member(string name) => members[name];

    public object? FindMember(string name) => members.GetValueOrDefault(name);

    public string? NameOf(object member) => names.GetValueOrDefault(member);
}
