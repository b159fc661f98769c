using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>What <c>@provides</c> further up means for the fields below.</summary>
internal sealed class ProvidedViews(Supergraph supergraph)
{
    /// <summary>Whether a field is provided, and what of it. What is provided for one type is not for another.</summary>
    internal (bool IsThere, SelectionSetNode? Below) FieldIn(SelectionSetNode view, string typeName, string fieldName)
    {
        SelectionSetNode? below = null;
        var isThere = false;
        foreach (var node in view.Selections)
        {
            var (found, inner) = node switch
            {
                FieldNode field when field.Name.Value == fieldName => (true, field.SelectionSet),
                InlineFragmentNode fragment when Applies(fragment, typeName) => FieldIn(fragment.SelectionSet, typeName, fieldName),
                _ => (false, null),
            };
            isThere |= found;
            below = United(below, inner);
        }

        return (isThere, below);
    }

    internal bool Applies(InlineFragmentNode fragment, string typeName) =>
        fragment.TypeCondition is not { } condition
        || condition.Name.Value == typeName
        || supergraph.FullSchema.FindType(condition.Name.Value) is CompositeType target
            && supergraph.FullSchema.FindType(typeName) is ObjectType type
            && target.PossibleTypes.Contains(type);

    internal static SelectionSetNode? United(SelectionSetNode? a, SelectionSetNode? b)
    {
        if (a is null || b is null)
        {
            return a ?? b;
        }

        var tree = new SelectionTree();
        tree.Add(a);
        tree.Add(b);
        return tree.ToSelectionSet();
    }
}
