using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Which fields a selection set asks of an object type, grouped by response key in the order in which they first appear.
/// <see href="https://spec.graphql.org/September2025/#sec-Field-Collection">Spec §6.3.2, Field Collection</see>.
/// </summary>
internal sealed class FieldCollector(
    BoundSchema schema,
    IReadOnlyDictionary<string, FragmentDefinitionNode> fragments,
    IReadOnlyDictionary<string, object?> variables)
{
    /// <summary>The groups of the selection sets of all the given nodes together (CollectSubfields() for a field's nodes).</summary>
    /// <exception cref="InputMistake">A condition is a variable that is null.</exception>
    public IReadOnlyList<FieldGroup> Collect(ObjectType objectType, IEnumerable<SelectionSetNode> selectionSets)
    {
        var groups = new CollectedFields();
        var visitedFragments = new HashSet<string>();
        foreach (var selectionSet in selectionSets)
        {
            Collect(objectType, selectionSet, visitedFragments, groups);
        }

        return groups.InOrder;
    }

    /// <summary>CollectFields().</summary>
    private void Collect(ObjectType objectType, SelectionSetNode selectionSet, HashSet<string> visitedFragments, CollectedFields groups)
    {
        foreach (var selection in selectionSet.Selections)
        {
            // A spread of a fragment that is in already has no condition to look at (graphql-js; the spec's order gives the same fields).
            if ((selection is FragmentSpreadNode { Name.Value: var name } && visitedFragments.Contains(name)) || !IsIncluded(selection))
            {
                continue;
            }

            switch (selection)
            {
                case FieldNode field:
                    Add(objectType, field, groups);
                    break;
                case FragmentSpreadNode spread when visitedFragments.Add(spread.Name.Value) && fragments.TryGetValue(spread.Name.Value, out var fragment):
                    if (Applies(objectType, fragment.TypeCondition))
                    {
                        Collect(objectType, fragment.SelectionSet, visitedFragments, groups);
                    }

                    break;
                case InlineFragmentNode fragment when fragment.TypeCondition is null || Applies(objectType, fragment.TypeCondition):
                    Collect(objectType, fragment.SelectionSet, visitedFragments, groups);
                    break;
            }
        }
    }

    private void Add(ObjectType objectType, FieldNode node, CollectedFields groups)
    {
        var key = node.ResponseKey;
        if (!groups.ByKey.TryGetValue(key, out var group))
        {
            // A field that is not defined is validation's to report; execution leaves it out (Spec §6.3.3: "If fieldType is defined").
            if (schema.Schema.FindField(objectType, node.Name.Value) is not { } field)
            {
                return;
            }

            group = new FieldGroup(key, objectType, field, schema.FindBinding(objectType, field));
            groups.ByKey.Add(key, group);
            groups.InOrder.Add(group);
        }

        group.Nodes.Add(node);
    }

    /// <summary>Spec §6.3.2, steps 3.a and 3.b: <c>@skip</c> has precedence over <c>@include</c>.</summary>
    private bool IsIncluded(SelectionNode selection) =>
        selection.Directives.IsEmpty || (Condition(selection, "skip") != true && Condition(selection, "include") != false);

    /// <summary>The value of the directive's <c>if</c>; null when the selection does not have the directive.</summary>
    /// <exception cref="InputMistake">It is null: a nullable variable with a default can be given null in spite of it.</exception>
    private bool? Condition(SelectionNode selection, string name)
    {
        foreach (var directive in selection.Directives)
        {
            if (directive.Name.Value == name)
            {
                return directive.Argument("if") switch
                {
                    BooleanValueNode literal => literal.Value,
                    VariableNode variable when variables.GetValueOrDefault(variable.Name.Value) is bool value => value,
                    var other => throw new InputMistake("Argument \"if\" of non-null type \"Boolean!\" must not be null.", other?.Start ?? directive.Start),
                };
            }
        }

        return null;
    }

    /// <summary>Spec §6.3.2, DoesFragmentTypeApply.</summary>
    private bool Applies(ObjectType objectType, NamedTypeNode condition) =>
        schema.Schema.FindType(condition.Name.Value) is CompositeType type && (type == objectType || type.PossibleTypes.Contains(objectType));

    /// <summary>The spec's "ordered map": groups in the order of their first field, found by response key.</summary>
    private sealed class CollectedFields
    {
        public List<FieldGroup> InOrder { get; } = [];

        public Dictionary<string, FieldGroup> ByKey { get; } = [];
    }
}
