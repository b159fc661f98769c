namespace GraphGateway.Composition;

/// <summary>EXTERNAL_MISSING_ON_BASE, MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL.</summary>
internal static class ExternalFieldRules
{
    internal static void ExternalMissingOnBase(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.Fields.Where(group => group.IsApollo && IsExternalEverywhere(sources, group)))
        {
            problems.Error(
                ProblemCode.ExternalMissingOnBase,
                $"{group.Coordinate} is @external in {Words.And(group.Sources.Select(field => field.Model.Name))}, and no source resolves it.",
                "Define the field without @external in the source that it belongs to, or remove it.",
                group.Sources.Select(field => field.Place));
        }
    }

    internal static bool IsExternalEverywhere(SourceSet sources, FieldGroup group) =>
        group.Sources.TrueForAll(field => field.IsExternal)
        && ApolloOverrides.Abstracting(sources, group).All(field => field.IsExternal);

    internal static void MergedDirectiveOnExternal(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.Fields.Where(group => group.Sources.Exists(field => field.IsExternal) && group.IsApollo && !IsExternalEverywhere(sources, group)))
        {
            foreach (var field in group.Sources)
            {
                foreach (var directive in !field.IsExternal ? [] : field.Definition.Directives.Where(it => ComposedDirectives.IsMerged(field.Model, it) && !field.IgnoredTags.Contains(it)))
                {
                    problems.Error(
                        ProblemCode.MergedDirectiveApplicationOnExternal,
                        $"{field} is @external in {field.Model.Name} and has @{SourceLinks.OwnName(directive.Name.Value)} there, which only the source that resolves the field can give it.",
                        "Move the directive to the source that resolves the field, or remove it.",
                        field.PlaceOf(directive));
                }
            }
        }
    }
}
