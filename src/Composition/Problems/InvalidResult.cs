using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// Each source is valid, but what they make together breaks a rule of GraphQL (Spec §3, Type Validation) that composition has no rule of
/// its own for. The rule's message names members of the composed schema: the places are where the sources define these.
/// </summary>
internal static partial class InvalidResult
{
    private const string Coordinate = @"[A-Za-z_]\w*\.\w+(?:\(\w+:\))?";

    private static readonly (Regex Message, string Hint)[] Hints =
    [
        (Of($"^Interface field (?<a>{Coordinate}) expects type (?<type>\\S+) but (?<b>{Coordinate}) is type"),
            "Return in every source that has ${b} what fits ${type}, or widen ${a}: where sources differ, the composed field is of the type that fits all of them."),
        (Of($"^Interface field (?<a>{Coordinate}) expected but (?<b>\\w+) does not provide it"),
            "Add the field to ${b} in a source, or remove it from the interface."),
        (Of($"^Interface field argument (?<a>{Coordinate}) expected but (?<b>{Coordinate}) does not provide it"),
            "Add the argument to ${b} in every source that has the field, or remove it from the interface: only arguments that all sources have are composed."),
        (Of($"^Interface field argument (?<a>{Coordinate}) expects type (?<type>\\S+) but (?<b>{Coordinate}) is type"),
            "Make ${a} and ${b} of one type: where sources differ, the composed argument is as strict as the strictest of them."),
        (Of($"^Object field (?<b>{Coordinate}) includes required argument (?<argument>\\w+) "),
            "Make the argument optional in every source that has ${b}, or add it to the interface's field in every source that has that."),
        (Of("^Type (?<b>\\w+) must implement (?<a>\\w+) because it is implemented by (?<c>\\w+)"),
            "Write \"implements ${a} & ${c}\" on ${b} in a source that has all three, or remove \"implements ${a}\" from ${c}: what one source says of a type holds for all."),
        (Of("it would create a circular reference"),
            "Remove one of the \"implements\": what one source says of a type holds for all."),
        (Of("through a series of non-null fields"),
            "Make one of the fields nullable in every source: where sources differ, the composed field is as strict as the strictest of them."),
        (Of("through its default value|has invalid default value"),
            "Change the default in the sources that have it."),
        (Of("must be nullable|must not have a default value|must not be deprecated|cannot be deprecated"),
            "Change it in the sources at the places above."),
    ];

    /// <param name="errors">What is broken.</param>
    /// <param name="inputs">The sources.</param>
    /// <param name="problems">Where it is told.</param>
    /// <param name="what">What is no valid schema, as the beginning of a sentence.</param>
    internal static void Report(
        ImmutableArray<GraphQLError> errors, IEnumerable<SourceInput> inputs, ProblemSink problems, string what = "The sources together are")
    {
        if (errors.IsEmpty)
        {
            return;
        }

        var places = SourcePlaces.Of([.. inputs]);
        foreach (var error in errors)
        {
            problems.Add(new CompositionProblem
            {
                Code = ProblemCode.InvalidGraphql,
                Message = $"{what} no valid schema: {error.Message}",
                Hint = Hint(error.Message),
                Places = [.. PlacesOf(error.Message, places).Distinct()],
            });
        }
    }

    private static string Hint(string message)
    {
        foreach (var (known, hint) in Hints)
        {
            if (known.Match(message) is { Success: true } match)
            {
                return match.Result(hint);
            }
        }

        return "Compare the definitions that the message names in all sources, and make them agree.";
    }

    // Types are looked for where no member is named: next to a member they only say of which type it is.
    private static IEnumerable<ProblemPlace> PlacesOf(string message, SourcePlaces places)
    {
        var members = Member().Matches(message).SelectMany(match => places.Find(match.Value)).ToArray();
        return members.Length > 0 ? members : Name().Matches(message).SelectMany(match => places.FindExactly(match.Value));
    }

    private static Regex Of(string pattern) => new(pattern, RegexOptions.CultureInvariant);

    [GeneratedRegex(Coordinate)]
    private static partial Regex Member();

    // The first word of a message is none of a schema's, but may be the name of a type all the same: "Type", "Interface".
    [GeneratedRegex(@"(?<=\s\""?)@?[A-Za-z_]\w*")]
    private static partial Regex Name();
}
