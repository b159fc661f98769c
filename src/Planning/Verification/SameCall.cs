using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Planning;

/// <summary>Tells whether a document that does the work of several repeats what each of them asks: the same call, with other names of variables.</summary>
internal static class SameCall
{
    /// <summary>True when a selection is a call that stands there under an alias.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="alias">The alias.</param>
    /// <param name="call">The call, which has none.</param>
    /// <param name="renamed">What a variable of the call is named in the selection.</param>
    public static bool Is(SelectionNode selection, string alias, SelectionNode call, Func<string, string> renamed) =>
        selection is FieldNode { Alias.Value: var own } field && own == alias && call is FieldNode { Alias: null } other && AreSame(field, other, renamed);

    private static bool AreSame(FieldNode left, FieldNode right, Func<string, string> renamed) =>
        left.Name.Value == right.Name.Value && AreSame(left.Arguments, right.Arguments, renamed) && AreSame(left.Directives, right.Directives)
        && AreSame(left.SelectionSet, right.SelectionSet, renamed);

    private static bool AreSame(SelectionSetNode? left, SelectionSetNode? right, Func<string, string> renamed)
    {
        if (left is null || right is null)
        {
            return left == right;
        }

        for (var i = 0; i < left.Selections.Length; i++)
        {
            if (i >= right.Selections.Length || !AreSame(left.Selections[i], right.Selections[i], renamed))
            {
                return false;
            }
        }

        return left.Selections.Length == right.Selections.Length;
    }

    private static bool AreSame(SelectionNode left, SelectionNode right, Func<string, string> renamed) => (left, right) switch
    {
        (FieldNode field, FieldNode other) => field.ResponseKey == other.ResponseKey && field.Alias is null == other.Alias is null && AreSame(field, other, renamed),
        (InlineFragmentNode fragment, InlineFragmentNode other) => fragment.TypeCondition?.Name.Value == other.TypeCondition?.Name.Value
            && AreSame(fragment.Directives, other.Directives) && AreSame(fragment.SelectionSet, other.SelectionSet, renamed),
        _ => false,
    };

    private static bool AreSame(ImmutableArray<ArgumentNode> left, ImmutableArray<ArgumentNode> right, Func<string, string> renamed)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (i >= right.Length || left[i].Name.Value != right[i].Name.Value || !AreSame(left[i].Value, right[i].Value, renamed))
            {
                return false;
            }
        }

        return left.Length == right.Length;
    }

    private static bool AreSame(ValueNode left, ValueNode right, Func<string, string> renamed) => (left, right) switch
    {
        (VariableNode variable, VariableNode other) => variable.Name.Value == renamed(other.Name.Value),
        (ListValueNode list, ListValueNode other) => list.Values.Length == other.Values.Length && list.Values.Zip(other.Values).All(pair => AreSame(pair.First, pair.Second, renamed)),
        (ObjectValueNode @object, ObjectValueNode other) => @object.Fields.Length == other.Fields.Length
            && @object.Fields.Zip(other.Fields).All(pair => pair.First.Name.Value == pair.Second.Name.Value && AreSame(pair.First.Value, pair.Second.Value, renamed)),
        _ => left.GetType() == right.GetType() && Printer.Print(left) == Printer.Print(right),
    };

    private static bool AreSame(ImmutableArray<DirectiveNode> left, ImmutableArray<DirectiveNode> right) =>
        left.Length == right.Length && left.Zip(right).All(pair => Printer.Print(pair.First) == Printer.Print(pair.Second));
}
