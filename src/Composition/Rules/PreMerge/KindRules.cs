namespace GraphGateway.Composition;

/// <summary>TYPE_KIND_MISMATCH (§4.2.1).</summary>
internal static class KindRules
{
    internal static void TypeKindMismatch(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.Types.Values.Where(group => group.Sources.Any(type => type.Kind != group.Kind)))
        {
            problems.Error(
                ProblemCode.TypeKindMismatch,
                $"{group.Name} is not the same kind of type everywhere: "
                + Words.EachSays(group.Sources.Select(type => (type.Model.Name, Words.Kind(type.Kind)))) + ".",
                "Make them agree, or rename the type in one source.",
                group.Places);
        }
    }
}

/// <summary>SPECIFIED_BY_URL_MISMATCH, which HotChocolate has beside the specification.</summary>
internal static class ScalarRules
{
    internal static void SpecifiedByUrlMismatch(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.SharedTypes.Where(group => group.Kind == TypeKind.Scalar))
        {
            var said = group.Sources
                .Select(type => (type, Url: (type.Definition as TypeSystem.ScalarType)?.SpecifiedByUrl))
                .Where(entry => entry.Url is not null)
                .ToArray();
            if (said.Select(entry => entry.Url).Distinct().Skip(1).Any())
            {
                problems.Error(
                    ProblemCode.SpecifiedByUrlMismatch,
                    $"The scalar {group.Name} is specified differently: "
                    + Words.EachSays(said.Select(entry => (entry.type.Model.Name, entry.Url!))) + ".",
                    "Give @specifiedBy the same URL everywhere, or rename one of the scalars: they are not the same.",
                    said.Select(entry => entry.type.Place));
            }
        }
    }
}
