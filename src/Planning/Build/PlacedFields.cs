using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Fields with requirements that are fetched already, with all that is below them: what several fields require is planned once.</summary>
internal sealed class PlacedFields
{
    private readonly Dictionary<(Position, ResultField, FieldNeeds), List<Placed>> placed = [];

    private sealed record Placed(HashSet<StepBuilder> Steps, TypeSet Types, ImmutableArray<Demand> Below, bool HasTypes);

    /// <summary>The steps that give what is asked; null when something of it was not placed.</summary>
    public HashSet<StepBuilder>? Find(Position position, FieldNeeds needs, Demand demand)
    {
        if (placed.TryGetValue((position, demand.Field, needs), out var all))
        {
            foreach (var known in all)
            {
                if (demand.Types.IsSubsetOf(known.Types) && (known.HasTypes || !demand.NeedsTypes) && Holds(known.Below, demand.Children))
                {
                    return known.Steps;
                }
            }
        }

        return null;
    }

    /// <summary>Notes that some steps give all of it.</summary>
    public void Add(Position position, FieldNeeds needs, Demand demand, HashSet<StepBuilder> steps)
    {
        var slot = (position, demand.Field, needs);
        if (!placed.TryGetValue(slot, out var known))
        {
            placed.Add(slot, known = []);
        }

        known.Add(new Placed(steps, demand.Types, demand.Children, demand.NeedsTypes));
    }

    private static bool Holds(ImmutableArray<Demand> all, ImmutableArray<Demand> some) => some.IsDefault || some.All(one => all.Any(other =>
        other.Field == one.Field && one.Types.IsSubsetOf(other.Types) && (other.NeedsTypes || !one.NeedsTypes) && Holds(other.Children, one.Children)));
}
