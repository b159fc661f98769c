using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>A position further up whose objects set a context.</summary>
/// <param name="Above">The position.</param>
/// <param name="Depth">How many fields lead to it from the root.</param>
/// <param name="Types">The types of its objects that set the context.</param>
internal readonly record struct ContextSetter(Position Above, int Depth, TypeSet Types);

/// <summary>
/// Finds where arguments from contexts get their values from
/// (<see href="https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/entities/use-contexts">Using contexts</see>):
/// the nearest object above that sets the context in the field's source, by its own type, an interface or a union.
/// </summary>
internal sealed class Contexts(PlanAttempt attempt)
{
    /// <summary>
    /// The positions that the argument's value can come from, the nearest first. Empty where some object could have none above it that sets
    /// the context, or where nobody can tell whether it does.
    /// </summary>
    public List<ContextSetter> SettersOf(Position position, SourceSchema source, ContextArgument argument)
    {
        var setting = attempt.Graph.TypesSetting(source, argument.Context);
        var setters = new List<ContextSetter>();
        for (var depth = position.Path.Length - 1; depth >= 0; depth--)
        {
            var above = attempt.PositionOf(position.Path[depth].Parent, position.Path[..depth]);
            var types = TypesOf(above, position.Path[depth]);
            var own = types.Intersect(setting);
            if (own.IsEmpty)
            {
                continue;
            }

            if (above.IsTypeUnknown && own != types)
            {
                return [];
            }

            setters.Add(new ContextSetter(above, depth, own));
            if (own == types)
            {
                return setters;
            }
        }

        return [];
    }

    /// <summary>True when every argument from a context has a value, whatever objects are above.</summary>
    public bool AreSet(Position position, FieldNeeds needs) => needs.Contexts.All(argument =>
        SettersOf(position, needs.Source, argument) is { Count: > 0 } setters && setters.All(setter => CanSelect(setter, argument)));

    /// <summary>Has the values fetched where they come from; the steps that do it, or null when they cannot all be had.</summary>
    public HashSet<StepBuilder>? Fetch(Position position, FieldNeeds needs)
    {
        var steps = new HashSet<StepBuilder>();
        foreach (var argument in needs.Contexts)
        {
            var setters = SettersOf(position, needs.Source, argument);
            if (setters.Count == 0)
            {
                return null;
            }

            foreach (var setter in setters)
            {
                var demands = attempt.Slots.DemandsFor(setter.Above.Shape, setter.Types, argument.Selection, setter.Above.InseparableTypes);
                if (attempt.Requirements.Fetch(setter.Above, demands, allowed: null) is not { } needed)
                {
                    return null;
                }

                steps.UnionWith(needed);
                if (setter.Above.TypeTeller is { } teller)
                {
                    steps.Add(teller);
                }
            }
        }

        return steps;
    }

    // Only through objects that have the field does the path go on; what a hidden field applies to can still grow.
    private static TypeSet TypesOf(Position above, ResultField next)
    {
        var types = default(TypeSet);
        foreach (var presence in above.Presences)
        {
            types = types.Union(presence.Types);
        }

        return next.IsHidden ? types : types.Intersect(next.AppliesTo);
    }

    private bool CanSelect(ContextSetter setter, ContextArgument argument)
    {
        foreach (var ordinal in setter.Types.Ordinals())
        {
            var type = attempt.Graph.ObjectAt(ordinal);
            if (attempt.Reachability.DepthOf(type, argument.Selection, setter.Above.ClosureOf(type, attempt.Reachability)) == Closure.Never)
            {
                return false;
            }
        }

        return true;
    }
}
