using System.Collections.Immutable;

namespace GraphGateway.Composition;

/// <summary>
/// The rules that the sources must keep together before they are merged
/// (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Pre-Merge-Validation">Composite Schemas, Pre Merge
/// Validation</see>); this is the table of contents.
/// </summary>
internal static class PreMergeRules
{
    private static readonly ImmutableArray<Action<SourceSet, ProblemSink>> All =
    [
        OutputTypeRules.OutputFieldTypesNotMergeable,
        OutputTypeRules.FieldArgumentTypesNotMergeable,
        OutputTypeRules.FieldWithMissingRequiredArgument,
        EnumRules.EnumValuesMismatch,
        InputTypeRules.InputFieldTypesNotMergeable,
        InputTypeRules.InputFieldDefaultMismatch,
        InputTypeRules.InputWithMissingRequiredFields,
        InputTypeRules.InputWithMissingOneOf,
        ScalarRules.SpecifiedByUrlMismatch,
        ExternalBaseRules.ExternalMissingOnBase,
        ExternalBaseRules.ExternalTypeMismatch,
        ExternalBaseRules.ExternalArguments,
        OwnershipRules.OverrideSourceHasOverride,
        OwnershipRules.InvalidFieldSharing,
    ];

    internal static void Check(SourceSet sources, ProblemSink problems)
    {
        // What is compared next compares types of one kind.
        KindRules.TypeKindMismatch(sources, problems);
        if (problems.HasErrors && sources.SharedTypes.Any())
        {
            return;
        }

        sources.RemoveOtherKinds();
        foreach (var rule in All.AddRange(ApolloMergeRules.All))
        {
            rule(sources, problems);
        }
    }
}

/// <summary>Words for messages that list what each source says.</summary>
internal static class Words
{
    /// <summary><c>orders says Int, users and payments say String</c>.</summary>
    internal static string EachSays(IEnumerable<(string Source, string What)> entries) => string.Join("; ", entries
        .GroupBy(entry => entry.What, entry => entry.Source)
        .Select(group => $"{And(group)} {(group.Skip(1).Any() ? "say" : "says")} {group.Key}"));

    /// <summary><c>a, b and c</c>.</summary>
    internal static string And(IEnumerable<string> items)
    {
        var list = items.Distinct().ToArray();
        return list.Length <= 1 ? string.Concat(list) : string.Join(", ", list[..^1]) + " and " + list[^1];
    }

    internal static string Kind(TypeKind kind) => kind switch
    {
        TypeKind.Scalar => "a scalar",
        TypeKind.Object => "an object",
        TypeKind.Interface => "an interface",
        TypeKind.Union => "a union",
        TypeKind.Enum => "an enum",
        _ => "an input object",
    };
}
