using System.Text.RegularExpressions;

namespace GraphGateway.Interop.Composition;

/// <summary>
/// Where the reference is answered differently on purpose, in generated sets; each is told of in docs/composition-differences.md under its
/// name, and holds for exactly what it describes.
/// </summary>
internal static partial class Differences
{
    private const string Fails = "the reference fails";
    private const string Stops = "the reference stops at the first problem";
    private const string NotEntered = "a requirement of a source that cannot be entered";
    private const string Moves = "a requirement of a field that moves by a label";
    private const string HadHere = "a requirement that can be had from where the query stands";
    private const string Unread = "an external field in a selection that cannot be read";
    private const string Provides = "an external field of Federation 1 that provides";

    /// <summary>The names of all of them.</summary>
    internal static string[] Names => [Fails, Stops, NotEntered, Moves, HadHere, Unread, Provides];

    /// <summary>The name of the difference that explains two verdicts; null when none does.</summary>
    internal static string? Find(CompositionReference reference, CompositionSet set, Verdict ours, Verdict theirs)
    {
        if (theirs.Codes == "CRASH")
        {
            return Fails;
        }

        if (IsStopped(set, ours, theirs))
        {
            return Stops;
        }

        if (ours.Codes == "SATISFIABILITY_ERROR" && theirs.Codes == "OK"
            && Regex.Count(ours.Messages, "SATISFIABILITY_ERROR") == Regex.Count(ours.Messages, "asked again with it|entering it again"))
        {
            return NotEntered;
        }

        if (ours.Codes == "OK" && theirs.Codes == "SATISFIABILITY_ERROR" && Label().IsMatch(set.ToString()))
        {
            var without = set with { Sources = [.. set.Sources.Select(source => (source.Name, Label().Replace(source.Sdl, "")))] };
            return reference.Ask(without).Codes == "OK" ? Moves : null;
        }

        if (ours.Codes == "OK" && theirs.Codes == "SATISFIABILITY_ERROR" && Unsatisfiable.Of(theirs.Messages) is var refused
            && refused.All(one => one.CanBeHadHere(set)))
        {
            return HadHere;
        }

        if (IsUnread(set, ours, theirs))
        {
            return Unread;
        }

        return ExternalProvides().IsMatch(set.ToString()) && theirs.Codes.Split(' ').Except(ours.Codes.Split(' ')).SequenceEqual(["INVALID_FIELD_SHARING"])
            ? Provides
            : null;
    }

    // These are thrown, and what was found in the source before is lost with them; so with the key of an interface that cannot be read.
    private static bool IsStopped(CompositionSet set, Verdict ours, Verdict theirs)
    {
        var said = theirs.Codes.Split(' ');
        var isThrown = said.Contains("EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE") || said.Contains("PROVIDES_ON_NON_OBJECT_FIELD")
            || (said.Contains("KEY_INVALID_FIELDS") || said.Contains("KEY_INVALID_FIELDS_TYPE")) && InterfaceKey().IsMatch(set.ToString());
        // A text that does not parse is not given to the reference at all, and so none of its set; and a source of Federation 1 with an
        // extension of nothing is not looked at further.
        var isUnread = theirs.Codes == "INVALID_GRAPHQL" && theirs.Messages.Contains("Syntax Error", StringComparison.Ordinal);
        var isNotUpgraded = said.Contains("EXTENSION_WITH_NO_BASE")
            && ours.Codes.Split(' ').Except(said).All(code => code is "INTERFACE_OBJECT_USAGE_ERROR" or "TYPE_WITH_ONLY_UNUSED_EXTERNAL");
        // The merged schema is not looked at where a requirement is less protected than what it requires.
        var isUnmerged = theirs.Codes == "MISSING_TRANSITIVE_AUTH_REQUIREMENTS" && ours.Codes.Split(' ').Except(said).SequenceEqual(["INVALID_GRAPHQL"]);
        return (isThrown || isUnread || isNotUpgraded || isUnmerged)
            && said.All(ours.Codes.Split(' ').Contains);
    }

    // The reference reads a selection up to what is wrong in it, so that what stands behind it counts as unused.
    private static bool IsUnread(CompositionSet set, Verdict ours, Verdict theirs)
    {
        var own = ours.Codes.Split(' ');
        var selected = SelectedFields().Matches(set.ToString()).SelectMany(match => match.Groups[1].Value.Split([' ', '{', '}'])).ToHashSet();
        return theirs.Codes.Split(' ').Except(own).SequenceEqual(["EXTERNAL_UNUSED"]) && own.All(theirs.Codes.Split(' ').Contains)
            && own.Any(code => code is "KEY_INVALID_FIELDS" or "REQUIRES_INVALID_FIELDS" or "PROVIDES_INVALID_FIELDS")
            && UnusedField().Matches(theirs.Messages).All(match => selected.Contains(match.Groups[1].Value));
    }

    [GeneratedRegex(@"interface \w+[^{]*@key")]
    private static partial Regex InterfaceKey();

    [GeneratedRegex(@"@provides\([^)]*\) @external|@external @provides")]
    private static partial Regex ExternalProvides();

    [GeneratedRegex("fields: \"([^\"]*)\"")]
    private static partial Regex SelectedFields();

    [GeneratedRegex("Field \"\\w+\\.(\\w+)\" is marked @external but is not used")]
    private static partial Regex UnusedField();

    [GeneratedRegex(", label: \"[^\"]*\"")]
    private static partial Regex Label();
}
