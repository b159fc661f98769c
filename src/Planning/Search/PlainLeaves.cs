using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// What sources give of the leaves without arguments that are asked below a field whose objects are of one type, and what others can give after them. A hundred sources
/// can share such a field, with a hundred leaves below: from whom each leaf can be had (<see cref="Reachability.WaysTo"/>), and what each source gives of the same leaves, is found
/// once for a plan, and not below each field and in each attempt again.
/// </summary>
internal sealed class PlainLeaves
{
    /// <summary>So few are gone through as fast as they are counted.</summary>
    public const int Few = 8;

    private readonly TypeSet types;
    private readonly List<LeafWays> ways;
    private readonly Coverage?[] bySource;

    private PlainLeaves(GraphType type, List<LeafWays> ways, Coverage?[] bySource)
    {
        types = type.Type.PossibleTypes;
        this.ways = ways;
        this.bySource = bySource;
    }

    /// <summary>What is asked besides them.</summary>
    public ImmutableArray<Demand> Others { get; private init; }

    /// <summary>Those below a demand; null where there are none, or few.</summary>
    public static PlainLeaves? Of(PlanAttempt attempt, Demand demand)
    {
        if (demand.Children.Length <= Few || demand.Field.Shape?.Type is not ObjectType named || attempt.Graph.Find(named.Name) is not { } type)
        {
            return null;
        }

        var ways = new List<LeafWays>(demand.Children.Length);
        var others = ImmutableArray.CreateBuilder<Demand>();
        foreach (var child in demand.Children)
        {
            if (child.IsLeaf && child.Field.Arguments.IsEmpty && child.Types == type.Type.PossibleTypes)
            {
                ways.Add(attempt.Reachability.WaysTo(type, child.Field.Definition.Name));
            }
            else
            {
                others.Add(child);
            }
        }

        return new PlainLeaves(type, ways, attempt.Reachability.CoveragesOf(type, ways)) { Others = others.DrainToImmutable() };
    }

    /// <summary>True for who stands on objects of this very type.</summary>
    public bool AreOf(TypeAtSource at) => at.PossibleTypes == types;

    /// <summary>What a source gives of them, and what others do when it has given the objects.</summary>
    public Coverage By(TypeAtSource at)
    {
        if (bySource[at.Source.Ordinal] is { } known)
        {
            return known;
        }

        var (local, reachable, furthest) = (0, 0, 0);
        foreach (var leaf in ways)
        {
            var distance = leaf.From(at.Source);
            local += distance == 0 ? 1 : 0;
            reachable += distance is > 0 and not Closure.Never ? 1 : 0;
            furthest = distance == Closure.Never ? furthest : Math.Max(furthest, distance);
        }

        var coverage = new Coverage(local, reachable, ways.Count, furthest);
        bySource[at.Source.Ordinal] = coverage;
        return coverage;
    }
}
