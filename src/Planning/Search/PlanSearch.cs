using GraphGateway.Operations;

namespace GraphGateway.Planning;

/// <summary>
/// Limited-discrepancy search: the greedy plan first and its likes that decide otherwise in all questions of a kind, then plans that differ
/// from the best one so far in a single decision, until nothing gets better or the fuel, which is fixed, is used up. Each attempt is built from
/// scratch, which keeps it free of undo logs; a greedy plan costs little, and most operations have no decision to make at all.
/// </summary>
internal sealed class PlanSearch(PlanningGraph graph, NormalizedOperation operation, int attemptsMax, Action? betweenParts, CancellationToken abandoned)
{
    // A unit of fuel: building about as many steps costs about the same.
    private const int StepsPerUnit = 8;

    // Holding about as many fields against sources costs about as much as building a step.
    private const int LooksPerStep = 500;

    // An attempt that holds so many more fields against sources than the greedy one, or so many at all, leaves to others what others leave to it: no plan was better for it.
    private const int LooksOfGreedy = 4;
    private const int LooksAlways = 50_000;

    private static readonly ChoiceKinds[] Profiles =
    [
        ChoiceKinds.Split,
        ChoiceKinds.Wait,
        ChoiceKinds.Above,
        ChoiceKinds.Wait | ChoiceKinds.Above,
        ChoiceKinds.Share,
        ChoiceKinds.Share | ChoiceKinds.Wait,
        ChoiceKinds.Join,
        ChoiceKinds.Join | ChoiceKinds.Wait,
    ];

    private readonly Reachability reachability = new(graph);
    private readonly List<Choices> tried = [];
    private int fuel = attemptsMax;
    private int looksMax = int.MaxValue;
    private ChoiceKinds profile;
    private SortedDictionary<int, int> taken = [];
    private PlanMeasure best = null!;
    private Prospects prospects = null!;
    private PlanMeasure greedy = null!;
    private Prospects greedyProspects = null!;

    // Profiles with kinds of which the greedy plan has no decision, but one that decided otherwise in another kind has.
    private readonly List<ChoiceKinds> opened = [];

    /// <summary>Whether the fuel was used up while there was more to try.</summary>
    public PlanningBounds Bounds { get; private set; }

    /// <summary>An attempt that asks nobody, and leaves the whole operation as too much of it.</summary>
    public PlanAttempt Refuse()
    {
        var attempt = new PlanAttempt(graph, reachability, operation, new Choices(ChoiceKinds.None, new SortedDictionary<int, int>()));
        attempt.RefuseAll();
        return attempt;
    }

    /// <summary>The best attempt that was found.</summary>
    public PlanAttempt Run()
    {
        var first = Attempt(new Choices(profile, taken));
        if (first.Choices.Decisions.Count == 0)
        {
            // No other one can be made, so nobody asks what it costs.
            return first;
        }

        Take(new PlanMeasure(first), profile, taken);
        // The first one has to be made. What it costs beyond what a plan usually does says what others would.
        fuel -= CostOf(best.Attempt) - 1 - (best.Attempt.Steps.Count / StepsPerUnit);
        (greedy, greedyProspects) = (best, prospects);
        looksMax = Math.Max(LooksAlways, LooksOfGreedy * greedy.Attempt.LookedAt);
        if (fuel <= 0 && greedyProspects.CanBeShallower(ChoiceKinds.Wait))
        {
            // Where each fetch takes along what the next one waits for, the plan is as deep as it has fetches: it was not the only one that had to be made.
            SortedDictionary<int, int> none = [];
            TakeIfBetter(new Choices(ChoiceKinds.Wait, none), ChoiceKinds.Wait, none);
        }

        foreach (var other in Profiles)
        {
            // Where the greedy plan leaves something to gain for it.
            if (greedyProspects.CanGain(other) || opened.Contains(other))
            {
                Try(other, []);
            }
        }

        while (Improve() || ImproveGreedy())
        {
        }

        return best.Attempt;
    }

    // Another option in each decision of the best plan, in their order; true when that made a better one.
    private bool Improve()
    {
        var isBetter = false;
        for (var decision = 0; Bounds == PlanningBounds.None && decision < best.Attempt.Choices.Decisions.Count; decision++)
        {
            var canGain = prospects.CanGain(best.Attempt.Choices.Decisions[decision]);
            for (var option = 1; canGain && option < best.Attempt.Choices.Decisions[decision].Options; option++)
            {
                if (Try(profile, new SortedDictionary<int, int>(taken) { [decision] = taken.GetValueOrDefault(decision) + option }))
                {
                    isBetter = true;
                    break;
                }
            }
        }

        return isBetter;
    }

    // Where a kind decided otherwise is the best so far, the greedy plan with a single decision changed may still be better than what that led to.
    private bool ImproveGreedy()
    {
        foreach (var (number, decision) in greedy.Attempt.Choices.Decisions.Index())
        {
            var canGain = best != greedy && Bounds == PlanningBounds.None && greedyProspects.CanGain(decision);
            for (var option = 1; canGain && option < decision.Options; option++)
            {
                if (Try(ChoiceKinds.None, new SortedDictionary<int, int> { [number] = option }))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Try(ChoiceKinds kinds, SortedDictionary<int, int> discrepancies)
    {
        var choices = new Choices(kinds, discrepancies);
        if (Bounds != PlanningBounds.None || tried.Exists(earlier => choices.WouldRepeat(earlier.Decisions)))
        {
            return false;
        }

        if (fuel <= 0)
        {
            Bounds = PlanningBounds.Search;
            return false;
        }

        return TakeIfBetter(choices, kinds, discrepancies);
    }

    private bool TakeIfBetter(Choices choices, ChoiceKinds kinds, SortedDictionary<int, int> discrepancies)
    {
        var attempt = Attempt(choices);
        fuel -= CostOf(attempt);
        if (attempt.IsGivenUp)
        {
            Bounds = PlanningBounds.Search;
            return false;
        }

        var found = new PlanMeasure(attempt);
        if (discrepancies.Count == 0)
        {
            NoteOpened(found, kinds);
        }

        if (found.Cost.CompareTo(best.Cost) >= 0)
        {
            return false;
        }

        Take(found, kinds, discrepancies);
        return true;
    }

    private void NoteOpened(PlanMeasure found, ChoiceKinds kinds)
    {
        var added = KindsOf(found) & ~KindsOf(greedy);
        foreach (var other in added == ChoiceKinds.None ? [] : Profiles)
        {
            if ((other & added) != ChoiceKinds.None && (other & ~added) == kinds && new Prospects(found).CanGain(other & added))
            {
                opened.Add(other);
            }
        }
    }

    private static ChoiceKinds KindsOf(PlanMeasure found)
    {
        var kinds = ChoiceKinds.None;
        foreach (var decision in found.Attempt.Choices.Decisions)
        {
            kinds |= decision.Kind;
        }

        return kinds;
    }

    private static int CostOf(PlanAttempt attempt) =>
        1 + (Math.Max(Math.Max(attempt.Steps.Count, attempt.Requirements.FetchCount), attempt.LookedAt / LooksPerStep) / StepsPerUnit);

    private void Take(PlanMeasure found, ChoiceKinds kinds, SortedDictionary<int, int> discrepancies)
    {
        (best, profile, taken) = (found, kinds, discrepancies);
        prospects = new Prospects(found);
    }

    private PlanAttempt Attempt(Choices choices)
    {
        tried.Add(choices);
        var attempt = new PlanAttempt(graph, reachability, operation, choices, betweenParts, abandoned) { LooksMax = looksMax };
        attempt.Run();
        return attempt;
    }
}
