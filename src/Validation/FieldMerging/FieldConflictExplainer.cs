using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// Lists the conflicts of a document that <see cref="FieldMergeCheck"/> has refused, pair by pair, worded and placed as graphql-js does
/// (its <c>OverlappingFieldsCanBeMergedRule</c>). Pairs are many: after a number of comparisons it stops, and the rule says so.
/// </summary>
internal sealed class FieldConflictExplainer(ValidationContext context)
{
    private const int ComparisonsMax = 25_000;
    private const int DepthMax = 500;
    private readonly Dictionary<SelectionSetNode, FieldsAndSpreads> cache = [];
    private readonly ComparedPairs<FieldsAndSpreads> comparedWithFragment = new();
    private readonly ComparedPairs<string> comparedFragments = new();
    private int comparisons;
    private int depth;

    /// <summary>True when it stopped early.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Conflicts within one selection set, the fragments that it spreads included.</summary>
    public List<ExplainedConflict> Explain(SelectionSetNode selectionSet, CompositeType? parent)
    {
        var conflicts = new List<ExplainedConflict>();
        var own = FieldsOf(selectionSet, parent);
        foreach (var (key, uses) in own.Fields)
        {
            for (var i = 0; i < uses.Count; i++)
            {
                for (var j = i + 1; j < uses.Count; j++)
                {
                    Compare(key, uses[i], uses[j], areExclusive: false, conflicts);
                }
            }
        }

        for (var i = 0; i < own.Spreads.Count; i++)
        {
            CompareWithFragment(own, own.Spreads[i], areExclusive: false, conflicts);
            for (var j = i + 1; j < own.Spreads.Count; j++)
            {
                CompareFragments(own.Spreads[i], own.Spreads[j], areExclusive: false, conflicts);
            }
        }

        return conflicts;
    }

    /// <summary>Fields of a selection set against those of a fragment, and of the fragments in it.</summary>
    private void CompareWithFragment(FieldsAndSpreads fields, string name, bool areExclusive, List<ExplainedConflict> conflicts)
    {
        if (IsExhausted
            || !comparedWithFragment.Add(fields, name, areExclusive)
            || context.Fragments.Find(name) is not { } fragment
            || !Enter())
        {
            return;
        }

        var others = FieldsOf(fragment);
        if (others != fields)
        {
            CompareFields(fields, others, areExclusive, conflicts);
            foreach (var spread in others.Spreads)
            {
                CompareWithFragment(fields, spread, areExclusive, conflicts);
            }
        }

        depth--;
    }

    /// <summary>Two fragments spread in one place, and the fragments in them.</summary>
    private void CompareFragments(string nameA, string nameB, bool areExclusive, List<ExplainedConflict> conflicts)
    {
        var isOrdered = string.CompareOrdinal(nameA, nameB) < 0;
        if (IsExhausted
            || nameA == nameB
            || !comparedFragments.Add(isOrdered ? nameA : nameB, isOrdered ? nameB : nameA, areExclusive)
            || context.Fragments.Find(nameA) is not { } a
            || context.Fragments.Find(nameB) is not { } b
            || !Enter())
        {
            return;
        }

        var fieldsA = FieldsOf(a);
        var fieldsB = FieldsOf(b);
        CompareFields(fieldsA, fieldsB, areExclusive, conflicts);
        foreach (var spread in fieldsB.Spreads)
        {
            CompareFragments(nameA, spread, areExclusive, conflicts);
        }

        foreach (var spread in fieldsA.Spreads)
        {
            CompareFragments(spread, nameB, areExclusive, conflicts);
        }

        depth--;
    }

    private void CompareFields(FieldsAndSpreads a, FieldsAndSpreads b, bool areExclusive, List<ExplainedConflict> conflicts)
    {
        foreach (var (key, usesA) in a.Fields)
        {
            if (!b.ByKey.TryGetValue(key, out var usesB))
            {
                continue;
            }

            foreach (var useA in usesA)
            {
                foreach (var useB in usesB)
                {
                    Compare(key, useA, useB, areExclusive, conflicts);
                }
            }
        }
    }

