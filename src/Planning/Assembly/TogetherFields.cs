using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// Fields of an interface that no source answers whole: each source that gives the objects has the field of some of their types as external,
/// which says that another source is to be asked, and none can be entered there. The plan still has the data: it asks the same field of
/// several sources and takes of each the objects that it answers for.
/// </summary>
internal static class TogetherFields
{
    public static ImmutableArray<UnservableField> Of(PlanAttempt attempt)
    {
        var found = ImmutableArray.CreateBuilder<UnservableField>();
        foreach (var position in attempt.Positions)
        {
            if (HasSeveralRoots(position))
            {
                var roots = position.Presences.FindAll(presence => presence.Step.Kind == FetchKind.Root);
                found.AddRange(position.Shape.Fields
                    .Where(field => !field.IsHidden && !field.IsWithheld && field.Definition.DeclaringType is InterfaceType
                        && roots.TrueForAll(presence => !LacksOf(attempt, presence, field).IsEmpty))
                    .Select(field => Describe(attempt, field, roots)));
            }
        }

        return found.ToImmutable();
    }

    private static bool HasSeveralRoots(Position position)
    {
        StepBuilder? first = null;
        foreach (var presence in position.Presences)
        {
            if (presence.Step.Kind == FetchKind.Root)
            {
                first ??= presence.Step;
                if (presence.Step.Source != first.Source)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static UnservableField Describe(PlanAttempt attempt, ResultField field, List<Presence> roots)
    {
        var lacks = roots.Select(presence =>
            $"{presence.Step.Source.Name} has it as external on "
            + string.Join(", ", LacksOf(attempt, presence, field).Ordinals().Select(ordinal => attempt.Graph.ObjectAt(ordinal).Name)));
        return new UnservableField(
            field,
            $"Cannot resolve field \"{field.Definition.Name}\" on type \"{field.Parent.Type.Name}\" here: no source has it for all objects.",
            $"No source can give {field.Definition} for all objects at {field.Parent.Type.Name}.{field.Key}, and none can be entered there: "
                + $"{string.Join("; ", lacks)}. Remove @external where the source knows the value.",
            field.AppliesTo);
    }

    private static TypeSet LacksOf(PlanAttempt attempt, Presence presence, ResultField field)
    {
        var lacks = default(TypeSet);
        foreach (var ordinal in presence.Types.Intersect(field.AppliesTo).Ordinals())
        {
            var type = attempt.Graph.ObjectAt(ordinal);
            if (type.BySource[presence.Source.Ordinal] is { } at
                && at.Fields.TryGetValue(field.Definition.Name, out var own) && own.Definition.IsExternal
                && !own.IsServed(field.Arguments, presence.View) && !IsEnteredFor(attempt, at, field))
            {
                lacks = lacks.With(ordinal);
            }
        }

        return lacks;
    }

    private static bool IsEnteredFor(PlanAttempt attempt, TypeAtSource at, ResultField field)
    {
        var closure = attempt.Reachability.From(at);
        return at.Type.SourcesByField[field.Definition.Name].Any(other => attempt.Reachability.DepthOfField(
            at.Type, at.Type.BySource[other]!.Fields[field.Definition.Name], field.Arguments, closure) != Closure.Never);
    }
}
