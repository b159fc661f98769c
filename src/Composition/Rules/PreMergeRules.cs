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
        OutputTypeRules.FieldArgumentDefaultMismatch,
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
        sources.RemoveOtherKinds();
        foreach (var rule in All.AddRange(ApolloMergeRules.All))
        {
            problems.Cancellation.ThrowIfCancellationRequested();
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

    /// <summary>The beginning of a text that somebody else has written, for a message that is about it.</summary>
    internal static string Cut(string text)
    {
        const int max = 200;
        return text.Length <= max ? text : $"{text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)]}…";
    }

    /// <summary>A message without the middle of what is too long in it to be read, such as a default of some thousand characters.</summary>
    internal static string Shortened(string message) => WithoutMiddle(message, most: 1500, start: 1000, end: 400);

    /// <summary>What a message is put together of, without the middle where it is a multiple of what is told (<see cref="Shortened"/>): a thousand messages are kept until then.</summary>
    internal static string Bounded(string text) => WithoutMiddle(text, most: 6000, start: 4000, end: 1600);

    private static string WithoutMiddle(string message, int most, int start, int end)
    {
        if (message.Length <= most)
        {
            return message;
        }

        // At a space where there is one near, and never inside a character.
        var from = message.LastIndexOf(' ', start, 40) is >= 0 and var space ? space : start;
        var to = message.IndexOf(' ', message.Length - end, 40) is >= 0 and var next ? next + 1 : message.Length - end;
        from -= char.IsHighSurrogate(message[from - 1]) ? 1 : 0;
        to += char.IsLowSurrogate(message[to]) ? 1 : 0;
        return $"{message[..from]} […{to - from} characters…] {message[to..]}";
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
