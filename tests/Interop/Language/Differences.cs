using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GraphGateway.Language;

namespace GraphGateway.Interop.Language;

/// <summary>
/// Where we answer otherwise than graphql-js 16, because the September 2025 edition asks for it or for a reason of our own: exactly these
/// findings, and nothing else of their rules, are taken out before the comparison. docs/graphql.md lists them.
/// </summary>
internal static partial class Differences
{
    private const string ConditionalRoots = " must not use `@skip` or `@include` directives in the top level selection.";

    /// <summary>Of executable documents.</summary>
    public static (ImmutableArray<Finding> Ours, ImmutableArray<Finding> Theirs) OfDocuments(
        string text, ImmutableArray<Finding> ours, ImmutableArray<Finding> theirs)
    {
        // Spec §5.2.1.1: the kind of each operation exists. The reference leaves it to execution.
        ours = ours.RemoveAll(static finding => finding.Message.StartsWith("Schema is not configured to execute", StringComparison.Ordinal));

        // A field is no pair with itself. The reference compares the two where fragments spread one another and an argument is given twice.
        ours = ours.RemoveAll(IsOfOneField);
        theirs = theirs.RemoveAll(IsOfOneField);
        (ours, theirs) = SubscriptionConditions(ours, theirs);
        (ours, theirs) = MetaFieldShapes(text, ours, theirs);

        // Spec §5.8.5: the field of a OneOf is a non-null position. The reference does not see it where the OneOf itself is asked as non-null.
        var agreed = theirs.Select(static finding => finding.Text).ToHashSet(StringComparer.Ordinal);
        ours = ours.RemoveAll(finding => finding.Says("must be non-nullable to be used for OneOf") && !agreed.Contains(finding.Text));
        return (ours, Outside<TypeSystemNode>(text, theirs));
    }

    /// <summary>Of documents of definitions.</summary>
    public static (ImmutableArray<Finding> Ours, ImmutableArray<Finding> Theirs) OfDefinitions(
        string text, ImmutableArray<Finding> ours, ImmutableArray<Finding> theirs)
    {
        // The reference throws over a default value of a type that takes none, and over wrong arguments of @deprecated and @specifiedBy.
        if (theirs is [{ Rule: "threw" }] && !ours.IsEmpty)
        {
            return ([], []);
        }

        (ours, theirs) = InvalidDefaults(ours, theirs);

        // Spec §3.3.1, 3.6, 3.10, 3.13: rules that the reference lacks, each with a message of its own.
        ours = ours.RemoveAll(static finding => BeyondTheReference().IsMatch(finding.Message));

        // Operations among definitions of types are passed over here. The reference looks into them, and at the types only when all is well.
        var outside = Outside<OperationDefinitionNode>(text, Outside<FragmentDefinitionNode>(text, theirs));
        return outside.IsEmpty && !theirs.IsEmpty ? ([], []) : (ours, outside);
    }

    // A default that cannot be coerced is a default nevertheless. To the reference there is none, so that an argument with it is required.
    private static (ImmutableArray<Finding> Ours, ImmutableArray<Finding> Theirs) InvalidDefaults(
        ImmutableArray<Finding> ours, ImmutableArray<Finding> theirs)
    {
        const string Invalid = " has invalid default value: ";
        var coordinates = ours.Where(static finding => finding.Says(Invalid))
            .Select(static finding => finding.Message[..finding.Message.IndexOf(Invalid, StringComparison.Ordinal)]).ToHashSet();
        return (
            ours.RemoveAll(finding => OneOfDefault().Match(finding.Message) is { Success: true } match && coordinates.Contains(match.Groups[1].Value)),
            theirs.RemoveAll(finding => RequiredDeprecated().Match(finding.Message) is { Success: true } deprecated
                ? coordinates.Contains(deprecated.Groups[1].Value)
                : RequiredAdditional().Match(finding.Message) is { Success: true } additional
                    && coordinates.Contains($"{additional.Groups[1].Value}({additional.Groups[2].Value}:)")));
    }

