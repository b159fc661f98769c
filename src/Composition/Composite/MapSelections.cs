using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// The fields that a FieldSelectionMap reads (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Appendix-A-Field-Selection">Appendix A</see>),
/// as a selection on the type that it begins at. Equal fields are selected once.
/// </summary>
internal static class MapSelections
{
    /// <summary>What all arguments read together.</summary>
    internal static SelectionSetNode Of(ImmutableArray<MappedArgument> arguments)
    {
        var tree = new SelectionTree();
        foreach (var argument in arguments)
        {
            Add(tree, argument.Map);
        }

        return tree.ToSelectionSet();
    }

    private static void Add(SelectionTree tree, SelectedValueNode value)
    {
        foreach (var entry in value.Entries)
        {
            var target = entry.Path is null ? tree : Walk(tree, entry.Path);
            foreach (var field in entry.Object?.Fields ?? [])
            {
                if (field.Value is null)
                {
                    target.Field(field.Name.Value, field.Arguments);
                }
                else
                {
                    Add(target, field.Value);
                }
            }

            for (var list = entry.List; list is not null; list = list.List)
            {
                if (list.Value is not null)
                {
                    Add(target, list.Value);
                }
            }
        }
    }

    private static SelectionTree Walk(SelectionTree tree, SelectedPathNode path)
    {
        var target = path.TypeName is { } root ? tree.Fragment(root.Value) : tree;
        foreach (var segment in path.Segments)
        {
            target = target.Field(segment.FieldName.Value, segment.Arguments);
            target = segment.TypeName is { } type ? target.Fragment(type.Value) : target;
        }

        return target;
    }
}

/// <summary>A selection while it is put together.</summary>
internal sealed class SelectionTree
{
    private readonly OrderedDictionary<string, (Func<SelectionSetNode?, SelectionNode> Make, SelectionTree Below)> children =
        new(StringComparer.Ordinal);

    internal SelectionTree Field(string name, ImmutableArray<ArgumentNode> arguments, NameNode? alias = null)
    {
        var key = $"{(alias is null ? "" : $"{alias.Value}: ")}{name}{(arguments.IsEmpty ? "" : $"({string.Join(", ", arguments.Select(Printer.Print))})")}";
        return Child(key, below => alias is null ? Syntax.Field(name, arguments, below) : new FieldNode(0, 0, alias, Syntax.Name(name), arguments, [], below));
    }

    internal SelectionTree Fragment(string typeName) => Child(
        "... on " + typeName,
        below => new InlineFragmentNode(0, 0, Syntax.NamedType(typeName), [], below ?? Syntax.SelectionSet([])));

    /// <summary>Adds what another selection has.</summary>
    internal void Add(SelectionSetNode selection)
    {
        foreach (var node in selection.Selections)
        {
            switch (node)
            {
                case FieldNode field:
                    var below = Field(field.Name.Value, field.Arguments, field.Alias);
                    if (field.SelectionSet is not null)
                    {
                        below.Add(field.SelectionSet);
                    }

                    break;
                case InlineFragmentNode { TypeCondition: { } condition } fragment:
                    Fragment(condition.Name.Value).Add(fragment.SelectionSet);
                    break;
                case InlineFragmentNode fragment:
                    Add(fragment.SelectionSet);
                    break;
            }
        }
    }

    internal SelectionSetNode ToSelectionSet() => Syntax.SelectionSet(
        children.Values.Select(child => child.Make(child.Below.children.Count == 0 ? null : child.Below.ToSelectionSet())));

    private SelectionTree Child(string key, Func<SelectionSetNode?, SelectionNode> make)
    {
        if (!children.TryGetValue(key, out var child))
        {
            children.Add(key, child = (make, new SelectionTree()));
        }

        return child.Below;
    }
}
