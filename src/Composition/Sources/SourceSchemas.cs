using System.Text.RegularExpressions;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>What both dialects' readers need.</summary>
internal static partial class SourceSchemas
{
    /// <summary>What the gateway knows of the source.</summary>
    internal static SourceSchema Describe(
        SourceInput input, int ordinal, SourceDialect dialect, Schema schema, SourceBatching batching) => new()
        {
            Ordinal = ordinal,
            Name = input.Name,
            Url = input.Settings.Url,
            Dialect = dialect,
            Batching = batching,
            Extensions = input.Settings.Extensions,
            SupportsSubscriptions = input.Settings.SupportsSubscriptions ?? schema.SubscriptionType is not null,
            QueryTypeName = schema.QueryType?.Name ?? "Query",
            MutationTypeName = schema.MutationType?.Name,
            SubscriptionTypeName = schema.SubscriptionType?.Name,
        };

    /// <summary>Reports what the parser or the schema builder found.</summary>
    /// <param name="input">The source.</param>
    /// <param name="errors">What was found.</param>
    /// <param name="problems">Where to.</param>
    /// <param name="directives">What an unknown directive may have been meant to be.</param>
    internal static void ReportInvalid(SourceInput input, IEnumerable<GraphQLError> errors, ProblemSink problems, IEnumerable<string>? directives = null)
    {
        var known = directives?.Select(name => "@" + name).ToArray() ?? [];
        foreach (var error in errors)
        {
            problems.Add(new CompositionProblem
            {
                Code = ProblemCode.InvalidGraphql,
                Message = SourceLinks.WithOwnNames(error.Message)
                    + (UnknownDirective().Match(error.Message) is { Success: true } unknown ? Suggestions.DidYouMean(unknown.Groups[1].Value, known) : ""),
                Hint = $"Mend the schema of {input.Name}: it must be valid GraphQL on its own.",
                Places =
                [
                    .. error.Locations.Select((location, index) => new ProblemPlace(
                        input.Name,
                        index < error.LocationSources.Length ? error.LocationSources[index] : input.Documents[0].Name,
                        location.Line,
                        location.Column)),
                ],
            });
        }
    }

    [GeneratedRegex("^Unknown directive \"(@\\w+)\"\\.$")]
    private static partial Regex UnknownDirective();
}
