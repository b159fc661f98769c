using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// A fragment that is spread is in the document
/// (<see href="https://spec.graphql.org/September2025/#sec-Fragment-Spread-Target-Defined">Spec §5.5.2.1</see>).
/// </summary>
internal sealed class KnownFragmentNamesRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterFragmentSpread(FragmentSpreadNode node)
    {
        if (Context.Fragments.Find(node.Name.Value) is null)
        {
            Context.Report($"Unknown fragment \"{node.Name}\".", node.Name.Start);
        }
    }
}
