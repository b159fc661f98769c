using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// Fragments are on objects, interfaces and unions
/// (<see href="https://spec.graphql.org/September2025/#sec-Fragments-on-Object-Interface-or-Union-Types">Spec §5.5.1.3</see>).
/// </summary>
internal sealed class FragmentsOnCompositeTypesRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterInlineFragment(InlineFragmentNode node)
    {
        if (node.TypeCondition is { } condition && IsNotComposite(condition))
        {
            Context.Report($"Fragment cannot condition on non composite type \"{condition}\".", condition.Start);
        }
    }

    public override void EnterFragment(FragmentDefinitionNode node)
    {
        if (IsNotComposite(node.TypeCondition))
        {
            Context.Report(
                $"Fragment \"{node.Name}\" cannot condition on non composite type \"{node.TypeCondition}\".", node.TypeCondition.Start);
        }
    }

    private bool IsNotComposite(NamedTypeNode node) => Context.Schema.FindType(node.Name.Value) is not (null or CompositeType);
}
