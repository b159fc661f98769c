namespace GraphGateway.Planning;

/// <summary>Which candidate takes what.</summary>
internal static class CandidateShares
{
    // The order of preference is good: what is not among the first few is not worth fuel.
    private const int OptionsMax = 4;

    /// <summary>The greedy choice and those that would take some of the same: in which order the rest is entered makes no difference.</summary>
    /// <param name="found">The candidates in the order of preference.</param>
    /// <param name="others">Those that come into question besides.</param>
    public static List<Candidate> Rivals(List<Candidate> found, List<Candidate> others)
    {
        if (found.Count == 1 && others.Count == 0)
        {
            return found;
        }

        var first = Of(found[0], found);
        var rivals = new List<Candidate> { found[0] };
        for (var i = 1; i < found.Count && rivals.Count < OptionsMax; i++)
        {
            if (Of(found[i], found).Exists(item => first.Exists(other => ReferenceEquals(other.Demand, item.Demand) && other.Types.Overlaps(item.Types))))
            {
                rivals.Add(found[i]);
            }
        }

        rivals.AddRange(others.Take(OptionsMax - rivals.Count));
        return rivals;
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
