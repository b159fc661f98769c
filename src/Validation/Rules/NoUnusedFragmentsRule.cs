using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// Every fragment is used by an operation
/// (<see href="https://spec.graphql.org/September2025/#sec-Fragments-Must-Be-Used">Spec §5.5.1.4</see>).
/// </summary>
internal sealed class NoUnusedFragmentsRule(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveDocument(DocumentNode node)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in node.Definitions.OfType<OperationDefinitionNode>())
        {
            used.UnionWith(Context.Fragments.ReachableFrom(operation).Select(fragment => fragment.Name.Value));
        }

        foreach (var fragment in node.Definitions.OfType<FragmentDefinitionNode>())
        {
            if (!used.Contains(fragment.Name.Value))
            {
                Context.Report($"Fragment \"{fragment.Name}\" is never used.", fragment.Start);
            }
        }
    }
}