    // Spec §5.2.4.1: no conditions on the root fields of a subscription. The reference follows them, or throws over a variable there.
    private static (ImmutableArray<Finding> Ours, ImmutableArray<Finding> Theirs) SubscriptionConditions(
        ImmutableArray<Finding> ours, ImmutableArray<Finding> theirs)
    {
        var conditional = ours.Where(static finding => finding.Says(ConditionalRoots)).ToList();
        var agreed = ours.Select(static finding => finding.Text).ToHashSet(StringComparer.Ordinal);
        if (conditional.Count == 0)
        {
            return (ours, theirs);
        }

        if (theirs is [{ Rule: "threw" }])
        {
            return ([], []);
        }

        var subjects = conditional.Select(static finding => finding.Message[..^ConditionalRoots.Length]).ToList();
        return (
            ours.RemoveRange(conditional),
            theirs.RemoveAll(finding => finding.Rule == "SingleFieldSubscriptionsRule"
                && !agreed.Contains(finding.Text)
                && subjects.Exists(subject => finding.Message.StartsWith(subject, StringComparison.Ordinal))));
    }

    // Spec §5.3.2: __typename has a type as any field has, and so a shape. The reference compares it with nothing.
    private static (ImmutableArray<Finding> Ours, ImmutableArray<Finding> Theirs) MetaFieldShapes(
        string text, ImmutableArray<Finding> ours, ImmutableArray<Finding> theirs)
    {
        var lines = Lines().Split(text);
        var shapes = Without(ours, theirs).Where(finding => finding.Says("they return conflicting types")
            && finding.Places.Any(place => MetaField().IsMatch(lines[place.Line - 1].AsSpan(place.Column - 1)))).ToList();
        var without = Without(theirs, ours).Where(finding => finding.Rule == "OverlappingFieldsCanBeMergedRule"
            && shapes.Exists(shape => shape.Places[0] == finding.Places[0]));
        return (ours.RemoveRange(shapes), theirs.RemoveRange(without));
    }

    private static bool IsOfOneField(Finding finding) =>
        finding.Says("conflict because they have differing arguments") && finding.Places is [var first, var second] && first == second;

    /// <summary>What stands in a list more often than in another.</summary>
    private static List<Finding> Without(ImmutableArray<Finding> findings, ImmutableArray<Finding> others)
    {
        var counts = others.CountBy(static finding => finding.Text).ToDictionary(StringComparer.Ordinal);
        return [.. findings.Where(finding => (counts[finding.Text] = counts.GetValueOrDefault(finding.Text) - 1) < 0)];
    }

    // Definitions of types in a document for execution are refused as a whole. The reference looks into them.
    private static ImmutableArray<Finding> Outside<T>(string text, ImmutableArray<Finding> theirs) where T : DefinitionNode
    {
        if (Parser.ParseDocument(new SourceText(text)).Value is not { } document)
        {
            return theirs;
        }

        var ranges = document.Definitions.OfType<T>()
            .Select(node => (Start: document.Source.LocationOf(node.Start), End: document.Source.LocationOf(node.End))).ToList();
        return theirs.RemoveAll(finding => finding.Rule != "ExecutableDefinitionsRule"
            && ranges.Exists(range => finding.Places.Length > 0 && IsIn(finding.Places[0], range.Start, range.End)));
    }

    private static bool IsIn(SourceLocation place, SourceLocation start, SourceLocation end) =>
        (place.Line, place.Column).CompareTo((start.Line, start.Column)) >= 0 && (place.Line, place.Column).CompareTo((end.Line, end.Column)) < 0;

    [GeneratedRegex(@"^OneOf input field (\S+) cannot have a default value\.")]
    private static partial Regex OneOfDefault();

    [GeneratedRegex(@"^Required (?:argument|input field) (\S+) cannot be deprecated\.")]
    private static partial Regex RequiredDeprecated();

    [GeneratedRegex(@"^Object field (\S+) includes required argument (\w+) that is missing")]
    private static partial Regex RequiredAdditional();

    [GeneratedRegex(
        "^All root types must be different|^Directive @.* cannot reference itself|is not deprecated, so implementation field"
        + "|^Argument \"\\w+\" (?:has invalid value |of \"@deprecated\" must not be null|of non-null type \"[^\"]*\" must not be null)"
        + "|^Directive \"@oneOf\" must not be provided by an extension|has invalid default value: |^Invalid circular reference\\. The default value of")]
    private static partial Regex BeyondTheReference();

    [GeneratedRegex(@"\r\n|\n|\r")]
    private static partial Regex Lines();

    [GeneratedRegex(@"^(\w+[\s,]*:[\s,]*)?__\w")]
    private static partial Regex MetaField();
}
