using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>A field of an object or interface (Spec §3.6).</summary>
public sealed class FieldDefinition(string name)
{
    /// <summary>The field's name.</summary>
    public string Name { get; } = name;

    /// <summary>The description, or null.</summary>
    public string? Description { get; internal set; }

    private Dictionary<string, InputValueDefinition>? argumentsByName;

    /// <summary>The type that defines the field; null for the three introspection meta-fields.</summary>
    public ComplexType? DeclaringType { get; internal set; }

    /// <summary>In definition order.</summary>
    public ImmutableArray<InputValueDefinition> Arguments { get; internal set; } = [];

    /// <summary>The type of the field's value.</summary>
    public GraphQLType Type { get; internal set; } = null!;

    /// <summary>Directives applied to the field, in order.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; internal set; } = [];

    /// <summary>The reason given by <c>@deprecated</c> (its default when none is given); null when not deprecated.</summary>
    public string? DeprecationReason { get; internal set; }

    /// <summary>Where it is defined; null for meta-fields.</summary>
    public SyntaxOrigin? Origin { get; internal set; }

    /// <summary>The argument of that name, or null.</summary>
    public InputValueDefinition? FindArgument(string name)
    {
        if (Arguments.Length > MemberIndex.ShortList)
        {
            return MemberIndex.Find(Arguments, ref argumentsByName, name, static argument => argument.Name);
        }

        // PERF: asked for each argument of a request, where a call for each name is a fifth of it.
        foreach (var argument in Arguments)
        {
            if (argument.Name == name)
            {
                return argument;
            }
        }

        return null;
    }

    /// <summary>The schema coordinate, such as <c>User.name</c>.</summary>
    public override string ToString() => DeclaringType is null ? Name : $"{DeclaringType.Name}.{Name}";
}

/// <summary>An argument of a field or directive, or a field of an input object (Spec §3.6.1, §3.10).</summary>
public sealed class InputValueDefinition(string name)
{
    /// <summary>The argument's or input field's name.</summary>
    public string Name { get; } = name;

    /// <summary>The description, or null.</summary>
    public string? Description { get; internal set; }

    /// <summary>The type of its value.</summary>
    public GraphQLType Type { get; internal set; } = null!;

    /// <summary>The default as written, or null when there is none.</summary>
    public ValueNode? DefaultValue { get; internal set; }

    /// <summary>Directives applied to it, in order.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; internal set; } = [];

    /// <summary>The reason given by <c>@deprecated</c>; null when not deprecated.</summary>
    public string? DeprecationReason { get; internal set; }

    /// <summary>Where it is defined; null for built-in ones.</summary>
    public SyntaxOrigin? Origin { get; internal set; }

    /// <summary>Non-null without a default: it must be given (Spec §5.4.2.1).</summary>
    public bool IsRequired => Type.IsNonNull && DefaultValue is null;
}

/// <summary>A value of an enum (Spec §3.9).</summary>
public sealed class EnumValueDefinition(string name)
{
    /// <summary>The value's name.</summary>
    public string Name { get; } = name;

    /// <summary>The description, or null.</summary>
    public string? Description { get; internal set; }

    /// <summary>Directives applied to it, in order.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; internal set; } = [];

    /// <summary>The reason given by <c>@deprecated</c>; null when not deprecated.</summary>
    public string? DeprecationReason { get; internal set; }

    /// <summary>Where it is defined; null for built-in ones.</summary>
    public SyntaxOrigin? Origin { get; internal set; }
}

/// <summary>A directive's definition (Spec §3.13).</summary>
public sealed class DirectiveDefinition(string name)
{
    /// <summary>The name, without the at sign.</summary>
    public string Name { get; } = name;

    /// <summary>The description, or null.</summary>
    public string? Description { get; internal set; }

    /// <summary>In definition order.</summary>
    public ImmutableArray<InputValueDefinition> Arguments { get; internal set; } = [];

    /// <summary>The places where it may stand.</summary>
    public ImmutableArray<DirectiveLocation> Locations { get; internal set; } = [];

    /// <summary>True when it may stand several times at one place.</summary>
    public bool IsRepeatable { get; internal set; }

    /// <summary>True for the directives that the spec defines (<c>@skip</c>, <c>@include</c>, <c>@deprecated</c>, ...).</summary>
    public bool IsBuiltIn { get; internal set; }

    /// <summary>Where it is defined; null for built-in ones.</summary>
    public SyntaxOrigin? Origin { get; internal set; }

    /// <summary>The argument of that name, or null.</summary>
    public InputValueDefinition? FindArgument(string name)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Name == name)
            {
                return argument;
            }
        }

        return null;
    }
}

/// <summary>Where a directive may stand (Spec §3.13). The wire form is SCREAMING_SNAKE_CASE.</summary>
public enum DirectiveLocation
{
    Query,
    Mutation,
    Subscription,
    Field,
    FragmentDefinition,
    FragmentSpread,
    InlineFragment,
    VariableDefinition,
    Schema,
    Scalar,
    Object,
    FieldDefinition,
    ArgumentDefinition,
    Interface,
    Union,
    Enum,
    EnumValue,
    InputObject,
    InputFieldDefinition,
}
