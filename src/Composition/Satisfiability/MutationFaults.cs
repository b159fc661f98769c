using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// What is known of positions below mutations that several sources share: from which of them a query can come to what is missing. Each is looked at once, however many mutations lead there: what is below a
/// position hangs on nothing but itself.
/// </summary>
/// <param name="size">Notes what is kept.</param>
internal sealed class MutationFaults(WalkSize size)
{
    // So many positions are walked through to tell what is missing of mutations; of further ones it is what was told of the others, or comes to light when that is mended.
    private const int MostTold = 20_000;

    private readonly HashSet<Position> faulty = [];
    private readonly HashSet<Position> faultless = [];

    // Of the walk that goes on now: whence it has come to each position or returned value.
    private readonly Dictionary<object, List<object>> origins = [];
    private readonly HashSet<Position> found = [];
    private int told;

    /// <summary>True when enough was told.</summary>
    internal bool IsTold => told > MostTold;

    /// <summary>Nothing is missing from there on.</summary>
    internal bool IsFaultless(Position position) => faultless.Contains(position);

    /// <summary>Notes what a walk that told what is missing has looked at.</summary>
    internal void AddTold(int positions) => told += positions;

    /// <summary>True when something is missing somewhere below the position, as an earlier walk has found: then this one has, too.</summary>
    internal bool IsFaulty(Position position)
    {
        if (!faulty.Contains(position))
        {
            return false;
        }

        found.Add(position);
        return true;
    }

    /// <summary>Something is missing at a position.</summary>
    internal void Find(Position position) => found.Add(position);

    /// <summary>A field of a position returns something.</summary>
    internal void Lead(Position from, Returned to) => Note(from, to);

    /// <summary>What is returned can be at a position.</summary>
    internal void Lead(Returned from, Position to) => Note(from, to);

    /// <summary>A walk has ended: true when it has found something missing.</summary>
    /// <param name="visited">What it has looked at.</param>
    internal bool End(IEnumerable<Position> visited)
    {
        var (all, next) = (new HashSet<object>(found), new Queue<object>(found));
        while (next.TryDequeue(out var at))
        {
            foreach (var origin in origins.GetValueOrDefault(at) ?? [])
            {
                if (all.Add(origin))
                {
                    next.Enqueue(origin);
                }
            }
        }

        foreach (var position in visited)
        {
            (all.Contains(position) ? faulty : faultless).Add(position);
        }

        var hasFound = found.Count > 0;
        origins.Clear();
        found.Clear();
        return hasFound;
    }

    private void Note(object from, object to)
    {
        if (!origins.TryGetValue(to, out var known))
        {
            origins.Add(to, known = []);
        }

        known.Add(from);
        size.AddOrigin();
    }
}

/// <summary>What a field returns, from where, and what is known there.</summary>
internal sealed record Returned(CompositeType Type, StandSet Options, PathFacts Facts);
