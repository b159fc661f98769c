namespace GraphGateway.Validation;

/// <summary>
/// A check of field merging (<see href="https://spec.graphql.org/September2025/#sec-Field-Selection-Merging">Spec §5.3.2</see>) that is
/// near-linear for any document and asks for more than the specification does. Blocks of which the fields may meet are put into one class:
/// a fragment with whoever spreads it, and the sub-selections of all fields of a class that have one response key. Each class has one field
/// for each key, and all others of that key must be the same field, with the same arguments and shape. Where that holds all fields can be
/// merged, since those that meet are of one class, and to be the same is an equivalence; where it does not, nothing is known.
/// (The classes are a union-find, the smaller map joins the larger one: O(n log n) for n fields.)
/// </summary>
internal sealed class FieldClasses
{
    private readonly FieldBlocks blocks;
    private readonly int[] leader;
    private readonly Dictionary<string, Member>[] members;
    private readonly Stack<(int, int)> joins = new();

    private FieldClasses(FieldBlocks blocks)
    {
        this.blocks = blocks;
        leader = [.. Enumerable.Range(0, blocks.Count)];
        members = new Dictionary<string, Member>[blocks.Count];
    }

    /// <summary>How many fields were put into a class, one counted for each class that it moved to.</summary>
    public int Visits { get; private set; }

    /// <summary>Runs the check.</summary>
    /// <param name="blocks">The document.</param>
    /// <param name="visits">The work that it took.</param>
    /// <returns>True when all fields can be merged; false when that is not known.</returns>
    public static bool AllAgree(FieldBlocks blocks, out int visits)
    {
        var classes = new FieldClasses(blocks);
        var agree = classes.Run();
        visits = classes.Visits;
        return agree;
    }

    private bool Run()
    {
        for (var block = 0; block < blocks.Count; block++)
        {
            members[block] = new Dictionary<string, Member>(StringComparer.Ordinal);
            foreach (var (use, child) in blocks[block].Fields)
            {
                if (!Put(members[block], new Member(use, child)))
                {
                    return false;
                }
            }

            foreach (var spread in blocks[block].Spreads)
            {
                joins.Push((block, spread));
            }
        }

        while (joins.TryPop(out var join))
        {
            if (!Join(Leader(join.Item1), Leader(join.Item2)))
            {
                return false;
            }
        }

        return true;
    }

    private bool Join(int a, int b)
    {
        if (a == b)
        {
            return true;
        }

        var (large, small) = members[a].Count >= members[b].Count ? (a, b) : (b, a);
        leader[small] = large;
        foreach (var member in members[small].Values)
        {
            if (!Put(members[large], member))
            {
                return false;
            }
        }

        members[small].Clear();
        return true;
    }

    private bool Put(Dictionary<string, Member> ofClass, Member member)
    {
        Visits++;
        var key = member.Use.Node.ResponseKey;
        if (!ofClass.TryGetValue(key, out var known))
        {
            ofClass.Add(key, member);
            return true;
        }

        if (FieldUse.DifferenceOfFields(known.Use.Node, member.Use.Node) is not null
            || FieldUse.DifferenceOfShapes(known.Use, member.Use) is not null)
        {
            return false;
        }

        if (known.Child >= 0 && member.Child >= 0)
        {
            joins.Push((known.Child, member.Child));
        }

        // A field that the schema lacks has no shape to compare with, and one without sub-selections none to join.
        if ((known.Use.Definition is null && member.Use.Definition is not null) || (known.Child < 0 && member.Child >= 0))
        {
            ofClass[key] = new Member(
                known.Use.Definition is null ? member.Use : known.Use,
                known.Child >= 0 ? known.Child : member.Child);
        }

        return true;
    }

    private int Leader(int block)
    {
        while (leader[block] != block)
        {
            leader[block] = leader[leader[block]];
            block = leader[block];
        }

        return block;
    }

    private readonly record struct Member(FieldUse Use, int Child);
}
