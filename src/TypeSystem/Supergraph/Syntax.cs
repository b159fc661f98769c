using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>Makes syntax nodes that stand in no text (their offsets are 0), for documents that are put together rather than parsed.</summary>
public static class Syntax
{
    /// <summary>A name.</summary>
    public static NameNode Name(string name) => new(name, 0);

    /// <summary>A named type.</summary>
    public static NamedTypeNode NamedType(string name) => new(0, 0, Name(name));

    /// <summary>The reference to a type, wrappers included.</summary>
    public static TypeNode Type(GraphQLType type) => type switch
    {
        NonNullType nonNull => new NonNullTypeNode(0, 0, Type(nonNull.OfType)),
        ListType list => new ListTypeNode(0, 0, Type(list.OfType)),
        _ => NamedType(type.Named.Name),
    };

    /// <summary>True when both say the same type.</summary>
    public static bool IsSame(GraphQLType type, TypeNode node) => (type, node) switch
    {
        (NonNullType a, NonNullTypeNode b) => IsSame(a.OfType, b.Type),
        (ListType a, ListTypeNode b) => IsSame(a.OfType, b.Type),
        (NamedType a, NamedTypeNode b) => a.Name == b.Name.Value,
        _ => false,
    };

    /// <summary>A description, as a block string where it has several lines and such a string holds it unchanged; null for null.</summary>
    public static StringValueNode? Description(string? text) =>
        text is null ? null : new StringValueNode(0, 0, text, isBlock: text.Contains('\n') && BlockStringText.CanHold(text));

    /// <summary>A directive with string arguments.</summary>
    public static DirectiveNode Directive(string name, params ReadOnlySpan<(string Name, ValueNode Value)> arguments)
    {
        var nodes = ImmutableArray.CreateBuilder<ArgumentNode>(arguments.Length);
        foreach (var (argumentName, value) in arguments)
        {
            nodes.Add(new ArgumentNode(0, 0, Name(argumentName), value));
        }

        return new DirectiveNode(0, 0, Name(name), nodes.DrainToImmutable());
    }

    /// <summary>A string value.</summary>
    public static StringValueNode String(string value) => new(0, 0, value, isBlock: false);

    /// <summary>A selection of fields.</summary>
    public static SelectionSetNode SelectionSet(IEnumerable<SelectionNode> selections) => new(0, 0, [.. selections]);

    /// <summary>A field of a selection set.</summary>
    public static FieldNode Field(string name, ImmutableArray<ArgumentNode> arguments = default, SelectionSetNode? selectionSet = null) =>
        new(0, 0, null, Name(name), arguments.IsDefault ? [] : arguments, [], selectionSet);

    /// <summary>
    /// A selection set on one line and without its outer braces, as <c>@key(fields:)</c> and its like have it: <c>id owner { id }</c>.
    /// </summary>
    public static string Fields(SelectionSetNode selectionSet) => string.Join(' ', selectionSet.Selections.Select(OneLine));

    private static string OneLine(SelectionNode selection)
    {
        var directives = string.Concat(selection.Directives.Select(directive => " " + Printer.Print(directive)));
        return selection switch
        {
            FieldNode field => (field.Alias is { } alias ? $"{alias}: " : "") + field.Name
                + (field.Arguments.IsEmpty ? "" : $"({string.Join(", ", field.Arguments.Select(Printer.Print))})")
                + directives
                + (field.SelectionSet is null ? "" : $" {{ {Fields(field.SelectionSet)} }}"),
            InlineFragmentNode fragment =>
                (fragment.TypeCondition is null ? "..." : $"... on {fragment.TypeCondition}") + directives
                + $" {{ {Fields(fragment.SelectionSet)} }}",
            FragmentSpreadNode spread => $"...{spread.Name}{directives}",
            _ => throw new ArgumentException($"{selection.GetType().Name} is not a selection.", nameof(selection)),
        };
    }
}
