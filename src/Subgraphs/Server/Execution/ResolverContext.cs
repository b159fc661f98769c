using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// What a resolver can know of the field it resolves (Spec §6.4.2, ResolveFieldValue). A resolver method takes it as a parameter, but mostly
/// needs only arguments, its parent and services.
/// </summary>
public sealed class ResolverContext
{
    private readonly ResponsePath? parentPath;

    internal ResolverContext(OperationExecution execution, FieldGroup group, object? parent, ResponsePath? parentPath)
    {
        Execution = execution;
        Group = group;
        Parent = parent;
        this.parentPath = parentPath;
    }

    /// <summary>The object whose field it is; null on a root type.</summary>
    public object? Parent { get; }

    /// <summary>The field.</summary>
    public FieldDefinition Field => Group.Field;

    /// <summary>The object type whose field it is.</summary>
    public ObjectType ParentType => Group.ParentType;

    /// <summary>
    /// The coerced arguments (Spec §6.4.1): values of the scalars' CLR types, enum values as names, lists, input objects as dictionaries. An
    /// argument that was not given and has no default is not in it.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Arguments => Execution.ArgumentsOf(Group);

    /// <summary>The field's selections, merged under one response key.</summary>
    public IReadOnlyList<FieldNode> FieldNodes => Group.Nodes;

    /// <summary>Response path: strings and ints.</summary>
    public ImmutableArray<object> Path => new ResponsePath(parentPath, Group.ResponseKey).ToArray();

    /// <summary>The HTTP request's services.</summary>
    public IServiceProvider Services => Execution.Request.Services;

    /// <summary>Cancelled when the client goes away.</summary>
    public CancellationToken CancellationToken => Execution.Request.CancellationToken;

    /// <summary>The request's loader of that type.</summary>
    public T Loader<T>()
        where T : Loader => (T)Execution.Request.Loaders.Get(typeof(T));

    internal OperationExecution Execution { get; }

    internal FieldGroup Group { get; }
}

/// <summary>Where a value stands in the response: built from the inside only when somebody asks.</summary>
internal sealed record ResponsePath(ResponsePath? Parent, object Key)
{
    public ImmutableArray<object> ToArray()
    {
        var path = ImmutableArray.CreateBuilder<object>();
        for (var at = this; at is not null; at = at.Parent)
        {
            path.Add(at.Key);
        }

        path.Reverse();
        return path.DrainToImmutable();
    }

    /// <summary>As the log has it: <c>users.nodes[3].name</c>.</summary>
    public override string ToString() => Key is int index ? $"{Parent}[{index}]" : Parent is null ? $"{Key}" : $"{Parent}.{Key}";
}
