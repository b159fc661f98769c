namespace GraphGateway.Planning;

/// <summary>What a decision is about.</summary>
[Flags]
internal enum ChoiceKinds
{
    None = 0,

    /// <summary>Which source is entered.</summary>
    Source = 1,

    /// <summary>
    /// Whether a fetch takes more fields along though either would have to wait for something else, or another one is made; or whether what is asked of objects of all types
    /// waits for these with what is asked of some.
    /// </summary>
    Wait = 2,

    /// <summary>Whether a field that the source at hand has in part is left to another source.</summary>
    Share = 4,

    /// <summary>Whether what is missing below a field comes through the same field of another source.</summary>
    Above = 8,

    /// <summary>Whether what is below a field has a position for each kind of object though an <c>@interfaceObject</c> has the field of all of them.</summary>
    Split = 16,

    /// <summary>
    /// As <see cref="Wait"/>, on account of the objects: whether those of a type whose key is there later are entered with others, or what needs less goes
    /// with what needs more.
    /// </summary>
    Join = 32,
}

/// <summary>What a decision is about: what would be fetched in another way.</summary>
/// <param name="Position">Where the decision is made; null where it is about a step (<paramref name="Late"/>), and for <see cref="ChoiceKinds.Split"/>.</param>
/// <param name="Fields">The fields there of which, and below which, others would be asked.</param>
/// <param name="Sources">Who would be asked: by option in a choice of a source, otherwise one set.</param>
/// <param name="Late">Of <see cref="ChoiceKinds.Wait"/> and <see cref="ChoiceKinds.Join"/>: the step that takes more along when the first option is taken.</param>
internal readonly record struct Subject(Position? Position, IReadOnlyList<ResultField> Fields, IReadOnlyList<SourceSet> Sources, StepBuilder? Late)
{
    /// <summary>Of <see cref="ChoiceKinds.Wait"/> and <see cref="ChoiceKinds.Join"/>.</summary>
    public static Subject Of(StepBuilder late) => new(null, [], [], late);

    /// <summary>Of <see cref="ChoiceKinds.Split"/>, which is only tried where something is missing otherwise.</summary>
    public static Subject OfKinds { get; } = new(null, [], [], null);
}

/// <summary>A decision of an attempt.</summary>
/// <param name="Kind">What kind it was.</param>
/// <param name="Options">How many options there were.</param>
/// <param name="Taken">The option that was taken.</param>
/// <param name="Subject">What it was about.</param>
internal sealed record Decision(ChoiceKinds Kind, int Options, int Taken, Subject Subject);

/// <summary>
/// The decisions of one attempt at a plan. The first option is always the greedy one; an attempt may be told to take the next one in all
/// decisions of some kinds, and yet another one at single places (discrepancies). It notes how many options there were, so that the search
/// knows what else can be tried.
/// </summary>
/// <param name="otherwise">The kinds in which the second option is taken.</param>
/// <param name="discrepancies">By decision: how many options further than that.</param>
internal sealed class Choices(ChoiceKinds otherwise, IReadOnlyDictionary<int, int> discrepancies)
{
    /// <summary>The decisions in the order in which they came up.</summary>
    public List<Decision> Decisions { get; } = [];

    /// <summary>The index of the option to take, out of <paramref name="options"/> in the order of preference.</summary>
    public int Take(ChoiceKinds kind, int options, Subject subject)
    {
        if (options < 2)
        {
            return 0;
        }

        var taken = Answer(Decisions.Count, kind, options);
        Decisions.Add(new Decision(kind, options, taken, subject));
        return taken;
    }

    /// <summary>True when an attempt that decided like this would decide the same again: it would be the same attempt.</summary>
    public bool WouldRepeat(IReadOnlyList<Decision> earlier)
    {
        for (var number = 0; number < earlier.Count; number++)
        {
            if (Answer(number, earlier[number].Kind, earlier[number].Options) != earlier[number].Taken)
            {
                return false;
            }
        }

        return true;
    }

    private int Answer(int number, ChoiceKinds kind, int options) =>
        (((otherwise & kind) == 0 ? 0 : 1) + discrepancies.GetValueOrDefault(number)) % options;
}
