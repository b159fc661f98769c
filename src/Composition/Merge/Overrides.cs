using GraphGateway.TypeSystem;
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

    /// <summary>A sentence about the first field that is taken over from what is no source, with the name that was probably meant; empty when there is none.</summary>
    internal static string FromNone(SourceSet sources, IEnumerable<SourceField> fields) =>
        fields.FirstOrDefault(field => field.Override is { } use && sources.Model(use.From) is null) is { } unknown
            ? $" {unknown.Model.Name} takes it over from \"{unknown.Override!.From}\", which is no source."
                + Suggestions.DidYouMean(unknown.Override.From, sources.Models.Where(model => model != unknown.Model).Select(model => model.Name))
            : "";

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
