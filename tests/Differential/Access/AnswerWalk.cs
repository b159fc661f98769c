using System.Text;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Differential;

/// <summary>A selection set, and the type that it is written on.</summary>
internal sealed record WrittenSet(SelectionSetNode Set, CompositeType On);

/// <summary>A field of an object, as all its selections together have it.</summary>
/// <param name="Key">The response key.</param>
/// <param name="Name">The field's name.</param>
/// <param name="On">The type that the first selection stands on.</param>
/// <param name="Definition">The definition there.</param>
/// <param name="Below">What is selected below.</param>
internal sealed record SelectedField(string Key, string Name, CompositeType On, FieldDefinition Definition, List<WrittenSet> Below);

/// <summary>What a document selects of objects, by the spec's CollectFields (§6.3.2), for whoever looks at answers beside it.</summary>
internal sealed class AnswerWalk(Schema schema, DocumentNode document, Func<string, bool> isTrue)
{
    /// <summary>The key under which <see cref="WithTypes"/> asks for the types.</summary>
    public const string TypeKey = "t__";

    public OperationDefinitionNode Operation => document.Definitions.OfType<OperationDefinitionNode>().Single();

    /// <summary>The same request, with the type of each object besides.</summary>
    public string WithTypes(string query)
    {
        var text = new StringBuilder(query);
        foreach (var start in document.Definitions.SelectMany(SetsOf).Select(set => set.Start).OrderDescending())
        {
            text.Insert(start + 1, $" {TypeKey}: __typename ");
        }

        return text.ToString();
    }

    /// <summary>The fields of an object of that type, in their order.</summary>
    public List<SelectedField> FieldsOf(ObjectType type, IEnumerable<WrittenSet> sets)
    {
        var fields = new List<SelectedField>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        foreach (var set in sets)
        {
            Collect(type, set, fields, visited);
        }

        return fields;
    }

    private void Collect(ObjectType type, WrittenSet set, List<SelectedField> into, HashSet<string> visited)
    {
        foreach (var selection in set.Set.Selections.Where(selection => IsIncluded(selection)))
        {
            switch (selection)
            {
                case FieldNode field:
                    Add(field, set.On, into);
                    break;
                case InlineFragmentNode inline:
                    CollectFragment(type, inline.TypeCondition?.Name.Value ?? set.On.Name, inline.SelectionSet, into, visited);
                    break;
                case FragmentSpreadNode spread when visited.Add(spread.Name.Value):
                    var fragment = document.Definitions.OfType<FragmentDefinitionNode>().Single(one => one.Name.Value == spread.Name.Value);
                    CollectFragment(type, fragment.TypeCondition.Name.Value, fragment.SelectionSet, into, visited);
                    break;
            }
        }
    }

    private void CollectFragment(ObjectType type, string on, SelectionSetNode set, List<SelectedField> into, HashSet<string> visited)
    {
        var condition = (CompositeType)schema.FindType(on)!;
        if (condition.PossibleTypes.Overlaps(type.PossibleTypes))
        {
            Collect(type, new WrittenSet(set, condition), into, visited);
        }
    }

    private void Add(FieldNode node, CompositeType on, List<SelectedField> into)
    {
        var definition = schema.FindField(on, node.Name.Value)!;
        var field = into.Find(one => one.Key == node.ResponseKey);
        if (field is null)
        {
            into.Add(field = new SelectedField(node.ResponseKey, node.Name.Value, on, definition, []));
        }

        if (node.SelectionSet is { } below)
        {
            field.Below.Add(new WrittenSet(below, (CompositeType)definition.Type.Named));
        }
    }

    private bool IsIncluded(SelectionNode selection) => selection.Directives.All(directive =>
        (directive.Argument("if") is VariableNode variable ? isTrue(variable.Name.Value) : ((BooleanValueNode)directive.Argument("if")!).Value)
            == (directive.Name.Value == "include"));

    private static IEnumerable<SelectionSetNode> SetsOf(DefinitionNode definition) => definition switch
    {
        OperationDefinitionNode operation => SetsOf(operation.SelectionSet),
        FragmentDefinitionNode fragment => SetsOf(fragment.SelectionSet),
        _ => [],
    };

    private static IEnumerable<SelectionSetNode> SetsOf(SelectionSetNode set) => set.Selections.SelectMany(selection => selection switch
    {
        // Introspection tells no objects of the graph.
        FieldNode { SelectionSet: { } below, Name.Value: not ("__schema" or "__type") } => SetsOf(below),
        InlineFragmentNode fragment => SetsOf(fragment.SelectionSet),
        _ => [],
    }).Prepend(set);
}
