using System.Collections.Immutable;

namespace GraphGateway.Language;

/// <summary>Document: Definition+ (Spec §2.2).</summary>
public sealed class DocumentNode(SourceText source, ImmutableArray<DefinitionNode> definitions)
    : SyntaxNode(0, source.Utf8.Length)
{
    /// <summary>The text that the nodes' offsets point into.</summary>
    public SourceText Source { get; } = source;

    /// <summary>In document order.</summary>
    public ImmutableArray<DefinitionNode> Definitions { get; } = definitions;

    /// <summary>Lexical tokens of the text, as <see cref="ParserOptions.MaxTokens"/> counts them; 0 when the document was not parsed.</summary>
    public int TokenCount { get; init; }
}

/// <summary>Definition: an executable definition, a type-system definition or an extension.</summary>
public abstract class DefinitionNode(int start, int end) : SyntaxNode(start, end);

/// <summary>The three kinds of operation (Spec §2.3).</summary>
public enum OperationType
{
    /// <summary>A read.</summary>
    Query,

    /// <summary>A write followed by a read.</summary>
    Mutation,

    /// <summary>A stream of events.</summary>
    Subscription,
}

/// <summary>OperationDefinition (Spec §2.3). A shorthand <c>{ ... }</c> is an unnamed query.</summary>
public sealed class OperationDefinitionNode(
    int start,
    int end,
    OperationType operation,
    StringValueNode? description,
    NameNode? name,
    ImmutableArray<VariableDefinitionNode> variableDefinitions,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet) : DefinitionNode(start, end)
{
    public OperationType Operation { get; } = operation;

    /// <summary>Documentation of the operation, if any (Spec §2.12; not part of its meaning).</summary>
    public StringValueNode? Description { get; } = description;

    public NameNode? Name { get; } = name;

    public ImmutableArray<VariableDefinitionNode> VariableDefinitions { get; } = variableDefinitions;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    public SelectionSetNode SelectionSet { get; } = selectionSet;
}

/// <summary>VariableDefinition (Spec §2.10).</summary>
public sealed class VariableDefinitionNode(
    int start,
    int end,
    StringValueNode? description,
    VariableNode variable,
    TypeNode type,
    ValueNode? defaultValue,
    ImmutableArray<DirectiveNode> directives) : SyntaxNode(start, end)
{
    public StringValueNode? Description { get; } = description;

    public VariableNode Variable { get; } = variable;

    public TypeNode Type { get; } = type;

    public ValueNode? DefaultValue { get; } = defaultValue;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;
}

/// <summary>SelectionSet (Spec §2.4).</summary>
public sealed class SelectionSetNode(int start, int end, ImmutableArray<SelectionNode> selections) : SyntaxNode(start, end)
{
    public ImmutableArray<SelectionNode> Selections { get; } = selections;
}

/// <summary>Selection: Field, FragmentSpread or InlineFragment (Spec §2.4).</summary>
public abstract class SelectionNode(int start, int end) : SyntaxNode(start, end)
{
    public abstract ImmutableArray<DirectiveNode> Directives { get; }
}

/// <summary>Field (Spec §2.5).</summary>
public sealed class FieldNode(
    int start,
    int end,
    NameNode? alias,
    NameNode name,
    ImmutableArray<ArgumentNode> arguments,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode? selectionSet) : SelectionNode(start, end)
{
    // PERF: most nodes of most documents are fields that are a name or a name with selections; small ones are made faster.
    private readonly string name = name.Value;
    private readonly FieldExtras? extras = alias is null && arguments.IsEmpty && directives.IsEmpty && name.Start == start
        ? null
        : new FieldExtras(alias, name.Start, arguments, directives);

    public NameNode? Alias => extras?.Alias;

    public NameNode Name => new(name, extras is null ? Start : extras.NameStart);

    public ImmutableArray<ArgumentNode> Arguments => extras is null ? [] : extras.Arguments;

    public override ImmutableArray<DirectiveNode> Directives => extras is null ? [] : extras.Directives;

    public SelectionSetNode? SelectionSet { get; } = selectionSet;

    /// <summary>The alias, or else the name (Spec §2.7 and §6.3.2).</summary>
    public string ResponseKey => extras?.Alias?.Value ?? name;

    private sealed class FieldExtras(
        NameNode? alias, int nameStart, ImmutableArray<ArgumentNode> arguments, ImmutableArray<DirectiveNode> directives)
    {
        public NameNode? Alias { get; } = alias;

        public int NameStart { get; } = nameStart;

        public ImmutableArray<ArgumentNode> Arguments { get; } = arguments;

        public ImmutableArray<DirectiveNode> Directives { get; } = directives;
    }
}

/// <summary>FragmentSpread (Spec §2.8).</summary>
public sealed class FragmentSpreadNode(int start, int end, NameNode name, ImmutableArray<DirectiveNode> directives)
    : SelectionNode(start, end)
{
    public NameNode Name { get; } = name;

    public override ImmutableArray<DirectiveNode> Directives { get; } = directives;
}

/// <summary>InlineFragment (Spec §2.8.2).</summary>
public sealed class InlineFragmentNode(
    int start,
    int end,
    NamedTypeNode? typeCondition,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet) : SelectionNode(start, end)
{
    public NamedTypeNode? TypeCondition { get; } = typeCondition;

    public override ImmutableArray<DirectiveNode> Directives { get; } = directives;

    public SelectionSetNode SelectionSet { get; } = selectionSet;
}

/// <summary>FragmentDefinition (Spec §2.8).</summary>
public sealed class FragmentDefinitionNode(
    int start,
    int end,
    StringValueNode? description,
    NameNode name,
    NamedTypeNode typeCondition,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet) : DefinitionNode(start, end)
{
    public StringValueNode? Description { get; } = description;

    public NameNode Name { get; } = name;

    public NamedTypeNode TypeCondition { get; } = typeCondition;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    public SelectionSetNode SelectionSet { get; } = selectionSet;
}

/// <summary>Argument (Spec §2.6). It begins with its name.</summary>
public sealed class ArgumentNode(int start, int end, NameNode name, ValueNode value) : SyntaxNode(start, end)
{
    private readonly string name = name.Value;

    public NameNode Name => new(name, Start);

    public ValueNode Value { get; } = value;
}

/// <summary>Directive (Spec §2.12).</summary>
public sealed class DirectiveNode(int start, int end, NameNode name, ImmutableArray<ArgumentNode> arguments) : SyntaxNode(start, end)
{
    public NameNode Name { get; } = name;

    public ImmutableArray<ArgumentNode> Arguments { get; } = arguments;

    /// <summary>The value of an argument, or null when it is not given.</summary>
    public ValueNode? Argument(string name)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Name.Value == name)
            {
                return argument.Value;
            }
        }

        return null;
    }
}
