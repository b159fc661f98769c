namespace GraphGateway.Planning;

/// <summary>
/// Where planning ended before everything was looked at. The plan is right all the same: what it has is what was asked for, and what it does not have
/// is named (<see cref="UnservableCause.TooManyWays"/>).
/// </summary>
[Flags]
public enum PlanningBounds
{
    /// <summary>Everything was looked at that could be better.</summary>
    None = 0,

    /// <summary>The search's fuel was used up (<see cref="PlannerOptions.AttemptsMax"/>): a plan with fewer requests may exist.</summary>
    Search = 1,

    /// <summary>What keys and requirements need leads through more others than are followed.</summary>
    Requirements = 2,

    /// <summary>Objects inside keys and requirements can come in more ways than are told apart.</summary>
    Ways = 4,

    /// <summary>A source would have to be sent a document that is out of all proportion to the operation: all of it is refused (<see cref="UnservableCause.TooManyKinds"/>).</summary>
    Documents = 8,
}
