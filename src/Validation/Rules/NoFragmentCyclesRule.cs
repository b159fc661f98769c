using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// A fragment does not spread itself, directly or through others
/// (<see href="https://spec.graphql.org/September2025/#sec-Fragment-Spreads-Must-Not-Form-Cycles">Spec §5.5.2.2</see>).
/// </summary>
internal sealed class NoFragmentCyclesRule(ValidationContext context) : ValidationRule(context)
{
    private readonly HashSet<string> visited = new(StringComparer.Ordinal);
    private readonly List<FragmentSpreadNode> path = [];
    private readonly Dictionary<string, int> pathIndexByName = new(StringComparer.Ordinal);

    public override void EnterFragment(FragmentDefinitionNode node) => Follow(node);

    // Depth first; as deep as fragments spread one another, which the token limit bounds.
    private void Follow(FragmentDefinitionNode fragment)
    {
        var name = fragment.Name.Value;
        if (!visited.Add(name))
        {
            return;
        }

        pathIndexByName[name] = path.Count;
        foreach (var spread in Context.Fragments.SpreadsIn(fragment.SelectionSet))
        {
            path.Add(spread);
            if (pathIndexByName.TryGetValue(spread.Name.Value, out var start))
            {
                ReportCycle(spread, path[start..]);
            }
            else if (Context.Fragments.Find(spread.Name.Value) is { } next)
            {
                Follow(next);
            }

            path.RemoveAt(path.Count - 1);
        }

        pathIndexByName.Remove(name);
    }

    private void ReportCycle(FragmentSpreadNode spread, List<FragmentSpreadNode> cycle)
    {
        var via = string.Join(", ", cycle.SkipLast(1).Select(s => $"\"{s.Name}\""));
        Context.Report(
            $"Cannot spread fragment \"{spread.Name}\" within itself{(via.Length == 0 ? "" : $" via {via}")}.",
            [.. cycle.Select(s => s.Start)]);
    }
}