    private void Compare(string key, FieldUse a, FieldUse b, bool areExclusive, List<ExplainedConflict> conflicts)
    {
        if (!Enter())
        {
            return;
        }

        // Two object types never have an object in common; abstract ones may have one some day.
        areExclusive |= a.Parent != b.Parent && a.Parent is ObjectType && b.Parent is ObjectType;
        var difference = (areExclusive ? null : FieldUse.DifferenceOfFields(a.Node, b.Node)) ?? FieldUse.DifferenceOfShapes(a, b);
        if (difference is not null)
        {
            conflicts.Add(new ExplainedConflict(key, difference, [a.Node], [b.Node]));
        }
        else if (a.Node.SelectionSet is { } setA && b.Node.SelectionSet is { } setB)
        {
            var inner = CompareSelections(FieldsOf(setA, a.ChildParent), FieldsOf(setB, b.ChildParent), areExclusive);
            if (inner.Count > 0)
            {
                var reason = string.Join(" and ", inner.Select(i => $"subfields \"{i.ResponseKey}\" conflict because {i.Reason}"));
                conflicts.Add(new ExplainedConflict(
                    key, reason, [a.Node, .. inner.SelectMany(i => i.First)], [b.Node, .. inner.SelectMany(i => i.Second)]));
            }
        }

        depth--;
    }

    private List<ExplainedConflict> CompareSelections(FieldsAndSpreads a, FieldsAndSpreads b, bool areExclusive)
    {
        var conflicts = new List<ExplainedConflict>();
        CompareFields(a, b, areExclusive, conflicts);
        foreach (var spread in b.Spreads)
        {
            CompareWithFragment(a, spread, areExclusive, conflicts);
        }

        foreach (var spread in a.Spreads)
        {
            CompareWithFragment(b, spread, areExclusive, conflicts);
        }

        foreach (var spreadA in a.Spreads)
        {
            foreach (var spreadB in b.Spreads)
            {
                CompareFragments(spreadA, spreadB, areExclusive, conflicts);
            }
        }

        return conflicts;
    }

    private bool Enter()
    {
        // Fragments that have nothing in common are compared, too, and there are as many pairs of them.
        if (++comparisons > ComparisonsMax || depth >= DepthMax || IsExhausted)
        {
            IsExhausted = true;
            return false;
        }

        depth++;
        return true;
    }

    private FieldsAndSpreads FieldsOf(FragmentDefinitionNode fragment) =>
        FieldsOf(fragment.SelectionSet, context.Schema.FindType(fragment.TypeCondition.Name.Value) as CompositeType);

    private FieldsAndSpreads FieldsOf(SelectionSetNode selectionSet, CompositeType? parent)
    {
        if (!cache.TryGetValue(selectionSet, out var found))
        {
            found = new FieldsAndSpreads();
            Collect(selectionSet, parent, found);
            cache.Add(selectionSet, found);
        }

        return found;
    }

    private void Collect(SelectionSetNode selectionSet, CompositeType? parent, FieldsAndSpreads found)
    {
        foreach (var selection in selectionSet.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    found.Add(new FieldUse(field, parent, parent is null ? null : context.Schema.FindField(parent, field.Name.Value)));
                    break;
                case FragmentSpreadNode spread when found.SpreadNames.Add(spread.Name.Value):
                    found.Spreads.Add(spread.Name.Value);
                    break;
                case InlineFragmentNode inline:
                    var type = inline.TypeCondition is { } condition
                        ? context.Schema.FindType(condition.Name.Value) as CompositeType
                        : parent;
                    Collect(inline.SelectionSet, type, found);
                    break;
            }
        }
    }

    /// <summary>The fields of a selection set by response key, in order of appearance, and the fragments that it spreads.</summary>
    private sealed class FieldsAndSpreads
    {
        public List<KeyValuePair<string, List<FieldUse>>> Fields { get; } = [];

        public Dictionary<string, List<FieldUse>> ByKey { get; } = new(StringComparer.Ordinal);

        public List<string> Spreads { get; } = [];

        public HashSet<string> SpreadNames { get; } = new(StringComparer.Ordinal);

        public void Add(FieldUse use)
        {
            if (!ByKey.TryGetValue(use.Node.ResponseKey, out var uses))
            {
                uses = [];
                ByKey.Add(use.Node.ResponseKey, uses);
                Fields.Add(new(use.Node.ResponseKey, uses));
            }

            uses.Add(use);
        }
    }

    /// <summary>What was compared with which fragment. A comparison of fields that may meet covers one of fields that cannot.</summary>
    private sealed class ComparedPairs<T> where T : notnull
    {
        private readonly Dictionary<(T, string), bool> exclusiveByPair = [];

        public bool Add(T a, string b, bool areExclusive)
        {
            if (exclusiveByPair.TryGetValue((a, b), out var wasExclusive) && (areExclusive || !wasExclusive))
            {
                return false;
            }

            exclusiveByPair[(a, b)] = areExclusive;
            return true;
        }
    }
}

/// <summary>A conflict with all fields that lead to it: those of the first and those of the second side.</summary>
internal sealed record ExplainedConflict(string ResponseKey, string Reason, List<FieldNode> First, List<FieldNode> Second);
