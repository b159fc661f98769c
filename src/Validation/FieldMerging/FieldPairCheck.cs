using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// Tells whether all fields of a document can be merged
/// (<see href="https://spec.graphql.org/September2025/#sec-Field-Selection-Merging">Spec §5.3.2</see>) by comparing blocks in pairs, each
/// pair once: polynomial for any document, where <see cref="FieldMergeCheck"/> may meet exponentially many merged sets. It is exact because
/// merging fails only ever between two fields: those of one block, or of two that are selected in one place.
/// It ends at a limit: a document that reaches it is refused.
/// </summary>
internal sealed class FieldPairCheck(FieldBlocks blocks)
{
    private const int VisitsMax = 400_000;
    private readonly int[]?[] reached = new int[blocks.Count][];
    private readonly Dictionary<string, List<(FieldUse Use, int Child)>>?[] byKey =
        new Dictionary<string, List<(FieldUse, int)>>[blocks.Count];

    private readonly Queue<Pair> open = new();
    private readonly HashSet<Pair> seen = [];
    private readonly HashSet<Pair> compared = [];

    /// <summary>True when the limit was reached before an answer.</summary>
    public bool IsExhausted => Visits > VisitsMax;

    /// <summary>The work so far: pairs of blocks, and pairs of fields in them.</summary>
    public int Visits { get; private set; }

    /// <summary>The first conflict that is met; null when there is none.</summary>
    public FieldConflict? Run()
    {
        for (var block = 0; block < blocks.Count; block++)
        {
            Open(block, block, areExclusive: false);
        }

        while (!IsExhausted && open.TryDequeue(out var next))
        {
            if (Check(next) is { } conflict)
            {
                return conflict;
            }
        }

        return null;
    }

    private void Open(int a, int b, bool areExclusive)
    {
        // A comparison of fields that may meet covers one of fields that cannot.
        var pair = Pair.Of(a, b, areExclusive);
        if (!(areExclusive && seen.Contains(pair with { AreExclusive = false })) && seen.Add(pair))
        {
            open.Enqueue(pair);
        }
    }

    /// <summary>All that is selected by the two blocks, their fragments included.</summary>
    private FieldConflict? Check(Pair pair)
    {
        foreach (var a in Reached(pair.A))
        {
            foreach (var b in Reached(pair.B))
            {
                Visits++;
                var inner = Pair.Of(a, b, pair.AreExclusive);
                if (IsExhausted)
                {
                    return null;
                }

                if (compared.Add(inner) && CompareBlocks(inner) is { } conflict)
                {
                    return conflict;
                }
            }
        }

        return null;
    }

    private FieldConflict? CompareBlocks(Pair pair)
    {
        var (a, b) = ByKey(pair.A).Count <= ByKey(pair.B).Count ? (ByKey(pair.A), ByKey(pair.B)) : (ByKey(pair.B), ByKey(pair.A));
        foreach (var (key, usesA) in a)
        {
            Visits++;
            if (!b.TryGetValue(key, out var usesB))
            {
                continue;
            }

            for (var i = 0; i < usesA.Count && !IsExhausted; i++)
            {
                // Within one block each pair of fields is looked at once.
                for (var j = a == b ? i + 1 : 0; j < usesB.Count; j++)
                {
                    if (Compare(usesA[i], usesB[j], pair.AreExclusive) is { } reason)
                    {
                        return new FieldConflict(key, reason, usesA[i].Use.Node, usesB[j].Use.Node);
                    }
                }
            }
        }

        return null;
    }

    private string? Compare((FieldUse Use, int Child) a, (FieldUse Use, int Child) b, bool areExclusive)
    {
        Visits++;
        if (a.Use.Node == b.Use.Node)
        {
            return null;
        }

        // Two object types never have an object in common; abstract ones may have one some day.
        areExclusive |= a.Use.Parent != b.Use.Parent && a.Use.Parent is ObjectType && b.Use.Parent is ObjectType;
        if (Difference(a.Use, b.Use, areExclusive) is { } difference)
        {
            return difference;
        }

        if (a.Child >= 0 && b.Child >= 0)
        {
            Open(a.Child, b.Child, areExclusive);
        }

        return null;
    }

    private static string? Difference(FieldUse a, FieldUse b, bool areExclusive) =>
        (areExclusive ? null : FieldUse.DifferenceOfFields(a.Node, b.Node)) ?? FieldUse.DifferenceOfShapes(a, b);

    private int[] Reached(int block)
    {
        if (reached[block] is { } known)
        {
            return known;
        }

        var met = new HashSet<int> { block };
        var following = new Stack<int>([block]);
        while (following.TryPop(out var next))
        {
            foreach (var spread in blocks[next].Spreads)
            {
                Visits++;
                if (met.Add(spread))
                {
                    following.Push(spread);
                }
            }
        }

        return reached[block] = [.. met];
    }

    private Dictionary<string, List<(FieldUse Use, int Child)>> ByKey(int block)
    {
        if (byKey[block] is { } known)
        {
            return known;
        }

        var fields = new Dictionary<string, List<(FieldUse Use, int Child)>>(StringComparer.Ordinal);
        foreach (var field in blocks[block].Fields)
        {
            if (!fields.TryGetValue(field.Use.Node.ResponseKey, out var uses))
            {
                fields.Add(field.Use.Node.ResponseKey, [field]);
            }
            else if (field.Child >= 0 || uses[0].Use.Parent != field.Use.Parent || Difference(uses[0].Use, field.Use, areExclusive: false) is not null)
            {
                // A field that is given again says nothing new.
                uses.Add(field);
            }
        }

        return byKey[block] = fields;
    }

    private readonly record struct Pair(int A, int B, bool AreExclusive)
    {
        public static Pair Of(int a, int b, bool areExclusive) => a <= b ? new(a, b, areExclusive) : new(b, a, areExclusive);
    }
}
