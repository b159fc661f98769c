using System.Collections.Immutable;

namespace GraphGateway.Operations;

/// <summary>
/// Makes a <see cref="CostFormula"/> of a selection. Of objects of several types the most costly one counts
/// (<see href="https://ibm.github.io/graphql-specs/cost-spec.html#sec-Static-Query-Analysis">Static Query Analysis</see> must be an upper bound),
/// each with its own type's weights.
/// </summary>
internal sealed class CostFormulaBuilder(CostIndex index)
{
    private readonly Dictionary<CostedSelection, CostFormula> made = new(ReferenceEqualityComparer.Instance);

    /// <summary>The formulas that are not constant, by their <see cref="CostFormula.Index"/>: those below first.</summary>
    public List<CostFormula> Formulas { get; } = [];

    /// <summary>The lists that need exactly one slicing argument.</summary>
    public List<ListSize> Strict { get; } = [];

    /// <summary>The formula for one object.</summary>
    public CostFormula Build(CostedSelection selection) => Build(selection, []);

    // Types whose fields cost differently share what is below, unless they say how long the lists there are.
    private CostFormula Build(CostedSelection selection, ImmutableArray<Inherited> inherited)
    {
        if (inherited.IsEmpty && made.TryGetValue(selection, out var known))
        {
            return known;
        }

        var formula = Make(selection, inherited);
        if (!formula.IsConstant)
        {
            formula.Index = Formulas.Count;
            Formulas.Add(formula);
        }

        if (inherited.IsEmpty)
        {
            made.Add(selection, formula);
        }

        return formula;
    }

    private CostFormula Make(CostedSelection selection, ImmutableArray<Inherited> inherited)
    {
        var byType = new Dictionary<int, List<CostNode>>();
        foreach (var field in selection.Fields)
        {
            // Types of which the same is said share a node.
            var nodes = new Dictionary<FieldWeights, CostNode>();
            foreach (var ordinal in field.AppliesTo.Ordinals())
            {
                var own = index.Schema.ObjectTypes[ordinal].FindField(field.Definition.Name) ?? field.Definition;
                var weights = index.Of(own, field.Definition);
                if (!nodes.TryGetValue(weights, out var node))
                {
                    nodes[weights] = node = Build(field, weights, inherited);
                }

                if (!byType.TryGetValue(ordinal, out var list))
                {
                    byType[ordinal] = list = [];
                }

                list.Add(node);
            }
        }

        return Combine(new CostFigures(0, selection.Weight), [.. byType.Values]);
    }

    // What all types have in common is counted once, and of what remains the most.
    private static CostFormula Combine(CostFigures weight, List<CostNode>[] types)
    {
        if (types.Length < 2)
        {
            return new CostFormula(weight, types.SelectMany(nodes => nodes), []);
        }

        var common = types.Skip(1).Aggregate(new HashSet<CostNode>(types[0]), (shared, nodes) =>
        {
            shared.IntersectWith(nodes);
            return shared;
        });
        var rest = types.Select(nodes => nodes.Where(node => !common.Contains(node)).ToList()).DistinctBy(nodes => nodes, SameNodes.Instance);
        return new CostFormula(weight, types[0].Where(common.Contains), [.. rest.Select(nodes => new CostFormula(default, nodes, []))]);
    }

    private CostNode Build(CostedField field, FieldWeights weights, ImmutableArray<Inherited> inherited)
    {
        var own = weights.ListSize is { } rule
            ? new ListSize(rule, field.Definition, weights.Definition, field.Arguments, index.DefaultListSize)
            : null;
        if (own is { Rule.RequiresOne: true } && !field.IsWay)
        {
            Strict.Add(own);
        }

        var name = field.Definition.Name;
        var fromAbove = inherited.FirstOrDefault(above => above.Path.Length == 1 && above.Path[0] == name).Size;
        var below = inherited.Where(above => above.Path.Length > 1 && above.Path[0] == name).Select(above => above with { Path = above.Path[1..] })
            .Concat(own is null ? [] : own.Rule.SizedFields.Select(path => new Inherited(own, path)));
        return new CostNode
        {
            Call = field.IsWay ? null : CallCost.Of(weights, field.Arguments),
            Value = field.IsWay ? 0 : weights.Value,
            Size = weights.Lists == 0 ? null : fromAbove ?? (own is { Rule.SizedFields.IsEmpty: true } ? own : null) ?? Unsaid(weights),
            Inner = InnerOf(weights.Lists),
            Below = field.Selection is null ? null : Build(field.Selection, [.. below]),
        };
    }

    private ListSize Unsaid(FieldWeights weights) => new(ListSizeRule.Unsaid, weights.Definition, weights.Definition, [], index.DefaultListSize);

    // No directive says how long lists inside of lists are.
    private long InnerOf(int lists)
    {
        var product = 1L;
        for (; lists > 1; lists--)
        {
            product = CostAmount.Times(product, index.DefaultListSize);
        }

        return product;
    }

    private readonly record struct Inherited(ListSize Size, ImmutableArray<string> Path);

    private sealed class SameNodes : IEqualityComparer<List<CostNode>>
    {
        public static SameNodes Instance { get; } = new();

        public bool Equals(List<CostNode>? x, List<CostNode>? y) => x!.SequenceEqual(y!);

        public int GetHashCode(List<CostNode> obj) => obj.Aggregate(0, HashCode.Combine);
    }
}
