using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// The selections of one object type that share a response key (Spec §6.3.2, CollectFields), with what does not depend on the object that
/// is resolved: arguments and sub-selections are worked out once an operation, not once an item.
/// </summary>
internal sealed class FieldGroup(string responseKey, ObjectType parentType, FieldDefinition field, BoundField? binding)
{
    public string ResponseKey { get; } = responseKey;

    public ObjectType ParentType { get; } = parentType;

    public FieldDefinition Field { get; } = field;

    /// <summary>How it is resolved; null for <c>__typename</c>.</summary>
    public BoundField? Binding { get; } = binding;

    public List<FieldNode> Nodes { get; } = [];

    /// <summary>The coerced arguments, once they are known.</summary>
    public IReadOnlyDictionary<string, object?>? Arguments { get; set; }

    /// <summary>The sub-selections by the object type that they are collected for.</summary>
    public Dictionary<ObjectType, IReadOnlyList<FieldGroup>> SubFields { get; } = [];

    /// <summary>Values of parameters that depend on the selection alone, such as a page request, by their type and argument.</summary>
    public Dictionary<(Type Type, string Argument), object> ParameterValues { get; } = [];
}
