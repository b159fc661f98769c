namespace GraphGateway.Planning;

/// <summary>What a candidate would take.</summary>
internal readonly record struct CandidateShare(Candidate Candidate, List<CandidateItem> Items);

/// <summary>Which candidate takes what.</summary>
internal static class CandidateShares
{
    // The order of preference is good: what is not among the first few is not worth fuel.
    private const int OptionsMax = 4;

    // With all that they can take, besides what they would.
    private const int WholesMax = 2;

    /// <summary>The greedy choice and those that would take some of the same: in which order the rest is entered makes no difference.</summary>
    /// <param name="found">The candidates in the order of preference.</param>
    /// <param name="others">Those that come into question besides.</param>
    public static List<CandidateShare> Rivals(List<Candidate> found, List<Candidate> others)
    {
        var first = new CandidateShare(found[0], Of(found[0], found));
        if (found.Count == 1 && others.Count == 0)
        {
            return [first];
        }

        var rivals = new List<CandidateShare> { first };
        for (var i = 1; i < found.Count && rivals.Count < OptionsMax; i++)
        {
            var share = Of(found[i], found);
            if (share.Exists(item => first.Items.Exists(other => ReferenceEquals(other.Demand, item.Demand) && other.Types.Overlaps(item.Types))))
            {
                rivals.Add(new CandidateShare(found[i], share));
            }
        }

        rivals.AddRange(others.Take(OptionsMax - rivals.Count).Select(static other => new CandidateShare(other, other.Items)));
        AddWholes(found, rivals);
        return rivals;
    }

    // Who serves less of something may be the better way to the rest of it: what lies below is required elsewhere, say.
    private static void AddWholes(List<Candidate> found, List<CandidateShare> rivals)
    {
        for (var (i, wholes) = (1, 0); i < found.Count && wholes < WholesMax; i++)
        {
            if (Of(found[i], found).Count < found[i].Items.Count)
            {
                rivals.Add(new CandidateShare(found[i], found[i].Items));
                wholes++;
            }
        }
    }

    /// <summary>What the chosen source serves as well as any other; what another one would serve more of waits for that one.</summary>
    public static List<CandidateItem> Of(Candidate chosen, List<Candidate> found)
    {
        if (found.Count == 1)
        {
            return chosen.Items;
        }

        var items = new List<CandidateItem>(chosen.Items.Count);
        foreach (var item in chosen.Items)
        {
            if (item.Coverage.IsWhole || !IsServedMore(item, chosen, found))
            {
                items.Add(item);
            }
        }

        return items.Count > 0 ? items : chosen.Items;
    }

    private static bool IsServedMore(CandidateItem item, Candidate than, List<Candidate> found)
    {
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
}
