using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>What steps ask their source for that another step asks it for, too, of the same objects.</summary>
internal sealed class Repetitions(PlanIndex index, Fills fills, TriedKeys tried)
{
    private readonly HashSet<(int Step, ResultField Field, int Other)> found = [];

    /// <summary>
    /// Looks for who else gives a field that is read. What is on the way to something else is asked for as often as that takes, and by those that ask in turn each
    /// object is asked once.
    /// </summary>
    public void Note(FetchStep step, FetchField read, Arrivals arrivals)
    {
        foreach (var id in read.Selection is null ? fills.StepsOf(read.Target, read.AppliesTo, arrivals) : [])
        {
            var other = index.Plan.Steps[id];
            if (id != step.Id && other.Source == step.Source && other.Path.SequenceEqual(step.Path) && !index.Turns.Are(id, step.Id))
            {
                found.Add((step.Id, read.Target, id));
            }
        }
    }

    /// <summary>The problems, when it is known by which keys all steps enter.</summary>
    public IEnumerable<string> Problems() => found.Where(entry => IsSentWhere(index.Plan.Steps[entry.Step], index.Plan.Steps[entry.Other]))
        .DistinctBy(entry => (entry.Step, entry.Field)).Select(entry => $"step {entry.Step}: it asks once more for {entry.Field}, which step {entry.Other} asks for");

    // By other keys it can be sent for objects for which the other one is not. Those that come after it in turn ask for what it asks for.
    private bool IsSentWhere(FetchStep step, FetchStep other)
    {
        foreach (var type in step.TargetTypes.Intersect(other.TargetTypes).Ordinals())
        {
            index.Work.Add();
            if (!tried.Of(step.Id, type).SequenceEqual(tried.Of(other.Id, type)) || After(step, type).Except(After(other, type)).Any())
            {
                return false;
            }
        }

        return true;
    }

    private IEnumerable<Lookup> After(FetchStep step, int type) => index.Turns.After(step.Id).SelectMany(later => tried.Of(later.Id, type));
}
