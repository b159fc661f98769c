namespace GraphGateway.Planning;

/// <summary>
/// The decisions of one attempt at a plan. The first option is always the greedy one; an attempt may be told to take another one at
/// one place (a discrepancy), and it notes how many options there were, so that the search knows what else can be tried.
/// </summary>
internal sealed class Choices(IReadOnlyDictionary<int, int> discrepancies)
{
    private readonly List<int> optionCounts = [];

    /// <summary>How many options each decision had, in the order in which they came up.</summary>
    public IReadOnlyList<int> OptionCounts => optionCounts;

    /// <summary>The index of the option to take, out of <paramref name="options"/> in the order of preference.</summary>
    public int Take(int options)
    {
        if (options < 2)
        {
            return 0;
        }

        var number = optionCounts.Count;
        optionCounts.Add(options);
        return discrepancies.TryGetValue(number, out var index) && index < options ? index : 0;
    }
}
