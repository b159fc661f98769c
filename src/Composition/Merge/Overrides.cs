using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>Who owns a field that <c>@override</c> moves.</summary>
internal static class Overrides
{
    /// <summary>Notes at every field whether another source has taken it over for good.</summary>
    internal static void Resolve(SourceSet sources)
    {
        foreach (var group in sources.SharedFields)
        {
            foreach (var field in group.Sources)
            {
                if (field.Override is { Label: null } && group.Sources.Find(other => other.Model.Name == field.Override!.From && other != field) is { } old)
                {
                    old.OverriddenBy = field;
                }
            }
        }
    }

    /// <summary>The label under which a source serves the field, whichever side of a progressive override it is on.</summary>
    internal static OverrideCondition? ConditionOf(FieldGroup group, SourceField field)
    {
        if (group.Sources.Count == 1 && field.Override is null)
        {
            return null;
        }

        if (group.IsApollo)
        {
            // an override from a source that does not have the field is none
            return field.ProgressivelyOverriddenBy is { } by ? new OverrideCondition(by.Override!.Label!, ServesWhen: false)
                : group.Sources.Exists(other => other.ProgressivelyOverriddenBy == field) ? new OverrideCondition(field.Override!.Label!, ServesWhen: true)
                : null;
        }

        if (field.Override is { Label: { } own })
        {
            return new OverrideCondition(own, ServesWhen: true);
        }

        var taker = group.Sources.Find(other => other.Override is { Label: not null } use && use.From == field.Model.Name);
        return taker is null ? null : new OverrideCondition(taker.Override!.Label!, ServesWhen: false);
    }
}
