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

    /// <summary>Every field that a source provides anywhere, by the type that has it.</summary>
    /// <param name="supergraph">The composed graph.</param>
    /// <param name="cancellation">Ends looking, with an <see cref="OperationCanceledException"/>.</param>
    internal static HashSet<(int Source, string TypeName, string FieldName)> Of(Supergraph supergraph, CancellationToken cancellation = default)
    {
        var all = new HashSet<(int, string, string)>();
        foreach (var entry in supergraph.Types.SelectMany(type => type.Fields).SelectMany(field => field.Sources))
        {
            if (entry.Provides is { } provides && supergraph.FullSchema.FindType(TypeNodes.Named(entry.Type)) is CompositeType returned)
            {
                Add(supergraph, entry.Source.Ordinal, returned, provides, all, cancellation);
            }
        }

        return all;
    }

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

    private static void Add(
        Supergraph supergraph, int source, CompositeType type, SelectionSetNode selection, HashSet<(int, string, string)> all, CancellationToken cancellation)
    {
        foreach (var node in selection.Selections)
        {
            cancellation.ThrowIfCancellationRequested();
            if (node is InlineFragmentNode fragment)
            {
                var target = fragment.TypeCondition is { } condition ? supergraph.FullSchema.FindType(condition.Name.Value) : type;
                Add(supergraph, source, target as CompositeType ?? type, fragment.SelectionSet, all, cancellation);
            }
            else if (node is FieldNode field)
            {
                foreach (var ordinal in type.PossibleTypes.Ordinals())
                {
                    all.Add((source, supergraph.FullSchema.ObjectTypes[ordinal].Name, field.Name.Value));
                }

                if (field.SelectionSet is not null && (type as ComplexType)?.FindField(field.Name.Value)?.Type.Named is CompositeType below)
                {
                    Add(supergraph, source, below, field.SelectionSet, all, cancellation);
                }
            }
        }
    }
}
