using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// A fragment does not spread itself, directly or through others
/// (<see href="https://spec.graphql.org/September2025/#sec-Fragment-Spreads-Must-Not-Form-Cycles">Spec §5.5.2.2</see>).
/// </summary>
internal sealed class NoFragmentCyclesRule(ValidationContext context) : ValidationRule(context)
{
    private readonly Stack<Visit> open = [];
    private readonly HashSet<string> visited = new(StringComparer.Ordinal);
    private readonly List<FragmentSpreadNode> path = [];
    private readonly Dictionary<string, int> pathIndexByName = new(StringComparer.Ordinal);

    /// <summary>Depth first, with a stack of its own: fragments spread one another in chains longer than one of calls can be.</summary>
    public override void EnterFragment(FragmentDefinitionNode node)
    {
        Open(node);
        while (open.TryPeek(out var visit))
        {
            if (visit.Next == visit.Spreads.Count)
            {
                Close(open.Pop());
                continue;
            }

            var spread = visit.Spreads[visit.Next++];
            path.Add(spread);
            if (pathIndexByName.TryGetValue(spread.Name.Value, out var start))
            {
                ReportCycle(spread, path[start..]);
                path.RemoveAt(path.Count - 1);
            }
            else if (Context.Fragments.Find(spread.Name.Value) is not { } next || !Open(next))
            {
                path.RemoveAt(path.Count - 1);
            }
        }
    }

    private bool Open(FragmentDefinitionNode fragment)
    {
        var name = fragment.Name.Value;
        if (!visited.Add(name))
        {
            return false;
        }

        pathIndexByName[name] = path.Count;
        open.Push(new Visit(name, Context.Fragments.SpreadsIn(fragment.SelectionSet)));
        return true;
    }

    private void Close(Visit visit)
    {
        pathIndexByName.Remove(visit.Name);
        if (open.Count > 0)
        {
            path.RemoveAt(path.Count - 1);
        }
    }

    private void ReportCycle(FragmentSpreadNode spread, List<FragmentSpreadNode> cycle)
    {
        var via = string.Join(", ", cycle.SkipLast(1).Select(s => $"\"{s.Name}\""));
        Context.Report(
            $"Cannot spread fragment \"{spread.Name}\" within itself{(via.Length == 0 ? "" : $" via {via}")}.",
            [.. cycle.Select(s => s.Start)]);
    }

    private sealed class Visit(string name, List<FragmentSpreadNode> spreads)
    {
        public string Name { get; } = name;

        public List<FragmentSpreadNode> Spreads { get; } = spreads;

        public int Next { get; set; }
    }
}
