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
        var weight = new CostFigures(0, selection.Weight);
        if (OnlyTypeOf(selection) is { } only)
        {
            var all = new List<CostNode>(selection.Fields.Length);
            foreach (var field in selection.Fields)
            {
                all.Add(Build(field, WeightsOf(field, only), inherited));
            }

            return new CostFormula(weight, all, []);
        }

        var byType = new Dictionary<int, List<CostNode>>();
        foreach (var field in selection.Fields)
        {
            // Types of which the same is said share a node.
            var nodes = new Dictionary<FieldWeights, CostNode>();
            foreach (var ordinal in field.AppliesTo.Ordinals())
            {
                var weights = WeightsOf(field, ordinal);
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

        return Combine(weight, [.. byType.Values]);
    }

    // PERF: most selections are of objects of one type, and there is nothing to compare.
    private static int? OnlyTypeOf(CostedSelection selection)
    {
        int? only = null;
        foreach (var field in selection.Fields)
        {
            foreach (var ordinal in field.AppliesTo.Ordinals())
            {
                if (only is { } other && other != ordinal)
                {
                    return null;
                }

                only = ordinal;
            }
        }

        return only;
    }

    private FieldWeights WeightsOf(CostedField field, int type) =>
        index.Of(index.Schema.ObjectTypes[type].FindField(field.Definition.Name) ?? field.Definition, field.Definition);

    // What all types have in common is counted once, and of what remains the most.
    private static CostFormula Combine(CostFigures weight, List<CostNode>[] types)
    {
        if (types.Length < 2)
        {
            return new CostFormula(weight, types.Length == 0 ? [] : types[0], []);
        }

        var common = types.Skip(1).Aggregate(new HashSet<CostNode>(types[0]), (shared, nodes) =>
        {
            shared.IntersectWith(nodes);
            return shared;
        });
        var rest = types.Select(nodes => nodes.Where(node => !common.Contains(node)).ToList()).DistinctBy(nodes => nodes, SameNodes.Instance);
        return new CostFormula(weight, types[0].FindAll(common.Contains), [.. rest.Select(nodes => new CostFormula(default, nodes, []))]);
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

        var (fromAbove, below) = Inherit(field.Definition.Name, own, inherited);
        return new CostNode
        {
            Call = field.IsWay ? null : CallCost.Of(weights, field.Arguments),
            Value = field.IsWay ? 0 : weights.Value,
            Size = weights.Lists == 0 ? null : fromAbove ?? (own is { Rule.SizedFields.IsEmpty: true } ? own : null) ?? Unsaid(weights),
            Inner = InnerOf(weights.Lists),
            Below = field.Selection is null ? null : Build(field.Selection, below),
        };
    }

    // What the lists around a field say of its own, and what they and it say of those below.
    private static (ListSize? Own, ImmutableArray<Inherited> Below) Inherit(string field, ListSize? own, ImmutableArray<Inherited> inherited)
    {
        ListSize? fromAbove = null;
        ImmutableArray<Inherited>.Builder? below = null;
        foreach (var (size, path) in inherited)
        {
            if (path[0] == field && path.Length > 1)
            {
                (below ??= ImmutableArray.CreateBuilder<Inherited>()).Add(new Inherited(size, path[1..]));
            }
            else if (path[0] == field)
            {
                fromAbove ??= size;
            }
        }

        foreach (var path in own?.Rule.SizedFields ?? [])
        {
            (below ??= ImmutableArray.CreateBuilder<Inherited>()).Add(new Inherited(own!, path));
        }

        return (fromAbove, below?.ToImmutable() ?? []);
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
