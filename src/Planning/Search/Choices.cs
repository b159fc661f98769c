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

/// <summary>A decision of an attempt.</summary>
/// <param name="Kind">What it was about.</param>
/// <param name="Options">How many options there were.</param>
/// <param name="Taken">The option that was taken.</param>
/// <param name="Late">Of <see cref="ChoiceKinds.Wait"/>: the step that takes more along when the first option is taken.</param>
internal readonly record struct Decision(ChoiceKinds Kind, int Options, int Taken, StepBuilder? Late)
{
    /// <summary>
    /// True when another option can lead to a plan with fewer fetches or fewer after each other, once the attempt is complete. What a late
    /// step takes along and nothing waits for comes early enough: a step that goes earlier would be a fetch more.
    /// </summary>
    public bool IsOpen => Taken > 0 || Late is null || Late.Dependents.Count > 0;
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
    private readonly List<Decision> decisions = [];

    /// <summary>The decisions in the order in which they came up.</summary>
    public IReadOnlyList<Decision> Decisions => decisions;

    /// <summary>The kinds of decision in which another option may be better.</summary>
    public ChoiceKinds OpenKinds => decisions.Aggregate(ChoiceKinds.None, (kinds, decision) => decision.IsOpen ? kinds | decision.Kind : kinds);

    /// <summary>The index of the option to take, out of <paramref name="options"/> in the order of preference.</summary>
    public int Take(ChoiceKinds kind, int options = 2, StepBuilder? late = null)
    {
        if (options < 2)
        {
            return 0;
        }

        var taken = (((otherwise & kind) == 0 ? 0 : 1) + discrepancies.GetValueOrDefault(decisions.Count)) % options;
        decisions.Add(new Decision(kind, options, taken, late));
        return taken;
    }
}
