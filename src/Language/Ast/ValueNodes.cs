using System.Collections.Immutable;

namespace GraphGateway.Language;

/// <summary>Value (Spec §2.9).</summary>
public abstract class ValueNode(int start, int end) : SyntaxNode(start, end);

/// <summary>Variable (Spec §2.10). <see cref="Name"/> is without the dollar sign.</summary>
public sealed class VariableNode(int start, int end, NameNode name) : ValueNode(start, end)
{
    public NameNode Name { get; } = name;
}

/// <summary>IntValue (Spec §2.9.1): the digits as written.</summary>
public sealed class IntValueNode(int start, int end, string value) : ValueNode(start, end)
{
    public string Value { get; } = value;
}

/// <summary>FloatValue (Spec §2.9.2): the digits as written.</summary>
public sealed class FloatValueNode(int start, int end, string value) : ValueNode(start, end)
{
    public string Value { get; } = value;
}

/// <summary>BooleanValue (Spec §2.9.3).</summary>
public sealed class BooleanValueNode(int start, int end, bool value) : ValueNode(start, end)
{
    public bool Value { get; } = value;
}

/// <summary>StringValue (Spec §2.9.4): the decoded value; <see cref="IsBlock"/> tells how it was written.</summary>
public sealed class StringValueNode : ValueNode
{
    // The value; or the text that it is decoded from when somebody asks, since most descriptions are never read.
    private object content;

    /// <summary>A node with a known value.</summary>
    public StringValueNode(int start, int end, string value, bool isBlock) : base(start, end)
    {
        content = value;
        IsBlock = isBlock;
    }

    internal StringValueNode(int start, int end, SourceText source, bool isBlock) : base(start, end)
    {
        content = source;
        IsBlock = isBlock;
    }

    public string Value => content as string ?? Decode();

    public bool IsBlock { get; }

    // Threads may decode it twice, to the same value.
    private string Decode()
    {
        if (content is not SourceText source)
        {
            return (string)content;
        }

        var literal = source.Utf8.Span[Start..End];
        var value = IsBlock ? BlockStrings.Decode(literal) : StringLiterals.Decode(literal);
        content = value;
        return value;
    }
}

/// <summary>NullValue (Spec §2.9.5).</summary>
public sealed class NullValueNode(int start, int end) : ValueNode(start, end);

/// <summary>EnumValue (Spec §2.9.6).</summary>
public sealed class EnumValueNode(int start, int end, string value) : ValueNode(start, end)
{
    public string Value { get; } = value;
}

/// <summary>ListValue (Spec §2.9.7).</summary>
public sealed class ListValueNode(int start, int end, ImmutableArray<ValueNode> values) : ValueNode(start, end)
{
    public ImmutableArray<ValueNode> Values { get; } = values;
}

/// <summary>ObjectValue (Spec §2.9.8).</summary>
public sealed class ObjectValueNode(int start, int end, ImmutableArray<ObjectFieldNode> fields) : ValueNode(start, end)
{
    public ImmutableArray<ObjectFieldNode> Fields { get; } = fields;
}

/// <summary>ObjectField (Spec §2.9.8). It begins with its name.</summary>
public sealed class ObjectFieldNode(int start, int end, NameNode name, ValueNode value) : SyntaxNode(start, end)
{
    private readonly string name = name.Value;

    public NameNode Name => new(name, Start);

    public ValueNode Value { get; } = value;
}

/// <summary>Type: a reference to a type (Spec §2.11). <see cref="object.ToString"/> gives its GraphQL text.</summary>
public abstract class TypeNode(int start, int end) : SyntaxNode(start, end);

/// <summary>NamedType: nothing but its name.</summary>
public sealed class NamedTypeNode(int start, int end, NameNode name) : TypeNode(start, end)
{
    private readonly string name = name.Value;

    public NameNode Name => new(name, Start);

    /// <inheritdoc/>
    public override string ToString() => name;
}

/// <summary>ListType.</summary>
public sealed class ListTypeNode(int start, int end, TypeNode type) : TypeNode(start, end)
{
    public TypeNode Type { get; } = type;

    /// <inheritdoc/>
    public override string ToString() => $"[{Type}]";
}

/// <summary>NonNullType; <see cref="Type"/> is never itself non-null.</summary>
public sealed class NonNullTypeNode(int start, int end, TypeNode type) : TypeNode(start, end)
{
    public TypeNode Type { get; } = type;

    /// <inheritdoc/>
    public override string ToString() => $"{Type}!";
}
