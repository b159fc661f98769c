using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// What sources give of the leaves that are asked below a field whose objects have no key anywhere: each gives those that it has, and none of the others can be had after
/// it. A hundred sources can share such a field, with a hundred leaves below: they are counted once for all sources, and not once for each.
/// </summary>
internal sealed class PlainLeaves
{
    /// <summary>So few are gone through as fast as they are counted.</summary>
    public const int Few = 8;

    private readonly TypeSet types;
    private readonly int[] bySource;

    private PlainLeaves(TypeSet types, int[] bySource)
    {
        this.types = types;
        this.bySource = bySource;
    }

    /// <summary>What is asked besides them.</summary>
    public ImmutableArray<Demand> Others { get; private init; }

    /// <summary>How many they are.</summary>
    public int Count { get; private init; }

    /// <summary>Those below a demand; null where there are none, or few.</summary>
    public static PlainLeaves? Of(PlanningGraph graph, Demand demand)
    {
        if (demand.Children.Length <= Few || demand.Field.Shape?.Type is not ObjectType named || graph.Find(named.Name) is not { } type
            || Array.Exists(type.BySource, static at => at is { Lookups.Count: > 0 } or { IsInterfaceObject: true }))
        {
            return null;
        }

        var types = named.PossibleTypes;
        var bySource = new int[type.BySource.Length];
        var others = ImmutableArray.CreateBuilder<Demand>();
        foreach (var child in demand.Children)
        {
            if (!child.IsLeaf || !child.Field.Arguments.IsEmpty || child.Types != types)
            {
                others.Add(child);
                continue;
            }

            foreach (var source in type.SourcesWith(child.Field.Definition.Name))
            {
                var field = type.BySource[source]!.Fields[child.Field.Definition.Name];
                bySource[source] += field.Needs is null && field.IsServed([], view: null) ? 1 : 0;
            }
        }

        var count = demand.Children.Length - others.Count;
        return new PlainLeaves(types, bySource) { Others = others.DrainToImmutable(), Count = count };
    }

    /// <summary>True for who stands on objects of this very type.</summary>
    public bool AreOf(TypeAtSource at) => at.PossibleTypes == types;

    /// <summary>What a source gives of them.</summary>
    public Coverage By(TypeAtSource at) => new(bySource[at.Source.Ordinal], 0, Count);
}
