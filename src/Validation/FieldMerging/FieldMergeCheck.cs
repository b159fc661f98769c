using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>Two fields of one response key that cannot be merged, and why.</summary>
internal sealed record FieldConflict(string ResponseKey, string Reason, FieldNode First, FieldNode Second);

/// <summary>
/// Tells whether all fields of a document can be merged
/// (<see href="https://spec.graphql.org/September2025/#sec-Field-Selection-Merging">Spec §5.3.2</see>), without comparing pairs.
/// The fields that can meet in one object of the answer are put together level by level, and within a response key each is compared
/// with the first alone, which is enough because both comparisons are equivalences:
/// <list type="number">
/// <item>values under one key have the same shape, whatever object they are of;</item>
/// <item>fields that can be of one object (the same object type, or an abstract one) are the same field with the same arguments.</item>
/// </list>
/// Sets of selection sets that were met before are not followed again, so that fragments spread in many places cost once.
/// A document can be made to have a great many such sets, so this ends at a limit that grows with the document:
/// <see cref="FieldMergeDecision"/> tells what follows.
/// </summary>
internal sealed class FieldMergeCheck(ValidationContext context)
{
    private const int VisitsMin = 10_000;
    private const int VisitsPerByte = 2;
    private readonly int visitsMax = VisitsMin + (VisitsPerByte * context.Document.Source.Utf8.Length);
    private readonly Queue<MergedSet> open = new();
    private readonly HashSet<(SelectionSetNode Set, Comparison Comparison)> seenSingles = [];
    private readonly HashSet<MergeKey> seenMerges = [];
    private readonly HashSet<FragmentDefinitionNode> metFragments = [];
    // What one set has; they are kept because there are many sets.
    private readonly List<FieldUse> fields = [];
    private readonly HashSet<string> visitedFragments = new(StringComparer.Ordinal);
    private readonly Stack<Scope> inner = new();
    private readonly KeyChains chains = new();

    [Flags]
    private enum Comparison
    {
        Shapes = 1,
        Fields = 2,
        Both = Shapes | Fields,
    }

    /// <summary>True when the limit was reached before an answer.</summary>
    public bool IsExhausted => Visits > visitsMax;

    /// <summary>The work so far: how many selections were looked at, one counted for each set that it is merged into.</summary>
    public int Visits { get; private set; }

    /// <summary>The first conflict that is met; null when there is none.</summary>
    public FieldConflict? Run()
    {
        foreach (var operation in context.Document.Definitions.OfType<OperationDefinitionNode>())
        {
            Open([new(operation.SelectionSet, context.Schema.RootType(operation.Operation))], Comparison.Both);
        }

        var conflict = RunOpen();

        // What is in a fragment that was met above was checked there, together with more: only those that nothing uses are left.
        foreach (var fragment in context.Document.Definitions.OfType<FragmentDefinitionNode>())
        {
            if (conflict is null && !metFragments.Contains(fragment))
            {
                Open([new(fragment.SelectionSet, ConditionOf(fragment.TypeCondition))], Comparison.Both);
                conflict = RunOpen();
            }
        }

        return conflict;
    }

    // A queue, because merged sets nest deeper than the text does.
    private FieldConflict? RunOpen()
    {
        while (!IsExhausted && open.TryDequeue(out var next))
        {
            if (Check(next) is { } conflict)
            {
                return conflict;
            }
        }

        return null;
    }

    private FieldConflict? Check(MergedSet set)
    {
        fields.Clear();
        visitedFragments.Clear();
        foreach (var scope in set.Scopes)
        {
            Collect(scope.Set, scope.Parent);
        }

        chains.Build(fields);
        for (var head = 0; head < fields.Count; head++)
        {
            if (!chains.IsHead(head))
            {
                continue;
            }

            // Most keys have one field, which has nothing to be compared with.
            var conflict = chains.Next(head) < 0 ? OpenChild(fields[head], set.Comparison) : CheckGroup(Group(head), set.Comparison);
            if (conflict is not null)
            {
                return conflict;
            }
        }

        return null;
    }

    private List<FieldUse> Group(int head)
    {
        var group = new List<FieldUse>();
        for (var i = head; i >= 0; i = chains.Next(i))
        {
            group.Add(fields[i]);
        }

        return group;
    }

    private FieldConflict? OpenChild(FieldUse use, Comparison comparison)
    {
        if (use.Node.SelectionSet is { } selectionSet)
        {
            var scope = Resolve(new Scope(selectionSet, use.ChildParent));
            if (seenSingles.Add((scope.Set, comparison)))
            {
                open.Enqueue(new MergedSet([scope], comparison));
            }
        }

        return null;
    }

    private FieldConflict? CheckGroup(List<FieldUse> group, Comparison comparison)
    {
        var objects = group.Count == 1 ? [] : group.Select(use => use.Parent).OfType<ObjectType>().Distinct().ToList();
        if (objects.Count < 2 || comparison == Comparison.Shapes)
        {
            return CompareWithFirst(group, comparison) ?? OpenChildren(group, comparison);
        }

        if (comparison.HasFlag(Comparison.Shapes)
            && (CompareWithFirst(group, Comparison.Shapes) ?? OpenChildren(group, Comparison.Shapes)) is { } shapeConflict)
        {
            return shapeConflict;
        }

        // Fields of different object types never meet; those of abstract types meet all.
        foreach (var type in objects)
        {
            Visits += group.Count;
            var meeting = group.Where(use => use.Parent == type || use.Parent is not ObjectType).ToList();
            if ((CompareWithFirst(meeting, Comparison.Fields) ?? OpenChildren(meeting, Comparison.Fields)) is { } conflict)
            {
                return conflict;
            }
        }

        return null;
    }

