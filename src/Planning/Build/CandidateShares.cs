namespace GraphGateway.Planning;

/// <summary>What a candidate would take.</summary>
internal readonly record struct CandidateShare(Candidate Candidate, List<CandidateItem> Items);

/// <summary>Which candidate takes what.</summary>
/// <param name="found">The candidates in the order of preference.</param>
internal readonly struct CandidateShares(List<Candidate> found)
{
    // The order of preference is good: what is not among the first few is not worth fuel.
    private const int OptionsMax = 4;

    // With all that they can take, besides what they would.
    private const int WholesMax = 2;

    // Among few items looking is as fast as knowing.
    private const int Few = 32;

    // PERF: a hundred sources can have the same fields. How much of a demand any of them serves; null where that is looked for.
    private readonly Dictionary<Demand, int>? most = found.Count > 1 && found.Sum(static candidate => candidate.Items.Count) > Few ? MostOf(found) : null;

    /// <summary>The greedy choice and those that would take some of the same: in which order the rest is entered makes no difference.</summary>
    /// <param name="others">Those that come into question besides.</param>
    public List<CandidateShare> Rivals(List<Candidate> others)
    {
        return found.Count == 1 && others.Count == 0 ? [new CandidateShare(found[0], found[0].Items)] : RivalsOf(new CandidateShare(found[0], Of(found[0])), others);
    }

    private List<CandidateShare> RivalsOf(CandidateShare first, List<Candidate> others)
    {
        var rivals = new List<CandidateShare> { first };
        for (var i = 1; i < found.Count && rivals.Count < OptionsMax; i++)
        {
            var share = Of(found[i]);
            if (share.Exists(item => first.Items.Exists(other => ReferenceEquals(other.Demand, item.Demand) && other.Types.Overlaps(item.Types))))
            {
                rivals.Add(new CandidateShare(found[i], share));
            }
        }

        rivals.AddRange(others.Take(OptionsMax - rivals.Count).Select(static other => new CandidateShare(other, other.Items)));
        AddWholes(rivals);
        return rivals;
    }

    // Who serves less of something may be the better way to the rest of it: what lies below is required elsewhere, say.
    private void AddWholes(List<CandidateShare> rivals)
    {
        for (var (i, wholes) = (1, 0); i < found.Count && wholes < WholesMax; i++)
        {
            if (TakesPart(found[i]))
            {
                rivals.Add(new CandidateShare(found[i], found[i].Items));
                wholes++;
            }
        }
    }

    /// <summary>What the chosen source serves as well as any other; what another one would serve more of waits for that one.</summary>
    public List<CandidateItem> Of(Candidate chosen)
    {
        if (found.Count == 1)
        {
            return chosen.Items;
        }

        var items = new List<CandidateItem>(chosen.Items.Count);
        foreach (var item in chosen.Items)
        {
            if (item.Coverage.IsWhole || !IsServedMore(item, chosen))
            {
                items.Add(item);
            }
        }

        return items.Count > 0 ? items : chosen.Items;
    }

    // PERF: asked of all, and a hundred sources can have the same fields.
    private bool TakesPart(Candidate candidate)
    {
        var taken = 0;
        foreach (var item in candidate.Items)
        {
            taken += item.Coverage.IsWhole || !IsServedMore(item, candidate) ? 1 : 0;
        }

        return taken > 0 && taken < candidate.Items.Count;
    }

    private bool IsServedMore(CandidateItem item, Candidate than)
    {
        if (most is not null)
        {
            return most[item.Demand] > item.Coverage.Local;
        }

        foreach (var other in found)
        {
            foreach (var rival in other == than ? [] : other.Items)
            {
                if (ReferenceEquals(rival.Demand, item.Demand) && rival.Coverage.Local > item.Coverage.Local)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Dictionary<Demand, int> MostOf(List<Candidate> found)
    {
        var most = new Dictionary<Demand, int>(ReferenceEqualityComparer.Instance);
        foreach (var item in found.SelectMany(static candidate => candidate.Items))
        {
            most[item.Demand] = Math.Max(most.GetValueOrDefault(item.Demand), item.Coverage.Local);
        }

        return most;
    }
}
