using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Checks that everything which is read for a step's targets was filled by steps that have ended.</summary>
/// <param name="path">The fields that lead to the targets.</param>
/// <param name="shape">Where the targets are.</param>
/// <param name="fills">What the plan fills.</param>
/// <param name="ended">The steps that have ended.</param>
/// <param name="problems">Gets what is wrong.</param>
internal sealed class AvailabilityVerifier(
    ImmutableArray<ResultField> path, ResultShape shape, Fills fills, StepSet ended, List<string> problems)
{
    /// <summary>Checks what a template reads of targets of these types.</summary>
    public void Check(ValueTemplate template, TypeSet types) => Check(template, shape, types, fills.Here(shape));

    private void Check(ValueTemplate template, ResultShape at, TypeSet types, Arrivals among)
    {
        switch (template)
        {
            case LeafTemplate leaf:
                Check(leaf.Field, at, types, among);
                break;
            case CompositeTemplate composite:
                Check(composite.Field, at, types, among);
                Check(composite.Inner, composite.Field.Shape!, fills.Arrived(composite.Field.Shape!), fills.Below(composite.Field.Shape!, among, types));
                break;
            case ObjectTemplate @object:
                foreach (var entry in @object.Entries)
                {
                    CheckTypesKnown(at, types, entry.AppliesTo);
                    Check(entry.Value, at, types.Intersect(entry.AppliesTo), among);
                }

                break;
            case ChoiceTemplate choice:
                foreach (var alternative in choice.Alternatives)
                {
                    CheckTypesKnown(at, types, alternative.AppliesTo);
                    Check(alternative.Value, at, types.Intersect(alternative.AppliesTo), among);
                }

                break;
            case ContextTemplate context:
                foreach (var alternative in context.Alternatives.Where(alternative => alternative.Depth >= 0 && alternative.Depth < path.Length))
                {
                    var above = path[alternative.Depth].Parent;
                    Check(alternative.Value, above, fills.Arrived(above).Intersect(alternative.AppliesTo), fills.Here(above));
                }

                break;
        }
    }

    // What depends on the type of an object below the target comes after the step that tells it.
    private void CheckTypesKnown(ResultShape at, TypeSet types, TypeSet appliesTo)
    {
        if (at != shape && !types.IsSubsetOf(appliesTo))
        {
            CheckTypesKnown(at, types);
        }
    }

    /// <summary>Checks that the types of objects were told by steps that have ended.</summary>
    public void CheckTypesKnown(ResultShape at, TypeSet types)
    {
        if (!fills.IsTypeKnown(at, types, ended))
        {
            problems.Add($"it depends on the types of objects at {at.Type.Name} before they are told");
        }
    }

    // Of objects that are read: others of these types may come from elsewhere.
    private void Check(ResultField field, ResultShape at, TypeSet types, Arrivals among)
    {
        if (field.Parent != at || !types.IsSubsetOf(field.AppliesTo))
        {
            problems.Add($"it reads {field}, which is not on its targets");
        }
        else if (!fills.AreFilledBy(field, ended, types) && !fills.AreFilledBy(field, ended, types, among))
        {
            problems.Add($"it reads {field} before it is there");
        }
    }
}
