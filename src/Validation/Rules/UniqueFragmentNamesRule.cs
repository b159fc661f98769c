using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// Fragments have names of their own
/// (<see href="https://spec.graphql.org/September2025/#sec-Fragment-Name-Uniqueness">Spec §5.5.1.1</see>).
/// </summary>
internal sealed class UniqueFragmentNamesRule(ValidationContext context) : ValidationRule(context)
{
    private readonly Dictionary<string, NameNode> known = new(StringComparer.Ordinal);

    public override void EnterFragment(FragmentDefinitionNode node)
    {
        if (!known.TryAdd(node.Name.Value, node.Name))
        {
            Context.Report($"There can be only one fragment named \"{node.Name}\".", known[node.Name.Value].Start, node.Name.Start);
        }
    }
}
