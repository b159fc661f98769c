using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>A variable where a value is asked: what type is asked there, its default, and the type around it.</summary>
internal readonly record struct VariableUsage(VariableNode Node, GraphQLType? Type, ValueNode? DefaultValue, GraphQLType? ParentType);

/// <summary>Which fragments a document has, which definitions spread them, and which variables they use; each found once.</summary>
internal sealed class FragmentGraph
{
    private readonly ValidationContext context;
    private readonly Dictionary<SelectionSetNode, List<FragmentSpreadNode>> spreads = [];
    private readonly Dictionary<OperationDefinitionNode, List<FragmentDefinitionNode>> reachable = [];
    private readonly Dictionary<DefinitionNode, List<VariableUsage>> usages = [];
    private static RuleListeners? collectorListeners;

    public FragmentGraph(ValidationContext context)
    {
        this.context = context;
        var byName = new Dictionary<string, FragmentDefinitionNode>(StringComparer.Ordinal);
        foreach (var definition in context.Document.Definitions)
        {
            if (definition is FragmentDefinitionNode fragment)
            {
                byName[fragment.Name.Value] = fragment;
            }
        }

        ByName = byName;
    }

    /// <summary>Fragments by name; of two with one name the last, and another rule reports that.</summary>
    public IReadOnlyDictionary<string, FragmentDefinitionNode> ByName { get; }

    /// <summary>The fragment of that name, or null.</summary>
    public FragmentDefinitionNode? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>All spreads in a selection set and those inside it, fragments not followed.</summary>
    public List<FragmentSpreadNode> SpreadsIn(SelectionSetNode selectionSet)
    {
        if (spreads.TryGetValue(selectionSet, out var found))
        {
            return found;
        }

        found = [];
        var open = new Stack<SelectionSetNode>([selectionSet]);
        while (open.TryPop(out var next))
        {
            foreach (var selection in next.Selections)
            {
                switch (selection)
                {
                    case FragmentSpreadNode spread:
                        found.Add(spread);
                        break;
                    case FieldNode { SelectionSet: { } inner }:
                        open.Push(inner);
                        break;
                    case InlineFragmentNode fragment:
                        open.Push(fragment.SelectionSet);
                        break;
                }
            }
        }

        spreads.Add(selectionSet, found);
        return found;
    }

    /// <summary>The fragments that an operation spreads, directly or through others.</summary>
    public List<FragmentDefinitionNode> ReachableFrom(OperationDefinitionNode operation)
    {
        if (reachable.TryGetValue(operation, out var found))
        {
            return found;
        }

        found = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<SelectionSetNode>([operation.SelectionSet]);
        while (open.TryPop(out var next))
        {
            foreach (var spread in SpreadsIn(next))
            {
                if (seen.Add(spread.Name.Value) && Find(spread.Name.Value) is { } fragment)
                {
                    found.Add(fragment);
                    open.Push(fragment.SelectionSet);
                }
            }
        }

        reachable.Add(operation, found);
        return found;
    }

    /// <summary>The variables that an operation uses, in it and in the fragments that it spreads.</summary>
    public IEnumerable<VariableUsage> UsagesIn(OperationDefinitionNode operation) =>
        ReachableFrom(operation).Prepend((DefinitionNode)operation).SelectMany(UsagesInDefinition);

    private List<VariableUsage> UsagesInDefinition(DefinitionNode definition)
    {
        if (!usages.TryGetValue(definition, out var found))
        {
            found = VariableSearch.HasVariables(definition) ? Collect(definition) : [];
            usages.Add(definition, found);
        }

        return found;
    }

    private List<VariableUsage> Collect(DefinitionNode definition)
    {
        var collector = new UsageCollector(context, new TypeContext());
        ValidationRule[] rules = [collector];
        new DocumentWalker(context, collector.Position, rules, collectorListeners ??= RuleListeners.Of(rules)).Walk(definition);
        return collector.Usages;
    }

    // A walk of its own, because an operation asks for the variables of fragments that stand after it.
    private sealed class UsageCollector(ValidationContext context, TypeContext position) : ValidationRule(context)
    {
        public TypeContext Position { get; } = position;

        public List<VariableUsage> Usages { get; } = [];

        public override void EnterVariable(VariableNode node) =>
            Usages.Add(new VariableUsage(node, Position.InputType, Position.DefaultValue, Position.ParentInputType));
    }
}
