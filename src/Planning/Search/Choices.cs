namespace GraphGateway.Planning;

/// <summary>What a decision is about.</summary>
[Flags]
internal enum ChoiceKinds
{
    None = 0,

    /// <summary>Which source is entered.</summary>
    Source = 1,

    /// <summary>Whether a fetch takes more fields along though either would have to wait for something else, or another one is made.</summary>
    Wait = 2,

    /// <summary>Whether a field that the source at hand has in part is left to another source.</summary>
    Share = 4,

    /// <summary>Whether what is missing below a field comes through the same field of another source.</summary>
    Above = 8,
}

/// <summary>
/// The decisions of one attempt at a plan. The first option is always the greedy one; an attempt may be told to take the next one in all
/// decisions of some kinds, and yet another one at single places (discrepancies). It notes how many options there were, so that the search
/// knows what else can be tried.
/// </summary>
/// <param name="otherwise">The kinds in which the second option is taken.</param>
/// <param name="discrepancies">By decision: how many options further than that.</param>
internal sealed class Choices(ChoiceKinds otherwise, IReadOnlyDictionary<int, int> discrepancies)
{
    private readonly List<int> optionCounts = [];

    /// <summary>How many options each decision had, in the order in which they came up.</summary>
    public IReadOnlyList<int> OptionCounts => optionCounts;

    /// <summary>The kinds of decision that came up.</summary>
    public ChoiceKinds Kinds { get; private set; }

    /// <summary>The index of the option to take, out of <paramref name="options"/> in the order of preference.</summary>
    public int Take(ChoiceKinds kind, int options = 2)
    {
        if (options < 2)
        {
            return 0;
        }

        Kinds |= kind;
        var number = optionCounts.Count;
        optionCounts.Add(options);
        return (((otherwise & kind) == 0 ? 0 : 1) + discrepancies.GetValueOrDefault(number)) % options;
    }
}
