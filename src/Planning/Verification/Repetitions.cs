namespace GraphGateway.Planning;

/// <summary>What a step asks its source for that another step asks it for, too, of the same objects.</summary>
internal sealed class Repetitions(PlanIndex index, FetchStep step, Fills fills, TriedKeys tried)
{
    // Each field once.
    private readonly Dictionary<ResultField, FetchStep> found = [];

    /// <summary>
    /// Looks for who else gives a field that is read. What is on the way to something else is asked for as often as that takes, and by those that ask in turn each
    /// object is asked once.
    /// </summary>
    public void Note(FetchField read, Arrivals arrivals)
    {
        foreach (var id in read.Selection is null ? fills.StepsOf(read.Target, read.AppliesTo, arrivals) : [])
        {
            var other = index.Plan.Steps[id];
            if (id != step.Id && other.Source == step.Source && other.Path.SequenceEqual(step.Path) && !index.Turns.Are(id, step.Id))
            {
                found.TryAdd(read.Target, other);
            }
        }
    }

    /// <summary>The problems, when it is known by which keys the step enters.</summary>
    public IEnumerable<string> Problems() => found.Where(entry => IsSentWhere(entry.Value)).Select(entry => $"it asks once more for {entry.Key}, which step {entry.Value.Id} asks for");

    // By other keys it can be sent for objects for which the other one is not.
    private bool IsSentWhere(FetchStep other)
    {
        foreach (var type in step.TargetTypes.Intersect(other.TargetTypes).Ordinals())
        {
            index.Work.Add();
            if (!tried.Of(step.Id, type).SequenceEqual(tried.Of(other.Id, type)))
            {
                return false;
            }
        }

        return true;
    }
}
