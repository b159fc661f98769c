using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// Which labels can make a difference further in: for what a key, a requirement or a context's selection names, and for all that these lead through. What was decided of other labels is forgotten there, so that
/// labels which are named one below the other do not double what is looked at with each of them.
/// </summary>
/// <param name="index">The graph.</param>
/// <param name="cancellation">Ends finding them.</param>
internal sealed class LabelNeeds(GraphIndex index, CancellationToken cancellation)
{
    private readonly Dictionary<object, Node> nodes = [];

    // Those that were met since the last question, each after who met it.
    private readonly List<Node> met = [];

    /// <summary>Of the facts what matters for entering sources at a type.</summary>
    internal PathFacts ForEntering(TypeIndex type, PathFacts facts) => facts.Labels.IsEmpty ? facts : facts.Only(Entering(type));

    /// <summary>Of the facts what matters for what a field requires.</summary>
    internal PathFacts ForRequirement(TypeIndex type, FieldIndex field, PathFacts facts) => facts.Labels.IsEmpty ? facts : facts.Only(Asking(type, field));

    /// <summary>Of the facts what matters for a selection below a field.</summary>
    internal PathFacts ForSelection(NamedType returned, SelectionSetNode selection, PathFacts facts) =>
        facts.Labels.IsEmpty ? facts : facts.Only(Settled(Below(returned, selection)));

    /// <summary>The labels on which hangs which sources can be entered at a type.</summary>
    internal IReadOnlySet<string> Entering(TypeIndex type) => Settled(Keys(type));

    /// <summary>The labels by which a field moves, and on which what it requires hangs.</summary>
    internal IReadOnlySet<string> Asking(TypeIndex type, FieldIndex field) => Settled(Field(type, field));

    /// <summary>The labels on which a selection on a type hangs.</summary>
    internal IReadOnlySet<string> Selecting(TypeIndex type, SelectionSetNode selection)
    {
        if (!nodes.TryGetValue((type, selection), out var node))
        {
            node = Met((type, selection));
            Name(node, type, selection);
        }

        return Settled(node);
    }

    private Node Keys(TypeIndex type)
    {
        if (!nodes.TryGetValue(type, out var node))
        {
            node = Met(type);
            node.Open = () =>
            {
                foreach (var key in type.Keys)
                {
                    Name(node, type, key.Selection);
                }
            };
        }

        return node;
    }

    private Node Field(TypeIndex type, FieldIndex field)
    {
        if (!nodes.TryGetValue(field, out var node))
        {
            node = Met(field);
            node.Labels.UnionWith(field.Labels);
            node.Open = () =>
            {
                foreach (var entry in field.Entries)
                {
                    if (entry.Entry.Requirement is { } requirement)
                    {
                        node.Uses.Add(Keys(type));
                        Name(node, type, requirement.Selection);
                    }
                }
            };
        }

        return node;
    }

    private Node Below(NamedType returned, SelectionSetNode selection)
    {
        if (!nodes.TryGetValue((returned, selection), out var node))
        {
            node = Met((returned, selection));
            node.Open = () =>
            {
                // Of an interface itself where no source knows the objects.
                foreach (var name in ObjectsOf(returned))
                {
                    cancellation.ThrowIfCancellationRequested();
                    var type = index.Type(name);
                    node.Uses.Add(Keys(type));
                    Name(node, type, selection);
                }
            };
        }

        return node;
    }

    private IEnumerable<string> ObjectsOf(NamedType returned)
    {
        IEnumerable<string> objects = returned is CompositeType composite
            ? composite.PossibleTypes.Ordinals().Select(ordinal => index.Supergraph.FullSchema.ObjectTypes[ordinal].Name)
            : [];
        return objects.Prepend(returned.Name).Distinct();
    }

    // What a selection names on a type; rather too much than too little where it has conditions.
    private void Name(Node node, TypeIndex type, SelectionSetNode selection)
    {
        foreach (var named in selection.Selections)
        {
            if (named is InlineFragmentNode fragment)
            {
                Name(node, type, fragment.SelectionSet);
            }
            else if (named is FieldNode { Name.Value: not "__typename" } asked)
            {
                var field = type.Field(asked.Name.Value);
                node.Uses.Add(Field(type, field));
                if (asked.SelectionSet is { } below && field.Returned is { } returned)
                {
                    node.Uses.Add(Below(returned, below));
                }
            }
        }
    }

    private Node Met(object key)
    {
        var node = new Node();
        nodes.Add(key, node);
        met.Add(node);
        return node;
    }

    // Keys lead through one another, also in circles.
    private HashSet<string> Settled(Node asked)
    {
        if (met.Count == 0)
        {
            return asked.Labels;
        }

        for (var i = 0; i < met.Count; i++)
        {
            met[i].Open?.Invoke();
        }

        for (var grows = true; grows;)
        {
            cancellation.ThrowIfCancellationRequested();
            grows = false;
            for (var i = met.Count - 1; i >= 0; i--)
            {
                var before = met[i].Labels.Count;
                foreach (var use in met[i].Uses)
                {
                    met[i].Labels.UnionWith(use.Labels);
                }

                grows |= met[i].Labels.Count > before;
            }
        }

        met.Clear();
        return asked.Labels;
    }

    // What hangs on labels: those that it names itself, and what else it leads through.
    private sealed class Node
    {
        internal HashSet<string> Labels { get; } = new(StringComparer.Ordinal);

        internal List<Node> Uses { get; } = [];

        /// <summary>Finds <see cref="Uses"/>.</summary>
        internal Action? Open { get; set; }
    }
}
