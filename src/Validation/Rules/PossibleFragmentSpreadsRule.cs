using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// A fragment is spread only where an object can be of its type
/// (<see href="https://spec.graphql.org/September2025/#sec-Fragment-Spread-Is-Possible">Spec §5.5.2.3</see>).
/// </summary>
internal sealed class PossibleFragmentSpreadsRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterInlineFragment(InlineFragmentNode node)
    {
        if (Types.Type is CompositeType type && Types.ParentType is { } parent && !Overlap(type, parent))
        {
            Context.Report($"Fragment cannot be spread here as {Reason(type, parent)}", node.Start);
        }
    }

    public override void EnterFragmentSpread(FragmentSpreadNode node)
    {
        var fragment = Context.Fragments.Find(node.Name.Value);
        if (fragment is not null
            && Context.Schema.FindType(fragment.TypeCondition.Name.Value) is CompositeType type
            && Types.ParentType is { } parent
            && !Overlap(type, parent))
        {
            Context.Report($"Fragment \"{node.Name}\" cannot be spread here as {Reason(type, parent)}", node.Start);
        }
    }

    private static bool Overlap(CompositeType type, CompositeType parent) =>
        type == parent || type.PossibleTypes.Overlaps(parent.PossibleTypes);

    private static string Reason(CompositeType type, CompositeType parent) =>
        $"objects of type \"{parent}\" can never be of type \"{type}\".";
}
