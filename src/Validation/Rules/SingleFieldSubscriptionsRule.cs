using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// A subscription selects one root field, which is no introspection field, and does not make it conditional
/// (<see href="https://spec.graphql.org/September2025/#sec-Single-Root-Field">Spec §5.2.4.1</see>).
/// </summary>
internal sealed class SingleFieldSubscriptionsRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (node.Operation != OperationType.Subscription || Context.Schema.SubscriptionType is not { } type)
        {
            return;
        }

        var subject = node.Name is { } name ? $"Subscription \"{name}\"" : "Anonymous Subscription";
        var roots = new RootFields();
        Collect(node.SelectionSet, type, roots);
        if (roots.Conditions.Count > 0)
        {
            Context.Report(
                $"{subject} must not use `@skip` or `@include` directives in the top level selection.",
                [.. roots.Conditions.Select(directive => directive.Start)]);
            return;
        }

        if (roots.ByResponseKey.Count > 1)
        {
            var extra = roots.ByResponseKey.Skip(1).SelectMany(pair => pair.Value).Select(field => field.Start);
            Context.Report($"{subject} must select only one top level field.", [.. extra]);
        }

        foreach (var (_, fields) in roots.ByResponseKey)
        {
            if (fields[0].Name.Value.StartsWith("__", StringComparison.Ordinal))
            {
                Context.Report(
                    $"{subject} must not select an introspection top level field.", [.. fields.Select(field => field.Start)]);
            }
        }
    }

    /// <summary>
    /// Spec CollectSubscriptionFields: variables are not known here, so that a condition is an error, not followed. In document order, with a
    /// stack of its own because fragments spread one another in long chains.
    /// </summary>
    private void Collect(SelectionSetNode selectionSet, ObjectType type, RootFields roots)
    {
        var open = new Stack<SelectionNode>();
        Push(selectionSet, open);
        while (open.TryPop(out var selection))
        {
            roots.Conditions.AddRange(selection.Directives.Where(directive => directive.Name.Value is "skip" or "include"));
            switch (selection)
            {
                case FieldNode field:
                    roots.Add(field);
                    break;
                case InlineFragmentNode fragment when Applies(fragment.TypeCondition, type):
                    Push(fragment.SelectionSet, open);
                    break;
                case FragmentSpreadNode spread when roots.Visited.Add(spread.Name.Value):
                    if (Context.Fragments.Find(spread.Name.Value) is { } found && Applies(found.TypeCondition, type))
                    {
                        Push(found.SelectionSet, open);
                    }

                    break;
            }
        }
    }

    private static void Push(SelectionSetNode selectionSet, Stack<SelectionNode> open)
    {
        for (var i = selectionSet.Selections.Length - 1; i >= 0; i--)
        {
            open.Push(selectionSet.Selections[i]);
        }
    }

    /// <summary>Spec DoesFragmentTypeApply.</summary>
    private bool Applies(NamedTypeNode? condition, ObjectType type) =>
        condition is null
        || (Context.Schema.FindType(condition.Name.Value) is CompositeType composite && composite.PossibleTypes.Contains(type));

    private sealed class RootFields
    {
        public HashSet<string> Visited { get; } = new(StringComparer.Ordinal);

        public List<DirectiveNode> Conditions { get; } = [];

        /// <summary>In the order of first appearance.</summary>
        public OrderedDictionary<string, List<FieldNode>> ByResponseKey { get; } = new(StringComparer.Ordinal);

        public void Add(FieldNode field)
        {
            if (!ByResponseKey.TryGetValue(field.ResponseKey, out var fields))
            {
                fields = [];
                ByResponseKey.Add(field.ResponseKey, fields);
            }

            fields.Add(field);
        }
    }
}
