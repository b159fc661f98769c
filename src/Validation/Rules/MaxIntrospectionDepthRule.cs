using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// Introspection does not go through lists of members within lists of members without end: the answer grows with each of them by the size
/// of the schema. It is no rule of the spec, but one of those that graphql-js recommends and has on.
/// </summary>
internal sealed class MaxIntrospectionDepthRule(ValidationContext context) : ValidationRule(context)
{
    private const int ListsMax = 3;

    public override void EnterField(FieldNode node)
    {
        if (node.Name.Value is "__schema" or "__type" && IsTooDeep(node))
        {
            Context.Report("Maximum introspection depth exceeded", node.Start);
        }
    }

    private bool IsTooDeep(FieldNode root)
    {
        // A fragment is looked at once for each depth at which it is met.
        var fragments = new HashSet<(string Name, int Depth)>();
        var open = new Stack<(SelectionSetNode? Set, int Depth)>([(root.SelectionSet, 0)]);
        while (open.TryPop(out var next))
        {
            foreach (var selection in next.Set?.Selections ?? [])
            {
                switch (selection)
                {
                    case FieldNode field:
                        var depth = field.Name.Value is "fields" or "interfaces" or "possibleTypes" or "inputFields" ? next.Depth + 1 : next.Depth;
                        if (depth >= ListsMax)
                        {
                            return true;
                        }

                        open.Push((field.SelectionSet, depth));
                        break;
                    case InlineFragmentNode inline:
                        open.Push((inline.SelectionSet, next.Depth));
                        break;
                    case FragmentSpreadNode spread when fragments.Add((spread.Name.Value, next.Depth)):
                        open.Push((Context.Fragments.Find(spread.Name.Value)?.SelectionSet, next.Depth));
                        break;
                }
            }
        }

        return false;
    }
}
