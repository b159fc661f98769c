using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Planning;

/// <summary>What steps read of what other ones give, as the plan is by now.</summary>
internal sealed class Readings(PlanAttempt attempt)
{
    /// <summary>True where what the reader sends, what its objects are, or the objects themselves come from a step; or that is of an earlier field of a mutation.</summary>
    public bool Needs(StepBuilder reader, StepBuilder step)
    {
        var given = new HashSet<ResultField>();
        return step.TellsRuntimeType || !step.Decides.IsEmpty || attempt.Operation.Kind != OperationType.Query || Brings(step.Selection, reader.Position, given) || Reads(reader, given);
    }

    // Notes all that it gives, too.
    private static bool Brings(SelectionBuilder selection, Position position, HashSet<ResultField> given)
    {
        foreach (var entry in selection.Entries)
        {
            given.Add(entry.Target);
            if (entry.Child is { } child && (position.IsAtOrBelow(child.Position) || Brings(child.Selection, position, given)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where a step sends any of the fields.</summary>
    public bool Reads(StepBuilder reader, HashSet<ResultField> fields) =>
        reader.Keys.Exists(key => AreAmong(attempt.EntrySteps.DemandsFor(reader.Position, key), fields))
        || reader.Requirements.Exists(use => !use.Requirement.Contexts.IsEmpty
            || AreAmong(attempt.Requirements.DemandsFor(reader.Position, use.Types, use.Requirement, reader.Source), fields));

    private static bool AreAmong(ImmutableArray<Demand> demands, HashSet<ResultField> fields) =>
        !demands.IsDefault && demands.Any(demand => fields.Contains(demand.Field) || AreAmong(demand.Children, fields));
}