    private static FieldConflict? CompareWithFirst(List<FieldUse> group, Comparison comparison)
    {
        // A field that the schema lacks has no shape to compare with.
        var firstShape = group.FindIndex(use => use.Definition is not null);
        for (var i = 1; i < group.Count; i++)
        {
            if (comparison.HasFlag(Comparison.Fields) && FieldUse.DifferenceOfFields(group[0].Node, group[i].Node) is { } difference)
            {
                return new FieldConflict(group[0].Node.ResponseKey, difference, group[0].Node, group[i].Node);
            }

            if (comparison.HasFlag(Comparison.Shapes)
                && firstShape >= 0
                && FieldUse.DifferenceOfShapes(group[firstShape], group[i]) is { } shapes)
            {
                return new FieldConflict(group[0].Node.ResponseKey, shapes, group[firstShape].Node, group[i].Node);
            }
        }

        return null;
    }

    private FieldConflict? OpenChildren(List<FieldUse> group, Comparison comparison)
    {
        var scopes = new List<Scope>(group.Count);
        var sets = new HashSet<SelectionSetNode>();
        foreach (var use in group)
        {
            // A fragment that is the whole selection of several fields counts once: else it would double at every level.
            if (use.Node.SelectionSet is { } selectionSet
                && Resolve(new Scope(selectionSet, use.ChildParent)) is var scope
                && sets.Add(scope.Set))
            {
                scopes.Add(scope);
            }
        }

        if (scopes.Count > 0)
        {
            Open(scopes, comparison);
        }

        return null;
    }

    // A selection set that is nothing but a spread is the fragment's.
    private Scope Resolve(Scope scope)
    {
        for (var steps = 0; steps < 100; steps++)
        {
            if (scope.Set.Selections is not [FragmentSpreadNode spread] || context.Fragments.Find(spread.Name.Value) is not { } fragment)
            {
                break;
            }

            metFragments.Add(fragment);
            scope = new Scope(fragment.SelectionSet, ConditionOf(fragment.TypeCondition));
        }

        return scope;
    }

    private void Open(List<Scope> scopes, Comparison comparison)
    {
        var isNew = scopes.Count == 1
            ? seenSingles.Add((scopes[0].Set, comparison))
            : seenMerges.Add(MergeKey.Of(scopes, (int)comparison));
        if (isNew)
        {
            open.Enqueue(new MergedSet(scopes, comparison));
        }
    }

    private void Collect(SelectionSetNode set, CompositeType? parent)
    {
        inner.Push(new Scope(set, parent));
        while (inner.TryPop(out var scope) && !IsExhausted)
        {
            foreach (var selection in scope.Set.Selections)
            {
                Visits++;
                switch (selection)
                {
                    case FieldNode field:
                        var definition = scope.Parent is null ? null : context.Schema.FindField(scope.Parent, field.Name.Value);
                        fields.Add(new FieldUse(field, scope.Parent, definition));
                        break;
                    case InlineFragmentNode inline:
                        inner.Push(new Scope(
                            inline.SelectionSet,
                            inline.TypeCondition is null ? scope.Parent : ConditionOf(inline.TypeCondition)));
                        break;
                    case FragmentSpreadNode spread when visitedFragments.Add(spread.Name.Value):
                        if (context.Fragments.Find(spread.Name.Value) is { } fragment)
                        {
                            metFragments.Add(fragment);
                            inner.Push(new Scope(fragment.SelectionSet, ConditionOf(fragment.TypeCondition)));
                        }

                        break;
                }
            }
        }
    }

    private CompositeType? ConditionOf(NamedTypeNode condition) => context.Schema.FindType(condition.Name.Value) as CompositeType;

    private readonly record struct Scope(SelectionSetNode Set, CompositeType? Parent);

    private readonly record struct MergedSet(List<Scope> Scopes, Comparison Comparison);

    /// <summary>Which selection sets are merged, whatever their order: a set's offset tells it from all others.</summary>
    private readonly struct MergeKey : IEquatable<MergeKey>
    {
        private readonly int[] starts;
        private readonly int hash;

        private MergeKey(int[] starts)
        {
            this.starts = starts;
            var code = default(HashCode);
            foreach (var start in starts)
            {
                code.Add(start);
            }

            hash = code.ToHashCode();
        }

        public static MergeKey Of(List<Scope> scopes, int comparison) =>
            new([comparison, .. scopes.Select(scope => scope.Set.Start).Distinct().Order()]);

        public bool Equals(MergeKey other) => starts.AsSpan().SequenceEqual(other.starts);

        public override bool Equals(object? obj) => obj is MergeKey other && Equals(other);

        public override int GetHashCode() => hash;
    }
}
