using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Which fields a selection set asks of an object type, grouped by response key in the order in which they first appear.
/// <see href="https://spec.graphql.org/September2025/#sec-Field-Collection">Spec §6.3.2, CollectFields</see>.
/// </summary>
internal sealed class FieldCollector(
    BoundSchema schema,
    IReadOnlyDictionary<string, FragmentDefinitionNode> fragments,
    IReadOnlyDictionary<string, object?> variables)
{
    /// <summary>The groups of the selection sets of all the given nodes together (Spec §6.4.3, CollectSubfields, for a field's nodes).</summary>
    public IReadOnlyList<FieldGroup> Collect(ObjectType objectType, IEnumerable<SelectionSetNode> selectionSets)
    {
        var groups = new List<FieldGroup>();
        var visitedFragments = new HashSet<string>();
        foreach (var selectionSet in selectionSets)
        {
            Collect(objectType, selectionSet, visitedFragments, groups);
        }

        return groups;
    }

    private void Collect(ObjectType objectType, SelectionSetNode selectionSet, HashSet<string> visitedFragments, List<FieldGroup> groups)
    {
        foreach (var selection in selectionSet.Selections)
        {
            if (!IsIncluded(selection))
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

    private void Add(ObjectType objectType, FieldNode node, List<FieldGroup> groups)
    {
        var key = node.ResponseKey;
        var group = groups.Find(existing => existing.ResponseKey == key);
        if (group is null)
        {
            // A field that is not defined is validation's to report; execution leaves it out (Spec §6.3.1: "If fieldType is defined").
            if (schema.Schema.FindField(objectType, node.Name.Value) is not { } field)
            {
                return;
            }

            group = new FieldGroup(key, objectType, field, schema.FindBinding(objectType, field));
            groups.Add(group);
        }

        group.Nodes.Add(node);
    }

    /// <summary>Spec §6.3.2, steps 3.a and 3.b: <c>@skip</c> has precedence over <c>@include</c>.</summary>
    private bool IsIncluded(SelectionNode selection)
    {
        foreach (var directive in selection.Directives)
        {
            var isSkip = directive.Name.Value == "skip";
            if ((isSkip || directive.Name.Value == "include") && Condition(directive) == isSkip)
            {
                return false;
            }
        }

        return true;
    }

    private bool Condition(DirectiveNode directive) => directive.Argument("if") switch
    {
        BooleanValueNode literal => literal.Value,
        VariableNode variable => variables.GetValueOrDefault(variable.Name.Value) is true,
        _ => false,
    };

    /// <summary>Spec §6.3.2, DoesFragmentTypeApply.</summary>
    private bool Applies(ObjectType objectType, NamedTypeNode condition) =>
        schema.Schema.FindType(condition.Name.Value) is CompositeType type && (type == objectType || type.PossibleTypes.Contains(objectType));
}
