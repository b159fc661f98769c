using System.Collections.Immutable;

namespace GraphGateway.Language;

/// <summary>
/// SelectedValue of a FieldSelectionMap (Composite Schemas spec, Appendix A): how an input value is put together from fields of an
/// output type. Several <see cref="Entries"/> are alternatives (<c>a | b</c>), tried in order; usually there is one.
/// </summary>
public sealed class SelectedValueNode(int start, int end, ImmutableArray<SelectedValueEntryNode> entries) : SyntaxNode(start, end)
{
    public ImmutableArray<SelectedValueEntryNode> Entries { get; } = entries;
}

/// <summary>
/// SelectedValueEntry: a path, a path continued by an object or a list, or an object alone.
/// At least one of the three is there; <see cref="Object"/> and <see cref="List"/> exclude each other.
/// </summary>
public sealed class SelectedValueEntryNode(
    int start,
    int end,
    SelectedPathNode? path,
    SelectedObjectNode? @object,
    SelectedListNode? list) : SyntaxNode(start, end)
{
    /// <summary>The path to walk first; null when the entry is an object on the type itself.</summary>
    public SelectedPathNode? Path { get; } = path;

    /// <summary><c>{ ... }</c> evaluated where the path ends.</summary>
    public SelectedObjectNode? Object { get; } = @object;

    /// <summary><c>[ ... ]</c> evaluated for each item where the path ends.</summary>
    public SelectedListNode? List { get; } = list;
}

/// <summary>Path: <c>&lt;Type&gt;.a.b&lt;Other&gt;.c</c>.</summary>
public sealed class SelectedPathNode(int start, int end, NameNode? typeName, ImmutableArray<PathSegmentNode> segments) : SyntaxNode(start, end)
{
    /// <summary>The type condition on the value that the path begins at.</summary>
    public NameNode? TypeName { get; } = typeName;

    public ImmutableArray<PathSegmentNode> Segments { get; } = segments;
}

/// <summary>PathSegment: a field with constant arguments and an optional type condition on its value.</summary>
public sealed class PathSegmentNode(int start, int end, NameNode fieldName, ImmutableArray<ArgumentNode> arguments, NameNode? typeName)
    : SyntaxNode(start, end)
{
    public NameNode FieldName { get; } = fieldName;

    public ImmutableArray<ArgumentNode> Arguments { get; } = arguments;

    /// <summary>The type condition on the field's value, before the next segment.</summary>
    public NameNode? TypeName { get; } = typeName;
}

/// <summary>SelectedObjectValue: <c>{ name: value other }</c>.</summary>
public sealed class SelectedObjectNode(int start, int end, ImmutableArray<SelectedObjectFieldNode> fields) : SyntaxNode(start, end)
{
    public ImmutableArray<SelectedObjectFieldNode> Fields { get; } = fields;
}

/// <summary>SelectedObjectField. Without a <see cref="Value"/> the field of the same name (with its arguments) is meant.</summary>
public sealed class SelectedObjectFieldNode(
    int start,
    int end,
    NameNode name,
    ImmutableArray<ArgumentNode> arguments,
    SelectedValueNode? value) : SyntaxNode(start, end)
{
    public NameNode Name { get; } = name;

    public ImmutableArray<ArgumentNode> Arguments { get; } = arguments;

    public SelectedValueNode? Value { get; } = value;
}

/// <summary>SelectedListValue: <c>[value]</c> or <c>[[value]]</c>; exactly one of the two is there.</summary>
public sealed class SelectedListNode(int start, int end, SelectedValueNode? value, SelectedListNode? list) : SyntaxNode(start, end)
{
    public SelectedValueNode? Value { get; } = value;

    public SelectedListNode? List { get; } = list;
}
