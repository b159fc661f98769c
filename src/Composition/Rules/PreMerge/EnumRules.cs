using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>ENUM_VALUES_MISMATCH (§4.2.2).</summary>
internal static class EnumRules
{
    internal static void EnumValuesMismatch(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.SharedTypes.Where(group => group.Kind == TypeKind.Enum && group.Sources.Count > 1))
        {
            var hidden = Values(group)
                .Where(entry => Directives.Has(entry.Value.Directives, "inaccessible"))
                .Select(entry => entry.Value.Name)
                .ToHashSet(StringComparer.Ordinal);
            foreach (var value in Values(group).Where(entry => !hidden.Contains(entry.Value.Name)).GroupBy(entry => entry.Value.Name))
            {
                var missing = group.Sources.Where(type => value.All(entry => entry.Type != type)).ToArray();
                if (missing.Length > 0)
                {
                    problems.Error(
                        ProblemCode.EnumValuesMismatch,
                        $"The enum value {group.Name}.{value.Key} is known to {Words.And(value.Select(entry => entry.Type.Model.Name))} and not to "
                        + $"{Words.And(missing.Select(type => type.Model.Name))}.",
                        "Add the value everywhere, or mark it as @inaccessible where it is.",
                        value.Select(entry => entry.Type.Model.At(entry.Value.Origin)).Concat(missing.Select(type => type.Place)));
                }
            }
        }
    }

    private static IEnumerable<(SourceType Type, EnumValueDefinition Value)> Values(TypeGroup group) =>
        group.Sources.SelectMany(type => ((EnumType)type.Definition).Values.Select(value => (type, value)));
}
