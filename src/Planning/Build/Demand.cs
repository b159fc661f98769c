using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// A field that somebody has to fetch, visible or hidden, and what is needed below it. What no source at one position can serve goes up
/// as a smaller demand, so that another source can enter at a position further up.
/// </summary>
/// <param name="Field">The slot to fill.</param>
/// <param name="Types">For which runtime types of the position.</param>
/// <param name="Children">What is needed below a composite field; default for a leaf.</param>
/// <param name="Tried">The sources that were asked for this at this position already and left it over.</param>
internal sealed record Demand(ResultField Field, TypeSet Types, ImmutableArray<Demand> Children, SourceSet Tried)
{
    public bool IsLeaf => Children.IsDefault;

    /// <summary>True when the runtime types of the objects below must be told: what is carried to a source names them, or picks by them.</summary>
    public bool NeedsTypes { get; init; }

    /// <summary>The same for some types: itself where they are its own.</summary>
    public Demand For(TypeSet types) => types == Types ? this : this with { Types = types };

    /// <summary>The types of all of them.</summary>
    public static TypeSet TypesOf(List<Demand> demands)
    {
        var types = default(TypeSet);
        foreach (var demand in demands)
        {
            types = types.Union(demand.Types);
        }

        return types;
    }

    /// <summary>What is demanded of some types; the list itself where that is all of it.</summary>
    public static List<Demand> PartOf(List<Demand> demands, TypeSet types)
    {
        var isAll = true;
        foreach (var demand in demands)
        {
            isAll = isAll && demand.Types.IsSubsetOf(types);
        }

        if (isAll)
        {
            return demands;
        }

        var part = new List<Demand>(demands.Count);
        foreach (var demand in demands)
        {
            if (demand.Types.Overlaps(types))
            {
                part.Add(demand.For(demand.Types.Intersect(types)));
            }
        }

        return part;
    }

    /// <summary>Everything that the client selected on a shape, except what no step fills and what is left out for some types.</summary>
    public static ImmutableArray<Demand> ForVisible(ResultShape shape, IReadOnlyDictionary<ResultField, TypeSet> leftOut)
    {
        var demands = ImmutableArray.CreateBuilder<Demand>(shape.Fields.Count);
        foreach (var field in shape.All)
        {
            var types = leftOut.TryGetValue(field, out var without) ? field.AppliesTo.Except(without) : field.AppliesTo;
            if (!field.IsHidden && !IsFilledWithoutSteps(field) && !types.IsEmpty)
            {
                demands.Add(new Demand(field, types, field.Shape is null ? default : ForVisible(field.Shape, leftOut), default));
            }
        }

        return demands.DrainToImmutable();
    }

    /// <summary>
    /// <c>__typename</c> is written from the runtime type, <c>__schema</c> and <c>__type</c> are answered by introspection. What the client may not see is
    /// filled by nobody, and read by nobody: who needs it as a key has a hidden slot of its own.
    /// </summary>
    public static bool IsFilledWithoutSteps(ResultField field) => field.Definition.DeclaringType is null || field.IsWithheld;
}
